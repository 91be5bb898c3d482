"""How far one signal lags behind another, from the loudest piece of them."""

import numpy as np

_PIECE = 2**16  # samples that are compared
_SAME = 0.999  # of the highest correlation, for periodic sounds, which have several peaks


class Alignment:
    """Looks for a delay, and for a polarity turned over, block after block."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._loudest = -1.0
        self._at = 0
        self._piece: tuple[int, np.ndarray, np.ndarray] | None = None

    def add(self, found: np.ndarray, meant: np.ndarray) -> None:
        """Take the next block of both, (channels, samples)."""
        power = float(np.sum(np.square(meant, dtype=np.float64)))
        if power > self._loudest:
            self._loudest = power
            piece = slice(0, _PIECE)
            self._piece = (self._at, found[:, piece].copy(), meant[:, piece].copy())
        self._at += meant.shape[-1]

    @property
    def span(self) -> tuple[int, int]:
        """The samples [start, stop) that are compared."""
        if self._piece is None:
            return 0, 0
        start, piece, _ = self._piece
        return start, start + piece.shape[-1]

    def measure(self) -> tuple[int, bool]:
        """Return the samples that what was found is late, and whether it is upside down."""
        if self._piece is None:
            return 0, False
        _, *parts = self._piece
        length = parts[0].shape[-1]
        size = 2 * length
        found, meant = (np.fft.rfft(part, size) for part in parts)
        correlation = np.fft.irfft(np.sum(found * np.conj(meant), axis=0), size)
        strength = np.abs(correlation)
        if strength.max() <= 0:
            return 0, False
        lag = 0 if strength[0] >= _SAME * strength.max() else int(strength.argmax())
        return (lag if lag < length else lag - size), bool(correlation[lag] < 0)
