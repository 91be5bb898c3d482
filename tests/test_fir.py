"""A symmetric filter gives what a convolution gives, wherever it is read."""

import numpy as np
import pytest

from core.fir import SymmetricFilter, low_pass

RATE = 44_100


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (0, 700), (300, 1000), (999, 1000)])
def test_any_stretch_is_that_of_the_whole_convolution(start: int, stop: int) -> None:
    signal = np.random.default_rng(1).standard_normal((2, 1000)).astype(np.float32)
    taps = low_pass(3000 / RATE, 40)
    whole = np.stack([np.convolve(channel, taps, mode="same") for channel in signal])
    read = SymmetricFilter(taps).read(signal, start, stop)
    np.testing.assert_allclose(read, whole[:, start:stop], atol=1e-12)


def test_a_low_pass_passes_what_is_below_and_stops_what_is_above() -> None:
    taps = low_pass(1000 / RATE, 400)
    gain = np.abs(np.fft.rfft(taps, RATE))  # one bin a hertz
    assert gain[0] == pytest.approx(1)
    assert gain[:800] == pytest.approx(1, abs=0.01)
    assert gain[1000] == pytest.approx(0.5, abs=0.02)
    assert gain[1200:].max() < 0.01


def test_an_edge_above_all_frequencies_passes_everything() -> None:
    signal = np.random.default_rng(2).standard_normal((1, 100)).astype(np.float32)
    read = SymmetricFilter(low_pass(0.7, 8)).read(signal, 0, 100)
    np.testing.assert_allclose(read, signal, atol=1e-12)
