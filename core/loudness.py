"""How loud sound is, by ITU-R BS.1770-4: integrated and momentary."""

from __future__ import annotations

from functools import lru_cache
from math import inf

import numpy as np

BLOCK_SECONDS = 0.4  # of gating and of momentary loudness
STEPS_PER_SECOND = 10  # blocks overlap by three quarters
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
OFFSET_DB = -0.691
# The K-weighting as analogue filters, from which the standard's coefficients at 48 kHz follow:
# B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018.
SHELF_HZ, SHELF_Q = 1681.9744509555319, 0.7071752369554193
SHELF_DB, SHELF_BEND = 3.99984385397, 0.499666774155
HIGH_PASS_HZ, HIGH_PASS_Q = 38.13547087613982, 0.5003270373253953
RESPONSE_SECONDS = 0.15  # by then the high-pass has died away to less than 1e-13

_STEPS_PER_BLOCK = round(BLOCK_SECONDS * STEPS_PER_SECOND)


class LoudnessMeter:
    """Integrated loudness of a signal of any length, taken block by block."""

    def __init__(self, channels: int, rate: int) -> None:
        """Begin with nothing heard; `rate` in Hz."""
        self._rate = rate
        self._weights = channel_weights(channels)[:, None]
        self._response = _k_response(rate)
        self._tail = np.zeros((channels, len(self._response) - 1))
        self._energies = np.zeros(0)
        self._count = 0

    def add(self, samples: np.ndarray) -> None:
        """Take the next samples, (channels, samples)."""
        heard = self._k_weighted(samples)
        power = (self._weights * heard**2).sum(axis=0)
        stop = self._count + samples.shape[1]
        steps = np.arange(self._count, stop) * STEPS_PER_SECOND // self._rate
        if steps.size:
            if steps[-1] >= len(
                self._energies
            ):  # twice as many, so that hours are no sum of copies
                spare = np.zeros(max(int(steps[-1]) + 1, len(self._energies)))
                self._energies = np.concatenate([self._energies, spare])
            self._energies[steps[0] : steps[-1] + 1] += np.bincount(steps - steps[0], power)
        self._count = stop

    def _k_weighted(self, samples: np.ndarray) -> np.ndarray:
        """Filter the next samples by overlap-add; what they ring on is kept for those after."""
        count, taps = samples.shape[1], len(self._response)
        size = 1 << (2 * taps - 1).bit_length()  # small enough to stay in the processor's cache
        response = np.fft.rfft(self._response, size)
        heard = np.zeros((len(samples), count + taps - 1))
        heard[:, : taps - 1] = self._tail
        for start in range(0, count, size - taps + 1):
            part = samples[:, start : start + size - taps + 1]
            rung = np.fft.irfft(np.fft.rfft(part.astype(np.float64), size) * response, size)
            stop = start + part.shape[1] + taps - 1
            heard[:, start:stop] += rung[:, : stop - start]
        self._tail = heard[:, count:]
        return heard[:, :count]

    def integrated(self) -> float:
        """Return the gated loudness in LUFS; -inf for silence.

        Less than one block of 0.4 s is measured as a whole.
        """
        whole = self._energies[: self._count * STEPS_PER_SECOND // self._rate]
        if len(whole) < _STEPS_PER_BLOCK:
            return _lufs(self._energies.sum() / max(1, self._count))
        sums = np.convolve(whole, np.ones(_STEPS_PER_BLOCK), "valid")
        powers = sums / (BLOCK_SECONDS * self._rate)
        heard = powers[powers >= _power(ABSOLUTE_GATE_LUFS)]
        if not len(heard):
            return -inf
        gate = _lufs(float(heard.mean())) + RELATIVE_GATE_LU
        return _lufs(float(heard[heard > _power(gate)].mean()))


def integrated_loudness(samples: np.ndarray, rate: int) -> float:
    """Return the loudness in LUFS of (channels, samples); -inf for silence."""
    meter = LoudnessMeter(len(samples), rate)
    meter.add(samples)
    return meter.integrated()


def momentary_loudness(samples: np.ndarray, rate: int) -> float:
    """Return the loudness in LUFS of (channels, samples), meant to be the last 0.4 s.

    The K-weighting is applied to the spectrum, which needs no memory of what was before.
    """
    count = samples.shape[1]
    if not count:
        return -inf
    spectrum = np.abs(np.fft.rfft(samples)) ** 2
    spectrum[:, 1 : (count + 1) // 2] *= 2  # the other half of the spectrum
    power = (spectrum @ _k_power(count, rate)) / count**2
    return _lufs(float(channel_weights(len(samples)) @ power))


def channel_weights(channels: int) -> np.ndarray:
    """(channels,): 1.41 for surround channels, 0 for low-frequency effects, else 1."""
    weights = np.ones(channels)
    if channels >= 6:
        weights[3] = 0.0
        weights[4:] = 1.41
    return weights


@lru_cache(maxsize=8)
def _k_response(rate: int) -> np.ndarray:
    """(taps,): the K-weighting's impulse response."""
    taps = round(RESPONSE_SECONDS * rate)
    # A period twice as long as what is kept: what is folded into it is gone by then.
    return np.fft.irfft(_k_transfer(2 * taps, rate), 2 * taps)[:taps]


@lru_cache(maxsize=8)
def _k_power(count: int, rate: int) -> np.ndarray:
    """The K-weighting's power response at the bins of a real FFT over `count` samples."""
    return np.abs(_k_transfer(count, rate)) ** 2


def _k_transfer(count: int, rate: int) -> np.ndarray:
    """The K-weighting's transfer function at the bins of a real FFT over `count` samples."""
    # The bilinear transform at z = e^jw: s = j tan(w/2), which is infinite at the last bin.
    turns = np.exp(-2j * np.pi * np.fft.rfftfreq(count))
    up, down = 1 + turns, 1 - turns
    k = np.tan(np.pi * SHELF_HZ / rate)
    low, band, high = (k * up) ** 2, k * up * down, down**2
    gain = 10 ** (SHELF_DB / 20)
    shelf = (low + gain**SHELF_BEND / SHELF_Q * band + gain * high) / (low + band / SHELF_Q + high)
    k = np.tan(np.pi * HIGH_PASS_HZ / rate)
    low, band = (k * up) ** 2, k * up * down
    # The standard's numerator is 1, -2, 1 as it stands, which lifts everything by a little.
    lift = 1 + k / HIGH_PASS_Q + k * k
    return shelf * lift * high / (low + band / HIGH_PASS_Q + high)


def _lufs(power: float) -> float:
    return OFFSET_DB + 10 * float(np.log10(power)) if power > 0 else -inf


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_DB) / 10))
