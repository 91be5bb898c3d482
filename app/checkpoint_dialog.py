"""The checkpoints on this computer: what each is, and which of them separate songs."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.checkpoint_import import CheckpointImport
from app.checkpoint_text import combination_text, facts
from app.error_text import error_text
from app.labels import label
from core.ensemble import CheckpointChoice, Combination
from core.errors import CheckpointError
from core.library import CheckpointCard, Library


class CheckpointDialog(QDialog):
    """Lists the library's checkpoints; ticked ones are used, together if there are several."""

    used = Signal(object)
    """The CheckpointChoice to separate with from now on."""
    compared = Signal(object)
    """The CheckpointCards, one or two, to be told apart by ear."""

    def __init__(
        self,
        library: Library,
        importing: CheckpointImport,
        choice: CheckpointChoice,
        parent: QWidget | None = None,
        *,
        can_compare: bool,
    ) -> None:
        """Show the library; `choice` is what is used now."""
        super().__init__(parent)
        self._library, self._importing, self._choice = library, importing, choice
        self._can_compare = can_compare
        self._cards: list[CheckpointCard] = []
        self.setWindowTitle(self.tr("Checkpoints"))
        self.resize(860, 480)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Checkpoints"))
        self.list.setObjectName("checkpoints")
        self.list.setMinimumWidth(280)
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("What the checkpoint is"))
        self.text.setMinimumWidth(380)
        self.note = label("hint", wraps=True)
        self.combination = QComboBox()
        self.combination.setAccessibleName(self.tr("How several are combined"))
        for each in Combination:
            self.combination.addItem(combination_text(each), each)
        self.combination.setCurrentIndex(self.combination.findData(choice.combination))
        self.add = self._button(self.tr("Import…"), self._on_import)
        self.delete = self._button(self.tr("Delete"), self._on_delete)
        self.compare = self._button(self.tr("Compare by Ear"), self._on_compare)
        self.compare.setToolTip(
            self.tr("Separate the selected region with them, then tell A, B and X apart")
        )
        self.use = self._button(self.tr("Use"), self._on_use)
        self.use.setDefault(True)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        self.list.itemChanged.connect(self._show)
        importing.imported.connect(self._on_imported)
        importing.failed.connect(self._on_failed)
        self._fill(choice.paths)

    @property
    def ticked(self) -> list[CheckpointCard]:
        """The checkpoints whose boxes are ticked, in order."""
        states = [self.list.item(row).checkState() for row in range(self.list.count())]
        pairs = zip(self._cards, states, strict=True)
        return [card for card, state in pairs if state is Qt.CheckState.Checked]

    @property
    def current(self) -> CheckpointCard | None:
        """The checkpoint that is described."""
        row = self.list.currentRow()
        return self._cards[row] if 0 <= row < len(self._cards) else None

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(14)
        sides.addWidget(self.list, 2)
        sides.addWidget(self.text, 3)
        how = QHBoxLayout()
        how.addWidget(label("hint", self.tr("Several together:")))
        how.addWidget(self.combination)
        how.addWidget(self.note, 1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        # Or it would share the room between the buttons, and Use stand in the middle of it.
        close.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        buttons = QHBoxLayout()
        for button in (self.add, self.delete, self.compare):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.use)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(14)
        layout.addLayout(sides, 1)
        layout.addLayout(how)
        layout.addLayout(buttons)

    def _fill(self, ticked: tuple[Path, ...], current: Path | None = None) -> None:
        """List what the library has; `ticked` get their boxes ticked."""
        self._cards = self._library.cards()
        self.list.blockSignals(True)
        self.list.clear()
        for card in self._cards:
            used = card.path in self._choice.paths
            item = QListWidgetItem(
                self.tr("{name}  (in use)").format(name=card.name) if used else card.name
            )
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            checked = card.path in ticked
            item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        paths = [card.path for card in self._cards]
        wanted = current if current in paths else next(iter(ticked), None)
        self.list.setCurrentRow(paths.index(wanted) if wanted in paths else 0)
        self._show()

    @Slot()
    def _show(self) -> None:
        card, ticked = self.current, self.ticked
        rows = "".join(
            f"<p><small>{escape(heading)}</small><br/>{escape(text)}</p>"
            for heading, text in (facts(card) if card else [])
        )
        self.text.setHtml(f"<h3>{escape(card.name)}</h3>{rows}" if card else "")
        in_use = card is not None and card.path in self._choice.paths
        own = card is not None and card.path != self._library.shipped
        self.delete.setEnabled(own and not in_use)
        self.combination.setEnabled(len(ticked) > 1)
        self.use.setEnabled(bool(ticked))
        self.compare.setEnabled(self._can_compare and card is not None and len(ticked) <= 2)
        if self._importing.busy:
            self.note.setText(self.tr("Importing…"))

    @Slot()
    def _on_import(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Import checkpoints"),
            str(Path.home()),
            self.tr("Checkpoints (*.safetensors *.pth);;All files (*)"),
        )
        if names:
            self._importing.take_in([Path(name) for name in names])
            self._show()

    @Slot()
    def _on_delete(self) -> None:
        card = self.current
        if card is None:
            return
        question = self.tr("Delete “{name}” from this computer?").format(name=card.name)
        answer = QMessageBox.question(self, self.tr("Delete Checkpoint"), question)
        if answer is not QMessageBox.StandardButton.Yes:
            return
        try:
            self._library.remove(card)
        except CheckpointError as fault:
            self.note.setText(error_text(fault))
        self._fill(tuple(each.path for each in self.ticked if each != card))

    @Slot()
    def _on_use(self) -> None:
        paths = tuple(card.path for card in self.ticked)
        self._choice = CheckpointChoice(paths, self.combination.currentData())
        self.used.emit(self._choice)
        self._fill(paths, self.current.path if self.current else None)

    @Slot()
    def _on_compare(self) -> None:
        chosen = self.ticked if len(self.ticked) == 2 else [self.current]
        self.accept()
        self.compared.emit(chosen)

    @Slot(object)
    def _on_imported(self, card: CheckpointCard) -> None:
        self.note.setText(self.tr("“{name}” was imported.").format(name=card.name))
        self._fill(tuple(each.path for each in self.ticked), card.path)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.note.setText(sentence)
