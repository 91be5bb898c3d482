"""Spectrogram images show tones where they are, as loud as they are, whole or in parts."""

import numpy as np
import pytest

from core.spectrogram import (
    CEILING_DB,
    FLOOR_DB,
    TILT_DB_PER_OCTAVE,
    ImagePyramid,
    Spectrogram,
    colours,
)


def tone(
    frequency: float, *, rate: int = 44_100, seconds: float = 1.5, level: float = 0.03
) -> np.ndarray:
    at = np.arange(int(rate * seconds)) / rate
    return (level * np.sin(2 * np.pi * frequency * at)).astype(np.float32)[None]


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize("frequency", [30.0, 55.0, 110.0, 440.0, 1000.0, 3000.0])
def test_a_tone_is_brightest_in_its_row(frequency: float, rate: int) -> None:
    samples = tone(frequency, rate=rate)
    drawing = Spectrogram(rate, samples.shape[1])
    image = drawing.image(samples)
    column = image[:, drawing.columns // 2].astype(int)
    brightest = np.flatnonzero(column == column.max()).mean()
    assert abs(brightest + 0.5 - drawing.row(frequency)) <= max(2.0, 0.02 * rate / frequency)
    assert drawing.frequencies[round(brightest)] == pytest.approx(frequency, rel=0.1)


@pytest.mark.parametrize("frequency", [60.0, 500.0, 1000.0, 2000.0])
def test_a_tone_has_its_level(frequency: float) -> None:
    samples = tone(frequency)
    drawing = Spectrogram(44_100, samples.shape[1])
    brightest = drawing.image(samples)[:, drawing.columns // 2].max()
    level = FLOOR_DB + brightest / 255 * (CEILING_DB - FLOOR_DB)
    expected = 20 * np.log10(0.03) + TILT_DB_PER_OCTAVE * np.log2(frequency / 1000)
    assert level == pytest.approx(expected, abs=4.0)


def test_bass_notes_a_third_apart_stand_apart() -> None:
    samples = tone(55.0, seconds=3) + tone(69.3, seconds=3)
    drawing = Spectrogram(44_100, samples.shape[1])
    column = drawing.image(samples)[:, drawing.columns // 2].astype(int)
    rows = [round(drawing.row(frequency) - 0.5) for frequency in (55.0, 61.7, 69.3)]
    assert column[rows[1]] < min(column[rows[0]], column[rows[2]]) - 20


def test_silence_is_the_floor_and_full_scale_the_ceiling() -> None:
    drawing = Spectrogram(44_100, 44_100)
    assert drawing.image(np.zeros((2, 44_100), np.float32)).max() == 0
    assert drawing.image(tone(1000.0, seconds=1.0, level=1.0)).max() == 255


def test_columns_drawn_apart_equal_the_whole_image() -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, (2, 100_000)).astype(np.float32)
    drawing = Spectrogram(44_100, 100_000)
    whole = drawing.image(samples)
    start, stop = drawing.samples_seen(30, 61)
    part = drawing.image(samples[:, start:stop], first=30, last=61, offset=start)
    assert np.abs(part.astype(int) - whole[:, 30:61]).max() <= 1


def test_a_quick_look_is_some_of_the_columns() -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, (1, 100_000)).astype(np.float32)
    drawing = Spectrogram(44_100, 100_000)
    look = drawing.image(samples, every=8)
    assert np.abs(look.astype(int) - drawing.image(samples)[:, ::8]).max() <= 1


@pytest.mark.parametrize("every", [3, 16, 17, 64])
def test_columns_far_apart_are_drawn_from_their_own_surroundings_alone(every: int) -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, (2, 300_000)).astype(np.float32)
    drawing = Spectrogram(44_100, 300_000)
    look = drawing.image(samples, first=5, every=every)
    assert np.abs(look.astype(int) - drawing.image(samples)[:, 5::every]).max() <= 1


def test_only_the_columns_touched_change() -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, (1, 200_000)).astype(np.float32)
    changed = samples.copy()
    changed[:, 90_000:110_000] = 0
    drawing = Spectrogram(44_100, 200_000)
    first, last = drawing.columns_touched(90_000, 110_000)
    differs = np.flatnonzero((drawing.image(samples) != drawing.image(changed)).any(axis=0))
    assert first <= differs[0] and differs[-1] < last
    assert last - first < 60


def test_a_song_of_hours_has_a_bounded_width() -> None:
    assert Spectrogram(44_100, 44_100 * 3600 * 8).columns <= 1 << 15


def test_narrower_copies_are_means_and_partial_writes_agree() -> None:
    image = np.random.default_rng(2).integers(0, 256, (3, 1301)).astype(np.uint8)
    whole, parts = ImagePyramid(3, 1301), ImagePyramid(3, 1301)
    whole.write(0, image)
    for first, last in [(700, 1301), (0, 333), (333, 700)]:
        parts.write(first, image[:, first:last])
    pairs = image[:, :1300].astype(float).reshape(3, 650, 2).mean(axis=2)
    assert np.abs(whole.levels[1][:, :650] - pairs).max() <= 0.5
    assert np.array_equal(whole.levels[0], parts.levels[0])
    assert np.array_equal(whole.levels[1], parts.levels[1])
    assert whole.level_for(0.3) == 0
    assert whole.level_for(2.0) == 1


def test_colours_run_from_black_to_cream() -> None:
    table = colours()
    assert table.shape == (256, 3)
    assert table[0].tolist() == [0, 0, 4]
    assert table[255].tolist() == [252, 253, 191]
    assert (np.diff(table.astype(int).sum(axis=1)) >= 0).all()
