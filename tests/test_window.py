"""The window from end to end, with a tiny network: drop, watch, switch, cancel, export, close."""

import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.actions import ActionButton
from app.dialogs import REFERENCES, AboutDialog, DetailsDialog
from app.export_dialog import ExportDialog
from app.player import Player
from app.session import Phase
from app.settings import Settings
from app.theme import DARK, LIGHT, Look, palette, style_sheet, theme_of
from app.window import MainWindow
from core.export_plan import ExportPlan
from core.formats import BitDepth, FileFormat, OutputFormat
from core.naming import StemNames
from core.stems import Stem
from tests.dragging import drop

RATE = 44_100
PATIENCE_MS = 120_000  # of a machine that does much beside

pytestmark = pytest.mark.usefixtures("no_loudspeaker")


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return write_song(tmp_path / "Two Tones.wav", seconds=6)


def write_song(path: Path, *, seconds: float) -> Path:
    at = np.arange(int(RATE * seconds)) / RATE
    left = 0.3 * np.sin(2 * np.pi * 110 * at) + 0.2 * np.sin(2 * np.pi * 880 * at)
    soundfile.write(path, np.stack([left, 0.5 * left], axis=1), RATE, subtype="PCM_24")
    return path


def wait_until_separated(window: MainWindow, qtbot: QtBot) -> None:
    def separated() -> bool:
        song = window.session.song
        return song is not None and song.finished and window.session.phase is Phase.READY

    qtbot.waitUntil(separated, timeout=PATIENCE_MS)


def wait_for_first_chunk(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: window.session.song is not None and bool(window.session.song.ready.total),
        timeout=PATIENCE_MS,
    )


