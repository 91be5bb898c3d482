"""A mix gives back as much of the voice as it says, in the bands that it says, anywhere alike."""

from math import inf, nan

import numpy as np
import pytest

from core.mix import CROSSOVERS_HZ, PLAIN, Gains, Mix, VoiceFilter
from tests.songs import noise, tones

RATE = 44_100


def level_db(signal: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(signal[:, 5000:-5000] ** 2))))


def tone(hertz: float, *, length: int = 44_100) -> np.ndarray:
    wave = 0.3 * np.sin(2 * np.pi * hertz * np.arange(length) / RATE)
    return wave.astype(np.float32)[None]


def test_the_default_mix_holds_no_voice() -> None:
    assert not PLAIN.holds_voice
    assert PLAIN.voice_removed == Gains(1.0, 1.0, 1.0)
    assert Mix() == PLAIN


def test_band_levels_alone_give_nothing_back() -> None:
    assert not Mix(low_db=6.0, mid_db=6.0, high_db=6.0).holds_voice


@pytest.mark.parametrize("level", [nan, 6.1, inf])
def test_levels_outside_the_range_are_refused(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        Mix(vocals_db=level)


@pytest.mark.parametrize(("hertz", "band"), [(60, 0), (1000, 1), (9000, 2)])
@pytest.mark.parametrize("band_db", [-inf, -12.0, 0.0, 6.0])
def test_a_tone_is_left_at_its_band_s_level(hertz: float, band: int, band_db: float) -> None:
    bands = [-3.0, -3.0, -3.0]
    bands[band] = band_db
    mix = Mix(-6.0, *bands)
    voice = tone(hertz)
    left = voice - VoiceFilter(mix.voice_removed, RATE).read(voice, 0, voice.shape[1])
    if band_db == -inf:
        assert level_db(left) < level_db(voice) - 45
    else:
        assert level_db(left) - level_db(voice) == pytest.approx(-6.0 + band_db, abs=0.1)


@pytest.mark.parametrize("size", [1, 7, 1024, 1730, 4096])
def test_any_block_at_any_place_gives_the_same_samples(size: int) -> None:
    voice = noise(20_000)
    tuned = VoiceFilter(Mix(-6.0, low_db=-inf, high_db=3.0).voice_removed, RATE)
    whole = tuned.read(voice, 0, voice.shape[1])
    for start in (0, 3, 350, 9001, 20_000 - size):
        np.testing.assert_array_equal(
            tuned.read(voice, start, start + size), whole[:, start : start + size]
        )


def test_equal_bands_only_scale() -> None:
    voice = tones(1000)
    flat = VoiceFilter(Mix(vocals_db=-6.0).voice_removed, RATE)
    assert flat.reach == 0
    np.testing.assert_allclose(
        flat.read(voice, 100, 400), voice[:, 100:400] * (1 - 10 ** (-6 / 20)), atol=1e-7
    )


@pytest.mark.parametrize("rate", [8000, 44_100, 192_000])
def test_kept_and_removed_sum_to_the_voice(rate: int) -> None:
    voice = noise(6000)
    mix = Mix(3.0, low_db=-6.0, mid_db=-inf, high_db=1.0)
    parts = [
        VoiceFilter(gains, rate).read(voice, 0, 6000)
        for gains in (mix.voice_kept, mix.voice_removed)
    ]
    np.testing.assert_allclose(parts[0] + parts[1], voice, atol=1e-6)


def test_a_tone_at_a_crossover_lies_between_the_bands() -> None:
    for edge in CROSSOVERS_HZ:
        voice = tone(edge)
        half = VoiceFilter(Gains(1.0, 0.0, 1.0), RATE).read(voice, 0, voice.shape[1])
        assert level_db(half) - level_db(voice) == pytest.approx(-6.0, abs=0.3)


def test_a_voice_shorter_than_the_filter_is_read() -> None:
    voice = noise(5)
    tuned = VoiceFilter(Gains(1.0, 0.5, 0.0), RATE)
    assert tuned.read(voice, 0, 5).shape == (2, 5)
    assert tuned.read(voice, 5, 5).shape == (2, 0)
