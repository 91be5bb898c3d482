"""What is compared is played equally loud, never louder than it is."""

from math import inf
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.background import PAUSE_MS
from app.matching import LoudnessMatch, matching_gains, measure
from app.mixing import mixed
from app.song import Song
from app.sound_source import hearing
from core.audio import Audio, SongInfo
from core.loudness import integrated_loudness
from core.mix import Mix, VoiceFilter
from core.stems import Stem

RATE = 44_100
STEMS = [hearing(stem) for stem in Stem]


@pytest.fixture
def song() -> Song:
    """Two seconds of music at about -20 dB and a voice 6 dB below it."""
    rng = np.random.default_rng(3)
    music = rng.normal(0, 0.1, (2, 2 * RATE)).astype(np.float32)
    voice = rng.normal(0, 0.05, (2, 2 * RATE)).astype(np.float32)
    info = SongInfo(Path("a.wav"), "a", "", "", "WAV", RATE, 2, 2 * RATE, 2.0)
    made = Song(info, Audio(music + voice, RATE))
    made.vocals = voice
    made.finished = True
    return made


def test_gains_only_lower() -> None:
    assert matching_gains([-14.0, -20.0, -17.0]) == pytest.approx(
        [10 ** (-6 / 20), 1.0, 10 ** (-3 / 20)]
    )


def test_what_is_much_quieter_or_silent_is_left_alone() -> None:
    assert matching_gains([-14.0, -15.0, -40.0]) == pytest.approx([10 ** (-1 / 20), 1.0, 1.0])
    assert matching_gains([-14.0, -inf]) == [1.0, 1.0]
    assert matching_gains([-inf, -inf]) == [1.0, 1.0]


@pytest.mark.parametrize("mix", [Mix(), Mix(-6.0), Mix(0.0, low_db=-inf, high_db=3.0)])
def test_a_mix_is_measured_as_it_is_heard(song: Song, mix: Mix) -> None:
    assert song.vocals is not None
    removed = VoiceFilter(mix.voice_removed, RATE).read(song.vocals, 0, song.length)
    expected = integrated_loudness(song.mixture.samples - removed, RATE)
    assert measure(song, mixed(mix), cancelled=lambda: False) == pytest.approx(expected, abs=1e-3)


def test_measuring_stops_when_told(song: Song) -> None:
    assert measure(song, STEMS[0], cancelled=lambda: True) is None


def test_stems_are_matched_once_they_are_measured(song: Song, qtbot: QtBot) -> None:
    match = LoudnessMatch()
    assert match.matched(STEMS) == STEMS
    with qtbot.waitSignal(match.measured, timeout=20_000):
        match.want(song, STEMS)
    assert match.knows(STEMS)
    assert song.vocals is not None
    sounds = [
        song.mixture.samples[:, :],
        song.mixture.samples[:, :] - song.vocals[:, :],
        song.vocals[:, :],
    ]
    levels = [
        integrated_loudness(sound * np.float32(heard.gain), RATE)
        for sound, heard in zip(sounds, match.matched(STEMS), strict=True)
    ]
    assert levels == pytest.approx([levels[2]] * 3, abs=0.02)
    assert all(heard.gain <= 1.0 for heard in match.matched(STEMS))
    assert all(heard.mixture_gain == match.matched(STEMS)[0].gain for heard in match.matched(STEMS))


def test_other_vocals_are_measured_anew(song: Song, qtbot: QtBot) -> None:
    match = LoudnessMatch()
    with qtbot.waitSignal(match.measured, timeout=20_000):
        match.want(song, STEMS)
    assert song.vocals is not None
    song.vocals = song.vocals[:, :] * np.float32(0.5)
    match.want(song, STEMS)
    assert not match.knows(STEMS)
    match.close()


def test_closing_ends_the_measurement(song: Song, qtbot: QtBot) -> None:
    match = LoudnessMatch()
    match.want(song, STEMS)
    match.close()
    qtbot.wait(2 * PAUSE_MS)
    assert not match.knows(STEMS)
