"""Symmetric filters that are read at any place of a signal, without delay and without memory."""

from __future__ import annotations

import numpy as np

from core.samples import Samples


class SymmetricFilter:
    """Filters any stretch of a signal by looking as far ahead as behind.

    The samples do not depend on where a stretch begins or ends: playback may jump, and what is
    saved is what was heard.
    """

    def __init__(self, taps: np.ndarray) -> None:
        """Take an odd number of taps, the same from both ends."""
        self.reach = len(taps) // 2
        """How many samples before and after a sample it looks at."""
        self._taps = taps
        self._spectra: dict[int, np.ndarray] = {}

    def read(self, signal: Samples, start: int, stop: int) -> np.ndarray:
        """Return samples [start, stop) of the filtered signal; beyond its ends is silence.

        Args:
            signal: (channels, samples) float32.
            start: at least 0.
            stop: at most the length of `signal`.

        Returns:
            (channels, stop - start) float64.
        """
        first, last = start - self.reach, stop + self.reach
        inside = signal[:, max(0, first) : max(0, last)]
        # Whole powers of two are few, so the audio thread finds the filter's spectrum ready.
        size = 1 << (last - first - 1).bit_length()
        padded = np.zeros((signal.shape[0], size))
        offset = max(0, -first)
        padded[:, offset : offset + inside.shape[1]] = inside
        # In double precision, so that the place of a block does not show in its samples.
        whole = np.fft.irfft(np.fft.rfft(padded) * self._spectrum(size), size)
        return whole[:, 2 * self.reach :][:, : stop - start]

    def _spectrum(self, size: int) -> np.ndarray:
        if size not in self._spectra:
            self._spectra[size] = np.fft.rfft(self._taps, size)
        return self._spectra[size]


def low_pass(edge: float, reach: int) -> np.ndarray:
    """(2 reach + 1) taps that pass what is below `edge`, in cycles per sample, with gain 1 at 0.

    Windowed sinc, as in Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.5.
    """
    if edge >= 0.5:
        taps = np.zeros(2 * reach + 1)
        taps[reach] = 1.0
        return taps
    at = np.arange(-reach, reach + 1)
    taps = np.sinc(2 * edge * at) * np.hanning(2 * reach + 3)[1:-1]
    return taps / taps.sum()
