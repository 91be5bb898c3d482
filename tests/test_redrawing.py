"""The pictures of the stems follow the mix and the takes that are heard and exported."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.arrivals import put_in
from app.jobs import Job, PartDrawn
from app.redrawing import Redrawing
from app.song import LOOK_SECONDS, Song
from app.stem_pictures import draw_part
from app.views.viewport import Viewport
from core.audio import Audio, SongInfo
from core.export import export_stems
from core.export_plan import ExportPlan
from core.formats import BitDepth, OutputFormat
from core.mix import PLAIN, Mix
from core.stems import Stem
from core.takes import Region, Take, TakenVocals, TakeSettings
from tests.songs import noise, tones

PATIENCE_MS = 30_000
RATE = 8_000
LENGTH = 25 * RATE
GUIDE = Mix(vocals_db=-6.0, low_db=3.0)


@pytest.fixture
def song(tmp_path: Path) -> Song:
    """A separated song, drawn as it was separated."""
    vocals = 0.5 * noise(LENGTH)
    mixture = Audio(tones(LENGTH, rate=RATE) + vocals, RATE)
    info = SongInfo(tmp_path / "a.wav", "a", "", "", "WAV", RATE, 2, LENGTH, LENGTH / RATE)
    made = Song(info, mixture)
    made.separated = made.vocals = vocals
    made.finished = True
    made.ready.add(0, LENGTH)
    pictures = draw_part(made, vocals, 0, LENGTH, with_mixture=True)
    put_in(made, PartDrawn(Job(), 0, LENGTH, pictures))
    return made


@pytest.fixture
def redrawing() -> Redrawing:
    return Redrawing(Viewport())


def image(song: Song, stem: Stem) -> np.ndarray:
    return song.images[stem].levels[0].copy()


def expected(song: Song, samples: np.ndarray) -> np.ndarray:
    return song.drawing.image(samples)


def settle(redrawing: Redrawing, song: Song, mix: Mix, qtbot: QtBot) -> None:
    redrawing.want(song, mix)
    redrawing.drawn.connect(lambda: redrawing.want(song, mix))
    qtbot.waitUntil(lambda: not redrawing.busy, timeout=PATIENCE_MS)


def test_a_plain_song_is_left_alone(song: Song, redrawing: Redrawing) -> None:
    redrawing.want(song, PLAIN)
    assert not redrawing.busy


def test_the_picture_is_that_of_the_exported_file(
    song: Song, redrawing: Redrawing, tmp_path: Path, qtbot: QtBot
) -> None:
    import soundfile

    plain = image(song, Stem.INSTRUMENTAL)
    settle(redrawing, song, GUIDE, qtbot)
    assert song.vocals is not None
    output = OutputFormat(bit_depth=BitDepth.FLOAT32)
    plan = ExportPlan((Stem.INSTRUMENTAL,), output, tmp_path, mix=GUIDE)
    saved = export_stems(song.info.path, song.mixture, song.vocals, plan).paths
    samples = soundfile.read(saved[Stem.INSTRUMENTAL], dtype="float32")[0].T
    drawn = image(song, Stem.INSTRUMENTAL).astype(int)
    assert np.abs(drawn - expected(song, samples).astype(int)).max() <= 1
    assert np.abs(drawn - plain.astype(int)).max() > 20


def test_going_back_to_the_plain_mix_draws_it_again(
    song: Song, redrawing: Redrawing, qtbot: QtBot
) -> None:
    plain = {stem: image(song, stem) for stem in Stem}
    settle(redrawing, song, Mix(vocals_db=0.0), qtbot)
    assert not np.array_equal(image(song, Stem.INSTRUMENTAL), plain[Stem.INSTRUMENTAL])
    other = Redrawing(Viewport())
    settle(other, song, PLAIN, qtbot)
    for stem in Stem:
        assert np.array_equal(image(song, stem), plain[stem])


def test_a_take_is_drawn_where_it_is_and_no_more_is_touched(
    song: Song, redrawing: Redrawing, qtbot: QtBot
) -> None:
    region = Region(13 * RATE, 14 * RATE)
    silent = np.zeros((2, region.length), np.float32)
    assert song.separated is not None
    song.vocals = TakenVocals(song.separated, [Take(region, TakeSettings(), silent)], RATE)
    before = image(song, Stem.VOCALS)
    settle(redrawing, song, PLAIN, qtbot)
    assert set(song.looks) == {13 // LOOK_SECONDS}
    after = image(song, Stem.VOCALS)
    assert np.array_equal(after, expected(song, song.vocals[:, :]))
    column = round(13.5 * RATE / song.drawing.hop)
    assert after[:, column].max() < before[:, column].max()


def test_parts_that_are_not_separated_wait(song: Song, redrawing: Redrawing) -> None:
    song.pictured.ranges = ((0, RATE),)
    redrawing.want(song, GUIDE)
    assert not redrawing.busy
