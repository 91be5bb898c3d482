"""The picture shows before and after where the axes say, on the same scale."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.audio import Audio
from core.errors import OutputError
from core.picture import draw_before_and_after, save_picture
from tests.songs import tones

RATE = 44_100


def picture_of(before: np.ndarray, after: np.ndarray, *, title: str = "Song") -> np.ndarray:
    image = draw_before_and_after(Audio(before, RATE), after, title=title, after_label="After")
    return np.asarray(image).astype(int)


def halves(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The brightness of the two spectrograms, found by their place."""
    inside = picture[:, 76 : 76 + 1280].sum(axis=2)
    return inside[64 : 64 + 380], inside[496 : 496 + 380]


def test_a_tone_is_a_line_at_its_frequency() -> None:
    tone = tones(5 * RATE, channels=1)  # 200 Hz
    before, _ = halves(picture_of(tone, tone))
    row = int(before.mean(axis=1).argmax())
    octaves = np.log2(20_000 / 200) / np.log2(20_000 / 20)
    assert row == pytest.approx(octaves * 380, abs=3)


def test_what_was_taken_out_is_missing_below() -> None:
    tone = tones(5 * RATE)
    before, after = halves(picture_of(tone, np.zeros_like(tone)))
    assert before.max() > 400
    assert after.max() < 60


def test_the_same_sound_looks_the_same_above_and_below() -> None:
    tone = tones(5 * RATE)
    before, after = halves(picture_of(tone, tone))
    assert np.array_equal(before, after)


def test_time_runs_to_the_right() -> None:
    late = tones(5 * RATE)
    late[:, : 4 * RATE] = 0.0
    before, _ = halves(picture_of(late, late))
    columns = before.max(axis=0)
    assert columns[:900].max() < 60
    assert columns[1100:].min() > 300


@pytest.mark.parametrize("seconds", [0.01, 0.5, 40.0])
@pytest.mark.parametrize("rate", [8_000, 96_000])
def test_any_length_and_rate_can_be_drawn(seconds: float, rate: int) -> None:
    samples = tones(int(seconds * rate), rate=rate, channels=1)
    audio = Audio(samples, rate)
    drawn = draw_before_and_after(audio, samples, title="", after_label="After")
    assert drawn.size == (1380, 924)


def test_a_long_title_stays_inside() -> None:
    tone = tones(RATE)
    picture = picture_of(tone, tone, title="long é 🎤 " * 100)
    background = picture[0, 0]
    assert (picture[:40, 76 + 1280 :] == background).all()
    assert (picture[:40, 76 : 76 + 200] != background).any()


def test_a_picture_is_saved_as_png_and_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    tone = tones(RATE)
    picture = draw_before_and_after(Audio(tone, RATE), tone, title="Song", after_label="After")
    save_picture(path, picture)
    with Image.open(path) as saved:
        assert (saved.format, saved.size) == ("PNG", picture.size)
    with pytest.raises(OutputError, match="exists already"):
        save_picture(path, picture)
    save_picture(path, picture, overwrite=True)
