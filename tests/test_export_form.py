"""The export form offers every format, and a sidecar to those who ask for one."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.export_dialog import ExportDialog
from app.jobs import QueuedJob, Report
from app.pace import Pace
from app.queued_work import work_off
from app.session import Phase
from app.settings import Settings
from app.song import Song
from app.status import result_text
from app.window import MainWindow
from core.again import check_plan, make_again
from core.audio import Audio, SongInfo
from core.export_plan import ExportPlan, ExportReport
from core.formats import FileFormat, OutputFormat, Quality
from core.sidecar_reading import read_sidecar
from core.stems import Stem
from tests.songs import noise, tones, write_song

PATIENCE_MS = 30_000


def opened_song(folder: Path, *, channels: int = 2) -> Song:
    path = write_song(folder / "song.wav", noise(1000, channels=channels))
    info = SongInfo(path, "song", "", "", "WAV", 44_100, channels, 1000, 1000 / 44_100)
    song = Song(info, Audio(noise(1000, channels=channels), 44_100))
    song.finished = True
    return song


def choose(dialog: ExportDialog, file_format: FileFormat) -> None:
    index = dialog.file_format.findData(file_format)
    dialog.file_format.setCurrentIndex(index)
    dialog.file_format.activated.emit(index)


@pytest.mark.parametrize("file_format", FileFormat)
def test_every_format_can_be_chosen_with_what_it_can_be_told(
    qtbot: QtBot, settings: Settings, tmp_path: Path, file_format: FileFormat
) -> None:
    dialog = ExportDialog(opened_song(tmp_path), settings)
    qtbot.addWidget(dialog)
    choose(dialog, file_format)
    assert dialog.bit_depth.isHidden() == file_format.is_lossy
    assert dialog.quality.isHidden() != file_format.is_lossy
    assert dialog.names.text().splitlines()[0] == f"song (Instrumental){file_format.suffix}"
    dialog.quality.setCurrentIndex(dialog.quality.findData(Quality.SMALL))
    dialog.buttons.accepted.emit()
    assert dialog.plan is not None and dialog.plan.output.file_format is file_format
    again = ExportDialog(opened_song(tmp_path), settings)
    qtbot.addWidget(again)
    assert again.file_format.currentData() is file_format
    assert again.quality.currentData() is Quality.SMALL
    assert again.make_plan().output == dialog.plan.output


def test_a_format_that_lacks_channels_says_so_at_once(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = ExportDialog(opened_song(tmp_path, channels=6), settings)
    qtbot.addWidget(dialog)
    choose(dialog, FileFormat.MP3)
    assert "MP3 cannot hold 6 channels" in dialog.names.text()
    assert not dialog.save.isEnabled()
    choose(dialog, FileFormat.OPUS)
    assert dialog.save.isEnabled()


def test_who_does_not_ask_gets_no_sidecar(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    dialog = ExportDialog(opened_song(tmp_path), settings)
    qtbot.addWidget(dialog)
    assert not dialog.sidecar.isChecked() and not dialog.make_plan().sidecar
    dialog.sidecar.click()
    assert dialog.names.text().splitlines()[-1] == "song (Sidecar).json"


def exported(
    window: MainWindow, settings: Settings, qtbot: QtBot, file_format: FileFormat, out: Path
) -> ExportReport:
    session = window.session
    assert session.song is not None
    out.mkdir()
    dialog = ExportDialog(session.song, settings)
    qtbot.addWidget(dialog)
    choose(dialog, file_format)
    if not dialog.sidecar.isChecked():
        dialog.sidecar.click()
    dialog.folder.setText(str(out))
    dialog.buttons.accepted.emit()
    assert dialog.plan is not None
    session.exported = None
    session.export(dialog.plan)
    qtbot.waitUntil(lambda: session.exported is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE_MS)
    report: ExportReport | None = session.exported
    assert report is not None
    return report


def test_what_the_window_saved_is_made_again_bit_for_bit(
    window: MainWindow, settings: Settings, checkpoint: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    song = write_song(tmp_path / "song.wav", tones(4 * 48_000, rate=48_000), rate=48_000)
    window.open([song])
    session = window.session
    qtbot.waitUntil(lambda: bool(session.song and session.song.finished), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE_MS)
    for file_format in (FileFormat.FLAC, FileFormat.MP3):
        report = exported(window, settings, qtbot, file_format, tmp_path / file_format.value)
        assert report.sidecar is not None
        sidecar = read_sidecar(report.sidecar)
        assert sidecar.computation.device == "cpu" and sidecar.computation.dtype
        plan = check_plan(sidecar, song, tmp_path / "again", overwrite=True)
        made = make_again(sidecar, song, plan, [checkpoint])
        assert all(made.identical.values()), made.differences


def test_the_window_says_what_a_lossy_format_did(
    window: MainWindow, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([write_song(tmp_path / "song.wav", tones(3 * 44_100))])
    session = window.session
    qtbot.waitUntil(lambda: bool(session.song and session.song.finished), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE_MS)
    report = exported(window, settings, qtbot, FileFormat.OPUS, tmp_path / "out")
    assert report.output == OutputFormat(FileFormat.OPUS)
    text = result_text(report)
    assert "Opus does not hold 44,100 Hz: saved at 48,000 Hz." in text
    assert "Opus is lossy: the stems sum to the song but for noise" in text
    assert "It puts 312 samples before the song" in text
    assert "on time to the sample" in text
    assert "Null test" not in text
    assert report.offsets == dict.fromkeys((Stem.INSTRUMENTAL, Stem.VOCALS), 0)


def test_songs_of_the_queue_get_their_sidecars_too(tmp_path: Path, checkpoint: Path) -> None:
    song = write_song(tmp_path / "song.wav", noise(60_000))
    plan = ExportPlan((Stem.VOCALS,), OutputFormat(FileFormat.OGG), tmp_path, sidecar=True)
    engine, told = Engine(checkpoint), list[Report]()
    for _ in range(2):  # the second finds the names taken
        work_off(QueuedJob(song, lambda: False, plan), engine, Pace(), told.append)
    names = sorted(path.name for path in tmp_path.glob("*Sidecar*"))
    assert names == ["song (Sidecar) (2).json", "song (Sidecar).json"]
    first, second = (read_sidecar(tmp_path / name) for name in names)
    assert first.song == second.song and first.vocals_sha256 == second.vocals_sha256
    plan = check_plan(first, song, tmp_path / "again", overwrite=False)
    assert make_again(first, song, plan, [checkpoint]).identical == {Stem.VOCALS: True}
