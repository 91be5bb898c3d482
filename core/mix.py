"""How much of the voice the instrumental holds, by band, and the filter that does it."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from core.fir import SymmetricFilter, low_pass
from core.samples import Samples

CROSSOVERS_HZ = (250.0, 4000.0)
"""Where the low band ends and the high band begins."""
HIGHEST_DB = 6.0
_REACH_SECONDS = 0.008


@dataclass(frozen=True)
class Mix:
    """What the instrumental holds beside the music; by default nothing of the voice.

    Levels are in dB from -inf, off, to HIGHEST_DB; a band's level comes on top of the voice's.
    """

    vocals_db: float = -inf
    low_db: float = 0.0
    mid_db: float = 0.0
    high_db: float = 0.0
    keep_low_end_hz: float | None = None
    """Below it the mixture stays, unless a voice sings there; none to keep nothing."""

    def __post_init__(self) -> None:
        levels = (self.vocals_db, self.low_db, self.mid_db, self.high_db)
        if not all(level <= HIGHEST_DB for level in levels):
            raise ValueError(f"a level is not between -inf and {HIGHEST_DB:g} dB: {levels}")

    @property
    def voice_kept(self) -> Gains:
        """The share of the voice that the instrumental holds."""
        bands = (self.low_db, self.mid_db, self.high_db)
        low, mid, high = (_linear(self.vocals_db + band) for band in bands)
        return Gains(low, mid, high)

    @property
    def voice_removed(self) -> Gains:
        """The share of the voice to subtract from the mixture."""
        kept = self.voice_kept
        return Gains(1.0 - kept.low, 1.0 - kept.mid, 1.0 - kept.high)

    @property
    def holds_voice(self) -> bool:
        """Whether any of the voice is in the instrumental."""
        return self.voice_kept != Gains(0.0, 0.0, 0.0)


PLAIN = Mix()
"""The instrumental alone."""


@dataclass(frozen=True)
class Gains:
    """Linear gains below, between and above CROSSOVERS_HZ."""

    low: float
    mid: float
    high: float

    @property
    def largest(self) -> float:
        """The largest magnitude."""
        return max(abs(self.low), abs(self.mid), abs(self.high))


class VoiceFilter:
    """Reads the voice with a gain in each band, without delay and without memory.

    One symmetric filter does it, see `core.fir`; the bands sum to one.
    """

    def __init__(self, gains: Gains, rate: int) -> None:
        """Design the filter for a sample rate in Hz."""
        self.gains = gains
        is_flat = gains.low == gains.mid == gains.high
        self.reach = 0 if is_flat else max(1, round(rate * _REACH_SECONDS))
        """How many samples before and after a sample it looks at."""
        self._filter = SymmetricFilter(_taps(gains, rate, self.reach))

    def read(self, vocals: Samples, start: int, stop: int) -> np.ndarray:
        """Return samples [start, stop) of the filtered voice; beyond its ends is silence.

        Args:
            vocals: (channels, samples) float32.
            start: at least 0.
            stop: at most the length of `vocals`.

        Returns:
            (channels, stop - start) float32.
        """
        if self.reach == 0:
            return vocals[:, start:stop] * np.float32(self.gains.mid)
        return self._filter.read(vocals, start, stop).astype(np.float32)


def _linear(level_db: float) -> float:
    return float(10.0 ** (level_db / 20.0))


def _taps(gains: Gains, rate: int, reach: int) -> np.ndarray:
    """(2 reach + 1), symmetric, with the gains' response."""
    impulse = np.zeros(2 * reach + 1)
    impulse[reach] = 1.0
    low, below_high = (low_pass(edge / rate, reach) for edge in CROSSOVERS_HZ)
    return gains.low * low + gains.mid * (below_high - low) + gains.high * (impulse - below_high)
