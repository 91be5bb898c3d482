"""Regions are separated once more, and fade into the vocals; the stems go on to sum to the song."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from core.audio import Audio
from core.checkpoint import load_checkpoint
from core.devices import choose_device
from core.errors import Cancelled, InputError
from core.separation import separate
from core.separator import Separator
from core.takes import (
    FADE_SECONDS,
    LONGEST_SECONDS,
    Region,
    Take,
    TakenVocals,
    TakeSettings,
    separate_region,
)
from tests.songs import noise, tones

RATE = 44_100
LENGTH = 5 * RATE
FADE = round(FADE_SECONDS * RATE)
PLAIN = TakeSettings()


def take(start: int, stop: int, level: float) -> Take:
    """A take that is constant, so that shares can be read off."""
    return Take(Region(start, stop), PLAIN, np.full((2, stop - start), level, np.float32))


def zeros() -> np.ndarray:
    return np.zeros((2, LENGTH), np.float32)


@pytest.fixture(scope="module")
def separator(checkpoint: Path) -> Separator:
    return Separator(load_checkpoint(checkpoint), device=choose_device("cpu"))


def song(rate: int = RATE, channels: int = 2) -> Audio:
    length = 5 * rate
    return Audio(
        tones(length, rate=rate, channels=channels) + noise(length, channels=channels), rate
    )


def test_outside_the_region_nothing_changes_and_inside_it_is_the_take() -> None:
    first = noise(LENGTH)
    taken = TakenVocals(first, [take(10_000, 60_000, 0.5)], RATE)
    assert taken.shape == first.shape and taken.dtype == np.float32
    assert np.array_equal(taken[:, :10_000], first[:, :10_000])
    assert np.array_equal(taken[:, 60_000:], first[:, 60_000:])
    assert np.allclose(taken[:, 10_000 + FADE : 60_000 - FADE], 0.5, atol=1e-6)


def test_the_fade_is_monotonous_of_equal_gain_and_meets_in_the_middle() -> None:
    taken = TakenVocals(zeros(), [take(10_000, 60_000, 1.0)], RATE)
    rising, falling = taken[0:1, 10_000 : 10_000 + FADE][0], taken[0:1, 60_000 - FADE : 60_000][0]
    assert np.all(np.diff(rising) > 0) and 0 < rising[0] < 1 / FADE
    assert np.allclose(rising, falling[::-1], atol=1e-6)
    # Were the first estimate there at full level as well, nothing would swell or sag.
    both = TakenVocals(zeros() + 1, [take(10_000, 60_000, 1.0)], RATE)
    assert np.allclose(both[:, :], 1.0, atol=1e-6)


def test_at_the_songs_ends_nothing_fades() -> None:
    taken = TakenVocals(zeros(), [take(0, LENGTH, 1.0)], RATE)
    assert np.array_equal(taken[:, :], np.ones((2, LENGTH), np.float32))


def test_a_region_shorter_than_its_fades_still_has_a_middle() -> None:
    taken = TakenVocals(zeros(), [take(1000, 1000 + FADE, 1.0)], RATE)
    inside = taken[0:1, 1000 : 1000 + FADE][0]
    assert inside.max() > 0.99 and inside[0] < 0.01 and inside[-1] < 0.01


def test_any_stretch_reads_as_the_whole_does() -> None:
    takes = [take(10_000, 60_000, 0.5), take(40_000, 45_000, -0.5), take(90_000, 140_000, 0.1)]
    taken = TakenVocals(noise(LENGTH), takes, RATE)
    whole = taken[:, :]
    for start in range(0, LENGTH, 7_919):
        stop = start + 12_345
        assert np.array_equal(taken[:, start:stop], whole[:, start:stop])
        assert np.array_equal(taken[..., start:stop], whole[:, start:stop])
        assert np.array_equal(taken[1:2, start:stop], whole[1:2, start:stop])


def test_the_order_of_takes_does_not_matter() -> None:
    takes = [
        take(10_000, 60_000, 0.5),
        take(50_000, 70_000, -0.5),
        take(20_000, 30_000, 0.25),
        take(65_000, 85_000, 0.125),
    ]
    first = noise(LENGTH)
    expected = TakenVocals(first, takes, RATE)[:, :]
    for order in permutations(takes):
        assert np.array_equal(TakenVocals(first, order, RATE)[:, :], expected)


def test_a_shorter_region_lies_over_a_longer_one() -> None:
    taken = TakenVocals(zeros(), [take(40_000, 50_000, 0.2), take(10_000, 90_000, 0.9)], RATE)
    assert taken[0:1, 45_000:45_001] == pytest.approx(0.2)
    assert taken[0:1, 60_000:60_001] == pytest.approx(0.9)


def test_two_takes_of_one_region_are_refused() -> None:
    with pytest.raises(ValueError, match="one region"):
        TakenVocals(zeros(), [take(0, 9_000, 0.1), take(0, 9_000, 0.2)], RATE)


def test_reading_does_not_change_the_first_estimate() -> None:
    first = zeros()
    read = TakenVocals(first, [], RATE)[:, 0:100]
    read += 1.0
    assert not first.any()


def test_what_is_separated_meanwhile_is_read_through() -> None:
    first = zeros()
    taken = TakenVocals(first, [take(10_000, 60_000, 0.5)], RATE)
    first[:, 100_000:] = 0.75
    assert np.all(taken[:, 100_000:] == 0.75)


@pytest.mark.parametrize("stop", [RATE, 2 * RATE + 777, LENGTH])
def test_the_same_settings_give_the_same_vocals(separator: Separator, stop: int) -> None:
    mixture = song()
    region = Region(stop - RATE, stop)
    again = separate_region(separator, mixture, region, PLAIN)
    assert again.shape == (2, RATE) and again.dtype == np.float32
    before = separate(separator, mixture)[:, region.start : region.stop]
    error = again - before
    # Where chunks join differs, which the context hides but for what the network sees far away.
    assert np.sqrt(np.mean(error**2)) < 0.02 * np.sqrt(np.mean(before**2))


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 2), (22_050, 1), (44_100, 6)])
def test_any_rate_and_any_channels(separator: Separator, rate: int, channels: int) -> None:
    region = Region(rate, 2 * rate + 11)
    made = separate_region(
        separator, song(rate, channels), region, TakeSettings(augmented=True, strength=1.5)
    )
    assert made.shape == (channels, rate + 11) and np.isfinite(made).all() and made.any()


def test_augmented_takes_keep_their_place_and_tell_of_progress(separator: Separator) -> None:
    mixture = song()
    region = Region(RATE, 3 * RATE)
    shares: list[float] = []
    made = separate_region(
        separator, mixture, region, TakeSettings(augmented=True), progress=shares.append
    )
    plain = separate_region(separator, mixture, region, PLAIN)
    lags = [
        float(np.sum(made[:, 50:-50] * np.roll(plain, lag, 1)[:, 50:-50])) for lag in (-2, 0, 2)
    ]
    assert max(lags) == lags[1]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(shares) >= 3


def test_a_take_stops_when_told(separator: Separator) -> None:
    with pytest.raises(Cancelled):
        separate_region(separator, song(), Region(0, RATE), PLAIN, cancelled=lambda: True)


def test_regions_too_short_or_too_long_are_refused_in_a_sentence(separator: Separator) -> None:
    with pytest.raises(InputError, match="too short"):
        separate_region(separator, song(), Region(0, 100), PLAIN)
    with pytest.raises(InputError, match="10 minutes long at most"):
        Region(0, round(LONGEST_SECONDS * RATE) + RATE).check(RATE)


@pytest.mark.parametrize("strength", [0.0, 3.0])
def test_settings_beyond_what_makes_sense_are_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="strength"):
        TakeSettings(strength=strength)
