"""A slider for a level in dB, from off to +6 dB, with its name and its value above it."""

from math import inf

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from app.keys import KeyedSlider
from app.labels import label
from app.mixing import level_text
from core.mix import HIGHEST_DB

LOWEST_DB = -40.0


class LevelSlider(QWidget):
    """Moves in steps of 1 dB; its leftmost place is off."""

    moved = Signal(float)
    """The user set this level in dB."""

    def __init__(self, name: str, tip: str) -> None:
        """Make a slider at off; `name` and `tip` are shown and spoken."""
        super().__init__()
        self.name = name
        self.slider = KeyedSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round(HIGHEST_DB - LOWEST_DB) + 1)
        self.slider.setPageStep(6)
        self.slider.setMinimumWidth(90)
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(tip)
        self.value = label("status")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(0)
        layout.addWidget(label("hint", name), 0, 0)
        layout.addWidget(self.value, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.slider, 1, 0, 1, 2)
        self.slider.sliderMoved.connect(self._on_moved)
        self.slider.actionTriggered.connect(self._on_stepped)

    def show_level(self, level_db: float) -> None:
        """Show a level, unless the user holds the slider."""
        text = level_text(level_db)
        self.value.setText(text)
        self.slider.setAccessibleDescription(text)
        if not self.slider.isSliderDown():
            self.slider.setValue(_place_of(level_db))

    @Slot(int)
    def _on_moved(self, place: int) -> None:
        self.moved.emit(_level_at(place))

    @Slot(int)
    def _on_stepped(self, action: int) -> None:
        # The slider itself moves after this; a drag ends in `sliderMoved`.
        if action != QSlider.SliderAction.SliderMove.value:
            self.moved.emit(_level_at(self.slider.sliderPosition()))


def _level_at(place: int) -> float:
    return -inf if place == 0 else LOWEST_DB + place - 1


def _place_of(level_db: float) -> int:
    return 0 if level_db == -inf else max(1, round(level_db - LOWEST_DB) + 1)
