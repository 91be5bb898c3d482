"""The mixer: how loud the voice is in the instrumental, overall and by band, mute and solo."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from app.actions import ActionButton
from app.labels import label
from app.level_slider import LevelSlider
from app.meter import LevelMeter
from app.mixing import Mixing, Mutes
from app.player import Player


class MixerPanel(QFrame):
    """Shows and changes the session's mix; holds nothing of its own."""

    def __init__(self, mixing: Mixing, player: Player, parent: QWidget | None = None) -> None:
        """Lay out the panel."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._mixing = mixing
        self.meter = LevelMeter(player)
        self.vocals = LevelSlider(
            self.tr("Vocal level"), self.tr("How loud the voice is in the instrumental")
        )
        self.bands = {
            "low_db": LevelSlider(
                self.tr("Lows"), self.tr("The voice below 250 Hz, on top of the vocal level")
            ),
            "mid_db": LevelSlider(
                self.tr("Middle"),
                self.tr("The voice from 250 Hz to 4 kHz, on top of the vocal level"),
            ),
            "high_db": LevelSlider(
                self.tr("Highs"), self.tr("The voice above 4 kHz, on top of the vocal level")
            ),
        }
        self.mute_music = self._switch(self.tr("M"), self.tr("Mute instrumental"))
        self.solo_music = self._switch(self.tr("S"), self.tr("Solo instrumental"))
        self.mute_voice = self._switch(self.tr("M"), self.tr("Mute vocals"))
        self.solo_voice = self._switch(self.tr("S"), self.tr("Solo vocals"))
        action = QAction(self.tr("Reset"), self)
        action.setToolTip(self.tr("Take the voice out again and switch everything on"))
        action.triggered.connect(self._on_reset)
        self.reset = ActionButton(action)
        self._lay_out()
        self.vocals.moved.connect(self._on_vocals_moved)
        for field, slider in self.bands.items():
            slider.moved.connect(partial(self._on_band_moved, field))

    def _lay_out(self) -> None:
        parts = QGridLayout()
        parts.setHorizontalSpacing(8)
        parts.setVerticalSpacing(2)
        rows = (
            (self.tr("Instrumental"), self.mute_music, self.solo_music),
            (self.tr("Vocals"), self.mute_voice, self.solo_voice),
        )
        for row, (name, mute, solo) in enumerate(rows):
            parts.addWidget(label("hint", name), row, 0)
            parts.addWidget(mute, row, 1)
            parts.addWidget(solo, row, 2)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(20)
        line.addLayout(parts)
        line.addWidget(self.vocals, 3)
        for slider in self.bands.values():
            line.addWidget(slider, 2)
        line.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.meter, 0, Qt.AlignmentFlag.AlignVCenter)

    def refresh(self, *, enabled: bool) -> None:
        """Show the mix as it is; `enabled` where there is a song."""
        mix, mutes = self._mixing.mix, self._mixing.mutes
        self.setEnabled(enabled)
        self.vocals.show_level(mix.vocals_db)
        for field, slider in self.bands.items():
            slider.show_level(getattr(mix, field))
            slider.setEnabled(mix.vocals_db > float("-inf"))
        self.mute_music.defaultAction().setChecked(mutes.mutes_music)
        self.solo_music.defaultAction().setChecked(mutes.solos_music)
        self.mute_voice.defaultAction().setChecked(mutes.mutes_voice)
        self.solo_voice.defaultAction().setChecked(mutes.solos_voice)

    def _switch(self, text: str, name: str) -> ActionButton:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setToolTip(name)
        action.triggered.connect(self._on_switched)
        button = ActionButton(action)
        button.setProperty("small", True)
        button.setAccessibleName(name)
        return button

    @Slot(float)
    def _on_vocals_moved(self, level_db: float) -> None:
        self._mixing.change(
            replace(self._mixing.mix, vocals_db=level_db), self.tr("Change Vocal Level")
        )

    def _on_band_moved(self, field: str, level_db: float) -> None:
        text = self.tr("Change {band} of the Voice").format(band=self.bands[field].name)
        mix = self._mixing.mix
        levels = {"low_db": mix.low_db, "mid_db": mix.mid_db, "high_db": mix.high_db}
        levels[field] = level_db
        self._mixing.change(replace(mix, **levels), text)

    @Slot()
    def _on_switched(self) -> None:
        self._mixing.set_mutes(
            Mutes(
                mutes_music=self.mute_music.isChecked(),
                mutes_voice=self.mute_voice.isChecked(),
                solos_music=self.solo_music.isChecked(),
                solos_voice=self.solo_voice.isChecked(),
            )
        )

    @Slot()
    def _on_reset(self) -> None:
        self._mixing.reset()
