"""A small meter of what is heard: peaks of both sides, clip light, and momentary loudness."""

from __future__ import annotations

from collections import deque

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.levels import LOWEST_DB, Levels
from app.player import Player
from app.theme import theme_of

TICK_MS = 50
BLOCKS_KEPT = 64
QUIETEST_LUFS = -70.0
_BAR, _GAP, _LIGHT = 7, 3, 8


class LevelMeter(QWidget):
    """Reads the renderer's blocks while it is seen; a click or Return puts the clip light out."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        """Show silence."""
        super().__init__(parent)
        self._player = player
        self.levels = Levels(44_100, 0.0)
        self._made_for = (0, 0.0)
        self._blocks: deque[np.ndarray] = deque(maxlen=BLOCKS_KEPT)
        self._drawn: tuple[object, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Level"))
        self.setToolTip(
            self.tr(
                "Peaks of left and right from −60 to 0 dBFS, and the loudness of the last 0.4 s. "
                "The red light says that the sound clips; click or press Return to put it out."
            )
        )

    def sizeHint(self) -> QSize:
        """Two bars and a line of text."""
        return QSize(150, 2 * _BAR + 2 * _GAP + self.fontMetrics().height())

    @Slot()
    def refresh(self) -> None:
        """Take what was played since, and draw it if that looks different."""
        song = self._player.renderer.song
        made_for = (song.rate if song else 44_100, self._player.latency)
        if made_for != self._made_for:
            self._made_for = made_for
            self.levels = Levels(*made_for)
        blocks = []
        while self._blocks:
            blocks.append(self._blocks.popleft())
        self.levels.take(blocks)
        look = (*self._edges(), *self.levels.clipped, self.text())
        if look != self._drawn:
            self._drawn = look
            self.setAccessibleDescription(self.text())
            self.update()

    def text(self) -> str:
        """The loudness in words."""
        loudness = self.levels.loudness
        if loudness < QUIETEST_LUFS:
            return self.tr("– LUFS")
        return self.tr("{level} LUFS").format(level=f"{loudness:.1f}".replace("-", "−"))

    def _edges(self) -> tuple[int, ...]:
        """Where the bars and the holds end, in pixels."""
        width = self.width() - _LIGHT - _GAP
        shares = 1 - np.concatenate([self.levels.peaks_db, self.levels.holds_db]) / LOWEST_DB
        return tuple(int(width * min(1.0, max(0.0, share))) for share in shares)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a few rectangles and a word."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        width = self.width() - _LIGHT - _GAP
        edges = self._edges()
        for side in range(2):
            top = side * (_BAR + _GAP)
            painter.fillRect(0, top, width, _BAR, QColor(theme.border))
            painter.fillRect(0, top, edges[side], _BAR, QColor(theme.accent))
            if edges[2 + side] > 0:
                painter.fillRect(edges[2 + side] - 2, top, 2, _BAR, QColor(theme.text))
            light = theme.danger if self.levels.clipped[side] else theme.border
            painter.fillRect(self.width() - _LIGHT, top, _LIGHT, _BAR, QColor(light))
        top = 2 * (_BAR + _GAP)
        painter.setPen(QColor(theme.accent if self.hasFocus() else theme.muted))
        place = QRect(0, top, self.width(), self.height() - top)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, self.text())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to read."""
        super().showEvent(event)
        self._blocks.clear()
        self._player.renderer.tap = self._blocks
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read no more."""
        super().hideEvent(event)
        self._player.renderer.tap = None
        self._timer.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the clip light out."""
        self._forgive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the clip light out with Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._forgive()
        else:
            super().keyPressEvent(event)

    def _forgive(self) -> None:
        self.levels.forgive()
        self.refresh()
