"""Labels and frames that the style sheet knows by name."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
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


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where there is no room for all of it."""

    def __init__(self, name: str) -> None:
        """Make an empty line, styled as `#name`."""
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """Ask for a little width only."""
        return QSize(80, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )


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