def test_a_dropped_song_is_shown_separated_and_exported(
    window: MainWindow, song: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(window, song)
    wait_until_separated(window, qtbot)
    assert window.header.title.text() == "Two Tones"
    assert "0:06" in window.header.facts.text() and "44.1 kHz" in window.header.facts.text()
    opened = window.session.song
    assert opened is not None and opened.vocals is not None
    for stem in Stem:
        assert opened.images[stem].levels[0].any()
        assert opened.peaks[stem].columns(0, opened.length, 1)[1] > 0
    out = tmp_path / "out"
    out.mkdir()
    stems = (Stem.INSTRUMENTAL, Stem.VOCALS)
    output = OutputFormat(FileFormat.WAV, BitDepth.FLOAT32)
    window.session.export(ExportPlan(stems, output, out))
    qtbot.waitUntil(lambda: window.session.exported is not None, timeout=PATIENCE_MS)
    read = [soundfile.read(path, dtype="float32")[0] for path in sorted(out.iterdir())]
    np.testing.assert_allclose(sum(read), opened.mixture.samples[:, :].T, atol=1e-6)
    assert "Null test passed" in window.banner.text.text()
    assert window.banner.isVisible()


def test_the_header_tells_what_was_read_where_the_file_is_damaged(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    song = tmp_path / "song.flac"
    noise = np.random.default_rng(0).uniform(-0.1, 0.1, (2 * RATE, 2))
    soundfile.write(song, noise, RATE)
    content = bytearray(song.read_bytes())
    content[19] ^= 0x40  # of the rate
    content[50_000:50_400] = b"\x55" * 400
    song.write_bytes(content)
    window.open([song])
    wait_for_first_chunk(window, qtbot)
    assert "44.1 kHz" in window.header.facts.text()


def test_the_pictures_of_the_stems_are_those_of_their_sound(
    window: MainWindow, song: Path, qtbot: QtBot
) -> None:
    window.open([song])
    wait_until_separated(window, qtbot)
    opened = window.session.song
    assert opened is not None and opened.vocals is not None
    whole = opened.drawing.image(opened.vocals).astype(int)
    assert np.abs(opened.images[Stem.VOCALS].levels[0] - whole).max() <= 1
    low, high = opened.peaks[Stem.VOCALS].columns(0, opened.length, 1)[:, 0]
    assert (low, high) == (opened.vocals[:, :].min(), opened.vocals[:, :].max())


@pytest.mark.parametrize(
    ("rate", "channels", "samples"),
    [
        (48_000, 1, 96_000),
        (22_050, 6, 44_100),
        (96_000, 2, 192_000),
        (44_100, 2, 300),
        (8000, 1, 1),
    ],
)
def test_songs_of_any_rate_channels_and_length_are_separated_and_heard(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, rate: int, channels: int, samples: int
) -> None:
    path = tmp_path / "any.wav"
    noise = np.random.default_rng(5).uniform(-0.5, 0.5, (samples, channels))
    soundfile.write(path, noise, rate, subtype="FLOAT")
    window.open([path])
    wait_until_separated(window, qtbot)
    opened = window.session.song
    assert opened is not None and opened.vocals is not None
    assert opened.vocals.shape == (channels, samples)
    window.grab()
    for action in (window.actions_.zoom_in, window.actions_.loop, window.actions_.play):
        action.trigger()
    window.grab()
    out = np.zeros((1024, 2), np.float32)
    window.player.renderer.render(out)
    assert np.isfinite(out).all()


def test_a_song_dropped_while_busy_replaces_the_first(
    window: MainWindow, song: Path, tmp_path: Path, qtbot: QtBot, go_on: threading.Event
) -> None:
    other = write_song(tmp_path / "Other.wav", seconds=2)
    window.open([song])
    wait_for_first_chunk(window, qtbot)
    drop(window, other)
    go_on.set()
    assert window.session.song is None
    wait_until_separated(window, qtbot)
    assert window.session.info is not None and window.session.info.title == "Other"
    assert window.player.renderer.song is window.session.song


def test_several_songs_wait_for_their_turn(
    window: MainWindow, song: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = write_song(tmp_path / "Other.wav", seconds=1)
    drop(window, song, other)
    assert window.actions_.open_next.isEnabled()
    window.actions_.open_next.trigger()
    wait_until_separated(window, qtbot)
    assert window.session.info is not None and window.session.info.title == "Other"
    assert not window.actions_.open_next.isEnabled()


def test_cancel_keeps_what_is_done_and_separate_goes_on(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, go_on: threading.Event
) -> None:
    window.open([write_song(tmp_path / "long.wav", seconds=6)])
    wait_for_first_chunk(window, qtbot)
    window.actions_.cancel.trigger()
    go_on.set()
    qtbot.waitUntil(lambda: window.session.phase is Phase.READY, timeout=PATIENCE_MS)
    opened = window.session.song
    assert opened is not None and not opened.finished
    kept = opened.ready.total
    assert 0 < kept < opened.length
    assert "Stopped at" in window.status.work.text()
    window.actions_.separate.trigger()
    wait_until_separated(window, qtbot)
    assert window.session.song is opened


def test_the_part_under_the_playhead_is_separated_first(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, settings: Settings, go_on: threading.Event
) -> None:
    settings.separates_at_once = False
    window.open([write_song(tmp_path / "long.wav", seconds=20)])
    qtbot.waitUntil(lambda: window.session.phase is Phase.READY, timeout=PATIENCE_MS)
    window.player.seek(15 * RATE)
    window.actions_.separate.trigger()
    wait_for_first_chunk(window, qtbot)
    opened = window.session.song
    assert opened is not None
    assert opened.ready.covers(15 * RATE, 15 * RATE + 100)
    assert not opened.ready.covers(0, 100)


def test_closing_while_busy_waits_for_the_worker(
    window: MainWindow, song: Path, qtbot: QtBot
) -> None:
    window.open([song])
    wait_for_first_chunk(window, qtbot)
    window.close()
    assert window.thread_of_worker.isFinished()
    assert not window.isVisible()


@pytest.mark.parametrize("content", [b"", b"this is no song\n" * 100])
def test_a_bad_file_is_told_in_one_sentence(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, content: bytes
) -> None:
    bad = tmp_path / "bad.mp3"
    bad.write_bytes(content)
    drop(window, bad)
    qtbot.waitUntil(lambda: window.session.message is not None, timeout=PATIENCE_MS)
    assert window.banner.isVisible()
    text = window.banner.text.text()
    assert "bad.mp3" in text and text.endswith(".") and "\n" not in text
    assert window.session.phase is Phase.EMPTY
    window.actions_.dismiss.trigger()
    assert not window.banner.isVisible()


def test_a_missing_checkpoint_is_told_and_the_song_can_still_be_heard(
    qtbot: QtBot, qapp: QApplication, settings: Settings, song: Path, tmp_path: Path
) -> None:
    made = MainWindow(
        Look(qapp), settings=settings, player=Player(), checkpoint=tmp_path / "gone.safetensors"
    )
    qtbot.addWidget(made)
    made.open([song])
    qtbot.waitUntil(lambda: made.session.message is not None, timeout=PATIENCE_MS)
    assert made.session.phase is Phase.READY
    made.actions_.play.trigger()
    assert made.player.playing
    made.close()


def test_an_export_onto_itself_is_refused_in_words(
    window: MainWindow, song: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([song])
    wait_until_separated(window, qtbot)
    (tmp_path / "Two Tones (Vocals).wav").touch()
    window.session.export(ExportPlan((Stem.VOCALS,), OutputFormat(), tmp_path))
    qtbot.waitUntil(lambda: window.session.message is not None, timeout=PATIENCE_MS)
    assert window.session.message is not None and window.session.message.is_error
    assert window.session.exported is None


def test_keys_switch_stems_play_seek_loop_and_zoom(
    window: MainWindow, song: Path, qtbot: QtBot
) -> None:
    window.open([song])
    wait_until_separated(window, qtbot)
    for key, stem in (
        (Qt.Key.Key_1, Stem.MIXTURE),
        (Qt.Key.Key_3, Stem.VOCALS),
        (Qt.Key.Key_2, Stem.INSTRUMENTAL),
    ):
        qtbot.keyClick(window, key)
        assert window.session.stem is stem and window.player.renderer.stem is stem
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert window.viewport.low_end and window.actions_.low_end.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Plus)
    assert window.viewport.span < window.viewport.length
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert window.player.renderer.loop is not None and window.actions_.loop.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert window.player.renderer.loop is None
    qtbot.keyClick(window, Qt.Key.Key_F)
    assert window.viewport.span == window.viewport.length
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert window.player.position() == 5 * RATE
    qtbot.keyClick(window, Qt.Key.Key_Home)
    assert window.player.position() == 0
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.player.playing and window.actions_.play.text() == "Pause"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not window.player.playing


def test_every_action_has_a_shortcut_of_its_own_and_a_name(window: MainWindow) -> None:
    keys: list[str] = []
    for action in window.actions_.all():
        assert action.text()
        assert not action.shortcut().isEmpty(), action.text()
        keys += [
            key.toString(QKeySequence.SequenceFormat.PortableText) for key in action.shortcuts()
        ]
    assert len(keys) == len(set(keys))


def test_every_action_is_in_a_menu(window: MainWindow) -> None:
    listed = {entry for menu in window.findChildren(QMenu) for entry in menu.actions()}
    assert set(window.actions_.all()) <= listed


def test_everything_to_press_has_a_name_and_is_reached_by_tab(window: MainWindow) -> None:
    central = window.centralWidget()
    assert central is not None
    pressed: list[QWidget] = [
        *central.findChildren(QAbstractButton),
        *central.findChildren(QAbstractSlider),
    ]
    assert len(pressed) > 15
    for widget in pressed:
        if widget.objectName().startswith("qt_") or "ScrollBar" in type(widget).__name__:
            continue
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_return_presses_a_focused_button(window: MainWindow, song: Path, qtbot: QtBot) -> None:
    window.open([song])
    wait_until_separated(window, qtbot)
    buttons = window.transport.findChildren(ActionButton)
    button = next(each for each in buttons if each.defaultAction() is window.actions_.low_end)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert window.viewport.low_end


def test_a_part_not_separated_says_that_the_mixture_plays(
    window: MainWindow, song: Path, qtbot: QtBot, settings: Settings
) -> None:
    settings.separates_at_once = False
    window.open([song])
    qtbot.waitUntil(lambda: window.session.phase is Phase.READY, timeout=PATIENCE_MS)
    window.actions_.play.trigger()
    qtbot.waitUntil(lambda: "you hear the mixture" in window.status.sound.text())


def test_the_export_dialog_remembers_the_last_choice(
    window: MainWindow, song: Path, tmp_path: Path, qtbot: QtBot, settings: Settings
) -> None:
    window.open([song])
    wait_until_separated(window, qtbot)
    opened = window.session.song
    assert opened is not None
    out = tmp_path / "out"
    out.mkdir()
    dialog = ExportDialog(opened, settings)
    qtbot.addWidget(dialog)
    dialog.stems[Stem.VOCALS].setChecked(False)
    dialog.file_format.setCurrentIndex(1)
    dialog.file_format.activated.emit(1)
    assert dialog.bit_depth.findData(BitDepth.FLOAT32) == -1
    dialog.folder.setText(str(out))
    assert dialog.names.text() == "Two Tones (Instrumental).flac"
    dialog.buttons.accepted.emit()
    expected = OutputFormat(FileFormat.FLAC, BitDepth.INT24)
    names = StemNames(title="Two Tones")
    assert dialog.plan == ExportPlan((Stem.INSTRUMENTAL,), expected, out, names=names)
    again = ExportDialog(opened, settings)
    qtbot.addWidget(again)
    assert not again.stems[Stem.VOCALS].isChecked()
    assert again.file_format.currentData() is FileFormat.FLAC
    assert again.folder.text() == str(out)


def test_the_export_dialog_asks_for_what_is_missing(
    window: MainWindow, song: Path, tmp_path: Path, qtbot: QtBot, settings: Settings
) -> None:
    window.open([song])
    wait_until_separated(window, qtbot)
    assert window.session.song is not None
    dialog = ExportDialog(window.session.song, settings)
    qtbot.addWidget(dialog)
    assert dialog.save.isEnabled()
    dialog.folder.setText(str(tmp_path / "nowhere"))
    assert not dialog.save.isEnabled() and "no such folder" in dialog.names.text()
    dialog.folder.setText(str(tmp_path))
    (tmp_path / "Two Tones (Vocals).wav").touch()
    dialog.bit_depth.setCurrentIndex(0)
    dialog.stems[Stem.INSTRUMENTAL].click()
    assert not dialog.save.isEnabled() and "there already" in dialog.names.text()
    dialog.overwrite.click()
    assert dialog.save.isEnabled()


def test_the_export_dialog_shows_the_names_as_they_are_typed(
    window: MainWindow, song: Path, qtbot: QtBot, settings: Settings
) -> None:
    settings.separates_at_once = False
    window.open([song])
    qtbot.waitUntil(lambda: window.session.phase is Phase.READY, timeout=PATIENCE_MS)
    assert window.session.song is not None
    dialog = ExportDialog(window.session.song, settings)
    qtbot.addWidget(dialog)
    dialog.template.setText("{stem} of {title} by {artist}")
    assert dialog.names.text().splitlines() == [
        "Instrumental of Two Tones by Unknown Artist.wav",
        "Vocals of Two Tones by Unknown Artist.wav",
    ]
    assert dialog.save.isEnabled()
    for template, sentence in (
        ("{song}", "The names need {stem}, since more than one stem is saved."),
        ("{year} {stem}", "Names cannot hold {year}; "),
        ("", "The names of the files are empty."),
    ):
        dialog.template.setText(template)
        assert dialog.names.text().startswith(sentence)
        assert not dialog.save.isEnabled()
    dialog.template.setText("{song}")
    dialog.stems[Stem.INSTRUMENTAL].click()
    dialog.overwrite.click()
    assert not dialog.save.isEnabled() and "song itself" in dialog.names.text()
    dialog.template.setText("{song} sung")
    dialog.buttons.accepted.emit()
    assert dialog.plan is not None
    assert dialog.plan.path(song, Stem.VOCALS).name == "Two Tones sung.wav"
    again = ExportDialog(window.session.song, settings)
    qtbot.addWidget(again)
    assert again.template.text() == "{song} sung"


def test_a_damaged_song_is_opened_and_the_damage_told(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "song.flac"
    noise = np.random.default_rng(1).uniform(-0.1, 0.1, (4 * RATE, 2))
    soundfile.write(path, noise, RATE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    window.open([path])
    qtbot.waitUntil(lambda: window.session.message is not None, timeout=60_000)
    message = window.session.message
    assert message is not None and not message.is_error
    assert "“song.flac” " in message.text and "what could be decoded is used" in message.text
    assert window.session.song is not None and window.session.song.length > RATE


def test_the_details_are_copied(qtbot: QtBot) -> None:
    dialog = DetailsDialog("line one\nline two")
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QApplication.clipboard().text() == "line one\nline two"


def test_the_about_window_gives_credit(qtbot: QtBot) -> None:
    dialog = AboutDialog(version="1.2", checkpoint=("default", "abc123"))
    qtbot.addWidget(dialog)
    text = dialog.text.toPlainText()
    for name in ("carperbr", "tsurumeso", "MMDenseLSTM", "Takahashi", "default", "abc123"):
        assert name in text
    assert len(REFERENCES) == 8


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_a_theme_is_found_again_from_its_palette(theme: object, qapp: QApplication) -> None:
    assert isinstance(theme, type(DARK))
    assert theme_of(palette(theme)) is theme
    assert "@" not in style_sheet(theme)


def test_the_window_follows_the_system_from_dark_to_light(
    window: MainWindow, qapp: QApplication
) -> None:
    assert theme_of(window.palette()) is DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme_of(window.palette()) is LIGHT
    assert window.song_view.before.theme is LIGHT
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme_of(window.palette()) is DARK


def test_settings_keep_their_types(tmp_path: Path) -> None:
    path = str(tmp_path / "kept.ini")
    first = Settings(QSettings(path, QSettings.Format.IniFormat))
    assert first.separates_at_once and first.volume == 1.0 and first.export_folder is None
    first.separates_at_once = False
    first.volume = 0.25
    first.export_stems = (Stem.VOCALS,)
    first.export_folder = tmp_path
    del first
    again = Settings(QSettings(path, QSettings.Format.IniFormat))
    assert not again.separates_at_once
    assert again.volume == 0.25
    assert again.export_stems == (Stem.VOCALS,)
    assert again.export_folder == tmp_path
