"""What was cut short when the program ended is offered at its next start, and goes on."""

import gc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.player import Player
from app.queue_items import Status
from app.session import Phase
from app.settings import Settings
from app.theme import Look
from app.unfinished import offer_unfinished
from app.window import MainWindow
from core.audio import Audio
from core.cache import Cache
from core.estimator import Estimator
from core.export_plan import ExportPlan
from core.formats import OutputFormat
from core.separation import Separation
from core.stems import Stem
from tests.songs import noise, write_song

LENGTH = 150_000
PATIENCE_MS = 60_000


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


@pytest.fixture
def song(tmp_path: Path, cache: Cache, checkpoint: Path) -> Path:
    """A song of which two chunks were separated before the program ended."""
    path = write_song(tmp_path / "song.wav", noise(LENGTH), subtype="FLOAT")
    separation = Engine(checkpoint, cache).begin(Audio(noise(LENGTH), 44_100), path)
    for chunk in separation.chunks[:2]:
        separation.run(chunk)
    return path


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, checkpoint: Path, settings: Settings, cache: Cache,
    no_loudspeaker: None,
) -> Iterator[MainWindow]:  # fmt: skip
    made = MainWindow(
        Look(qapp), settings=settings, player=Player(), checkpoint=checkpoint, cache=cache
    )
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def whole(checkpoint: Path) -> np.ndarray:
    separation = Engine(checkpoint).begin(Audio(noise(LENGTH), 44_100), Path("song.wav"))
    for chunk in separation.chunks:
        separation.run(chunk)
    return separation.vocals[:, :]


def test_dropped_again_it_computes_only_what_is_left(
    song: Path, window: MainWindow, cache: Cache, checkpoint: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    gc.collect()
    computed: list[int] = []
    put = Separation._put

    def noted(self: Separation, index: int, voice: np.ndarray, low: int) -> None:
        computed.append(index)
        put(self, index, voice, low)

    monkeypatch.setattr(Separation, "_put", noted)
    window.open([song])
    session = window.session
    qtbot.waitUntil(
        lambda: bool(session.song and session.song.finished and session.phase is Phase.READY),
        timeout=PATIENCE_MS,
    )
    assert session.song is not None and session.song.vocals is not None
    assert sorted(computed) == [2, 3, 4]
    assert cache.unfinished() == [] and cache.count == 1
    # The window tries which number of threads is quickest, and the last bits depend on it.
    np.testing.assert_allclose(session.song.vocals[:, :], whole(checkpoint), atol=1e-6)
    assert session.song.pictured.covers(0, LENGTH)


def test_at_the_start_it_waits_in_the_queue_and_a_sentence_says_so(
    song: Path, window: MainWindow, cache: Cache, tmp_path: Path, qtbot: QtBot
) -> None:
    gc.collect()
    gone = tmp_path / "gone.wav"
    offer_unfinished(window.session, [*cache.unfinished(), gone])
    assert [(item.path, item.status) for item in window.session.queue.items] == [
        (song, Status.WAITING)
    ]
    assert "“song.wav” was not finished last time" in window.banner.text.text()
    assert not window.session.queue.running
    window.session.queue.start()
    qtbot.waitUntil(
        lambda: window.session.queue.items[0].status is Status.DONE, timeout=PATIENCE_MS
    )
    assert cache.unfinished() == []


@pytest.mark.parametrize("ending", ["crash", "another song", "close"])
def test_a_song_too_long_to_be_kept_waits_until_it_is_saved_or_given_up(
    ending: str, tmp_path: Path, checkpoint: Path
) -> None:
    small = Cache(tmp_path / "kept", limit=1000)
    engine, path = Engine(checkpoint, small), tmp_path / "long.wav"
    separation = engine.begin(Audio(noise(LENGTH), 44_100), path)
    for chunk in separation.chunks:
        separation.run(chunk)
    engine.keep(separation)
    assert small.unfinished() == []  # this program still has it
    if ending == "another song":
        engine.begin(Audio(noise(1000), 44_100), tmp_path / "other.wav")
    elif ending == "close":
        engine.let_go()
    del engine, separation
    gc.collect()
    assert (path in small.unfinished()) == (ending == "crash")
    if ending == "crash":
        again = Engine(checkpoint, small).begin(Audio(noise(LENGTH), 44_100), path)
        assert again.finished


def test_a_song_too_long_to_be_kept_is_let_go_when_it_is_saved(
    window: MainWindow, cache: Cache, tmp_path: Path, qtbot: QtBot
) -> None:
    cache.limit = 1000
    song = write_song(tmp_path / "long.wav", noise(LENGTH))
    plan = ExportPlan((Stem.VOCALS,), OutputFormat(), tmp_path / "out")
    window.open([song])
    session = window.session
    qtbot.waitUntil(
        lambda: bool(session.song and session.song.finished and session.phase is Phase.READY),
        timeout=PATIENCE_MS,
    )
    assert len(list(cache.folder.iterdir())) == 2
    session.export(plan)
    qtbot.waitUntil(lambda: session.exported is not None, timeout=PATIENCE_MS)
    assert list(cache.folder.iterdir()) == []


def test_nothing_is_said_where_nothing_was_cut_short(window: MainWindow, tmp_path: Path) -> None:
    offer_unfinished(window.session, [])
    offer_unfinished(window.session, [tmp_path / "gone.wav"])
    assert window.session.message is None and not window.session.queue.items


def test_several_are_told_by_their_number(window: MainWindow, tmp_path: Path) -> None:
    songs = [write_song(tmp_path / f"{n}.wav", noise(1000)) for n in range(3)]
    offer_unfinished(window.session, songs)
    assert "not finished last time: 3." in window.banner.text.text()


def test_a_lack_of_memory_is_told_in_the_window_while_the_work_goes_on(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice, asked = Estimator._in_pieces, []

    def short(self: Estimator, *arguments: object) -> np.ndarray:
        asked.append(self._pieces)
        if len(asked) == 1:
            raise MemoryError
        return voice(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Estimator, "_in_pieces", short)
    monkeypatch.setattr("core.estimator._FEWEST_FRAMES", 1)
    window.open([write_song(tmp_path / "song.wav", noise(LENGTH))])
    session = window.session
    qtbot.waitUntil(lambda: bool(session.song and session.song.finished), timeout=PATIENCE_MS)
    assert set(asked[1:]) == {2}
    assert session.message is not None and not session.message.is_error
    assert "too little memory" in window.banner.text.text()
