"""Signals that are read by stretches, so that their length is no matter of memory."""

from __future__ import annotations

from collections.abc import Iterator
from types import EllipsisType
from typing import Protocol

import numpy as np

STRETCH = 1 << 18
"""Samples that are read at a time where nothing asks for another number."""

Stretch = tuple[slice | EllipsisType, slice]
"""Which samples: channels first, all of them if `...`; then samples."""


class Samples(Protocol):
    """A signal, (channels, samples), of which stretches are read: an array, or a file on disk.

    `samples[:, start:stop]` is a float32 array. Nothing else of an array is there, so that no
    one holds a song of hours at once by accident.
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """(channels, samples)."""

    @property
    def dtype(self) -> np.dtype:
        """Float32."""

    def __getitem__(self, key: Stretch, /) -> np.ndarray:
        """Read a stretch; bounds are clipped to the signal, as an array's are."""


class WritableSamples(Samples, Protocol):
    """A signal of which stretches are also written: `samples[..., start:stop] = array`."""

    def __setitem__(self, key: Stretch, value: np.ndarray, /) -> None:
        """Write a stretch in all channels."""


class Difference:
    """What one signal leaves of another, computed where it is read."""

    def __init__(self, whole: Samples, less: Samples) -> None:
        """Take two signals of one shape; it is `whole - less`."""
        self._whole, self._less = whole, less
        self.shape, self.dtype = whole.shape, whole.dtype

    def __getitem__(self, key: Stretch, /) -> np.ndarray:
        """Read a stretch."""
        difference: np.ndarray = self._whole[key] - self._less[key]
        return difference


def stretches(length: int, size: int = STRETCH) -> Iterator[tuple[int, int]]:
    """Give (start, stop) of stretches of `size` samples, the last shorter, in order."""
    for start in range(0, length, size):
        yield start, min(start + size, length)


def interleaved(samples: np.ndarray) -> np.ndarray:
    """(channels, samples) to (samples, channels), as files and resamplers take them."""
    channels, length = samples.shape
    lying = np.empty((length, channels), samples.dtype)
    # Channel by channel, a ninth of the time that numpy's own copy of the transposed takes.
    for number, channel in enumerate(samples):
        lying[:, number] = channel
    return lying


def peak(samples: np.ndarray) -> float:
    """Return the largest magnitude of at least one sample."""
    return max(float(samples.max()), -float(samples.min()))


def peak_of(samples: Samples) -> float:
    """Return the largest magnitude of a signal, 0.0 if it is empty."""
    return max(
        (
            float(np.abs(samples[:, start:stop]).max(initial=0.0))
            for start, stop in stretches(samples.shape[1])
        ),
        default=0.0,
    )
