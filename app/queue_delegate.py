"""Paints a song of the queue: its name, how it stands, and a line of progress."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.queue import Queue
from app.queue_items import Item, Status
from app.queue_model import ItemRole, status_text
from app.theme import theme_of

PADDING, LINE = 10, 3


class QueueDelegate(QStyledItemDelegate):
    """Two lines for each song; the one that is open has a mark of the accent colour."""

    def __init__(self, queue: Queue) -> None:
        """Ask `queue` which song is open."""
        super().__init__(queue)
        self._queue = queue

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Room for two lines of text."""
        return QSize(120, 2 * option.fontMetrics.height() + 2 * PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        item = index.data(ItemRole)
        if not isinstance(item, Item):
            return
        theme = theme_of(option.palette)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 8, 8)
        if item.path == self._queue.open_path:
            mark = QRect(rect.left() + 2, rect.top() + PADDING, LINE, rect.height() - 2 * PADDING)
            painter.fillRect(mark, QColor(theme.accent))
        inside = rect.adjusted(PADDING + 2, PADDING - 2, -PADDING, -PADDING + 2)
        half = inside.height() // 2
        colour = theme.danger if item.status is Status.FAILED else theme.muted
        if item.status is Status.SAVED:
            colour = theme.accent
        elide = Qt.TextElideMode
        # The name stands above already.
        standing = status_text(item).removeprefix(f"“{index.data()}” ")
        for text, top, pen, mode in (
            (str(index.data()), inside.top(), theme.text, elide.ElideMiddle),
            (standing, inside.top() + half, colour, elide.ElideRight),
        ):
            painter.setPen(QColor(pen))
            line = QRect(inside.left(), top, inside.width(), half)
            shown = option.fontMetrics.elidedText(text, mode, line.width())
            painter.drawText(
                line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
            )
        if item.status.is_active and item.share > 0:
            width = round(inside.width() * min(1.0, item.share))
            bar = QRect(inside.left(), rect.bottom() - LINE, width, LINE - 1)
            painter.fillRect(bar, QColor(theme.accent))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 1, -3, -2), 8, 8)
        painter.restore()
