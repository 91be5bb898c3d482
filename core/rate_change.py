"""A signal at another sample rate, read block by block."""

import numpy as np
import soxr

from core.samples import interleaved
from core.stem_reading import Read

_BLOCK = 65_536  # samples


def length_at(length: int, rate: int, new_rate: int) -> int:
    """Return how many samples a signal has at another rate, at least one."""
    return max(1, (2 * length * new_rate + rate) // (2 * rate))


class Resampled:
    """Reads a signal at another rate, from its start on, stretch after stretch.

    The resampler is linear and has no delay, so resampled stems sum to the resampled song.
    """

    def __init__(self, read: Read, *, length: int, channels: int, rate: int, new_rate: int) -> None:
        """Prepare to read.

        Args:
            read: the signal, of `length` samples and `channels` channels, at `rate` Hz.
            length: samples.
            channels: at least 1.
            rate: Hz.
            new_rate: Hz.
        """
        self._read, self._length = read, length
        self._stream = soxr.ResampleStream(rate, new_rate, channels, dtype="float32")
        self._taken = self._at = 0
        self._waiting = np.zeros((channels, 0), np.float32)

    def read(self, start: int, stop: int) -> np.ndarray:
        """Return the samples [start, stop) at the new rate.

        Args:
            start: where the last stretch ended.
            stop: at most `length_at` of the whole.

        Returns:
            (channels, stop - start) float32.
        """
        if start != self._at:
            raise ValueError(f"{start} does not follow {self._at}")
        count = stop - start
        while self._waiting.shape[1] < count:
            self._waiting = np.concatenate([self._waiting, self._more(count)], axis=1)
        self._at = stop
        block, self._waiting = self._waiting[:, :count], self._waiting[:, count:]
        return block

    def _more(self, count: int) -> np.ndarray:
        """What comes next, (channels, any number)."""
        channels, waiting = self._waiting.shape
        if self._taken == self._length:  # rounding leaves the resampler a sample short
            return np.zeros((channels, count - waiting), np.float32)
        end = min(self._taken + _BLOCK, self._length)
        block = interleaved(self._read(self._taken, end))
        self._taken = end
        return self._stream.resample_chunk(block, last=end == self._length).T
