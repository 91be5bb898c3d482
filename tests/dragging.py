"""Files dragged over a window and dropped there, as a file manager does it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.window import MainWindow

_AT = QPoint(50, 50)
_HOW = Qt.DropAction.CopyAction
_WITH = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def drag_over(window: MainWindow, *paths: Path) -> None:
    """Hold files over the window, which takes them."""
    data = _holding(*paths)  # an event does not keep it alive
    event = QDragEnterEvent(_AT, _HOW, data, *_WITH)
    window.dragEnterEvent(event)
    assert event.isAccepted()


def drop(window: MainWindow, *paths: Path) -> None:
    """Drag files over the window and let them fall."""
    drag_over(window, *paths)
    data = _holding(*paths)
    window.dropEvent(QDropEvent(QPointF(_AT), _HOW, data, *_WITH))


def _holding(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data
