"""A report holds what support needs, and nothing of where its user keeps things."""

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typer.testing import CliRunner

from app import logs, privacy, report
from app.cli import commands
from app.dialogs import DetailsDialog
from app.privacy import without_folders
from app.window import MainWindow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test alone, with settings and a log."""
    home = tmp_path / "home" / "ada"
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(home / "config")
    )
    store = QSettings("vocal-remover", "vocal-remover")
    store.setValue("export/folder", str(home / "Music" / "karaoke"))
    store.setValue("volume", 0.5)
    store.sync()
    log = home / "vocal-remover.log"
    log.write_text("2026-01-01 INFO app.gui: window shown\n", encoding="utf-8")
    monkeypatch.setattr(report, "log_path", lambda: log)
    return home


def test_a_report_tells_all_that_support_asks_for(home: Path) -> None:
    said = report.full_report()
    for needed in (
        "vocal-remover ",
        "Python 3.",
        "PySide6-Essentials ",
        "libsndfile 1.",
        "FFmpeg: ",
        "logical cores",
        "GiB of memory",
        "temporary files: ",
        "Sound devices",
        "sha256 ",
        "volume = '0.5'",
        "window shown",
    ):
        assert needed in said, needed


def test_a_report_names_no_folders(home: Path) -> None:
    said = report.full_report()
    assert str(home) not in said and "ada" not in said.replace("adapt", "")
    assert "…/karaoke" in said or "~" in said


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("No such file: '/mnt/music/My Songs/a b.wav'", "No such file: '…/a b.wav'"),
        ("cannot open /mnt/music/song.wav now", "cannot open …/song.wav now"),
        (r"cannot open 'C:\Users\Ada\Music\song.wav'", "cannot open '…/song.wav'"),
        (r"cannot open C:\Users\Ada\song.wav", "cannot open …/song.wav"),
        ("“a song.wav” is damaged.", "“a song.wav” is damaged."),
        ("44.1 kHz and/or 16/24 bit, 1/2", "44.1 kHz and/or 16/24 bit, 1/2"),
        ("see https://example.org/a/b", "see https://example.org/a/b"),
    ],
)
def test_of_a_path_only_its_last_name_is_left(text: str, left: str) -> None:
    assert without_folders(text) == left


def test_home_itself_becomes_a_tilde() -> None:
    assert without_folders(f"{Path.home()}") == "~"


def test_where_the_program_lies_is_left_out_but_not_its_files() -> None:
    line = f'File "{Path(privacy.__file__)}", line 3'
    assert without_folders(line) == 'File "<program>/app/privacy.py", line 3'


def test_the_log_names_no_folders_even_in_a_traceback(tmp_path: Path) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    path = tmp_path / "the.log"
    logs.start_logging(path)
    try:
        (tmp_path / "private place" / "song.wav").read_bytes()
    except OSError:
        logging.getLogger("app").exception("could not read %s", tmp_path / "private place")
    said = logs.log_text(path)
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    assert "FileNotFoundError" in said and "song.wav" in said
    assert str(tmp_path) not in said


def test_a_log_starts_anew_at_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LONGEST_LOG", 2_000)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.start_logging(tmp_path / "the.log")
    for number in range(200):
        logging.getLogger("app").info("line %d", number)
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 4_100
    assert "line 199" in logs.log_text(tmp_path / "the.log")


def test_the_command_line_prints_the_report(home: Path) -> None:
    done = CliRunner().invoke(commands, ["doctor", "--report"])
    assert done.exit_code == 0
    assert "Settings" in done.output and "window shown" in done.output


def test_the_window_copies_the_report(home: Path, window: MainWindow, qtbot: QtBot) -> None:
    dialog = DetailsDialog("the log", window)
    window.commands.report.copied.connect(dialog.on_report_copied)
    with qtbot.waitSignal(window.commands.report.copied, timeout=60_000):
        window.actions_.copy_report.trigger()
        assert not window.actions_.copy_report.isEnabled()
    assert "Versions" in QApplication.clipboard().text()
    assert window.session.message is not None and not window.session.message.is_error
    assert dialog.report.text() == "Report Copied"
    assert window.actions_.copy_report.isEnabled()


def test_closing_the_window_waits_for_the_report(window: MainWindow, home: Path) -> None:
    window.actions_.copy_report.trigger()
    window.close()
    thread = window.commands.report._thread
    assert thread is not None and not thread.is_alive()
