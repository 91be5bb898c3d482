"""A song that comes again is there at once, as it was."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.kept_dialog import KeptDialog
from app.player import Player
from app.session import Phase
from app.settings import Settings
from app.theme import Look
from app.window import MainWindow
from core.audio import Audio, probe
from core.cache import Cache
from core.stems import Stem
from tests.songs import noise, tones, write_song
from tests.tiny import tiny_checkpoint

PATIENCE_MS = 120_000  # of a machine that does much beside


@pytest.fixture(autouse=True)
def _no_loudspeaker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the machine's sound device."""
    monkeypatch.setitem(__import__("sys").modules, "sounddevice", None)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_checkpoint(tmp_path_factory.mktemp("checkpoint")).path


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, checkpoint: Path, cache: Cache, tmp_path: Path
) -> Iterator[MainWindow]:
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(
        Look(qapp), settings=Settings(store), player=Player(), checkpoint=checkpoint, cache=cache
    )
    qtbot.addWidget(made)
    yield made
    made.close()


def open_and_wait(window: MainWindow, song: Path, qtbot: QtBot) -> None:
    window.open([song])
    wait_until_separated(window, qtbot)


def wait_until_separated(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: bool(session.song and session.song.finished and session.phase is Phase.READY),
        timeout=PATIENCE_MS,
    )


def test_a_song_dropped_again_is_there_without_the_network(
    window: MainWindow, cache: Cache, tmp_path: Path, qtbot: QtBot
) -> None:
    song = write_song(tmp_path / "song.wav", tones(150_000))
    open_and_wait(window, song, qtbot)
    first = window.session.song
    assert first is not None and first.vocals is not None
    assert cache.count == 1
    moved = song.rename(tmp_path / "other name.wav")
    # What would be computed now would fail.
    window.worker._engine._separator = None
    window.worker._engine._choice.paths[0].touch()
    phases = []
    window.session.changed.connect(lambda: phases.append(window.session.phase))
    open_and_wait(window, moved, qtbot)
    again = window.session.song
    assert again is not None and again is not first and again.vocals is not None
    assert Phase.SEPARATING not in phases
    assert window.worker._engine._separator is None
    np.testing.assert_array_equal(again.vocals[:, :], first.vocals[:, :])
    assert again.ready.covers(0, again.length)
    for stem in Stem:
        difference = again.images[stem].levels[0].astype(int) - first.images[stem].levels[0]
        assert np.abs(difference).max() <= 1
        np.testing.assert_array_equal(
            again.peaks[stem].columns(0, again.length, 9),
            first.peaks[stem].columns(0, again.length, 9),
        )
    assert "kept" in window.status.work.text()


def test_a_damaged_entry_is_separated_anew(
    window: MainWindow, cache: Cache, tmp_path: Path, qtbot: QtBot
) -> None:
    song = write_song(tmp_path / "song.wav", tones(60_000))
    open_and_wait(window, song, qtbot)
    (entry,) = cache.folder.glob("*.vocals")
    entry.write_bytes(entry.read_bytes()[:5000])
    open_and_wait(window, song, qtbot)
    assert window.session.song is not None and window.session.song.vocals is not None
    recalled = cache.recall(entry.stem, shape=(2, 60_000))
    assert recalled is not None
    np.testing.assert_array_equal(recalled[:, :], window.session.song.vocals[:, :])


def test_an_engine_with_another_checkpoint_recalls_nothing(
    checkpoint: Path, cache: Cache, tmp_path: Path
) -> None:
    mixture = Audio(noise(30_000), 44_100)
    engine = Engine(checkpoint, cache)
    separation = engine.begin(mixture, tmp_path)
    for chunk in separation.chunks:
        separation.run(chunk)
    engine.keep(separation)
    assert Engine(checkpoint, cache).recall(mixture) is not None
    other = tmp_path / "other.safetensors"
    other.write_bytes(checkpoint.read_bytes() + b"\0")
    assert Engine(other, cache).recall(mixture) is None
    assert Engine(checkpoint, None).recall(mixture) is None


def test_an_interrupted_separation_goes_on_unless_the_file_changed(
    checkpoint: Path, tmp_path: Path
) -> None:
    path = write_song(tmp_path / "song.wav", tones(150_000))
    engine = Engine(checkpoint)
    separation = engine.begin(Audio(tones(150_000), 44_100), path)
    separation.run(separation.chunks[0])
    info = probe(path)
    engine.put_aside(info, separation)
    assert engine.take_up(tmp_path / "other.wav") is None
    taken = engine.take_up(path)
    assert taken is not None and taken.separation is separation
    assert engine.take_up(path) is None
    engine.put_aside(info, separation)
    write_song(path, tones(150_001))
    assert engine.take_up(path) is None


def test_a_song_left_half_separated_goes_on_where_it_was(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, go_on: threading.Event
) -> None:
    song = write_song(tmp_path / "song.wav", tones(8 * 44_100))
    window.open([song])
    session = window.session
    qtbot.waitUntil(lambda: bool(session.song and session.song.ready.total), timeout=PATIENCE_MS)
    first = session.song
    assert first is not None and not first.finished
    window.open([song])
    go_on.set()
    wait_until_separated(window, qtbot)
    again = session.song
    assert again is not None and again is not first and again.vocals is not None
    assert again.mixture is first.mixture and again.vocals is first.vocals
    assert again.ready.ranges == ((0, again.length),)
    np.testing.assert_array_equal(
        again.images[Stem.VOCALS].levels[0] > 0,
        again.drawing.image(again.vocals) > 0,
    )


def test_the_kept_separations_are_counted_and_cleared(qtbot: QtBot, cache: Cache) -> None:
    cache.keep("a", noise(150_000))
    cache.keep("b", noise(150_000))
    dialog = KeptDialog(cache)
    qtbot.addWidget(dialog)
    assert dialog.size_.text() == "2.4 MB of at most 4.0 GB · songs: 2"
    dialog.clear.click()
    assert dialog.size_.text() == "Nothing is kept"
    assert not dialog.clear.isEnabled()
    assert cache.count == 0
