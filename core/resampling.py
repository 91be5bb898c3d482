"""A signal at another sample rate, computed where it is read."""

from __future__ import annotations

from collections import OrderedDict
from math import gcd
from threading import Lock
from types import EllipsisType

import numpy as np
import soxr

from core.samples import Samples, Stretch

REACH = 2048  # samples of the new rate that the resampler's filter sees on either side, generously
_BLOCK = 1 << 17  # samples of the new rate that are computed at once, about
_KEPT = 3  # blocks; neighbouring stretches share some


class AtRate:
    """Another signal at another rate, of which any stretch is the same wherever reading begins.

    Both rates share a grid: every so many samples of the one lie on one of the other. Blocks
    begin on it and are resampled with their surroundings, just as the whole would be.
    """

    def __init__(self, samples: Samples, *, rate: int, new_rate: int) -> None:
        """Take a signal; both rates in Hz."""
        channels, length = samples.shape
        self.shape = (channels, length_at(length, rate=rate, new_rate=new_rate))
        self.dtype = np.dtype(np.float32)
        self._samples, self._rate, self._new_rate = samples, rate, new_rate
        self._period = grid_period(rate, new_rate)
        self._block = -(-_BLOCK // self._period) * self._period
        self._lock = Lock()
        self._kept: OrderedDict[int, np.ndarray] = OrderedDict()

    def __getitem__(self, key: Stretch, /) -> np.ndarray:
        """Read [channels, start:stop]."""
        channels, length = self.shape
        start, stop, _ = key[1].indices(length)
        read = np.empty((channels, max(0, stop - start)), np.float32)
        for number in range(start // self._block, -(-stop // self._block)):
            first = number * self._block
            low, high = max(start, first), min(stop, first + self._block)
            if low < high:
                read[:, low - start : high - start] = self._computed(number)[
                    :, low - first : high - first
                ]
        return read if isinstance(key[0], EllipsisType) else read[key[0]]

    def _computed(self, number: int) -> np.ndarray:
        with self._lock:
            if number not in self._kept:
                self._kept[number] = self._compute(number)
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(number)
            return self._kept[number]

    def _compute(self, number: int) -> np.ndarray:
        margin = -(-REACH // self._period) * self._period
        first = max(number * self._block - margin, 0)
        last = min((number + 1) * self._block, self.shape[1])
        part = self._samples[:, self._old(first) : self._old(last + margin)]
        found = resampled(part, rate=self._rate, new_rate=self._new_rate)
        inside = slice(number * self._block - first, last - first)
        return found[:, inside]

    def _old(self, position: int) -> int:
        return -(-position * self._rate // self._new_rate)


def resampled(samples: np.ndarray, *, rate: int, new_rate: int) -> np.ndarray:
    """Resample (channels, samples) float32 in one go; `length_at` says how long it becomes."""
    return soxr.resample(samples.T, rate, new_rate).T


def length_at(length: int, *, rate: int, new_rate: int) -> int:
    """How many samples a signal has at another rate; soxr rounds just so."""
    return (2 * length * new_rate + rate) // (2 * rate)


def grid_period(rate: int, new_rate: int) -> int:
    """How many samples at the new rate lie from one that both rates have to the next."""
    return new_rate // gcd(rate, new_rate)
