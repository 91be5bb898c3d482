"""Labels and frames that the style sheet knows by name."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget


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


def set_state(widget: QWidget, name: str, value: bool) -> None:
    """Set a property that the style sheet asks for, and style the widget by it."""
    if widget.property(name) is not value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
