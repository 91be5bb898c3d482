"""Peaks are those of the samples, at every zoom and after every partial write."""

import numpy as np
import pytest

from core.peaks import BUCKET, PeakPyramid, measure_peaks, whole_buckets
from core.scratch import Scratch


def noise(length: int) -> np.ndarray:
    rng = np.random.default_rng(3)
    return rng.uniform(-1, 1, (2, length)).astype(np.float32)


@pytest.mark.parametrize("length", [1, 63, 64, 65, 10_000, 100_003])
def test_the_whole_song_in_one_column_has_its_extremes(length: int) -> None:
    samples = noise(length)
    peaks = PeakPyramid(length)
    peaks.write(0, measure_peaks(samples, 0, length))
    assert peaks.columns(0, length, 1).ravel().tolist() == [samples.min(), samples.max()]


def test_columns_at_the_finest_zoom_are_the_extremes_of_their_buckets() -> None:
    samples = noise(64 * BUCKET)
    peaks = PeakPyramid(64 * BUCKET)
    peaks.write(0, measure_peaks(samples, 0, 64 * BUCKET))
    low, high = peaks.columns(0, 64 * BUCKET, 64)
    folded = samples.reshape(2, 64, BUCKET)
    assert np.array_equal(low, folded.min(axis=(0, 2)))
    assert np.array_equal(high, folded.max(axis=(0, 2)))


def test_writing_in_parts_in_any_order_equals_writing_at_once() -> None:
    samples = noise(50_000)
    whole, parts = PeakPyramid(50_000), PeakPyramid(50_000)
    whole.write(0, measure_peaks(samples, 0, 50_000))
    for start, stop in [(30_001, 50_000), (0, 9999), (9000, 30_100)]:
        start, stop = whole_buckets(start, stop, 50_000)
        parts.write(start, measure_peaks(samples, start, stop))
    for count in (1, 7, 100, 900):
        assert np.array_equal(whole.columns(0, 50_000, count), parts.columns(0, 50_000, count))


def test_levels_on_disk_read_like_those_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = noise(50_000)
    in_memory = PeakPyramid(50_000)
    monkeypatch.setattr("core.peaks._IN_MEMORY", 100)
    on_disk = PeakPyramid(50_000)
    assert isinstance(on_disk._levels[0], Scratch) and isinstance(on_disk._levels[-1], np.ndarray)
    for start, stop in [(25_600, 50_000), (0, 25_600)]:
        for peaks in (in_memory, on_disk):
            peaks.write(start, measure_peaks(samples, start, stop))
    for start, stop, count in [(0, 50_000, 1), (0, 50_000, 700), (999, 1999, 13), (-50, 70_000, 9)]:
        there = in_memory.columns(start, stop, count)
        assert np.array_equal(there, on_disk.columns(start, stop, count))


def test_a_click_is_seen_at_every_zoom() -> None:
    samples = np.zeros((1, 200_000), np.float32)
    samples[0, 123_456] = 1.0
    peaks = PeakPyramid(200_000)
    peaks.write(0, measure_peaks(samples, 0, 200_000))
    for count in (10, 100, 1000):
        highest = peaks.columns(0, 200_000, count)[1]
        assert highest[123_456 * count // 200_000] == 1.0


def test_outside_the_song_it_is_silent() -> None:
    peaks = PeakPyramid(1000)
    peaks.write(0, measure_peaks(np.ones((1, 1000), np.float32), 0, 1000))
    assert peaks.columns(-2000, 3000, 5)[1].tolist() == [0, 0, 1, 0, 0]
