"""The list of the queue's songs, which keeps the keys that move in it for itself."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from app.keys import LIST_KEYS, keeps
from app.queue import Queue
from app.queue_delegate import QueueDelegate
from app.queue_items import Item
from app.queue_model import ItemRole, QueueModel

_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class QueueList(QListView):
    """Songs to select, drag to another place, and open."""

    def __init__(self, queue: Queue) -> None:
        """Show a queue."""
        super().__init__()
        self.queue_model = QueueModel(queue)
        self.setModel(self.queue_model)
        self.setItemDelegate(QueueDelegate(queue))
        self.setAccessibleName(self.tr("Songs in the queue"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @property
    def chosen(self) -> list[Item]:
        """The songs that are selected, from the top."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.queue_model.index(row).data(ItemRole) for row in rows]

    @property
    def chosen_paths(self) -> list[Path]:
        """Where the selected songs lie."""
        return [item.path for item in self.chosen]

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from the window, where they set the volume."""
        return keeps(event, LIST_KEYS, modifiers=_MODIFIERS) or super().event(event)
