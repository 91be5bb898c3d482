"""The window lists checkpoints, uses them alone and together, and compares them by ear."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.phase import Phase
from app.settings import Settings
from app.window import MainWindow
from core.ensemble import CheckpointChoice, Combination
from core.library import Library
from core.training.untrained import write_untrained
from tests.dragging import drag_over, drop
from tests.songs import noise, write_song
from tests.tiny import TINY

LONG = 60_000  # ms; torch is loaded, with all the tests beside


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.safetensors"
    write_untrained(path, TINY, seed=9)
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The library, instead of the user's own."""
    monkeypatch.setattr("app.commands.default_library", lambda: tmp_path / "library")
    monkeypatch.setattr("app.commands.default_checkpoint_path", lambda: checkpoint)
    yield tmp_path / "library"


def song_of(tmp_path: Path) -> Path:
    return write_song(tmp_path / "song.wav", noise(3 * 44_100))


def wait_for(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=LONG)


def separated(window: MainWindow) -> bool:
    song = window.session.song
    return song is not None and song.finished and window.session.phase is Phase.READY


def test_a_dropped_checkpoint_is_imported_and_separates_the_open_song_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, other: Path, folder: Path
) -> None:
    window.open([song_of(tmp_path)])
    wait_for(qtbot, lambda: separated(window))
    first = window.session.checkpoint
    before = window.session.song
    drop(window, other)
    wait_for(qtbot, lambda: separated(window) and window.session.song is not before)
    assert window.session.checkpoint != first
    assert window.settings.checkpoints == CheckpointChoice((folder / "other.safetensors",))


def test_a_dropped_file_that_is_none_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "odd.pth"
    path.write_bytes(b"PK\x03\x04")
    drop(window, path)
    wait_for(qtbot, lambda: bool(window.session.message and window.session.message.is_error))
    message = window.session.message
    assert message is not None and "odd.pth" in message.text
    assert window.settings.checkpoints is None
    assert not folder.exists()


def test_a_checkpoint_over_the_window_is_told_from_a_song(
    window: MainWindow, tmp_path: Path, other: Path
) -> None:
    titles = []
    for path in (other, song_of(tmp_path)):
        drag_over(window, path)
        titles.append(window.header.title.text())
        window.dragLeaveEvent(QDragLeaveEvent())
    assert titles == ["Drop to use this checkpoint", "Drop to open"]


@pytest.mark.parametrize("width", [0, 1200])
def test_no_button_of_the_dialog_is_cut_off_or_stands_apart(window: MainWindow, width: int) -> None:
    window.actions_.checkpoints.trigger()
    dialog = window.commands.checkpoints.dialog
    assert dialog is not None
    dialog.resize(width, 480)
    QApplication.processEvents()
    for button in (dialog.add, dialog.delete, dialog.compare, dialog.use):
        assert button.width() >= button.sizeHint().width(), button.text()
    close = dialog.findChild(QDialogButtonBox)
    assert close is not None
    assert close.x() - dialog.use.geometry().right() < 30
    dialog.close()


def test_the_dialog_shows_uses_combines_and_deletes(
    window: MainWindow,
    qtbot: QtBot,
    checkpoint: Path,
    other: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Library(folder, checkpoint).add(other)
    chosen: list[CheckpointChoice] = []
    window.commands.checkpoints.chosen.connect(chosen.append)
    window.actions_.checkpoints.trigger()
    dialog = window.commands.checkpoints.dialog
    assert dialog is not None
    assert [dialog.list.item(row).text() for row in range(2)] == [
        "untrained  (in use)",
        "untrained",
    ]
    assert "Frame transformer" in dialog.text.toPlainText()
    assert not dialog.delete.isEnabled()
    assert not dialog.combination.isEnabled()
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.combination.isEnabled()
    dialog.combination.setCurrentIndex(dialog.combination.findData(Combination.MINIMUM))
    dialog.use.click()
    both = CheckpointChoice((checkpoint, folder / "other.safetensors"), Combination.MINIMUM)
    assert chosen == [both]
    assert window.settings.checkpoints == both
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.use.click()
    assert window.settings.checkpoints is None
    dialog.list.setCurrentRow(1)
    monkeypatch.setattr(
        "app.checkpoint_dialog.QMessageBox.question",
        lambda *words: (
            __import__("PySide6.QtWidgets", fromlist=["QMessageBox"]).QMessageBox.StandardButton.Yes
        ),
    )
    dialog.delete.click()
    assert dialog.list.count() == 1
    assert list(folder.iterdir()) == []
    dialog.close()


def test_two_checkpoints_are_compared_by_a_blind_test(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, checkpoint: Path, other: Path, folder: Path
) -> None:
    Library(folder, checkpoint).add(other)
    window.open([song_of(tmp_path)])
    wait_for(qtbot, lambda: separated(window))
    window.actions_.checkpoints.trigger()
    dialog = window.commands.checkpoints.dialog
    assert dialog is not None
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.compare.click()
    compare = window.commands.mixer.compare
    wait_for(qtbot, lambda: compare.dialog is not None)
    assert compare.dialog is not None
    assert compare.dialog.pairs.currentText() == "untrained and untrained"
    loop = window.player.renderer.loop
    assert loop is not None
    (region,) = window.session.takes.regions
    made = [take.take.settings.checkpoint for take in region.takes]
    assert made == [checkpoint, folder / "other.safetensors"]
    compare.dialog.close()


def test_the_choice_is_remembered_and_a_file_that_is_gone_forgotten(
    settings: Settings, other: Path
) -> None:
    choice = CheckpointChoice((other,), Combination.MAXIMUM)
    settings.checkpoints = choice
    assert settings.checkpoints == choice
    other.unlink()
    assert settings.checkpoints is None
    settings.checkpoints = None
    assert settings.checkpoints is None
