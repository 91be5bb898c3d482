"""Errors keep the sentence apart from what is filled in, to be said in any language."""

import ast
import pickle
from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from app.error_text import error_text
from core.errors import InputError, OutputError, VocalRemoverError

ROOT = Path(__file__).parent.parent
GERMAN = {
    "“{name}” is empty.": "„{name}“ ist leer.",
    "{song} was given up: {why}": "{song} wurde aufgegeben: {why}",
}


class Words(QTranslator):
    """A translator that knows two sentences."""

    def translate(self, context: str, source: str, *rest: object) -> str | None:
        return GERMAN.get(source) if context == "Errors" else None

    def isEmpty(self) -> bool:
        return False


def test_an_error_is_its_english_sentence() -> None:
    error = InputError("“{name}” has {rate:,} Hz.", name="a.wav", rate=96_000)
    assert str(error) == "“a.wav” has 96,000 Hz."
    assert (error.template, error.fields["rate"]) == ("“{name}” has {rate:,} Hz.", 96_000)


def test_without_fields_braces_mean_nothing() -> None:
    assert str(OutputError("The names need {stem}.")) == "The names need {stem}."


def test_an_error_outlives_its_process() -> None:
    error = pickle.loads(pickle.dumps(InputError("“{name}” is empty.", name="a")))
    assert (str(error), error.template, error.fields) == (
        "“a” is empty.",
        "“{name}” is empty.",
        {"name": "a"},
    )


def test_an_error_is_said_in_the_windows_language(qapp: QApplication) -> None:
    inner = InputError("“{name}” is empty.", name="a {b}")
    outer = VocalRemoverError("{song} was given up: {why}", song="c", why=inner)
    assert error_text(outer) == "c was given up: “a {b}” is empty."
    words = Words(qapp)
    qapp.installTranslator(words)
    try:
        assert error_text(outer) == "c wurde aufgegeben: „a {b}“ ist leer."
    finally:
        qapp.removeTranslator(words)


def test_what_is_no_error_of_ours_speaks_for_itself() -> None:
    assert error_text(OSError("disk on fire")) == "disk on fire"


def test_a_reason_within_a_sentence_is_said_in_it_too(qapp: QApplication) -> None:
    GERMAN["has no sound track"] = "hat keine Tonspur"
    words = Words(qapp)
    qapp.installTranslator(words)
    try:
        error = InputError("“{name}” {reason}.", name="a", reason="has no sound track")
        assert error_text(error) == "“a” hat keine Tonspur."
    finally:
        qapp.removeTranslator(words)


def test_no_error_of_core_is_filled_in_before_it_can_be_translated() -> None:
    for path in (ROOT / "core").rglob("*.py"):
        if "training" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id.endswith("Error")
                and node.func.id not in ("ValueError", "TypeError", "OSError", "MemoryError")
                and node.args
            ):
                assert not isinstance(node.args[0], ast.JoinedStr), f"{path.name}:{node.lineno}"
