"""The blind test plays A, B and X as they are, hides what X is, and tells the result."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from app.abx import AbxTest
from app.actions import ActionButton
from app.blind_test import BlindTestDialog
from app.player import Player
from app.window import MainWindow
from core.loudness import integrated_loudness
from core.stems import Stem
from tests.test_mixer_panel import take_song
from tests.test_rendering import FADE, RATE, play

PATIENCE_MS = 20_000


class Always(AbxTest):
    """X is always B."""

    def _draw(self) -> bool:
        return False


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> BlindTestDialog:
    take_song(window)
    window.actions_.blind_test.trigger()
    made = window.commands.mixer.compare.dialog
    assert made is not None
    monkeypatch.setattr(made, "_test", Always())
    qtbot.waitUntil(lambda: made.hear_x.isEnabled(), timeout=PATIENCE_MS)
    return made


def heard_now(window: MainWindow, count: int = 1024) -> np.ndarray:
    renderer = window.player.renderer
    renderer.playing = True
    return play(renderer, count)


def test_it_waits_for_a_separated_song(window: MainWindow) -> None:
    assert not window.actions_.blind_test.isEnabled()
    take_song(window)
    assert window.actions_.blind_test.isEnabled()


def test_x_is_played_as_what_it_is_and_without_a_gap(
    window: MainWindow, dialog: BlindTestDialog, qtbot: QtBot
) -> None:
    song = window.session.song
    assert song is not None and song.vocals is not None
    mixture, plain = (
        song.mixture.samples[:, :][0],
        (song.mixture.samples[:, :] - song.vocals[:, :])[0],
    )
    levels = [integrated_loudness(np.tile(each, (2, 1)), RATE) for each in (mixture, plain)]
    gain = 10 ** ((min(levels) - levels[0]) / 20)
    heard = heard_now(window)
    np.testing.assert_allclose(heard[FADE:], gain * mixture[FADE:1024], atol=1e-4)
    qtbot.keyClick(dialog, Qt.Key.Key_3)
    assert dialog.hear_x.isChecked()
    heard = np.concatenate([heard, heard_now(window)])
    np.testing.assert_allclose(heard[1024 + FADE :], plain[1024 + FADE : 2048], atol=1e-4)
    assert np.abs(np.diff(heard)).max() < 0.1
    qtbot.keyClick(dialog, Qt.Key.Key_2)
    np.testing.assert_allclose(heard_now(window, 128), plain[2048:2176], atol=1e-4)


def test_nothing_shows_what_x_is(window: MainWindow, dialog: BlindTestDialog, qtbot: QtBot) -> None:
    def shown() -> list[object]:
        buttons = window.findChildren(QAbstractButton)
        labels = [each for each in window.findChildren(QLabel) if each is not dialog.count]
        return [each.isChecked() for each in buttons if each.window() is window] + [
            each.text() for each in labels
        ]

    qtbot.keyClick(dialog, Qt.Key.Key_1)
    before = shown()
    qtbot.keyClick(dialog, Qt.Key.Key_3)
    window.session.changed.emit()
    assert shown() == before
    assert window.session.stem is Stem.INSTRUMENTAL
    assert window.player.renderer.heard.stem is Stem.INSTRUMENTAL  # X, here B


def test_answers_are_counted_and_the_result_is_told_at_the_end(
    dialog: BlindTestDialog, qtbot: QtBot
) -> None:
    assert not dialog.finish.isEnabled()
    for number in range(10):
        qtbot.keyClick(dialog, Qt.Key.Key_3)
        qtbot.keyClick(dialog, Qt.Key.Key_A if number == 4 else Qt.Key.Key_B)
        assert dialog.hear_a.isChecked()
        assert "right" not in dialog.count.text() and not dialog.verdict.text()
    assert dialog.count.text().startswith("10 answers given")
    qtbot.keyClick(dialog, Qt.Key.Key_R)
    assert dialog.verdict.text() == (
        "You were right 9 of 10 times. Guessing does as well in 1.1 % of tests: you could tell."
    )
    assert not dialog.x_is_a.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_N)
    assert dialog.x_is_a.isEnabled() and not dialog.verdict.text()


def test_guessing_shows_no_difference(dialog: BlindTestDialog) -> None:
    for number in range(6):
        (dialog.x_is_a if number % 2 else dialog.x_is_b).trigger()
    dialog.finish.trigger()
    assert dialog.verdict.text().endswith("in 66 % of tests: no difference shown.")


def test_the_mix_can_be_told_from_the_plain_instrumental(window: MainWindow, qtbot: QtBot) -> None:
    take_song(window)
    window.mixer_panel.vocals.moved.emit(-6.0)
    window.actions_.blind_test.trigger()
    dialog = window.commands.mixer.compare.dialog
    assert dialog is not None and dialog.pairs.count() == 2
    qtbot.waitUntil(lambda: dialog.hear_x.isEnabled(), timeout=PATIENCE_MS)
    heard = window.player.renderer.heard
    assert heard.stem is Stem.INSTRUMENTAL and heard.removed is not None


def test_closing_goes_back_to_what_was_heard(
    window: MainWindow, dialog: BlindTestDialog, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_1)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    heard = window.player.renderer.heard
    assert heard.stem is Stem.INSTRUMENTAL and heard.gain == 1.0
    assert window.commands.mixer.compare.dialog is None


def test_space_plays_and_every_button_has_a_name(
    window: MainWindow, dialog: BlindTestDialog, qtbot: QtBot
) -> None:
    player: Player = window.player
    qtbot.keyClick(dialog, Qt.Key.Key_Space)
    assert player.playing and dialog.play.text() == "Pause"
    qtbot.keyClick(dialog, Qt.Key.Key_Space)
    assert not player.playing
    for button in dialog.findChildren(ActionButton):
        assert button.accessibleName() and button.toolTip()


def test_stems_are_played_equally_loud_when_wanted(window: MainWindow, qtbot: QtBot) -> None:
    take_song(window)
    song = window.session.song
    assert song is not None and song.vocals is not None
    with qtbot.waitSignal(window.commands.mixer.compare.match.measured, timeout=PATIENCE_MS):
        qtbot.keyClick(window, Qt.Key.Key_E)
    assert window.settings.matches_loudness
    levels = []
    for stem in Stem:
        window.session.choose(stem)
        heard = heard_now(window, 2048)[FADE:]
        levels.append(integrated_loudness(np.tile(heard, (2, 1)), RATE))
    assert levels == pytest.approx([levels[0]] * 3, abs=0.5)
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert window.player.renderer.heard.gain == 1.0
