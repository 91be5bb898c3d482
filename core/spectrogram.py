"""Log-frequency spectrograms as 8-bit images, whole or only the columns that changed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from core.samples import Samples

LOWEST_HZ = 20.0
HIGHEST_HZ = 20_000.0
ROWS_PER_OCTAVE = 48
FLOOR_DB = -84.0
CEILING_DB = -18.0
TILT_DB_PER_OCTAVE = 3.0
TILT_PIVOT_HZ = 1000.0

_HOP = 1024
_MAX_COLUMNS = 1 << 15
_BLOCK = 256
_BLOCK_SAMPLES = 1 << 19


@dataclass(frozen=True, eq=False)
class _Band:
    """One resolution: a long window for low notes, a short one for high beats."""

    decimation: int
    taps: np.ndarray  # (taps,) low-pass before decimation; one tap without
    window: np.ndarray  # (n_fft,) scaled so that a full-scale sine has the power 1
    rows: slice
    weights: np.ndarray  # (rows, bins) of the power spectrum

    @property
    def reach(self) -> int:
        """Samples needed on either side of a column's centre."""
        return self.window.size // 2 * self.decimation + self.taps.size // 2


@dataclass(frozen=True)
class Spectrogram:
    """How a signal of a known rate and length is drawn; the same for all stems of a song.

    A column is centred on sample `column * hop`. Row 0 is the highest frequency. Levels run from
    FLOOR_DB (0) to CEILING_DB (255) relative to a full-scale sine, after a tilt of
    TILT_DB_PER_OCTAVE. Three window lengths (16,384, 8192 and 2048 samples at 44.1 kHz) share the
    octaves, so that bass notes stand apart and beats above them stay sharp.
    """

    rate: int
    length: int

    @property
    def _scale(self) -> float:
        return 2.0 ** max(-2, round(np.log2(self.rate / 44_100)))

    @cached_property
    def hop(self) -> int:
        """Samples from one column to the next: 23 ms, more for songs of 12 minutes on."""
        hop = int(_HOP * self._scale)
        while self.length // hop >= _MAX_COLUMNS:
            hop *= 2
        return hop

    @property
    def columns(self) -> int:
        """Width of the whole image."""
        return self.length // self.hop + 1

    @cached_property
    def frequencies(self) -> np.ndarray:
        """(rows,) centre frequencies in Hz, falling."""
        octaves = np.log2(min(HIGHEST_HZ, self.rate / 2) / LOWEST_HZ)
        rows = int(octaves * ROWS_PER_OCTAVE) + 1
        return LOWEST_HZ * 2.0 ** (np.arange(rows)[::-1] / ROWS_PER_OCTAVE)

    @property
    def rows(self) -> int:
        """Height of the image."""
        return self.frequencies.size

    def row(self, frequency: float) -> float:
        """The row, with fraction, at which `frequency` (Hz) lies; the border of a row is .0."""
        return self.rows - 0.5 - ROWS_PER_OCTAVE * float(np.log2(frequency / LOWEST_HZ))

    def columns_touched(self, start: int, stop: int) -> tuple[int, int]:
        """The columns, first and after the last, that change with the samples [start, stop)."""
        first = max(0, (start - self._reach) // self.hop)
        return first, min(self.columns, -(-(stop + self._reach) // self.hop) + 1)

    def samples_seen(self, first: int, last: int) -> tuple[int, int]:
        """The samples that the columns [first, last) look at, clipped to the signal."""
        low, high = first * self.hop - self._reach, last * self.hop + self._reach
        return max(0, low), min(self.length, high)

    def image(
        self,
        samples: Samples,
        *,
        first: int = 0,
        last: int | None = None,
        offset: int = 0,
        every: int = 1,
    ) -> np.ndarray:
        """Draw columns of a signal.

        Args:
            samples: (channels, samples), float32; all of the signal or a part of it.
            first: first column.
            last: column after the last; to the end if left out.
            offset: place in the signal of the first of `samples`. What is missing is silent.
            every: draw one column in so many, for a quick look.

        Returns:
            (rows, columns), uint8, row-major; the power is the mean of the channels'.
        """
        last = self.columns if last is None else last
        count = max(0, -(-(last - first) // every))
        drawn = np.empty((self.rows, count), np.uint8)
        tilt = TILT_DB_PER_OCTAVE * np.log2(self.frequencies / TILT_PIVOT_HZ)
        lift = (tilt - FLOOR_DB).astype(np.float32)[:, None]
        step = self.hop * every
        # Columns far apart look at little of what lies between them, which is not even read.
        apart = step > 2 * self._reach
        block = min(_BLOCK, _BLOCK_SAMPLES // (2 * self._reach if apart else step))
        for at in range(0, count, block):
            end = min(count, at + block)
            centres = self.hop * first + step * np.arange(at, end) - offset
            parts = self._parts(samples, centres, apart=apart)
            power = np.full((self.rows, end - at), 1e-12, np.float32)
            for channel in parts:
                for band in self._bands:
                    spare = self._reach - band.reach
                    seen = channel[:, spare : channel.shape[1] - spare]
                    power[band.rows] += _power(band, seen, step, end - at)
            level = 10.0 * np.log10(power / len(parts)) + lift
            level *= 255.0 / (CEILING_DB - FLOOR_DB)
            drawn[:, at:end] = np.clip(np.rint(level), 0, 255)
        return drawn

    def _parts(self, samples: Samples, centres: np.ndarray, *, apart: bool) -> np.ndarray:
        """(channels, runs, samples) around columns, in one run or `apart`; silent outside."""
        reach = self._reach
        ends = [(at - reach, at + reach + 1) for at in map(int, centres)]
        if not apart:
            ends = [(ends[0][0], ends[-1][1])]
        parts = np.zeros((samples.shape[0], len(ends), ends[0][1] - ends[0][0]), np.float32)
        for run, (start, stop) in enumerate(ends):
            seen = samples[:, max(0, start) : max(0, stop)]
            at = max(0, -start)
            parts[:, run, at : at + seen.shape[1]] = seen
        return parts

    @cached_property
    def _reach(self) -> int:
        """Samples needed on either side of a column's centre."""
        return max(band.reach for band in self._bands)

    @cached_property
    def _bands(self) -> list[_Band]:
        small = self._scale
        return [
            self._band(int(16 * small), 1024, 0.0, 160.0),
            self._band(int(4 * small), 2048, 160.0, 1200.0),
            self._band(1, int(2048 * small), 1200.0, np.inf),
        ]

    def _band(self, decimation: int, n_fft: int, low: float, high: float) -> _Band:
        taps = np.ones(1)
        if decimation > 1:
            at = np.arange(-4 * decimation, 4 * decimation + 1)
            taps = np.sinc(at / decimation) * np.blackman(at.size)
        window = np.hanning(n_fft + 1)[:-1]
        share = _rise(self.frequencies, low) - _rise(self.frequencies, high)
        used = np.flatnonzero(share > 0)
        rows = slice(int(used[0]), int(used[-1]) + 1) if used.size else slice(0, 0)
        spacing = self.rate / decimation / n_fft
        weights = _row_weights(self.frequencies[rows], spacing, n_fft // 2 + 1)
        weights *= share[rows, None]
        bins = int(np.flatnonzero(weights.any(axis=0))[-1]) + 1 if used.size else 0
        return _Band(
            decimation,
            (taps / taps.sum()).astype(np.float32),
            (window * (2.0 / window.sum())).astype(np.float32),
            rows,
            weights[:, :bins].astype(np.float32),
        )


def _power(band: _Band, parts: np.ndarray, step: int, columns: int) -> np.ndarray:
    """(rows of the band, columns) power in (runs, samples), of a column every `step` samples."""
    if band.decimation > 1:
        windows = sliding_window_view(parts, band.taps.size, axis=1)
        parts = windows[:, :: band.decimation] @ band.taps
    frames = sliding_window_view(parts, band.window.size, axis=1)[:, :: step // band.decimation]
    frames = frames[:, : columns // len(parts)].reshape(columns, -1)
    spectrum = np.fft.rfft(frames * band.window, axis=1)
    spectrum = spectrum[:, : band.weights.shape[1]]
    return band.weights @ (spectrum.real**2 + spectrum.imag**2).T


def _rise(frequencies: np.ndarray, corner: float) -> np.ndarray:
    """0 below the corner, 1 above, over half an octave."""
    if corner in (0.0, np.inf):
        return np.full(frequencies.shape, 1.0 if corner == 0.0 else 0.0)
    return np.clip(2.0 * np.log2(frequencies / corner) + 0.5, 0.0, 1.0)


def _row_weights(frequencies: np.ndarray, spacing: float, bins: int) -> np.ndarray:
    """(rows, bins) triangles: between bins where rows are dense, a mean of bins where not."""
    step = 2.0 ** (1.0 / ROWS_PER_OCTAVE) - 1.0
    width = np.maximum(frequencies * step, spacing)[:, None]
    distance = np.abs(np.arange(bins) * spacing - frequencies[:, None])
    weights = np.clip(1.0 - distance / width, 0.0, None)
    return weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)


class ImagePyramid:
    """A spectrogram image with ever narrower copies, so that any zoom is drawn from few columns."""

    def __init__(self, rows: int, columns: int) -> None:
        """Make room for an image, all at the floor."""
        self.levels = [np.zeros((rows, max(1, columns)), np.uint8)]
        while self.levels[-1].shape[1] > 512:
            self.levels.append(np.zeros((rows, (self.levels[-1].shape[1] + 1) // 2), np.uint8))

    def write(self, first: int, block: np.ndarray) -> None:
        """Store (rows, columns) from column `first` and the mean of each pair above it."""
        last = first + block.shape[1]
        self.levels[0][:, first:last] = block
        for below, level in zip(self.levels, self.levels[1:], strict=False):
            first, last = first // 2, (last + 1) // 2
            even = below[:, 2 * first : 2 * last : 2].astype(np.uint16)
            odd = below[:, 2 * first + 1 : 2 * last : 2]
            even[:, : odd.shape[1]] += odd
            even[:, odd.shape[1] :] *= 2
            level[:, first:last] = (even + 1) // 2

    def level_for(self, columns_per_pixel: float) -> int:
        """The narrowest level that still has a column for every pixel."""
        depth = int(np.log2(max(1.0, columns_per_pixel)))
        return min(depth, len(self.levels) - 1)


_MAGMA = """
000004 030312 0a0822 130d34 1d1147 29115a 36106b 440f76 51127c 5d177f 6a1c81 762181 832681 902a81
9c2e7f aa337d b73779 c23b75 cf4070 db476a e55064 ee5b5e f4695c f9785d fb8761 fd9668 fea571 feb47b
fec287 fed194 fde0a1 fceeb0 fcfdbf
"""


def colours() -> np.ndarray:
    """(256, 3) red, green and blue, uint8, for levels 0 to 255.

    The magma map of matplotlib (Smith and van der Walt, CC0), from every eighth of its entries.
    """
    points = np.array([list(bytes.fromhex(word)) for word in _MAGMA.split()], float)
    places = np.linspace(0, 255, len(points)).round()
    steps = [np.interp(np.arange(256), places, points[:, part]) for part in range(3)]
    return np.rint(np.stack(steps, axis=1)).astype(np.uint8)
