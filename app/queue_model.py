"""The queue as Qt's item views want it: rows of words, and songs dragged from place to place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.queue import Queue
from app.queue_items import Item, Status
from app.status import result_text, time_left
from core.naming import shown_name

translate = QCoreApplication.translate

ItemRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_MOVED = "application/x-vocal-remover-queue"


def status_text(item: Item) -> str:
    """How a song of the queue stands, in words."""
    if item.status is Status.FAILED:
        return item.reason
    text = {
        Status.WAITING: translate("Queue", "Waiting"),
        Status.READING: translate("Queue", "Reading…"),
        Status.SEPARATING: translate("Queue", "Separating… {percent} %"),
        Status.SAVING: translate("Queue", "Saving…"),
        Status.DONE: translate("Queue", "Separated"),
        Status.SAVED: translate("Queue", "Saved"),
        Status.CANCELLED: translate("Queue", "Cancelled"),
    }[item.status].format(percent=int(100 * item.share))
    if item.status is Status.SAVED and item.saved is not None and not item.saved.is_sound:
        text += translate("Queue", "  ·  a check failed")
    if item.seconds_left is not None and item.status is Status.SEPARATING:
        text += f"  ·  {time_left(item.seconds_left)}"
    return text


class QueueModel(QAbstractListModel):
    """Shows a Queue; holds nothing of its own but what it showed last."""

    dropped = Signal(object, object)
    """Files and folders, and the row before which to put their songs."""

    def __init__(self, queue: Queue) -> None:
        """Follow a queue."""
        super().__init__(queue)
        self._queue = queue
        self._shown: tuple[Item, ...] = queue.items
        queue.changed.connect(self._on_changed)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A song's name and standing, for eyes and for screen readers."""
        item = self._shown[index.row()]
        name = shown_name(item.path)
        if role == ItemRole:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}, {status_text(item)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            said = result_text(item.saved) if item.saved else status_text(item)
            return f"{shown_name(item.path.parent)}/{name}\n{said}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Songs are dragged; drops go between them."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:  # noqa: D102
        return [_MOVED, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: D102
        data = QMimeData()
        rows = " ".join(str(index.row()) for index in indexes)
        data.setData(_MOVED, QByteArray(rows.encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: D102
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: D102
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move songs of the queue, or take in files and folders."""
        row = row if row >= 0 else len(self._shown)
        if data.hasFormat(_MOVED):
            rows = bytes(data.data(_MOVED).data()).decode().split()
            self._queue.move([self._shown[int(each)].path for each in rows], row)
            return True
        self.dropped.emit(
            [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()], row
        )
        return True

    def _on_changed(self) -> None:
        before, self._shown = self._shown, self._queue.items
        if [item.path for item in before] != [item.path for item in self._shown]:
            self._shown = before
            self.layoutAboutToBeChanged.emit()
            self._shown = self._queue.items
            rows = {item.path: row for row, item in enumerate(self._shown)}
            for index in self.persistentIndexList():
                row = rows.get(before[index.row()].path)
                new = QModelIndex() if row is None else self.index(row)
                self.changePersistentIndex(index, new)
            self.layoutChanged.emit()
        elif self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
