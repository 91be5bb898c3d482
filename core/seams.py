"""Steps in separated vocals that the mixture lacks, as where two chunks do not meet."""

import numpy as np

_STRETCH_SECONDS = 0.02  # of each of these the sharpest sample is looked at
_SIDE_SECONDS = 0.01  # before and after it, above which it must stand out
_RATIO = 15.0  # curvature at a step to the median of either side; separated voices reach 7
_PEAK = 2e-3  # curvature that can be heard as a click
_FEWEST = 6  # samples that make a side: at the very ends of a song no chunks meet
_NEAR = 2  # samples beside a step at which it bends the signal too


class SeamFinder:
    """Looks for steps in vocals beside their mixture, block after block, from the start.

    Curvature is the third difference, in which a step stands out and tones vanish. Where a drum
    hit leaks into the vocals it rises as suddenly, but does not fall again: what is sharper than
    both the sound before and the sound after is a step. One that is lost among the mixture's own
    highs is not found: of 500 planted in the voices separated from five songs, 81 % were at
    -20 dBFS, 58 % at -30 and 38 % at -40, and nothing else was.
    """

    def __init__(self, rate: int) -> None:
        """Prepare for a song with a sample rate in Hz."""
        self._stretch = max(16, round(_STRETCH_SECONDS * rate))
        self._side = max(8, round(_SIDE_SECONDS * rate))
        self._vocals = self._mixture = np.zeros((0, 0), np.float32)
        self._at = 0  # sample at which what is kept of both begins
        self._judged = 0  # samples of it that only serve as the side of others

    def add(self, vocals: np.ndarray, mixture: np.ndarray) -> list[int]:
        """Take the next block, (channels, samples) each.

        Returns:
            The samples, counted from the start, at which steps turned out to be; those near the
            end of a block are told with the next one.
        """
        if self._vocals.shape[1]:
            vocals = np.concatenate([self._vocals, vocals], axis=1)
            mixture = np.concatenate([self._mixture, mixture], axis=1)
        curve = _curvature(vocals)
        known = curve.shape[1] - self._judged - self._side
        stop = self._judged + max(0, known // self._stretch * self._stretch)
        found = self._steps(curve, mixture, self._judged, stop)
        first = max(0, stop - self._side)
        self._vocals, self._mixture = vocals[:, first:].copy(), mixture[:, first:].copy()
        self._at += first
        self._judged = stop - first
        return found

    def finish(self) -> list[int]:
        """Return the samples of steps at the end, which have less behind them."""
        curve = _curvature(self._vocals)
        found = []
        for start in range(self._judged, curve.shape[1], self._stretch):
            stop = min(start + self._stretch, curve.shape[1])
            found += self._steps(curve, self._mixture, start, stop)
        return found

    def _steps(self, curve: np.ndarray, mixture: np.ndarray, start: int, stop: int) -> list[int]:
        """Look at the stretches in [start, stop) of `curve`, which fill it."""
        if stop == start:
            return []
        count = max(1, (stop - start) // self._stretch)
        parts = curve[:, start:stop].reshape(len(curve), count, -1)  # channel, stretch, sample
        sharpest = parts.max(axis=2)
        stretch = np.flatnonzero(sharpest.max(axis=0) >= _PEAK)
        channel = sharpest[:, stretch].argmax(axis=0)
        at = start + stretch * parts.shape[2] + parts[channel, stretch].argmax(axis=1)
        # Most are music: what is near them tells, before more is looked at.
        near = np.clip(at[:, None] + np.arange(-_NEAR, _NEAR + 1), 0, curve.shape[1] - 1)
        heights = curve[channel, at]
        # The edge of what the next stretch has is less than what is near it.
        sharp = curve[channel[:, None], near].max(axis=1) <= heights
        around = near[:, :, None] + np.arange(4)
        music = _curvature(mixture[channel[:, None, None], around])[:, :, 0].max(axis=1)
        alone = np.flatnonzero(sharp & (music < heights / 2))
        return [
            self._at + int(at[number]) + _NEAR
            for number in alone
            if self._stands_out(curve[channel[number]], int(at[number]))
        ]

    def _stands_out(self, curve: np.ndarray, at: int) -> bool:
        before = curve[max(0, at - self._side) : max(0, at - _NEAR)]
        after = curve[at + _NEAR + 1 : at + self._side + 1]
        if min(before.size, after.size) < _FEWEST:
            return False
        return bool(curve[at] > _RATIO * max(np.median(before), np.median(after)))


def _curvature(samples: np.ndarray) -> np.ndarray:
    """(..., samples - 3): entry `n` is largest for a step from sample `n + 1` to `n + 2`."""
    if samples.shape[-1] < 4:
        return np.zeros((*samples.shape[:-1], 0), samples.dtype)
    return np.abs(np.diff(samples, n=3, axis=-1))
