"""Labels and frames that the style sheet knows by name."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel


def label(name: str, text: str = "", *, wraps: bool = False, centred: bool = False) -> QLabel:
    """A label of plain text, styled as `#name`."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if centred:
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def frame(name: str) -> QFrame:
    """A frame styled as `#name`."""
    made = QFrame()
    made.setObjectName(name)
    return made
