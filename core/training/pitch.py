"""The pitch of a single voice, and where each of its periods lies."""

from dataclasses import dataclass

import numpy as np
import soxr

HOP_SECONDS = 0.005
LOWEST, HIGHEST = 65.0, 1000.0  # Hz
TRACKED_RATE = 11025  # Hz; enough for pitch, and four times faster
VOICED = 0.3  # YIN's measure below which a frame is periodic
SHORTEST_VOICED = 6  # frames
QUIET_DB = -45.0  # below the loud frames, where nothing counts as voiced
SMOOTHING_SECONDS = 0.0025  # of the waveform on whose peaks the marks lie
UNVOICED_SECONDS = 0.006  # between marks where there is no period
FRAMES_AT_ONCE = 4096


@dataclass(frozen=True, eq=False)
class Marks:
    """Places one period apart, on the peaks of a voice; evenly spaced where it has no pitch.

    Attributes:
        positions: (marks,), samples, rising.
        voiced: (marks,), whether the stretch up to the next mark is a period.
    """

    positions: np.ndarray
    voiced: np.ndarray

    @property
    def periods(self) -> np.ndarray:
        """(marks,): samples to the next mark; the last one repeats the one before."""
        steps = np.diff(self.positions)
        return np.append(steps, steps[-1:] if len(steps) else [1])


def track_pitch(samples: np.ndarray, rate: int) -> np.ndarray:
    """Follow the pitch of one voice by YIN (de Cheveigné and Kawahara 2002, steps 1 to 5).

    Args:
        samples: (samples,), one voice at a time.
        rate: Hz.

    Returns:
        (frames,), Hz every `HOP_SECONDS`; 0 where it is silent or has no pitch.
    """
    slow = soxr.resample(samples.astype(np.float32), rate, TRACKED_RATE)
    longest, shortest = int(TRACKED_RATE / LOWEST) + 1, int(TRACKED_RATE / HIGHEST)
    window = 2 * longest
    hop = HOP_SECONDS * TRACKED_RATE
    count = int(len(slow) / hop)
    padded = np.pad(slow, (window // 2, window + longest))
    pitch = np.zeros(count)
    power = np.zeros(count)
    for first in range(0, count, FRAMES_AT_ONCE):
        starts = np.rint(np.arange(first, min(first + FRAMES_AT_ONCE, count)) * hop).astype(int)
        frames = padded[starts[:, None] + np.arange(window + longest)]
        found = slice(first, first + len(starts))
        pitch[found], power[found] = _yin(frames, window, shortest, longest)
    loud = power > np.quantile(power, 0.95) * 10 ** (QUIET_DB / 10) if count else power > 0
    steady = np.pad(np.where(loud, pitch, 0.0), 2)
    return _without_blips(np.median([steady[late : late + count] for late in range(5)], axis=0))


def _without_blips(pitch: np.ndarray) -> np.ndarray:
    """The track without voiced stretches too short for a voice."""
    edges = np.flatnonzero(np.diff(np.pad(pitch > 0, 1).astype(int)))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if last - first < SHORTEST_VOICED:
            pitch[first:last] = 0.0
    return pitch


def _yin(
    frames: np.ndarray, window: int, shortest: int, longest: int
) -> tuple[np.ndarray, np.ndarray]:
    """Pitch (Hz, 0 if none) and power of frames, (frames, window + longest)."""
    size = 1 << (window + longest - 1).bit_length()
    head = np.fft.rfft(frames[:, :window], size)
    products = np.fft.irfft(head.conj() * np.fft.rfft(frames, size), size)[:, :longest]
    energy = np.cumsum(np.pad(frames.astype(np.float64) ** 2, ((0, 0), (1, 0))), axis=1)
    lags = np.arange(longest)
    moved = energy[:, lags + window] - energy[:, lags]
    difference = np.maximum(moved[:, :1] + moved - 2 * products, 0.0)
    running = np.cumsum(difference[:, 1:], axis=1)
    normal = np.ones_like(difference)
    normal[:, 1:] = difference[:, 1:] * lags[1:] / np.maximum(running, 1e-12)
    inner = normal[:, shortest:-1]
    dips = (inner <= normal[:, shortest - 1 : -2]) & (inner < normal[:, shortest + 1 :])
    good = dips & (inner < VOICED)
    lag = shortest + np.argmax(good, axis=1)
    rows = np.arange(len(frames))
    before, at, after = (normal[rows, lag + step] for step in (-1, 0, 1))
    bend = np.maximum(before - 2 * at + after, 1e-9)
    exact = lag + np.clip(0.5 * (before - after) / bend, -1, 1)
    return np.where(good.any(axis=1), TRACKED_RATE / exact, 0.0), moved[:, 0] / window


def mark_periods(samples: np.ndarray, pitch: np.ndarray, rate: int) -> Marks:
    """Put a mark on every period of a voice, on the largest peak nearby.

    Args:
        samples: (samples,), the voice.
        pitch: from `track_pitch`.
        rate: Hz.
    """
    step = UNVOICED_SECONDS * rate
    # Without the upper partials the peak stays at the same place of every period.
    smooth = np.hanning(max(int(SMOOTHING_SECONDS * rate), 3))
    low = np.convolve(samples, smooth, mode="same")
    upright = low if low.max(initial=0.0) >= -low.min(initial=0.0) else -low
    positions: list[int] = []
    voiced: list[bool] = []
    place = 0.0
    was_voiced = False
    while place < len(samples):
        frame = min(int(place / rate / HOP_SECONDS), len(pitch) - 1)
        hertz = pitch[frame] if frame >= 0 else 0.0
        period = rate / hertz if hertz else step
        if hertz:
            reach = 0.2 if was_voiced else 0.5  # the first mark of a note looks for its peak
            first = int(
                max(place - reach * period, positions[-1] + 0.6 * period if positions else 0)
            )
            last = min(int(place + reach * period) + 1, len(samples))
            if last > first:
                place = float(first + np.argmax(upright[first:last]))
        positions.append(int(place))
        voiced.append(bool(hertz))
        was_voiced = bool(hertz)
        place += period
    return Marks(np.array(positions, dtype=np.int64), np.array(voiced, dtype=bool))
