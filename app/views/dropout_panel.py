"""The panel that lists where the instrumental sags under the voice."""

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidgetItem,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from app.keys import KeyedList
from app.labels import label
from app.side_panel import SidePanel
from app.views.dropout_strip import dropout_text
from core.dropouts import Dropout


class DropoutPanel(SidePanel):
    """Lists dropouts in order of time; a click, or Enter, goes to one."""

    chosen = Signal(object)
    """The Dropout to go to."""

    def __init__(self, window: QMainWindow) -> None:
        """Lay out the panel, hidden."""
        super().__init__("dropouts", window)
        self.setWindowTitle(self.tr("Dropouts"))
        self.setMinimumWidth(270)
        self.summary = label("status", wraps=True)
        self.list = _List()
        self.list.setAccessibleName(self.tr("Dropouts"))
        self.list.setToolTip(self.tr("Click, or press Enter, to go to a second before"))
        self.hint = label(
            "hint",
            self.tr(
                "Estimated from the song alone: where the instrumental is quieter under the "
                "voice than around it. A break of the band may look the same."
            ),
            wraps=True,
        )
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.hint)
        self.setWidget(inside)
        self._dropouts: tuple[Dropout, ...] | None = None
        self.list.clicked.connect(self._on_row_chosen)
        self.list.entered_row.connect(self._on_row_chosen)
        self.hide()

    def show_dropouts(self, dropouts: tuple[Dropout, ...] | None, rate: int, waiting: str) -> None:
        """List these; where none are known yet, say `waiting`."""
        if dropouts is None:
            self.summary.setText(waiting)
        elif not dropouts:
            self.summary.setText(self.tr("No dropouts were found."))
        elif len(dropouts) == 1:
            self.summary.setText(self.tr("One dropout."))
        else:
            self.summary.setText(self.tr("{count} dropouts.").format(count=len(dropouts)))
        if dropouts == self._dropouts:
            return
        self._dropouts = dropouts
        with QSignalBlocker(self.list):
            self.list.clear()
            for dropout in dropouts or ():
                self.list.addItem(QListWidgetItem(dropout_text(dropout, rate)))

    @Slot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        if self._dropouts and index.isValid():
            self.chosen.emit(self._dropouts[index.row()])


class _List(KeyedList):
    """Enter goes to a row."""

    entered_row = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSpacing(4)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
