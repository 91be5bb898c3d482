"""True peaks of signals whose values are known, and of others by filtering all of them."""

import numpy as np
import pytest
import soxr

from core.true_peak import _TAPS, OVERSAMPLING, REACH, TruePeakMeter, true_peak


def noise(length: int, *, seed: int = 5, lift: float = 0.0) -> np.ndarray:
    """White noise, or with `lift` up to 1 ever less treble."""
    rng = np.random.default_rng(seed)
    white = rng.uniform(-0.5, 0.5, (2, length + 1))
    return (white[:, 1:] + lift * white[:, :-1]).astype(np.float32)


def interpolated_everywhere(signal: np.ndarray) -> float:
    """The highest of all places between the samples, each of which is computed."""
    padded = np.pad(signal.astype(np.float64), ((0, 0), (2 * REACH, 2 * REACH)))
    between = [np.convolve(channel, taps[::-1]) for channel in padded for taps in _TAPS]
    return max(float(np.abs(signal).max()), *(float(np.abs(each).max()) for each in between))


def test_it_lies_between_the_samples() -> None:
    # EBU Tech 3341, case 16: a quarter of the rate, 45 degrees off, so no sample is at the peak.
    at = np.arange(48_000)
    window = np.minimum(1.0, np.minimum(at, at[::-1]) / 4800)
    wave = 0.5 * window * np.sin(2 * np.pi * at / 4 + np.pi / 4)
    signal = np.tile(wave.astype(np.float32), (2, 1))
    assert np.abs(signal).max() == pytest.approx(0.3536, abs=1e-3)
    assert 20 * np.log10(true_peak(signal)) == pytest.approx(-6.02, abs=0.01)


@pytest.mark.parametrize("lift", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("length", [1, 2, 31, 32, 33, 79, 1000, 50_000])
def test_no_place_that_is_left_out_is_higher(length: int, lift: float) -> None:
    for seed in range(5):
        signal = noise(length, seed=seed, lift=lift)
        expected = interpolated_everywhere(signal)
        assert true_peak(signal) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("place", [0, 1, 30, 31, 32, 500, 998, 999])
def test_a_peak_is_found_wherever_it_is(place: int) -> None:
    signal = np.zeros((2, 1000), np.float32)
    signal[1, place] = 0.5
    signal[1, max(place - 1, 0)] = 0.5  # two as high: what is between them is higher
    assert true_peak(signal) == pytest.approx(interpolated_everywhere(signal), rel=1e-6)
    assert (true_peak(signal) > 0.55) == (place > 0)


@pytest.mark.parametrize("block", [1, 7, 31, 1000, 4410, 65_536])
def test_the_size_of_the_blocks_changes_nothing(block: int) -> None:
    signal = noise(3000 if block < 1000 else 100_000)
    meter = TruePeakMeter(2)
    for start in range(0, signal.shape[1], block):
        meter.add(signal[:, start : start + block])
    assert meter.finish() == pytest.approx(true_peak(signal), rel=1e-6)


def test_it_is_what_a_resampler_finds() -> None:
    signal = noise(200_000, lift=1.0)  # its treble ends before the rate's
    finer = soxr.resample(signal.T, 1, OVERSAMPLING, quality="VHQ")
    assert 20 * np.log10(true_peak(signal) / np.abs(finer).max()) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("length", [0, 1, 1000, 100_000])
def test_silence_has_none(length: int) -> None:
    assert true_peak(np.zeros((2, length), np.float32)) == 0.0


def test_tones_pass_as_loud_as_they_are() -> None:
    cycles = np.linspace(0, 20_000 / 44_100, 500)
    at = np.arange(-REACH + 1, REACH + 1)
    for number, taps in enumerate(_TAPS, start=1):
        response = np.exp(2j * np.pi * cycles[:, None] * (at - number / OVERSAMPLING)) @ taps
        assert np.abs(20 * np.log10(np.abs(response))).max() < 0.1
        assert taps.sum() == pytest.approx(1, abs=1e-12)
        assert taps @ at == pytest.approx(number / OVERSAMPLING, abs=1e-12)
