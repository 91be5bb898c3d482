"""The queue's panel shows how songs stand, and does with them what it is told."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.export_all_dialog import ExportAllDialog
from app.queue_items import Item, QueueFile, Status
from app.settings import Settings
from app.window import MainWindow
from core.cache import Cache
from core.export_plan import ExportPlan
from core.formats import OutputFormat
from core.naming import StemNames
from core.stems import Stem
from tests.dragging import drag_over
from tests.songs import tones, write_song

PATIENCE_MS = 60_000


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def queue_file(tmp_path: Path) -> QueueFile:
    return QueueFile(tmp_path / "queue.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three songs, one of them in a folder inside, and one that is none."""
    made = tmp_path / "music"
    (made / "inner").mkdir(parents=True)
    for number, name in enumerate(("a.wav", "b.flac", "inner/c.wav")):
        write_song(made / name, tones(44_100 + number))
    (made / "bad.wav").write_bytes(b"no song")
    return made


def open_folder(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.open([folder])
    qtbot.waitUntil(lambda: not window.session.intake.search.busy, timeout=PATIENCE_MS)


def standing(window: MainWindow) -> dict[str, Status]:
    return {item.path.name: item.status for item in window.session.queue.items}


def wait_until_worked_off(window: MainWindow, qtbot: QtBot) -> None:
    queue, session = window.session.queue, window.session
    qtbot.waitUntil(
        lambda: not session.busy and not queue.running and queue.active is None,
        timeout=PATIENCE_MS,
    )


def test_a_folder_is_worked_off_while_its_first_song_stays_open(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    open_folder(window, folder, qtbot)
    assert window.queue_panel.isVisible() and window.actions_.queue.isChecked()
    wait_until_worked_off(window, qtbot)
    done, failed = Status.DONE, Status.FAILED
    assert standing(window) == {"a.wav": done, "b.flac": done, "bad.wav": failed, "c.wav": done}
    assert window.session.info is not None and window.session.info.title == "a"
    assert "bad.wav" in window.session.queue.items[2].reason
    assert window.session.message is None
    assert window.queue_panel.total.text() == "3 of 4 done  ·  1 failed"
    assert Cache(tmp_path / "cache").count == 3
    window.queue_panel.songs.activated.emit(window.queue_panel.songs.queue_model.index(3))
    qtbot.waitUntil(lambda: window.session.song is not None, timeout=PATIENCE_MS)
    assert window.session.song is not None
    qtbot.waitUntil(lambda: not window.session.busy, timeout=PATIENCE_MS)
    assert window.session.song.finished and window.session.song.length == 44_102
    assert "kept" in window.status.work.text()


def test_all_songs_are_saved_with_one_template(
    window: MainWindow, folder: Path, tmp_path: Path, settings: Settings, qtbot: QtBot
) -> None:
    write_song(folder / "inner" / "a.wav", tones(20_000))
    open_folder(window, folder, qtbot)
    out = tmp_path / "out"
    out.mkdir()
    dialog = ExportAllDialog(window.session.queue, settings)
    qtbot.addWidget(dialog)
    dialog.stems[Stem.VOCALS].setChecked(False)
    dialog.folder.setText(str(out))
    dialog.template.setText("{title} - {stem}")
    assert dialog.names.text().splitlines()[:2] == ["a - Instrumental.wav", "b - Instrumental.wav"]
    dialog.buttons.accepted.emit()
    assert dialog.plan is not None
    window.session.queue.save_all(dialog.plan)
    wait_until_worked_off(window, qtbot)
    saved, failed = Status.SAVED, Status.FAILED
    assert [item.status for item in window.session.queue.items] == [
        saved,
        saved,
        failed,
        saved,
        saved,
    ]
    lengths = {path.name: soundfile.info(path).frames for path in out.iterdir()}
    assert lengths == {
        "a - Instrumental.wav": 44_100,
        "a - Instrumental (2).wav": 20_000,
        "b - Instrumental.wav": 44_101,
        "c - Instrumental.wav": 44_102,
    }


def test_an_empty_folder_saves_beside_each_song(
    window: MainWindow, folder: Path, settings: Settings, qtbot: QtBot
) -> None:
    open_folder(window, folder, qtbot)
    dialog = ExportAllDialog(window.session.queue, settings)
    qtbot.addWidget(dialog)
    assert dialog.folder.text() == "" and dialog.save.isEnabled()
    dialog.folder.setText(str(folder / "nowhere"))
    assert not dialog.save.isEnabled()
    dialog.folder.clear()
    dialog.buttons.accepted.emit()
    assert dialog.plan is not None and settings.export_folder is None
    window.session.queue.save_all(dialog.plan)
    wait_until_worked_off(window, qtbot)
    assert (folder / "inner" / "c (Vocals).wav").exists()
    assert (folder / "b (Instrumental).wav").exists()


def test_a_song_behind_goes_on_where_it_was_interrupted(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    first = write_song(tmp_path / "a.wav", tones(20_000))
    long = write_song(tmp_path / "b.wav", tones(120 * 44_100))
    window.open([first, long])
    queue = window.session.queue
    qtbot.waitUntil(
        lambda: queue.items[1].status is Status.SEPARATING and queue.items[1].share > 0.1,
        timeout=PATIENCE_MS,
    )
    reached = queue.items[1].share
    seen: list[Status] = []
    queue.changed.connect(lambda: seen.append(queue.items[1].status))
    window.open([first])
    qtbot.waitUntil(lambda: Status.WAITING in seen, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: queue.items[1].status is Status.SEPARATING, timeout=PATIENCE_MS)
    assert queue.items[1].share >= reached
    wait_until_worked_off(window, qtbot)
    assert queue.items[1].status is Status.DONE


@pytest.fixture
def kept(folder: Path, tmp_path: Path) -> None:
    """A queue from an earlier time, for the window to find."""
    waiting = (Item(folder / "a.wav"), Item(folder / "b.flac"))
    QueueFile(tmp_path / "queue.json").save(waiting)


def test_a_queue_from_an_earlier_time_waits_for_start(
    kept: None, window: MainWindow, qtbot: QtBot
) -> None:
    queue, run = window.session.queue, window.queue_panel.run
    qtbot.wait(200)
    assert not queue.running and queue.active is None
    assert run.text() == "Start" and run.isEnabled()
    assert window.status.work.text() == "Songs that wait in the queue from last time: 2  (Q)"
    run.trigger()
    wait_until_worked_off(window, qtbot)
    assert standing(window) == {"a.wav": Status.DONE, "b.flac": Status.DONE}


def test_a_queue_from_an_earlier_time_goes_on_when_a_song_is_opened(
    kept: None, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([write_song(tmp_path / "other.wav", tones(20_000))])
    wait_until_worked_off(window, qtbot)
    assert standing(window) == {"a.wav": Status.DONE, "b.flac": Status.DONE}
    assert window.session.info is not None and window.session.info.title == "other"


def test_one_song_does_not_bring_up_the_queue(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    window.open([folder / "a.wav"])
    wait_until_worked_off(window, qtbot)
    assert not window.queue_panel.isVisible() and not window.session.queue.items
    qtbot.keyClick(window, Qt.Key.Key_Q)
    assert window.queue_panel.isVisible()
    assert window.queue_panel.total.text() == "Drop songs or folders here."
    qtbot.keyClick(window, Qt.Key.Key_Q)
    assert not window.queue_panel.isVisible()


def test_the_queue_is_changed_by_keys(
    window: MainWindow, folder: Path, settings: Settings, qtbot: QtBot
) -> None:
    settings.separates_at_once = False
    open_folder(window, folder, qtbot)
    qtbot.waitUntil(lambda: not window.session.busy, timeout=PATIENCE_MS)
    panel, songs = window.queue_panel, window.queue_panel.songs
    window.activateWindow()
    songs.setFocus()
    qtbot.waitUntil(songs.hasFocus)
    volume = window.player.volume
    songs.setCurrentIndex(songs.queue_model.index(0))
    qtbot.keyClick(songs, Qt.Key.Key_Down)
    assert [path.name for path in songs.chosen_paths] == ["b.flac"]
    assert window.player.volume == volume
    qtbot.keyClick(songs, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert list(standing(window)) == ["b.flac", "a.wav", "bad.wav", "c.wav"]
    assert [path.name for path in songs.chosen_paths] == ["b.flac"]
    assert not panel.up.isEnabled() and panel.down.isEnabled()
    qtbot.keyClick(songs, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert list(standing(window)) == ["a.wav", "b.flac", "bad.wav", "c.wav"]
    qtbot.keyClick(songs, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert standing(window)["b.flac"] is Status.CANCELLED
    qtbot.keyClick(songs, Qt.Key.Key_Delete)
    assert list(standing(window)) == ["a.wav", "bad.wav", "c.wav"]
    assert panel.run.text() == "Start"
    panel.run.trigger()
    assert panel.run.text() == "Pause"
    wait_until_worked_off(window, qtbot)
    songs.setCurrentIndex(songs.queue_model.index(1))
    assert panel.retry.isEnabled()
    write_song(folder / "bad.wav", tones(5_000))
    qtbot.keyClick(songs, Qt.Key.Key_F5)
    wait_until_worked_off(window, qtbot)
    assert standing(window)["bad.wav"] is Status.DONE
    panel.clear.trigger()
    assert list(standing(window)) == ["a.wav"]


def test_songs_are_dragged_to_another_place_and_dropped_from_outside(
    window: MainWindow, folder: Path, settings: Settings, qtbot: QtBot
) -> None:
    settings.separates_at_once = False
    open_folder(window, folder, qtbot)
    qtbot.waitUntil(lambda: not window.session.busy, timeout=PATIENCE_MS)
    songs = window.queue_panel.songs
    model = songs.queue_model
    songs.setCurrentIndex(model.index(3))
    data = model.mimeData(songs.selectedIndexes())
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, model.index(-1))
    assert list(standing(window)) == ["a.wav", "c.wav", "b.flac", "bad.wav"]
    assert [path.name for path in songs.chosen_paths] == ["c.wav"]
    extra = write_song(folder / "z.wav", tones(5_000))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(extra))])
    end = QPointF(songs.viewport().rect().center() + QPoint(0, 40))
    event = QDropEvent(
        end,
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    songs.dropEvent(event)
    assert "z.wav" in standing(window)
    assert window.session.info is not None and window.session.info.title == "a"
    empty = QMimeData()
    (folder / "empty").mkdir()
    empty.setUrls([QUrl.fromLocalFile(str(folder / "empty"))])
    assert model.dropMimeData(empty, Qt.DropAction.CopyAction, -1, 0, model.index(-1))
    qtbot.waitUntil(lambda: window.session.message is not None, timeout=PATIENCE_MS)


def test_everything_in_the_panel_has_a_name(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    open_folder(window, folder, qtbot)
    panel, model = window.queue_panel, window.queue_panel.songs.queue_model
    for button in panel.widget().findChildren(QAbstractButton):
        assert button.accessibleName() and button.toolTip()
    assert panel.songs.accessibleName()
    wait_until_worked_off(window, qtbot)
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a.wav, Separated"
    assert "bad.wav" in str(model.data(model.index(2), Qt.ItemDataRole.ToolTipRole))
    assert not window.grab().isNull()


def test_saving_what_was_never_kept_separates_again(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([folder / "a.wav", folder / "b.flac"])
    wait_until_worked_off(window, qtbot)
    Cache(tmp_path / "cache").clear()
    plan = ExportPlan((Stem.VOCALS,), OutputFormat(), tmp_path, names=StemNames("{song}"))
    window.session.queue.save_all(plan)
    wait_until_worked_off(window, qtbot)
    assert np.abs(soundfile.read(tmp_path / "b.wav")[0]).max() > 0
    assert set(standing(window).values()) == {Status.SAVED}


def test_the_window_says_what_a_drop_would_do_and_what_goes_on_behind(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([write_song(tmp_path / "first.wav", tones(20_000))])
    wait_until_worked_off(window, qtbot)
    for path, title in ((folder / "a.wav", "Drop to open"), (folder, "Drop to queue")):
        drag_over(window, path)
        assert window.header.title.text() == title
        window.dragLeaveEvent(QDragLeaveEvent())
    open_folder(window, folder, qtbot)
    assert "In the queue: a.wav" in window.status.work.text()
    assert window.actions_.open_next.isEnabled()
    window.session.queue.remove([item.path for item in window.session.queue.items])
    assert not window.actions_.open_next.isEnabled()
    wait_until_worked_off(window, qtbot)
    assert "In the queue" not in window.status.work.text()


def test_the_panel_leaves_room_for_the_song(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.resize(1280, 820)
    open_folder(window, folder, qtbot)
    wait_until_worked_off(window, qtbot)
    assert window.width() == 1280
    assert window.queue_panel.width() < 400
