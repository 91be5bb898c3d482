"""A region is run again from the window, heard, compared, named, undone, deleted and exported."""

import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from app.jobs import TakeJob
from app.phase import Phase
from app.settings import Settings
from app.song import Song
from app.window import MainWindow
from core.cache import Cache
from core.export_plan import ExportPlan
from core.formats import OutputFormat
from core.stems import Stem
from core.takes import Region
from tests.songs import noise, tones, write_song

PATIENCE_MS = 120_000  # of a machine that does much beside
RATE = 44_100
SECONDS = 4
REGION = Region(RATE, 2 * RATE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    samples = tones(SECONDS * RATE) + noise(SECONDS * RATE)
    return write_song(tmp_path / "song.wav", samples, subtype="FLOAT")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def open_song(window: MainWindow, path: Path, qtbot: QtBot) -> Song:
    window.open([path])
    session = window.session
    qtbot.waitUntil(
        lambda: session.song is not None and session.song.finished and not session.busy,
        timeout=PATIENCE_MS,
    )
    assert session.song is not None
    window.commands.playback.set_loop((REGION.start, REGION.stop))
    return session.song


def run_again(window: MainWindow, qtbot: QtBot, *, strength: float = 2.0) -> None:
    count = len(window.session.takes.of(REGION).takes)
    window.commands.takes.panel.form.strength.setValue(round(20 * strength))
    window.actions_.run_again.trigger()
    assert window.session.phase is Phase.RETAKING
    qtbot.waitUntil(lambda: not window.session.busy, timeout=PATIENCE_MS)
    assert len(window.session.takes.of(REGION).takes) == count + 1


def vocals_of(song: Song) -> np.ndarray:
    assert song.vocals is not None
    return song.vocals[:, :]


def test_all_of_it_is_hidden_until_asked_for(window: MainWindow) -> None:
    assert not window.commands.takes.panel.isVisible()
    assert not window.actions_.run_again.isEnabled()


def test_a_region_is_run_again_heard_and_undone(
    window: MainWindow, path: Path, settings: Settings, qtbot: QtBot
) -> None:
    song = open_song(window, path, qtbot)
    first = vocals_of(song)
    run_again(window, qtbot)
    panel = window.commands.takes.panel
    assert panel.isVisible() and settings.shows_takes and window.actions_.takes.isChecked()
    rows = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert rows == ["First result", "Take 1\nstrength 200 %"]
    assert panel.list.currentRow() == 1
    taken = vocals_of(song)
    inside = slice(REGION.start, REGION.stop)
    assert np.array_equal(taken[:, : REGION.start], first[:, : REGION.start])
    assert np.array_equal(taken[:, REGION.stop :], first[:, REGION.stop :])
    assert not np.allclose(taken[:, inside], first[:, inside], atol=1e-4)
    assert "Run Region Again" in window.actions_.undo.text()
    window.actions_.undo.trigger()
    assert song.vocals is song.separated and panel.list.count() == 1
    window.actions_.redo.trigger()
    assert np.array_equal(vocals_of(song), taken) and panel.list.count() == 2


def test_choosing_switches_and_is_undone_as_one(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    song = open_song(window, path, qtbot)
    run_again(window, qtbot)
    panel, takes = window.commands.takes.panel, window.session.takes
    taken = vocals_of(song)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Up)
    assert takes.of(REGION).chosen == 0 and song.vocals is song.separated
    window.actions_.next_take.trigger()
    assert takes.of(REGION).chosen == 1 and panel.list.currentRow() == 1
    window.actions_.next_take.trigger()
    assert takes.of(REGION).chosen == 0
    window.actions_.undo.trigger()
    assert takes.of(REGION).chosen == 1 and np.array_equal(vocals_of(song), taken)


def test_switching_takes_leaves_no_click(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    song = open_song(window, path, qtbot)
    run_again(window, qtbot)
    renderer = window.player.renderer
    window.session.choose(Stem.VOCALS)
    window.player.seek(REGION.start + 5_000)
    window.player._clock.stop()
    renderer.playing = True
    blocks = []
    for _ in range(12):
        block = np.empty((512, 2), np.float32)
        renderer.render(block)
        blocks.append(block)
        window.actions_.next_take.trigger()
    assert song.vocals is not None
    heard = np.concatenate(blocks).T
    parts = (song.separated, window.session.takes.vocals_with(REGION, 1))
    steepest = max(
        float(np.abs(np.diff(part[:, REGION.start : REGION.stop])).max())
        for part in parts
        if part is not None
    )
    for before, after in pairwise(range(512, heard.shape[1], 512)):
        assert after > before
        assert np.abs(heard[:, before] - heard[:, before - 1]).max() < 1.5 * steepest


def test_takes_are_named_and_deleted(
    window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = open_song(window, path, qtbot)
    run_again(window, qtbot)
    run_again(window, qtbot, strength=0.5)
    panel, takes = window.commands.takes.panel, window.session.takes
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (" Soft ", True))
    panel.rename.trigger()
    assert [each.name for each in takes.of(REGION).takes] == ["Take 1", "Soft"]
    panel.list.setCurrentRow(1)
    panel.remove.trigger()
    assert [each.name for each in takes.of(REGION).takes] == ["Soft"]
    assert takes.of(REGION).chosen == 0 and song.vocals is song.separated
    window.actions_.undo.trigger()
    assert [each.name for each in takes.of(REGION).takes] == ["Take 1", "Soft"]
    assert takes.of(REGION).chosen == 1


def test_the_chosen_take_is_exported_and_the_stems_sum(
    window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    song = open_song(window, path, qtbot)
    run_again(window, qtbot)
    out = tmp_path / "out"
    out.mkdir()
    plan = ExportPlan((Stem.INSTRUMENTAL, Stem.VOCALS), OutputFormat(), out)
    window.session.export(plan)
    qtbot.waitUntil(lambda: window.session.exported is not None, timeout=PATIENCE_MS)
    report = window.session.exported
    assert report is not None and report.is_null
    saved, _ = soundfile.read(report.paths[Stem.VOCALS], dtype="float32")
    gain = 10 ** (report.gain_db / 20)
    assert np.allclose(saved.T, gain * vocals_of(song), atol=2e-6)


def test_a_region_is_run_again_before_the_rest_which_then_goes_on(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, go_on: threading.Event
) -> None:
    long = write_song(tmp_path / "long.wav", noise(20 * RATE))
    window.open([long])
    session = window.session
    qtbot.waitUntil(
        lambda: session.song is not None and session.song.ready.total > 0, timeout=PATIENCE_MS
    )
    assert session.song is not None and not session.song.finished
    region = Region(15 * RATE, 17 * RATE)
    window.commands.playback.set_loop((region.start, region.stop))
    window.actions_.run_again.trigger()
    go_on.set()
    qtbot.waitUntil(lambda: bool(session.takes.of(region).takes), timeout=PATIENCE_MS)
    assert session.song.ready.covers(region.start, region.stop)
    qtbot.waitUntil(lambda: session.song is not None and session.song.finished, timeout=PATIENCE_MS)
    assert session.takes.heard and session.song.vocals is not session.song.separated


def test_a_cancelled_run_leaves_what_was(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    song = open_song(window, path, qtbot)
    window.actions_.run_again.trigger()
    window.actions_.cancel.trigger()
    qtbot.waitUntil(lambda: not window.session.busy, timeout=PATIENCE_MS)
    if not window.session.takes.regions:  # else it was done before it was told to stop
        assert song.vocals is song.separated and window.session.message is None


def test_what_cannot_be_done_is_said_in_a_sentence(
    window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    song = open_song(window, path, qtbot)
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"no checkpoint")
    window.commands.takes.panel.form.offer(bad)
    window.actions_.run_again.trigger()
    qtbot.waitUntil(lambda: not window.session.busy, timeout=PATIENCE_MS)
    message = window.session.message
    assert message is not None and message.is_error and "bad.safetensors" in message.text
    assert song.vocals is song.separated and not window.session.takes.regions


def test_another_checkpoint_makes_another_take(
    window: MainWindow, path: Path, checkpoint: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    open_song(window, path, qtbot)
    other = tmp_path / "other.safetensors"
    other.write_bytes(checkpoint.read_bytes())
    form = window.commands.takes.panel.form
    form.offer(other)
    form.augmented.setChecked(True)
    assert (form.settings.checkpoint, form.settings.augmented) == (other, True)
    run_again(window, qtbot, strength=1.0)
    row = window.commands.takes.panel.list.item(1).text()
    assert row == "Take 1\nother, three pitches"


def test_a_blind_test_offers_the_takes_of_the_region(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    open_song(window, path, qtbot)
    run_again(window, qtbot)
    window.actions_.blind_test.trigger()
    dialog = window.commands.mixer.compare.dialog
    assert dialog is not None
    assert dialog.pairs.itemText(0) == "First result and Take 1"
    qtbot.waitUntil(dialog.hear_b.isEnabled, timeout=PATIENCE_MS)
    dialog.hear_b.trigger()
    heard = window.player.renderer.heard
    expected = window.session.takes.vocals_with(REGION, 1)
    assert heard.vocals is not None and expected is not None
    assert np.array_equal(heard.vocals[:, :], expected[:, :])
    dialog.reject()
    assert window.player.renderer.heard.vocals is None


def test_another_song_has_no_takes_and_the_first_has_them_again(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    song = open_song(window, path, qtbot)
    run_again(window, qtbot)
    taken = vocals_of(song)
    other = write_song(path.parent / "other.wav", noise(SECONDS * RATE))
    open_song(window, other, qtbot)
    assert not window.session.takes.regions
    assert not window.actions_.undo.isEnabled()
    assert window.commands.takes.panel.list.count() == 1
    again = open_song(window, path, qtbot)
    assert window.commands.takes.panel.list.currentRow() == 1
    assert np.array_equal(vocals_of(again), taken)


def test_a_song_that_was_changed_has_no_takes_any_more(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    open_song(window, path, qtbot)
    run_again(window, qtbot)
    write_song(path, noise(SECONDS * RATE), subtype="FLOAT")
    open_song(window, path, qtbot)
    assert not window.session.takes.regions


def test_a_region_with_takes_is_found_again(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    open_song(window, path, qtbot)
    run_again(window, qtbot)
    window.commands.playback.set_loop(None)
    panel = window.commands.takes.panel
    assert panel.list.count() == 0 and panel.regions.count() == 1
    assert panel.regions.itemText(0) == "0:01.0 – 0:02.0"
    panel.regions.activated.emit(0)
    assert window.player.renderer.loop == (REGION.start, REGION.stop)
    assert panel.list.currentRow() == 1


def test_a_take_job_is_a_separation_that_begins_before_its_region(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    open_song(window, path, qtbot)
    jobs: list[object] = []
    window.session.asked.connect(jobs.append)
    window.actions_.run_again.trigger()
    (job,) = jobs
    assert isinstance(job, TakeJob) and job.position() < REGION.start
    qtbot.waitUntil(lambda: not window.session.busy, timeout=PATIENCE_MS)
