"""Dropouts and the low end are shown when asked for, lead to their place, and can be kept."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from app.session import Phase
from app.settings import Settings
from app.song import Song
from app.views.dropout_strip import dropout_text
from app.views.low_end_meter import share_image
from app.window import MainWindow
from core.audio import Audio, SongInfo
from core.dropouts import Dropout
from core.mix import PLAIN, Mix
from tests.test_dropouts import RATE, band, overlap, sunk, voice

PATIENCE_MS = 20_000


def make_song() -> Song:
    """A separated song that sags by 12 dB from 9 to 10.5 s."""
    music, sung = band(), voice((7, 13))
    mixture = Audio((music + sung).astype(np.float32), RATE)
    length = mixture.length
    info = SongInfo(Path("a.wav"), "a", "", "", "WAV", RATE, 2, length, length / RATE)
    song = Song(info, mixture)
    song.vocals = (music + sung - sunk(music, 12, (9, 10.5))).astype(np.float32)
    song.ready.add(0, length)
    song.finished = True
    return song


def take(window: MainWindow, song: Song) -> None:
    window.session.song, window.session.info = song, song.info
    window.session.work.phase = Phase.READY
    window.session.changed.emit()


def find(window: MainWindow, qtbot: QtBot) -> tuple[Dropout, ...]:
    inspection = window.commands.findings.inspection
    qtbot.waitUntil(
        lambda: inspection.findings is not None and not inspection.busy, timeout=PATIENCE_MS
    )
    assert inspection.findings is not None
    return inspection.findings.dropouts


def test_all_of_it_is_off_until_asked_for_and_costs_nothing(window: MainWindow) -> None:
    take(window, make_song())
    assert not window.commands.findings.panel.isVisibleTo(window)
    assert not window.song_view.dropouts.isVisibleTo(window)
    assert not window.song_view.low_end.isVisibleTo(window)
    assert not window.commands.findings.inspection.busy


def test_a_dropout_is_marked_and_listed(
    window: MainWindow, qtbot: QtBot, settings: Settings
) -> None:
    song = make_song()
    take(window, song)
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    panel, strip = window.commands.findings.panel, window.song_view.dropouts
    assert settings.shows_dropouts
    assert panel.isVisibleTo(window) and strip.isVisibleTo(window)
    assert panel.summary.text() == "Looking for dropouts…"
    (found,) = find(window, qtbot)
    assert overlap(found, 9, 10.5) > 0.6
    assert panel.summary.text() == "One dropout."
    assert panel.list.count() == 1
    assert panel.list.item(0).text() == dropout_text(found, RATE)
    assert strip.dropouts == (found,)
    assert strip.x_of(9 * RATE) - 6 < strip.bar(found).left() < strip.x_of(9.5 * RATE)
    assert strip.dropout_at(strip.x_of(10 * RATE)) == found
    assert strip.dropout_at(strip.x_of(3 * RATE)) is None
    assert not strip.grab().isNull()


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Return])
def test_a_click_or_enter_goes_to_a_second_before(
    window: MainWindow, qtbot: QtBot, key: Qt.Key | None
) -> None:
    take(window, make_song())
    window.actions_.dropouts.trigger()
    (found,) = find(window, qtbot)
    rows = window.commands.findings.panel.list
    if key is None:
        place = rows.visualItemRect(rows.item(0)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        rows.setCurrentRow(0)
        qtbot.keyClick(rows, key)
    assert window.player.position() == found.start - RATE


def test_the_tooltip_of_a_mark_tells_depth_and_length(window: MainWindow, qtbot: QtBot) -> None:
    take(window, make_song())
    window.actions_.dropouts.trigger()
    (found,) = find(window, qtbot)
    strip = window.song_view.dropouts
    place = QPoint(round(strip.bar(found).center().x()), 10)
    strip.event(QHelpEvent(QEvent.Type.ToolTip, place, strip.mapToGlobal(place)))
    assert QToolTip.text() == dropout_text(found, RATE)
    assert (
        dropout_text(Dropout(RATE * 62, RATE * 64, 5.6), RATE) == "1:02.0: 6 dB too quiet for 2.0 s"
    )


def test_a_clean_song_says_so_and_an_unseparated_one_waits(
    window: MainWindow, qtbot: QtBot
) -> None:
    song = make_song()
    song.finished = False
    take(window, song)
    window.actions_.dropouts.trigger()
    panel = window.commands.findings.panel
    assert panel.summary.text() == "They are listed once the song is separated."
    song.vocals, song.finished = voice((7, 13)), True
    window.session.changed.emit()
    assert find(window, qtbot) == ()
    assert panel.summary.text() == "No dropouts were found."
    assert panel.list.count() == 0


def test_closing_the_panel_takes_the_marks_away(window: MainWindow, qtbot: QtBot) -> None:
    take(window, make_song())
    window.actions_.dropouts.trigger()
    window.commands.findings.panel.close()
    assert not window.actions_.dropouts.isChecked()
    assert not window.song_view.dropouts.isVisibleTo(window)


def test_another_song_has_findings_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    take(window, make_song())
    window.actions_.dropouts.trigger()
    find(window, qtbot)
    clean = make_song()
    clean.vocals = voice((7, 13))
    take(window, clean)
    assert window.commands.findings.inspection.findings is None
    assert window.song_view.dropouts.dropouts == ()
    assert find(window, qtbot) == ()


def test_the_meter_shows_what_left_second_by_second(
    window: MainWindow, qtbot: QtBot, settings: Settings
) -> None:
    song = make_song()
    take(window, song)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert settings.shows_low_end_meter
    find(window, qtbot)
    meter = window.song_view.low_end.meter
    assert meter.isVisibleTo(window)
    assert meter.shares is not None and meter.shares.shape == (3, 20)
    text = meter.text_at(meter.x_of(9.5 * RATE))
    assert text.startswith("0:09: left with the voice: 20–60 Hz: ")
    assert not text.endswith("0%")
    assert meter.text_at(meter.x_of(2.5 * RATE)).endswith(
        "20–60 Hz: 0%, 60–120 Hz: 0%, 120–250 Hz: 0%"
    )
    assert not meter.grab().isNull()


def test_shares_are_drawn_lowest_band_last() -> None:
    image = share_image(np.array([[1.0, np.nan], [0.0, 0.25], [0.0, 0.0]]), QColor("#ff0000"))
    assert (image.width(), image.height()) == (2, 3)
    alphas = [[image.pixelColor(x, y).alpha() for x in range(2)] for y in range(3)]
    assert alphas == [[0, 0], [0, 127], [255, 0]]


def test_the_low_end_is_kept_by_a_switch_heard_measured_and_undone(
    window: MainWindow, qtbot: QtBot, settings: Settings
) -> None:
    take(window, make_song())
    window.actions_.low_end_meter.trigger()
    find(window, qtbot)
    panel, mixing = window.song_view.low_end, window.session.mixing
    before = panel.meter.shares
    assert before is not None and before[0, 9] > 0.3
    assert panel.frequency.value() == 150
    panel.switch.click()
    assert mixing.mix == Mix(keep_low_end_hz=150.0)
    assert window.player.renderer.heard.keep_low_end_hz == 150.0
    qtbot.waitUntil(lambda: panel.meter.shares is not before, timeout=PATIENCE_MS)
    find(window, qtbot)
    after = panel.meter.shares
    assert after is not None and after[0, 9] < 0.1 * before[0, 9]
    panel.frequency.setValue(200)
    assert mixing.mix == Mix(keep_low_end_hz=200.0)
    assert settings.low_end_hz == 200.0
    window.actions_.undo.trigger()
    assert panel.frequency.value() == 150 and panel.switch.isChecked()
    window.actions_.undo.trigger()
    assert mixing.mix == PLAIN
    assert not panel.switch.isChecked()


def test_a_frequency_set_while_nothing_is_kept_only_waits(
    window: MainWindow, settings: Settings
) -> None:
    take(window, make_song())
    window.actions_.low_end_meter.trigger()
    panel = window.song_view.low_end
    panel.frequency.setValue(90)
    assert window.session.mixing.mix == PLAIN
    panel.switch.click()
    assert window.session.mixing.mix == Mix(keep_low_end_hz=90.0)
