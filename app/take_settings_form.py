"""Asks how a region is to be separated again: checkpoint, pitches and strength."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QWidget

from app.keys import KeyedCombo, KeyedSlider
from app.labels import label
from core.takes import STRONGEST, WEAKEST, TakeSettings

_STEPS = 20  # of the strength's slider, in one of it


class TakeSettingsForm(QWidget):
    """Shows what is chosen, and gives it as TakeSettings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with the settings of the first result."""
        super().__init__(parent)
        self.checkpoint = KeyedCombo()
        self.checkpoint.setAccessibleName(self.tr("Checkpoint"))
        self.checkpoint.setToolTip(self.tr("The network that separates the region"))
        self.checkpoint.addItem(self.tr("The song's own"), Path())
        self.checkpoint.addItem(self.tr("Choose a file…"), None)
        # Else the longest name would widen the panel.
        self.checkpoint.setMinimumContentsLength(12)
        self.checkpoint.setSizeAdjustPolicy(
            KeyedCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.augmented = QCheckBox(self.tr("At three pitches"))
        self.augmented.setToolTip(
            self.tr("The mean of three passes; usually better, and three times as slow")
        )
        self.strength = KeyedSlider(Qt.Orientation.Horizontal)
        self.strength.setRange(round(WEAKEST * _STEPS), round(STRONGEST * _STEPS))
        self.strength.setPageStep(_STEPS // 4)
        self.strength.setValue(_STEPS)
        self.strength.setAccessibleName(self.tr("Strength"))
        self.strength.setToolTip(
            self.tr(
                "More takes doubtful sounds out with the voice, less leaves them; "
                "what is certain stays as it is"
            )
        )
        self.value = label("status")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        layout.setColumnStretch(1, 1)
        layout.addWidget(label("hint", self.tr("Checkpoint")), 0, 0)
        layout.addWidget(self.checkpoint, 0, 1, 1, 2)
        layout.addWidget(self.augmented, 1, 0, 1, 3)
        layout.addWidget(label("hint", self.tr("Strength")), 2, 0)
        layout.addWidget(self.strength, 2, 1)
        layout.addWidget(self.value, 2, 2)
        self._last = 0
        self.checkpoint.activated.connect(self._on_checkpoint_chosen)
        self.strength.valueChanged.connect(self._show_strength)
        self._show_strength()

    @property
    def settings(self) -> TakeSettings:
        """What is chosen."""
        return TakeSettings(
            checkpoint=self.checkpoint.itemData(self._last),
            augmented=self.augmented.isChecked(),
            strength=self.strength.value() / _STEPS,
        )

    @Slot()
    def _show_strength(self) -> None:
        text = self.tr("{percent} %").format(percent=round(100 * self.strength.value() / _STEPS))
        self.value.setText(text)
        self.value.setMinimumWidth(self.value.fontMetrics().horizontalAdvance("200 %"))
        self.strength.setAccessibleDescription(text)

    @Slot(int)
    def _on_checkpoint_chosen(self, row: int) -> None:
        if self.checkpoint.itemData(row) is not None:
            self._last = row
            return
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a checkpoint"),
            str(self.checkpoint.itemData(self._last).parent if self._last else Path.home()),
            self.tr("Checkpoints (*.safetensors *.pth);;All files (*)"),
        )
        if name:
            self.offer(Path(name))
        self.checkpoint.setCurrentIndex(self._last)

    def offer(self, path: Path) -> None:
        """Put a checkpoint among those to choose from, and choose it."""
        known = [self.checkpoint.itemData(row) for row in range(self.checkpoint.count())]
        if path in known:
            self._last = known.index(path)
        else:
            self._last = self.checkpoint.count() - 1
            self.checkpoint.insertItem(self._last, path.stem, path)
            self.checkpoint.setItemData(self._last, str(path), Qt.ItemDataRole.ToolTipRole)
        self.checkpoint.setCurrentIndex(self._last)
