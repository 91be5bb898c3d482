"""Songs follow each other without a pause, in order, and none disturbs the others."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app import cli_batch, cli_steps
from app.cli_batch import run_batch
from app.cli_plan import Request, Task
from app.cli_report import Outcome
from core.ensemble import CheckpointChoice
from core.formats import OutputFormat
from core.mix import PLAIN
from core.naming import DEFAULT_NAMES
from core.stems import Stem
from tests.shortage import allow_threads
from tests.songs import noise, write_song

PATIENCE = 60.0


class Listener:
    """Keeps what a reporter hears, and the threads that it heard it from."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.finished: list[Outcome] = []
        self.shares: list[float] = []
        self.threads: set[int] = set()

    def note(self, text: str) -> None:
        pass

    def start(self, song: Path, *, number: int, songs: int) -> None:
        self.threads.add(threading.get_ident())
        self.started.append(song.name)

    def progress(self, fraction: float) -> None:
        self.shares.append(fraction)

    def finish(self, outcome: Outcome) -> None:
        self.threads.add(threading.get_ident())
        self.finished.append(outcome)


def request_for(songs: list[Path], checkpoint: Path) -> Request:
    return Request(
        paths=songs,
        folder=songs[0].parent / "out",
        stems=(Stem.INSTRUMENTAL, Stem.VOCALS),
        output=OutputFormat(),
        names=DEFAULT_NAMES,
        overwrite=False,
        numbered=False,
        picture=False,
        keep_low_end_hz=None,
        vocals_db=PLAIN.vocals_db,
        sample_seconds=0.0,
        device="cpu",
        checkpoint=CheckpointChoice((checkpoint,)),
    )


@pytest.fixture
def songs(tmp_path: Path) -> list[Path]:
    return [write_song(tmp_path / f"{n}.wav", noise(44_100 + n)) for n in range(4)]


def test_the_next_song_is_separated_while_the_last_is_saved(
    songs: list[Path], checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    separated = {song: threading.Event() for song in songs}
    separate, save = cli_steps.separate, cli_steps.save

    def separate_and_tell(task: Task, *others: object, **options: object) -> cli_steps.Separated:
        found = separate(task, *others, **options)  # type: ignore[arg-type]
        separated[task.song].set()
        return found

    def save_after_the_next(task: Task, *others: object, **options: object) -> Outcome:
        place = songs.index(task.song)
        if place + 1 < len(songs):
            assert separated[songs[place + 1]].wait(PATIENCE)  # it would never come, in turn
        return save(task, *others, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(cli_steps, "separate", separate_and_tell)
    monkeypatch.setattr(cli_steps, "save", save_after_the_next)
    listener = Listener()
    assert run_batch(request_for(songs, checkpoint), listener) == 0
    assert [outcome.song for outcome in listener.finished] == songs
    assert {outcome.status for outcome in listener.finished} == {"written"}


def test_beside_a_graphics_card_several_songs_are_saved_at_once(
    songs: list[Path], checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cli_batch._savers_beside", lambda device_type: 2)
    together, save = threading.Barrier(2), cli_steps.save

    def save_in_pairs(task: Task, *others: object, **options: object) -> Outcome:
        together.wait(PATIENCE)  # broken unless another song is being saved too
        return save(task, *others, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(cli_steps, "save", save_in_pairs)
    listener = Listener()
    assert run_batch(request_for(songs, checkpoint), listener) == 0
    assert [outcome.song for outcome in listener.finished] == songs


def test_the_next_song_is_read_while_one_is_separated(
    songs: list[Path], checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = {song: threading.Event() for song in songs}
    read, separate = cli_steps.read, cli_steps.separate

    def read_and_tell(task: Task, **options: object) -> cli_steps.Read:
        begun[task.song].set()
        return read(task, **options)  # type: ignore[arg-type]

    def separate_after(task: Task, *others: object, **options: object) -> cli_steps.Separated:
        place = songs.index(task.song)
        if place + 1 < len(songs):
            assert begun[songs[place + 1]].wait(PATIENCE)
        # No more than one is read ahead: each takes room on the disk.
        assert not any(begun[song].is_set() for song in songs[place + 2 :])
        return separate(task, *others, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(cli_steps, "read", read_and_tell)
    monkeypatch.setattr(cli_steps, "separate", separate_after)
    assert run_batch(request_for(songs, checkpoint), Listener()) == 0


def test_a_song_that_fails_at_any_step_leaves_the_others_as_they_are(
    songs: list[Path], checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, save = cli_steps.read, cli_steps.save

    def read_but_one(task: Task, **options: object) -> cli_steps.Read:
        if task.song == songs[1]:
            raise OSError("it cannot be read")
        return read(task, **options)  # type: ignore[arg-type]

    def save_but_one(task: Task, *others: object, **options: object) -> Outcome:
        if task.song == songs[2]:
            raise MemoryError
        return save(task, *others, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(cli_steps, "read", read_but_one)
    monkeypatch.setattr(cli_steps, "save", save_but_one)
    listener = Listener()
    assert run_batch(request_for(songs, checkpoint), listener) == 1
    assert [outcome.song for outcome in listener.finished] == songs
    said = [outcome.error for outcome in listener.finished]
    assert said == ["", "it cannot be read", "There is not enough memory to separate “2.wav”.", ""]


@pytest.mark.parametrize("threads", [0, 1])
def test_too_little_memory_to_begin_is_told_of_every_song(
    songs: list[Path], checkpoint: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setattr(cli_steps, "separate", lambda *_, **__: pytest.fail("a song was begun"))
    allow_threads(monkeypatch, threads)
    listener = Listener()
    assert run_batch(request_for(songs, checkpoint), listener) == 1
    assert [outcome.error for outcome in listener.finished] == [
        f"There is not enough memory to separate “{song.name}”." for song in songs
    ]


def test_the_reporter_is_told_in_order_and_progress_never_goes_back(
    songs: list[Path], checkpoint: Path
) -> None:
    listener = Listener()
    assert run_batch(request_for(songs[:1], checkpoint), listener) == 0
    assert listener.started == ["0.wav"]
    assert listener.shares == sorted(listener.shares) and listener.shares[-1] == 1.0
    assert listener.threads == {threading.get_ident()}


def test_the_first_song_is_read_while_the_network_is_loaded(
    songs: list[Path], checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, load = cli_steps.read, cli_batch._loaded_separator
    done = threading.Event()

    def read_and_tell(task: Task, **options: object) -> cli_steps.Read:
        found = read(task, **options)  # type: ignore[arg-type]
        done.set()
        return found

    def load_after(request: Request) -> object:
        assert done.wait(PATIENCE)
        return load(request)

    monkeypatch.setattr(cli_steps, "read", read_and_tell)
    monkeypatch.setattr(cli_batch, "_loaded_separator", load_after)
    assert run_batch(request_for(songs[:1], checkpoint), Listener()) == 0


def test_without_a_checkpoint_no_long_song_is_waited_for(
    songs: list[Path], checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_for_hours(task: Task, *, cancelled: Callable[[], bool], **options: object) -> None:
        waited = threading.Event()
        while not cancelled():
            waited.wait(0.01)

    monkeypatch.setattr(cli_steps, "read", read_for_hours)
    listener = Listener()
    assert run_batch(request_for(songs, checkpoint.with_name("none.safetensors")), listener) == 1
    assert [bool(outcome.error) for outcome in listener.finished] == [True] * len(songs)
