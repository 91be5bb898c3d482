"""Resampling by stretches gives what resampling the whole gives."""

import numpy as np
import pytest
import soxr

from core.resampling import REACH, AtRate, length_at, resampled
from tests.songs import noise

RATES = [(8_000, 44_100), (48_000, 44_100), (44_099, 44_100), (192_000, 44_100), (44_100, 48_000)]


@pytest.mark.parametrize(("rate", "new_rate"), RATES)
def test_any_stretch_is_that_of_the_whole(rate: int, new_rate: int) -> None:
    samples = noise(9 * rate + 17)
    whole = soxr.resample(samples.T, rate, new_rate).T
    at_rate = AtRate(samples, rate=rate, new_rate=new_rate)
    assert at_rate.shape == whole.shape
    rng = np.random.default_rng(1)
    for start, stop in [(0, 5), (0, whole.shape[1]), *rng.integers(0, whole.shape[1], (20, 2))]:
        read = at_rate[:, start:stop]
        # Rates without a small common grid make soxr's own phase drift by -114 dB over the whole.
        atol = 3e-6 if rate == 44_099 else 2e-7
        np.testing.assert_allclose(read, whole[:, start:stop], atol=atol)
        np.testing.assert_array_equal(at_rate[..., start:stop], read)
        np.testing.assert_array_equal(at_rate[1:, start:stop], read[1:])


def test_a_stretch_is_bit_for_bit_the_same_wherever_reading_begins() -> None:
    samples = noise(20 * 48_000)
    forwards = AtRate(samples, rate=48_000, new_rate=44_100)
    backwards = AtRate(samples, rate=48_000, new_rate=44_100)
    starts = range(0, forwards.shape[1], 100_000)
    first = {start: forwards[:, start : start + 150_000] for start in starts}
    for start in reversed(starts):
        np.testing.assert_array_equal(backwards[:, start : start + 150_000], first[start])


@pytest.mark.parametrize(("rate", "new_rate"), RATES)
@pytest.mark.parametrize("length", [1, 2, 5, 999, 100_003])
def test_the_length_is_known_beforehand(rate: int, new_rate: int, length: int) -> None:
    found = resampled(noise(length), rate=rate, new_rate=new_rate)
    assert found.shape[1] == length_at(length, rate=rate, new_rate=new_rate)


@pytest.mark.parametrize("other", [8_000, 11_025, 44_099, 48_000, 96_000, 192_000])
def test_the_filter_sees_no_farther_than_its_reach(other: int) -> None:
    for rate, new_rate in ((44_100, other), (other, 44_100)):
        impulse = np.zeros((1, 4 * max(rate, new_rate)), np.float32)
        impulse[0, rate] = 1.0
        found = resampled(impulse, rate=rate, new_rate=new_rate)[0]
        seen = np.flatnonzero(np.abs(found) > 1e-7) - new_rate
        # At the network's own rate, of which REACH counts samples.
        assert np.abs(seen).max() * 44_100 / new_rate < REACH / 2
