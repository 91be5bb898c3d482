"""The mix of a song is changed, undone and heard as the sliders and buttons say."""

from math import inf

import pytest
from pytestqt.qtbot import QtBot

from app.mixing import Mixing, Mutes, level_text, mix_text
from core.mix import PLAIN, Mix
from core.stems import Stem


@pytest.fixture
def mixing(qtbot: QtBot) -> Mixing:
    return Mixing()


def test_at_first_the_instrumental_is_heard_as_it_is(mixing: Mixing) -> None:
    heard = mixing.hearing(Stem.INSTRUMENTAL)
    assert (heard.mixture, heard.voice, heard.removed) == (1.0, -1.0, None)
    assert mixing.saved is PLAIN


def test_a_drag_of_one_slider_is_undone_as_one(mixing: Mixing, qtbot: QtBot) -> None:
    for level in (-30.0, -20.0, -10.0):
        with qtbot.waitSignal(mixing.changed):
            mixing.change(Mix(vocals_db=level), "Vocal Level")
    mixing.change(Mix(vocals_db=-10.0, low_db=-6.0), "Low Band")
    assert mixing.history.count() == 2
    mixing.history.undo()
    assert mixing.mix == Mix(vocals_db=-10.0)
    mixing.history.undo()
    assert mixing.mix == PLAIN
    mixing.history.redo()
    assert mixing.mix == Mix(vocals_db=-10.0)


def test_a_drag_back_to_where_it_began_leaves_nothing_to_undo(mixing: Mixing) -> None:
    mixing.change(Mix(vocals_db=-10.0), "Vocal Level")
    mixing.change(PLAIN, "Vocal Level")
    assert not mixing.history.canUndo()
    assert mixing.mix == PLAIN


def test_reset_is_undone_too_and_keeps_the_low_end(mixing: Mixing) -> None:
    mixing.change(Mix(vocals_db=-10.0, keep_low_end_hz=90.0), "Vocal Level")
    mixing.set_mutes(Mutes(mutes_voice=True))
    mixing.reset()
    assert mixing.mix == Mix(keep_low_end_hz=90.0) and mixing.mutes == Mutes()
    mixing.history.undo()
    assert mixing.mix.vocals_db == -10.0


def test_the_low_end_that_is_kept_is_heard_in_both_stems_and_told(mixing: Mixing) -> None:
    mixing.change(Mix(keep_low_end_hz=120.0), "Keep Low End")
    kept = [mixing.hearing(stem).keep_low_end_hz for stem in Stem]
    assert dict(zip(Stem, kept, strict=True)) == {
        Stem.MIXTURE: None,
        Stem.INSTRUMENTAL: 120.0,
        Stem.VOCALS: 120.0,
    }
    assert mix_text(mixing.mix) == "The low end below 120 Hz is kept."
    guide = Mix(vocals_db=-6.0, keep_low_end_hz=120.0)
    assert mix_text(guide) == (
        "The instrumental holds the voice at −6 dB. The low end below 120 Hz is kept."
    )


@pytest.mark.parametrize(
    ("mutes", "music", "voice"),
    [
        (Mutes(), True, True),
        (Mutes(mutes_voice=True), True, False),
        (Mutes(mutes_music=True), False, True),
        (Mutes(solos_music=True), True, False),
        (Mutes(solos_voice=True), False, True),
        (Mutes(solos_music=True, solos_voice=True), True, True),
        (Mutes(solos_voice=True, mutes_voice=True), False, False),
    ],
)
def test_mute_and_solo(mixing: Mixing, mutes: Mutes, music: bool, voice: bool) -> None:
    mixing.change(Mix(vocals_db=-6.0), "Vocal Level")
    mixing.set_mutes(mutes)
    assert (mutes.hears_music, mutes.hears_voice) == (music, voice)
    heard = mixing.hearing(Stem.INSTRUMENTAL)
    assert heard.mixture == float(music)
    of_voice = (
        0.0 if heard.voice == 0.0 else heard.voice * (heard.removed.mid if heard.removed else 1.0)
    )
    assert heard.mixture + of_voice == pytest.approx(10 ** (-6 / 20) if voice else 0.0)
    assert mixing.saved.holds_voice is voice
    assert mixing.hearing(Stem.VOCALS).removed is None


def test_levels_and_mixes_in_words() -> None:
    assert [level_text(level) for level in (-inf, -6.0, 0.0, 3.0)] == [
        "off",
        "−6 dB",
        "0 dB",
        "+3 dB",
    ]
    assert mix_text(PLAIN) == ""
    assert mix_text(Mix(vocals_db=-6.0)) == "The instrumental holds the voice at −6 dB."
    text = mix_text(Mix(vocals_db=-6.0, low_db=-inf, high_db=3.0))
    assert text == "The instrumental holds the voice: lows off, middle −6 dB, highs −3 dB."
