"""The panel of the takes: a region, what it was separated to, and how to do it again."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from app.actions import ActionButton
from app.keys import KeyedCombo, KeyedList
from app.labels import label
from app.side_panel import SidePanel
from app.take_settings_form import TakeSettingsForm
from app.takes import RegionTakes, settings_text
from core.clock import clock_text
from core.takes import Region


class TakePanel(SidePanel):
    """Shows the takes of the region that is selected; what the user does to them is passed on."""

    visited = Signal(object)
    """A Region to go to."""
    chosen = Signal(int)
    """The number of the take to hear, 0 for the first result."""
    renamed = Signal(int, str)
    removed = Signal(int)

    def __init__(self, run_again: QAction, window: QMainWindow) -> None:
        """Lay out the panel, hidden."""
        super().__init__("takes", window)
        self.setWindowTitle(self.tr("Takes"))
        self.setMinimumWidth(270)
        self.regions = KeyedCombo()
        self.regions.setAccessibleName(self.tr("Region"))
        self.hint = label(
            "hint",
            self.tr(
                "Select a region: drag with Shift held, or press I and O while it plays. "
                "Then separate it again in another way and keep what sounds best."
            ),
            wraps=True,
        )
        self.list = _Takes()
        self.list.setAccessibleName(self.tr("Takes of the region"))
        self.list.setToolTip(self.tr("The one that is chosen is heard and exported"))
        self.rename = self._action(self.tr("Rename…"), "F2", self._on_rename)
        self.remove = self._action(self.tr("Delete Take"), "Del", self._on_remove)
        self.form = TakeSettingsForm()
        self.run = ActionButton(run_again, primary=True)
        self._shown: tuple[object, ...] = ()
        self._lay_out()
        self.regions.activated.connect(self._on_region_chosen)
        self.list.currentRowChanged.connect(self.chosen)
        self.hide()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(ActionButton(self.rename))
        tools.addWidget(ActionButton(self.remove))
        tools.addStretch()
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.regions)
        layout.addWidget(self.hint)
        layout.addWidget(self.list, 1)
        layout.addLayout(tools)
        layout.addWidget(self.form)
        layout.addWidget(self.run)
        self.setWidget(inside)

    def refresh(
        self, takes: RegionTakes | None, regions: tuple[RegionTakes, ...], rate: int
    ) -> None:
        """Show the takes of the region that is selected, none if none is, and the other regions."""
        named = takes is not None and bool(takes.takes)
        self.hint.setVisible(not named)
        self.rename.setEnabled(named and bool(takes and takes.chosen))
        self.remove.setEnabled(named and bool(takes and takes.chosen))
        shown = (takes, regions, rate)
        if shown == self._shown:
            return
        self._shown = shown
        with QSignalBlocker(self.list):
            self.list.clear()
            if takes is not None:
                self.list.addItem(self.tr("First result"))
                for named_take in takes.takes:
                    how = settings_text(named_take.take.settings)
                    self.list.addItem(f"{named_take.name}\n{how}")
                self.list.setCurrentRow(takes.chosen)
        self.regions.clear()
        listed = [*regions] if takes is None or takes in regions else [takes, *regions]
        for each in listed:
            self.regions.addItem(region_text(each.region, rate), each.region)
        self.regions.setCurrentIndex(-1 if takes is None else listed.index(takes))
        self.regions.setPlaceholderText(self.tr("No region is selected"))
        self.regions.setEnabled(bool(listed))

    def _action(self, text: str, keys: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text}  ({shown})")
        action.triggered.connect(slot)
        self.list.addAction(action)
        return action

    @Slot(int)
    def _on_region_chosen(self, row: int) -> None:
        self.visited.emit(self.regions.itemData(row))

    @Slot()
    def _on_rename(self) -> None:
        number = self.list.currentRow()
        if number < 1:
            return
        before = self.list.item(number).text().split("\n")[0]
        name, accepted = QInputDialog.getText(
            self, self.tr("Rename Take"), self.tr("Name of the take"), text=before
        )
        if accepted:
            self.renamed.emit(number, name)

    @Slot()
    def _on_remove(self) -> None:
        if self.list.currentRow() > 0:
            self.removed.emit(self.list.currentRow())


class _Takes(KeyedList):
    """Rows of takes."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSpacing(3)
        self.setMinimumHeight(80)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the window; a list would look for rows that begin with them."""
        if event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


def region_text(region: Region, rate: int) -> str:
    """A region's ends, in words."""
    start, stop = (clock_text(at / rate, decimals=1) for at in (region.start, region.stop))
    return f"{start} – {stop}"
