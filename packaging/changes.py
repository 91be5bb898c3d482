"""Prints what CHANGELOG.md says of one version, for the release's page.

Run as `python packaging/changes.py 1.2.3`; it fails where the version has no section.
"""

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def changes(text: str, version: str) -> str:
    """The section of a version, without its heading.

    Raises:
        KeyError: there is none.
    """
    sections = re.split(r"^## \[(.+?)\].*$", text, flags=re.MULTILINE)
    return dict(zip(sections[1::2], sections[2::2], strict=True))[version].strip()


if __name__ == "__main__":
    print(changes(CHANGELOG.read_text(encoding="utf-8"), sys.argv[1]))
