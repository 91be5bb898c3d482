"""Loudness of signals whose values the standards give."""

from math import inf

import numpy as np
import pyloudnorm
import pytest

from core.loudness import (
    LoudnessMeter,
    _k_power,
    integrated_loudness,
    momentary_loudness,
)

TOLERANCE_LU = 0.1  # as EBU Tech 3341 allows


def tone(
    hertz: float, *, dbfs: float, seconds: float, rate: int = 48_000, channels: int = 2
) -> np.ndarray:
    at = np.arange(round(rate * seconds)) / rate
    wave = 10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * at)
    return np.tile(wave.astype(np.float32), (channels, 1))


@pytest.mark.parametrize("rate", [8000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("dbfs", [-23.0, -33.0])
def test_a_stereo_tone_of_997_hz_is_as_loud_as_its_level(rate: int, dbfs: float) -> None:
    signal = tone(997, dbfs=dbfs, seconds=5, rate=rate)
    assert integrated_loudness(signal, rate) == pytest.approx(dbfs, abs=TOLERANCE_LU)
    assert momentary_loudness(signal[:, : rate * 2 // 5], rate) == pytest.approx(
        dbfs, abs=TOLERANCE_LU
    )


def test_one_channel_at_full_scale_is_3_lu_below_two() -> None:
    signal = tone(997, dbfs=0.0, seconds=3)
    signal[1] = 0
    assert integrated_loudness(signal, 48_000) == pytest.approx(-3.01, abs=0.02)


def test_quiet_parts_are_gated_out() -> None:
    # EBU Tech 3341, case 3: -36 for 10 s, -23 for 60 s, -36 for 10 s; here in shorter parts.
    parts = [(-36.0, 3.0), (-23.0, 18.0), (-36.0, 3.0)]
    signal = np.concatenate(
        [tone(1000, dbfs=level, seconds=length) for level, length in parts], axis=1
    )
    assert integrated_loudness(signal, 48_000) == pytest.approx(-23.0, abs=TOLERANCE_LU)
    # Case 4: with -72 dBFS around it.
    faint = tone(1000, dbfs=-72.0, seconds=3)
    whole = np.concatenate([faint, signal, faint], axis=1)
    assert integrated_loudness(whole, 48_000) == pytest.approx(-23.0, abs=TOLERANCE_LU)


def test_surround_counts_as_in_the_standard() -> None:
    # EBU Tech 3341, case 6: -28 left and right, -24 centre, -30 surround, at 1 kHz.
    signal = tone(1000, dbfs=0.0, seconds=5, channels=6)
    levels = np.array([-28.0, -28.0, -24.0, 0.0, -30.0, -30.0])
    signal *= 10 ** (levels / 20)[:, None].astype(np.float32)
    assert integrated_loudness(signal, 48_000) == pytest.approx(-23.0, abs=TOLERANCE_LU)


@pytest.mark.parametrize("rate", [8000, 44_100, 48_000, 192_000])
def test_noise_is_as_loud_as_pyloudnorm_says(rate: int) -> None:
    rng = np.random.default_rng(4)
    swell = np.repeat([0.01, 0.3, 0.05, 0.1, 0.2, 0.001], rate)
    signal = (rng.standard_normal((2, 6 * rate)) * swell).astype(np.float32)
    expected = pyloudnorm.Meter(rate, filter_class="DeMan").integrated_loudness(signal.T)
    assert integrated_loudness(signal, rate) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("rate", [8000, 44_100, 48_000, 192_000])
def test_the_weighting_is_pyloudnorms(rate: int) -> None:
    weighting = np.ones(2049, complex)
    z = np.exp(2j * np.pi * np.fft.rfftfreq(4096))
    for each in pyloudnorm.Meter(rate, filter_class="DeMan")._filters.values():
        weighting *= each.passband_gain * np.polyval(each.b, z) / np.polyval(each.a, z)
    power = _k_power(4096, rate)
    assert power == pytest.approx(np.abs(weighting) ** 2, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("block", [1000, 4410, 65_536])
def test_the_size_of_the_blocks_changes_nothing(block: int) -> None:
    rng = np.random.default_rng(5)
    signal = rng.uniform(-0.5, 0.5, (2, 100_000)).astype(np.float32)
    meter = LoudnessMeter(2, 44_100)
    for start in range(0, 100_000, block):
        meter.add(signal[:, start : start + block])
    assert meter.integrated() == pytest.approx(integrated_loudness(signal, 44_100), abs=1e-6)


@pytest.mark.parametrize("length", [0, 1, 1000, 100_000])
def test_silence_has_no_loudness(length: int) -> None:
    silence = np.zeros((2, length), np.float32)
    assert integrated_loudness(silence, 44_100) == -inf
    assert momentary_loudness(silence, 44_100) == -inf


def test_a_short_sound_is_measured_as_a_whole() -> None:
    signal = tone(997, dbfs=-20.0, seconds=0.3)
    assert integrated_loudness(signal, 48_000) == pytest.approx(-20.0, abs=0.3)
