"""Lowest and highest samples at many zooms, so that a waveform is drawn from few numbers."""

import numpy as np

from core.samples import Samples, WritableSamples, stretches
from core.scratch import new_scratch

BUCKET = 64
"""Samples in one bucket of the finest level."""

_FACTOR = 4
_IN_MEMORY = 1 << 18  # buckets of a level: those of 6 minutes at 44.1 kHz at the finest


def measure_peaks(samples: Samples, start: int, stop: int) -> np.ndarray:
    """Measure whole buckets of a signal.

    Args:
        samples: (channels, samples), float32.
        start: first sample, a multiple of BUCKET.
        stop: sample after the last, a multiple of BUCKET or the signal's end.

    Returns:
        (2, buckets), float32: the lowest and the highest sample of all channels.
    """
    parts = [np.zeros((2, 0), np.float32)]
    for first, last in stretches(stop - start):
        part = samples[:, start + first : start + last]
        low, high = part.min(axis=0), part.max(axis=0)
        edges = np.arange(0, part.shape[1], BUCKET)
        found = [np.minimum.reduceat(low, edges), np.maximum.reduceat(high, edges)]
        parts.append(np.stack(found))
    return np.concatenate(parts, axis=1)


def whole_buckets(start: int, stop: int, length: int) -> tuple[int, int]:
    """Widen a range of samples to whole buckets of a signal of `length` samples."""
    return start - start % BUCKET, min(length, stop + -stop % BUCKET)


class PeakPyramid:
    """The peaks of a signal of known length, written in parts and read at any zoom.

    Of long signals the fine levels, of which little is seen at a time, are in temporary files.
    """

    def __init__(self, length: int) -> None:
        """Make room for `length` samples, all silent."""
        self.length = length
        buckets = max(1, -(-length // BUCKET))
        self._levels = [_silence(buckets)]
        while self._levels[-1].shape[1] > _FACTOR:
            self._levels.append(_silence(-(-self._levels[-1].shape[1] // _FACTOR)))

    def write(self, start: int, block: np.ndarray) -> None:
        """Store what `measure_peaks` gave for samples from `start`, and the levels above it."""
        first = start // BUCKET
        last = first + block.shape[1]
        self._levels[0][..., first:last] = block
        for below, level in zip(self._levels, self._levels[1:], strict=False):
            first, last = first // _FACTOR, -(-last // _FACTOR)
            part = below[:, first * _FACTOR : last * _FACTOR]
            edges = np.arange(0, part.shape[1], _FACTOR)
            lowest, highest = (
                np.minimum.reduceat(part[0], edges),
                np.maximum.reduceat(part[1], edges),
            )
            level[..., first:last] = np.stack([lowest, highest])

    def columns(self, start: float, stop: float, count: int) -> np.ndarray:
        """Read the peaks of `count` equal parts of a range.

        Args:
            start: first sample of the range; may lie outside the signal, as may `stop`.
            stop: end of the range, after `start`.
            count: number of parts, at least 1.

        Returns:
            (2, count), float32; outside the signal both are 0.
        """
        wanted = (stop - start) / count / BUCKET
        depth = int(np.clip(np.log(max(wanted, 1.0)) / np.log(_FACTOR), 0, len(self._levels) - 1))
        level = self._levels[depth]
        size = BUCKET * _FACTOR**depth
        edges = np.linspace(start, stop, count + 1)
        index = np.clip(np.floor(edges / size).astype(np.int64), 0, level.shape[1] - 1)
        seen, index = level[:, index[0] : index[-1] + 1], index - index[0]
        read = np.stack(
            [
                np.minimum.reduceat(seen[0], index[:-1]),
                np.maximum.reduceat(seen[1], index[:-1]),
            ]
        )
        read[:, (edges[1:] <= 0) | (edges[:-1] >= self.length)] = 0.0
        return read


def _silence(buckets: int) -> WritableSamples:
    if buckets > _IN_MEMORY:
        return new_scratch(2, buckets)
    return np.zeros((2, buckets), np.float32)
