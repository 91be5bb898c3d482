"""The meter shows peaks, clipping and loudness of what is heard, when it is heard."""

from math import inf

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.levels import LOWEST_DB, Levels
from app.window import MainWindow
from tests.test_mixer_panel import take_song

RATE = 48_000
BLOCK = 960  # 20 ms


def tone(seconds: float, *, left: float, right: float) -> np.ndarray:
    wave = np.sin(2 * np.pi * 1000 * np.arange(round(RATE * seconds)) / RATE)
    return (wave[:, None] * [left, right]).astype(np.float32)


def feed(levels: Levels, sound: np.ndarray) -> None:
    for at in range(0, len(sound), BLOCK):
        levels.take([sound[at : at + BLOCK]])


def test_each_side_has_its_peak() -> None:
    levels = Levels(RATE, 0.0)
    feed(levels, tone(0.5, left=0.5, right=0.1))
    assert levels.peaks_db == pytest.approx([-6.02, -20.0], abs=0.01)
    assert not levels.clipped.any()


def test_peaks_fall_by_20_db_a_second_and_the_hold_waits() -> None:
    levels = Levels(RATE, 0.0)
    feed(levels, tone(0.1, left=1.0, right=0.5))
    feed(levels, np.zeros((RATE, 2), np.float32))
    assert levels.peaks_db == pytest.approx([-20.0, -26.0], abs=0.5)
    assert levels.holds_db == pytest.approx([0.0, -6.02], abs=0.01)
    feed(levels, np.zeros((RATE, 2), np.float32))
    assert levels.holds_db[0] == pytest.approx(levels.peaks_db[0])
    feed(levels, np.zeros((3 * RATE, 2), np.float32))
    assert (levels.peaks_db == LOWEST_DB).all()


def test_the_clip_light_stays_until_it_is_put_out() -> None:
    levels = Levels(RATE, 0.0)
    feed(levels, tone(0.1, left=1.2, right=0.5))
    feed(levels, tone(0.1, left=0.1, right=0.5))
    assert levels.clipped.tolist() == [True, False]
    levels.forgive()
    assert not levels.clipped.any()


def test_a_tone_of_minus_23_dbfs_reads_minus_23_lufs() -> None:
    levels = Levels(RATE, 0.0)
    assert levels.loudness == -inf
    level = 10 ** (-23 / 20)
    feed(levels, tone(1.0, left=level, right=level))
    assert levels.loudness == pytest.approx(-23.0, abs=0.1)


def test_the_sound_is_shown_when_it_is_heard() -> None:
    levels = Levels(RATE, 0.2)
    feed(levels, tone(0.18, left=0.5, right=0.5))
    assert (levels.peaks_db == LOWEST_DB).all()
    feed(levels, tone(0.04, left=0.5, right=0.5))
    assert levels.peaks_db[0] == pytest.approx(-6.02, abs=0.01)


def test_the_size_of_the_blocks_changes_no_peak() -> None:
    sound = tone(0.5, left=0.5, right=0.1)
    one, many = Levels(RATE, 0.1), Levels(RATE, 0.1)
    one.take([sound])
    many.take(list(np.split(sound, 50)))
    assert one.peaks_db.tolist() == many.peaks_db.tolist()


def test_the_meter_reads_the_renderer_while_it_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    take_song(window)
    renderer, meter = window.player.renderer, window.mixer_panel.meter
    assert renderer.tap is None
    window.actions_.mixer.trigger()
    assert renderer.tap is not None
    renderer.playing = True
    out = np.zeros((256, 2), np.float32)
    for _ in range(20):
        renderer.render(out)
    meter.refresh()
    assert meter.levels.peaks_db[0] > -12
    meter.grab()
    assert meter.text().startswith("−") and meter.text().endswith("LUFS")
    assert meter.accessibleDescription() == meter.text()
    meter.levels.clipped[:] = True
    qtbot.keyClick(meter, Qt.Key.Key_Return)
    assert not meter.levels.clipped.any()
    meter.levels.clipped[:] = True
    qtbot.mouseClick(meter, Qt.MouseButton.LeftButton)
    assert not meter.levels.clipped.any()
    window.actions_.mixer.trigger()
    assert renderer.tap is None


def test_a_blind_test_hides_the_meter(window: MainWindow) -> None:
    take_song(window)
    window.actions_.mixer.trigger()
    window.actions_.blind_test.trigger()
    dialog = window.commands.mixer.compare.dialog
    assert dialog is not None
    assert not window.mixer_panel.meter.isVisible()
    dialog.reject()
    assert window.mixer_panel.meter.isVisible()
