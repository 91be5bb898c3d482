"""What a meter shows of the sound: peaks that fall slowly, their hold, clipping, and loudness."""

from __future__ import annotations

from math import inf

import numpy as np

from core.loudness import BLOCK_SECONDS, momentary_loudness

FALL_DB_PER_SECOND = 20.0
HOLD_SECONDS = 1.5
LOWEST_DB = -60.0
CLIPS_AT = 1.0
LOUDNESS_PER_SECOND = 10


class Levels:
    """Takes what the renderer made and tells of what is heard now, which is `latency` later."""

    def __init__(self, rate: int, latency: float) -> None:
        """Begin silent; `rate` in Hz, `latency` in seconds."""
        self._rate = rate
        self._late = round(rate * latency)
        self._block = round(rate * BLOCK_SECONDS)
        self._recent = np.zeros((self._late + self._block, 2), np.float32)
        self._held_for = np.zeros(2)
        self._since_loudness = 0.0
        self.peaks_db = np.full(2, LOWEST_DB)
        """Of left and right, falling."""
        self.holds_db = np.full(2, LOWEST_DB)
        """The highest of the last moments."""
        self.clipped = np.zeros(2, bool)
        """Whether full scale was reached since `forgive`."""
        self.loudness = -inf
        """Momentary, in LUFS."""

    def take(self, blocks: list[np.ndarray]) -> None:
        """Move on by blocks of (samples, 2)."""
        count = sum(len(block) for block in blocks)
        if not count:
            return
        self._recent = np.concatenate([self._recent, *blocks])[
            -(self._late + self._block + count) :
        ]
        stop = len(self._recent) - self._late
        heard = np.abs(self._recent[stop - count : stop]).max(axis=0)
        seconds = count / self._rate
        self.clipped |= heard >= CLIPS_AT
        now = np.maximum(20 * np.log10(np.maximum(heard, 1e-6)), LOWEST_DB)
        self.peaks_db = np.maximum(
            now, np.maximum(LOWEST_DB, self.peaks_db - FALL_DB_PER_SECOND * seconds)
        )
        self._held_for = np.where(now >= self.holds_db, 0.0, self._held_for + seconds)
        over = self._held_for > HOLD_SECONDS
        self.holds_db = np.where(over, self.peaks_db, np.maximum(now, self.holds_db))
        self._since_loudness += seconds
        if self._since_loudness >= 1 / LOUDNESS_PER_SECOND:
            self._since_loudness = 0.0
            self.loudness = momentary_loudness(
                self._recent[stop - self._block : stop].T, self._rate
            )

    def forgive(self) -> None:
        """Put the clip light out."""
        self.clipped[:] = False
