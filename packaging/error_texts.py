"""Collects the sentences of core's errors for the translators, whose tool finds only Qt's calls.

Run as `python3 packaging/error_texts.py FILE`: FILE is then a module that the tool can read.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

REASON, REASONS = "Damaged", "UNREADABLE"
"""The exception, and a name, whose text ends such a sentence."""
ROOT = Path(__file__).resolve().parent.parent


def error_texts(folder: Path) -> list[str]:
    """The templates of all errors that the modules below a folder raise, sorted, each once.

    Training is left out: the window never trains.
    """
    found = set()
    for path in folder.rglob("*.py"):
        if "training" not in path.parts:
            found.update(_texts(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _texts(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            text = getattr(node.args[0], "value", None)
            is_sentence = node.func.id.endswith("Error") and str(text).endswith(".")
            if isinstance(text, str) and (is_sentence or node.func.id == REASON):
                found.add(text)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            found |= {str(node.value.value)} if REASONS in names else set()
    return found


def main() -> None:
    """Write the module."""
    lines = [f'translate("Errors", {text!r})\n' for text in error_texts(ROOT / "core")]
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
