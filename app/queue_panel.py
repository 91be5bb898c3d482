"""The panel of the queue: its songs, how long they take, and what can be done with them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.actions import ActionButton
from app.icons import tinted_icon
from app.labels import label
from app.queue import Queue
from app.queue_items import Status
from app.queue_list import QueueList
from app.side_panel import SidePanel
from app.status import time_left
from app.theme import Theme, theme_of

_RETRIED = (Status.FAILED, Status.CANCELLED)


class QueuePanel(SidePanel):
    """Draws the queue and passes on what the user does to it."""

    opened = Signal(object)
    """The path of a song to listen to."""
    cancelled = Signal()
    """The song that is open shall be stopped."""

    def __init__(self, queue: Queue, export_all: QAction, window: QMainWindow) -> None:
        """Lay out the panel, hidden."""
        super().__init__("queue", window)
        self.setWindowTitle(self.tr("Queue"))
        self._queue = queue
        self._icons: dict[QAction, str] = {}
        self.total = label("status")
        self.songs = QueueList(queue)
        add = self._add
        self.run = add(self.tr("Start"), "Ctrl+Return", "play", self._on_run)
        self.up = add(self.tr("Move Up"), "Alt+Up", "up", self._on_up)
        self.down = add(self.tr("Move Down"), "Alt+Down", "down", self._on_down)
        self.retry = add(self.tr("Try Again"), "F5", "retry", self._on_retry)
        self.cancel = add(self.tr("Cancel Songs"), "Shift+Del", "cancel", self._on_cancel)
        self.remove = add(self.tr("Remove From Queue"), "Del", "remove", self._on_remove)
        self.clear = add(self.tr("Clear Those Done"), "Ctrl+Del", "clear", self._on_clear)
        self._lay_out(export_all)
        self.songs.activated.connect(self._on_activated)
        self.songs.selectionModel().selectionChanged.connect(self.refresh)
        queue.changed.connect(self.refresh)
        queue.grew.connect(self.show)
        self.hide()
        self.refresh()

    def _lay_out(self, export_all: QAction) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(0)
        for action in (self.up, self.down, self.retry, self.cancel, self.remove, self.clear):
            tools.addWidget(ActionButton(action, flat=True, text=False))
        tools.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(ActionButton(self.run))
        buttons.addWidget(ActionButton(export_all))
        buttons.addStretch()
        inside = QWidget()
        inside.setMinimumWidth(290)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.total)
        layout.addWidget(self.songs, 1)
        layout.addLayout(tools)
        layout.addLayout(buttons)
        self.setWidget(inside)
        self.setTitleBarWidget(self._title_bar())

    def _title_bar(self) -> QWidget:
        """Name and close button, in the program's own style."""
        close = QToolButton()
        close.setText("×")
        close.setProperty("flat", True)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.setAccessibleName(self.tr("Close the queue"))
        close.setToolTip(self.tr("Close the queue; the songs stay in it  (Q)"))
        close.clicked.connect(self.close)
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 10, 8, 0)
        row.addWidget(label("heading", self.windowTitle()))
        row.addStretch()
        row.addWidget(close)
        return bar

    @Slot()
    def refresh(self) -> None:
        """Show how the queue stands and what can be done with the selected songs."""
        queue = self._queue
        self.total.setText(self._total_text())
        waits = any(item.status is Status.WAITING for item in queue.items)
        works = queue.running
        self.run.setText(self.tr("Pause") if works else self.tr("Start"))
        self.run.setEnabled(works or waits)
        icon = "pause" if works else "play"
        if icon != self._icons[self.run]:
            self._icons[self.run] = icon
            self.tint(theme_of(self.palette()))
        chosen = self.songs.chosen
        rows = [row for row, item in enumerate(queue.items) if item in chosen]
        self.up.setEnabled(bool(rows) and rows[0] > 0)
        self.down.setEnabled(bool(rows) and rows[-1] < len(queue.items) - 1)
        self.retry.setEnabled(any(item.status in _RETRIED for item in chosen))
        self.cancel.setEnabled(
            any(item.status.is_active or item.status is Status.WAITING for item in chosen)
        )
        self.remove.setEnabled(bool(chosen))
        self.clear.setEnabled(any(item.status.is_success for item in queue.items))

    def tint(self, theme: Theme) -> None:
        """Draw the icons in a theme's colours."""
        for action, name in self._icons.items():
            action.setIcon(tinted_icon(name, theme))

    def _total_text(self) -> str:
        queue = self._queue
        if not queue.items:
            return self.tr("Drop songs or folders here.")
        done = sum(item.status.is_success for item in queue.items)
        text = self.tr("{done} of {count} done").format(done=done, count=len(queue.items))
        failed = sum(item.status is Status.FAILED for item in queue.items)
        if failed:
            text += self.tr("  ·  {count} failed").format(count=failed)
        if queue.seconds_left is not None:
            text += f"  ·  {time_left(queue.seconds_left)}"
        return text

    def _add(self, text: str, keys: str, icon: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text}  ({shown})")
        action.triggered.connect(slot)
        self._icons[action] = icon
        self.addAction(action)
        self.songs.addAction(action)
        return action

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self._queue.items[index.row()].path)

    @Slot()
    def _on_run(self) -> None:
        if self._queue.running:
            self._queue.pause()
        else:
            self._queue.start()

    @Slot()
    def _on_up(self) -> None:
        self._queue.shift(self.songs.chosen_paths, -1)

    @Slot()
    def _on_down(self) -> None:
        self._queue.shift(self.songs.chosen_paths, 1)

    @Slot()
    def _on_retry(self) -> None:
        self._queue.retry(self.songs.chosen_paths)

    @Slot()
    def _on_cancel(self) -> None:
        paths: list[Path] = self.songs.chosen_paths
        if self._queue.open_path in paths:
            self.cancelled.emit()
        self._queue.cancel(paths)

    @Slot()
    def _on_remove(self) -> None:
        self._queue.remove(self.songs.chosen_paths)

    @Slot()
    def _on_clear(self) -> None:
        self._queue.clear_done()
