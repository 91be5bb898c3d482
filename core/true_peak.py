"""True peak by ITU-R BS.1770-4, annex 2: the highest level, between the samples too."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from core.samples import peak

OVERSAMPLING = 4
REACH = 24  # samples on either side of what is interpolated
_BETA = 9.0  # of the Kaiser window: flat within 0.1 dB up to 20 kHz at a rate of 44.1 kHz
_TILE = 32  # gaps between samples that are filled together
_WIDTH = _TILE + 2 * REACH - 1  # samples that these are filled from
_AT_ONCE = 64  # tiles


class TruePeakMeter:
    """The highest peak between the samples too, taken block by block.

    Interpolated is only where a peak could be higher than the highest so far. Between two samples
    the signal exceeds a straight line by at most `_BEND` times the largest second difference near
    them, which is little wherever the treble is weak.
    """

    def __init__(self, channels: int) -> None:
        """Begin with nothing heard, after silence."""
        self._waiting = np.zeros((channels, 2 * REACH - 1), np.float32)
        self._peak = 0.0

    def add(self, samples: np.ndarray) -> None:
        """Take the next samples, (channels, samples) float32."""
        if samples.size:
            self._peak = max(self._peak, peak(samples))
        self._waiting = np.concatenate((self._waiting, samples), axis=1)
        tiles = (self._waiting.shape[1] - 2 * REACH + 1) // _TILE
        if tiles > 0:
            self._fill(self._waiting, tiles)
            self._waiting = self._waiting[:, tiles * _TILE :]

    def finish(self) -> float:
        """Return the true peak, linear, relative to full scale; nothing can be added after."""
        self.add(np.zeros((len(self._waiting), _WIDTH), np.float32))
        return self._peak

    def _fill(self, samples: np.ndarray, tiles: int) -> None:
        bends = np.abs(np.diff(samples, 2, axis=1))
        bounds = _around(np.abs(samples), tiles) + _BEND * _around(bends, tiles)
        flat = bounds.ravel()
        hopeful = np.flatnonzero(flat > self._peak)
        hopeful = hopeful[np.argsort(-flat[hopeful])]
        windows = sliding_window_view(samples, _WIDTH, axis=1)[:, ::_TILE]
        for first in range(0, len(hopeful), _AT_ONCE):
            some = hopeful[first : first + _AT_ONCE]
            if flat[some[0]] <= self._peak:
                break
            between = windows[np.unravel_index(some, bounds.shape)] @ _FILLING
            self._peak = max(self._peak, peak(between))


def true_peak(samples: np.ndarray) -> float:
    """Return the true peak of (channels, samples) float32, linear, relative to full scale."""
    meter = TruePeakMeter(len(samples))
    meter.add(samples)
    return meter.finish()


def _around(levels: np.ndarray, tiles: int) -> np.ndarray:
    """(channels, tiles): the highest of all that each tile is filled from, and a few after."""
    parts = np.maximum.reduceat(levels, np.arange(0, levels.shape[1], _TILE), axis=1)
    highest = parts[:, :tiles].copy()
    for later in range(1, -(-_WIDTH // _TILE)):
        np.maximum(highest, parts[:, later : later + tiles], out=highest)
    return highest


def _interpolators() -> np.ndarray:
    """(OVERSAMPLING - 1, 2 REACH): weights of the samples around a gap for each place in it.

    Windowed sinc, and then as little changed as makes it leave straight lines straight.
    """
    at = np.arange(-REACH + 1, REACH + 1)
    places = np.arange(1, OVERSAMPLING)[:, None] / OVERSAMPLING
    distance = at - places
    window = np.i0(_BETA * np.sqrt(np.clip(1 - (distance / REACH) ** 2, 0, 1))) / np.i0(_BETA)
    taps = np.sinc(distance) * window
    lines = np.stack((np.ones(2 * REACH), at))
    missing = np.concatenate((np.ones_like(places), places), axis=1) - taps @ lines.T
    return taps + missing @ np.linalg.pinv(lines).T


def _bend(taps: np.ndarray) -> float:
    """The furthest from a straight line that second differences of 1 can bring what is between.

    What the taps give less the straight line is a filter of second differences; the sum of its
    weights' magnitudes is the bound.
    """
    places = np.arange(1, OVERSAMPLING) / OVERSAMPLING
    bent = taps.copy()
    bent[:, REACH - 1] -= 1 - places
    bent[:, REACH] -= places
    return float(np.abs(bent.cumsum(axis=1).cumsum(axis=1)).sum(axis=1).max())


def _filling(taps: np.ndarray) -> np.ndarray:
    """(_WIDTH, places in a tile): the matrix that fills a tile's gaps."""
    matrix = np.zeros((_WIDTH, _TILE, len(taps)), np.float32)
    for gap in range(_TILE):
        matrix[gap : gap + 2 * REACH, gap] = taps.T
    return matrix.reshape(_WIDTH, -1)


_TAPS = _interpolators()
_BEND = _bend(_TAPS)
_FILLING = _filling(_TAPS)
