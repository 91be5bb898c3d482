"""The mixer changes the mix, by mouse and by keys, and what is heard and saved follows."""

from math import inf
from pathlib import Path

import numpy as np
import soundfile
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.export_dialog import ExportDialog
from app.settings import Settings
from app.status import result_text
from app.window import MainWindow
from core.export_plan import ExportPlan
from core.formats import BitDepth, FileFormat, OutputFormat
from core.mix import PLAIN, Mix
from core.stems import Stem
from tests.test_rendering import FADE, make_song, play
from tests.test_window import PATIENCE_MS, wait_until_separated, write_song


def take_song(window: MainWindow) -> None:
    """Give the session a song that is separated."""
    made = make_song()
    made.finished = True
    window.session.song = made
    window.session.info = made.info
    window.session.changed.emit()


def test_the_mixer_is_off_until_asked_for_and_stays_on_then(
    window: MainWindow,
    qtbot: QtBot,
    settings: Settings,
) -> None:
    take_song(window)
    assert not window.mixer_panel.isVisibleTo(window)
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert window.mixer_panel.isVisibleTo(window)
    assert settings.shows_mixer


def test_the_arrow_keys_move_a_slider_that_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    take_song(window)
    qtbot.keyClick(window, Qt.Key.Key_M)
    slider = window.mixer_panel.vocals.slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    mixing = window.session.mixing
    assert mixing.mix == Mix(vocals_db=6.0)
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert mixing.mix == Mix(vocals_db=5.0)
    assert window.mixer_panel.vocals.value.text() == "+5 dB"
    assert slider.accessibleDescription() == "+5 dB"
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert mixing.mix == PLAIN
    assert window.mixer_panel.vocals.value.text() == "off"
    assert window.player.position() == 0


def test_a_drag_is_heard_at_once_and_undone_as_one(window: MainWindow, qtbot: QtBot) -> None:
    take_song(window)
    panel, renderer = window.mixer_panel, window.player.renderer
    loaded = window.session.song
    assert loaded is not None and loaded.vocals is not None
    for place in (10, 20, 35):
        panel.vocals.slider.sliderMoved.emit(place)
    assert window.session.mixing.mix == Mix(vocals_db=-6.0)
    renderer.playing = True
    heard = play(renderer, 1024)
    left = (loaded.mixture.samples[:, :] - loaded.vocals[:, :] * (1 - 10 ** (-6 / 20)))[0]
    np.testing.assert_allclose(heard[FADE:], left[FADE:1024], atol=1e-6)
    assert window.actions_.undo.isEnabled()
    assert window.actions_.undo.text() == "Undo Change Vocal Level"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.mixing.mix is PLAIN
    assert not window.actions_.undo.isEnabled()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, both)
    assert window.session.mixing.mix == Mix(vocals_db=-6.0)


def test_bands_wait_for_a_vocal_level(window: MainWindow) -> None:
    take_song(window)
    panel = window.mixer_panel
    low = panel.bands["low_db"]
    assert not low.slider.isEnabled()
    panel.vocals.moved.emit(0.0)
    assert low.slider.isEnabled()
    low.moved.emit(-inf)
    panel.bands["high_db"].moved.emit(3.0)
    assert window.session.mixing.mix == Mix(vocals_db=0.0, low_db=-inf, high_db=3.0)
    panel.reset.click()
    assert window.session.mixing.mix == PLAIN


def test_mute_and_solo_are_heard(window: MainWindow) -> None:
    take_song(window)
    panel = window.mixer_panel
    panel.vocals.moved.emit(0.0)
    panel.solo_voice.click()
    heard = window.player.renderer.heard
    assert (heard.mixture, heard.voice) == (0.0, 1.0)
    panel.solo_voice.click()
    panel.mute_voice.click()
    heard = window.player.renderer.heard
    assert (heard.mixture, heard.voice, heard.removed) == (1.0, -1.0, None)
    assert not window.session.mixing.saved.holds_voice
    panel.reset.click()
    assert not panel.mute_voice.isChecked()


def test_another_song_begins_with_the_plain_instrumental(
    window: MainWindow, tmp_path: Path
) -> None:
    take_song(window)
    window.mixer_panel.vocals.moved.emit(0.0)
    window.open([write_song(tmp_path / "Other.wav", seconds=1)])
    assert window.session.mixing.mix is PLAIN
    assert not window.session.history.canUndo()


def test_the_export_says_that_the_voice_is_in_it(
    window: MainWindow,
    settings: Settings,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    window.open([write_song(tmp_path / "Two Tones.wav", seconds=3)])
    wait_until_separated(window, qtbot)
    window.mixer_panel.vocals.moved.emit(-6.0)
    opened = window.session.song
    assert opened is not None and opened.vocals is not None
    dialog = ExportDialog(opened, settings, mix=window.session.mixing.saved)
    qtbot.addWidget(dialog)
    assert dialog.holds.text() == "The instrumental holds the voice at −6 dB."
    dialog.buttons.accepted.emit()
    assert dialog.plan is not None and dialog.plan.mix == Mix(vocals_db=-6.0)
    output = OutputFormat(FileFormat.WAV, BitDepth.FLOAT32)
    out = tmp_path / "out"
    plan = ExportPlan((Stem.INSTRUMENTAL,), output, out, mix=window.session.mixing.saved)
    window.session.export(plan)
    qtbot.waitUntil(lambda: window.session.exported is not None, timeout=PATIENCE_MS)
    report = window.session.exported
    assert report is not None and report.is_null
    text = result_text(report)
    assert "The instrumental holds the voice at −6 dB." in text
    assert "the voice that was given back" in text
    saved = soundfile.read(report.paths[Stem.INSTRUMENTAL], dtype="float32")[0].T
    expected = opened.mixture.samples[:, :] - opened.vocals[:, :] * (1 - 10 ** (-6 / 20))
    np.testing.assert_allclose(saved, expected, atol=1e-6)


def test_without_a_mix_the_export_dialog_says_nothing_of_it(
    settings: Settings,
    qtbot: QtBot,
) -> None:
    dialog = ExportDialog(make_song(), settings)
    qtbot.addWidget(dialog)
    assert not dialog.holds.isVisibleTo(dialog)
