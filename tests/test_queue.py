"""Songs of the queue take their turns, outlive failures and restarts, and give way."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.jobs import Advanced, Ended, Exported, Job, OpenJob, Probed, Progressed, QueuedJob
from app.phase import Phase
from app.queue import Queue
from app.queue_items import Item, QueueFile, Status
from app.queue_model import status_text
from app.session import Session
from core.audio import SongInfo
from core.export_plan import ExportPlan, ExportReport
from core.formats import OutputFormat
from core.mix import Mix
from core.stems import Stem
from tests.test_session import Desk

TEMPLATE = ExportPlan((Stem.INSTRUMENTAL,), OutputFormat(), Path("out"))


class Line:
    """A queue whose jobs are kept for the test to answer, and a clock that it sets."""

    def __init__(self, *, at_once: bool = True, file: QueueFile | None = None) -> None:
        self.now = 0.0
        self.queue = Queue(separates_at_once=lambda: at_once, file=file, clock=self._time)
        self.jobs: list[QueuedJob] = []
        self.queue.asked.connect(self.jobs.append)

    def _time(self) -> float:
        return self.now

    def end(self, *, error: str = "", cancelled: bool = False) -> None:
        """Answer the last job."""
        self.queue.take(Ended(self.jobs[-1], error=error, cancelled=cancelled))

    @property
    def names(self) -> str:
        return "".join(item.path.stem for item in self.queue.items)

    @property
    def standing(self) -> dict[str, str]:
        return {item.path.stem: item.status.value for item in self.queue.items}


def songs(names: str) -> list[Path]:
    return [Path(f"/music/{name}.wav") for name in names]


@pytest.fixture
def line(qtbot: QtBot) -> Line:
    return Line()


def test_songs_are_done_one_after_the_other(line: Line) -> None:
    line.queue.add(songs("abc"))
    assert [job.path.stem for job in line.jobs] == ["a"]
    line.queue.take(Progressed(line.jobs[0], 0.5))
    assert line.standing == {"a": "reading", "b": "waiting", "c": "waiting"}
    line.queue.take(Advanced(line.jobs[0], 0.25, 9.0))
    assert line.queue.items[0] == Item(
        songs("a")[0], Status.SEPARATING, share=0.25, seconds_left=9.0
    )
    line.end()
    assert line.standing == {"a": "done", "b": "reading", "c": "waiting"}
    line.end()
    line.end()
    assert set(line.standing.values()) == {"done"}
    assert len(line.jobs) == 3 and not line.queue.running


def test_a_failing_song_keeps_its_reason_and_does_not_stop_the_rest(line: Line) -> None:
    line.queue.add(songs("ab"))
    line.end(error="It is no song.")
    assert line.queue.items[0].reason == "It is no song."
    line.end()
    assert line.standing == {"a": "failed", "b": "done"}
    line.queue.retry(songs("a"))
    assert line.jobs[-1].path.stem == "a" and line.queue.items[0].reason == ""


def test_nothing_starts_by_itself_without_the_setting(qtbot: QtBot) -> None:
    line = Line(at_once=False)
    line.queue.add(songs("ab"))
    line.queue.go_on()
    assert not line.jobs
    line.queue.start()
    assert [job.path.stem for job in line.jobs] == ["a"]


def test_the_listener_goes_first_and_the_song_goes_on_afterwards(line: Line) -> None:
    line.queue.add(songs("ab"))
    line.queue.give_way()
    assert line.jobs[0].cancel.is_set()
    line.end(cancelled=True)
    assert line.standing == {"a": "waiting", "b": "waiting"} and len(line.jobs) == 1
    line.queue.go_on()
    assert [job.path.stem for job in line.jobs] == ["a", "a"]


def test_pause_stops_and_start_goes_on(line: Line) -> None:
    line.queue.add(songs("ab"))
    line.queue.pause()
    line.end(cancelled=True)
    line.queue.go_on()
    assert len(line.jobs) == 1 and line.standing["a"] == "waiting"
    line.queue.start()
    assert len(line.jobs) == 2


def test_cancelled_and_removed_songs_are_passed_over(line: Line) -> None:
    line.queue.add(songs("abcd"))
    line.queue.cancel(songs("ab"))
    line.queue.remove(songs("c"))
    assert line.jobs[0].cancel.is_set()
    line.end(cancelled=True)
    assert line.standing == {"a": "cancelled", "b": "cancelled", "d": "reading"}
    line.queue.remove(songs("d"))
    line.end(cancelled=True)
    assert len(line.jobs) == 2 and line.names == "ab"


def test_the_song_that_is_open_is_left_to_the_listener(line: Line) -> None:
    line.queue.give_way()
    line.queue.add(songs("ab"))
    line.queue.attend(songs("a")[0])
    line.queue.follow(Status.SEPARATING, share=0.5, seconds_left=3.0, reason="")
    assert line.standing == {"a": "separating", "b": "waiting"}
    line.queue.follow(Status.CANCELLED, share=0.5, seconds_left=None, reason="")
    line.queue.go_on()
    assert [job.path.stem for job in line.jobs] == ["b"]
    line.end()
    assert len(line.jobs) == 1 and line.standing == {"a": "cancelled", "b": "done"}


def test_a_song_the_listener_left_early_waits_again(line: Line) -> None:
    line.queue.give_way()
    line.queue.add(songs("ab"))
    line.queue.attend(songs("a")[0])
    line.queue.follow(Status.SEPARATING, share=0.5, seconds_left=3.0, reason="")
    line.queue.attend(songs("b")[0])
    assert line.standing == {"a": "waiting", "b": "waiting"}
    line.queue.go_on()
    assert [job.path.stem for job in line.jobs] == ["a"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda q: q.shift(songs("b"), -1), "bacde"),
        (lambda q: q.shift(songs("bc"), 1), "adbce"),
        (lambda q: q.shift(songs("ad"), -1), "abcde"),
        (lambda q: q.shift(songs("e"), 1), "abcde"),
        (lambda q: q.move(songs("a"), 3), "bcade"),
        (lambda q: q.move(songs("db"), 0), "bdace"),
        (lambda q: q.move(songs("bc"), 5), "adebc"),
        (lambda q: q.move(songs("bc"), 2), "abcde"),
        (lambda q: q.add(songs("xa"), row=1), "axbcde"),
        (lambda q: q.add(songs("xx")), "abcdex"),
    ],
)
def test_the_order_is_the_users(line: Line, change: Callable[[Queue], None], expected: str) -> None:
    line.queue.add(songs("abcde"))
    change(line.queue)
    assert line.names == expected


def test_the_next_song_is_the_first_that_waits_in_the_new_order(line: Line) -> None:
    line.queue.add(songs("abc"))
    line.queue.move(songs("c"), 0)
    line.end()
    assert [job.path.stem for job in line.jobs] == ["a", "c"]


def test_done_songs_are_cleared(line: Line) -> None:
    line.queue.add(songs("abc"))
    line.end()
    line.end(error="No.")
    line.queue.clear_done()
    assert line.names == "bc"


def test_saving_all_takes_done_songs_up_again_and_passes_over_failed_ones(line: Line) -> None:
    line.queue.add(songs("abc"))
    line.end()
    line.end(error="No.")
    line.queue.save_all(TEMPLATE)
    line.end()
    assert line.jobs[-1].path.stem == "a" and line.jobs[-1].plan is TEMPLATE
    line.queue.take(Advanced(line.jobs[-1], 1.0, 0.0))
    assert line.standing["a"] == "saving"
    line.end()
    assert line.standing["a"] == "saved"
    # What was being separated when it was asked for is saved in a second turn.
    assert line.jobs[-1].path.stem == "c" and line.jobs[-1].plan is TEMPLATE
    line.end()
    assert line.standing == {"a": "saved", "b": "failed", "c": "saved"}


def test_the_open_song_is_saved_with_the_mix_that_is_heard(line: Line) -> None:
    line.queue.add(songs("ab"))
    line.queue.attend(songs("a")[0])
    heard = Mix(vocals_db=-6.0)
    line.queue.save_all(TEMPLATE, heard=heard)
    plans = {item.path.stem: item.plan for item in line.queue.items}
    assert plans == {"a": replace(TEMPLATE, mix=heard), "b": TEMPLATE}


def test_the_open_song_is_saved_with_the_others_once_it_is_done(line: Line) -> None:
    line.queue.give_way()
    line.queue.add(songs("ab"))
    line.queue.attend(songs("a")[0])
    line.queue.follow(Status.SEPARATING, share=0.5, seconds_left=3.0, reason="")
    line.queue.save_all(TEMPLATE)
    line.queue.follow(Status.DONE, share=1.0, seconds_left=None, reason="")
    line.queue.go_on()
    assert line.jobs[0].path.stem == "a" and line.jobs[0].plan is TEMPLATE
    line.end()
    line.queue.follow(Status.DONE, share=1.0, seconds_left=None, reason="")
    assert line.standing["a"] == "saved"


def test_the_time_left_counts_the_songs_that_wait(line: Line) -> None:
    assert line.queue.seconds_left is None
    line.queue.add(songs("abc"))
    assert line.queue.seconds_left is None
    line.now = 4.0
    line.queue.take(Advanced(line.jobs[0], 0.25, 12.0))
    assert line.queue.seconds_left == 12.0 + 2 * 16.0
    line.now = 20.0
    line.end()
    line.queue.take(Advanced(line.jobs[1], 0.5, 5.0))
    assert line.queue.seconds_left == 5.0 + 20.0


def test_the_queue_survives_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "state" / "queue.json"
    line = Line(file=QueueFile(path))
    odd = Path("/music/\udcff.wav")
    line.queue.add([*songs("abc"), odd])
    line.end()
    line.end(error="It is no song.")
    line.queue.take(Advanced(line.jobs[2], 0.5, 5.0))
    again = Line(file=QueueFile(path))
    assert [item.path for item in again.queue.items] == [*songs("abc"), odd]
    assert [item.status.value for item in again.queue.items] == [
        "done",
        "failed",
        "waiting",
        "waiting",
    ]
    assert again.queue.items[1].reason == "It is no song."
    assert [each.name for each in path.parent.iterdir()] == ["queue.json"]


@pytest.fixture
def kept(tmp_path: Path) -> QueueFile:
    """The file of a queue in which one song was done and two wait."""
    file = QueueFile(tmp_path / "queue.json")
    done, *others = songs("abc")
    file.save((Item(done, Status.DONE), *map(Item, others)))
    return file


def test_after_a_restart_songs_wait_until_they_are_started(qtbot: QtBot, kept: QueueFile) -> None:
    line = Line(file=kept)
    line.queue.go_on()
    assert not line.jobs and not line.queue.running
    line.queue.start()
    assert [job.path.stem for job in line.jobs] == ["b"]
    line.queue.pause()
    line.end(cancelled=True)
    line.queue.attend(songs("x")[0])
    line.queue.go_on()
    assert len(line.jobs) == 1  # who paused it shall start it


@pytest.mark.parametrize("at_once", [True, False])
def test_after_a_restart_songs_wait_until_one_is_opened(
    qtbot: QtBot, kept: QueueFile, at_once: bool
) -> None:
    line = Line(file=kept, at_once=at_once)
    line.queue.give_way()
    line.queue.attend(songs("b")[0])
    assert not line.jobs
    line.queue.go_on()
    assert [job.path.stem for job in line.jobs] == (["c"] if at_once else [])


def test_after_a_restart_songs_wait_until_others_join_them(qtbot: QtBot, kept: QueueFile) -> None:
    line = Line(file=kept)
    line.queue.add(songs("d"))
    assert [job.path.stem for job in line.jobs] == ["b"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 9}', '{"version": 1, "songs": [1]}'])
def test_a_queue_that_cannot_be_read_is_empty(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    path = tmp_path / "queue.json"
    path.write_text(text)
    assert Line(file=QueueFile(path)).queue.items == ()


def test_progress_is_not_written_to_disk(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "queue.json"
    line = Line(file=QueueFile(path))
    line.queue.add(songs("a"))
    path.unlink()
    line.queue.take(Advanced(line.jobs[0], 0.5, 5.0))
    assert not path.exists()
    line.end()
    assert path.exists()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(tmp_path)


def queue_of(session: Session) -> dict[str, Status]:
    return {item.path.name: item.status for item in session.queue.items}


def test_several_songs_open_the_first_and_separate_the_rest_behind_it(
    desk: Desk, tmp_path: Path
) -> None:
    other = tmp_path / "zzz.wav"
    other.touch()
    desk.session.open([desk.path, other])
    assert [type(job) for job in desk.jobs] == [OpenJob]
    desk.read()
    assert queue_of(desk.session) == {"song.wav": Status.SEPARATING, "zzz.wav": Status.WAITING}
    desk.separate(0, 20_000, finished=True)
    desk.session.take(Ended(desk.jobs[-1]))
    job: Job = desk.jobs[-1]
    assert isinstance(job, QueuedJob) and job.path == other
    assert queue_of(desk.session) == {"song.wav": Status.DONE, "zzz.wav": Status.READING}
    assert desk.session.phase is Phase.READY and not desk.session.busy
    desk.session.take(Probed(job, SongInfo(other, "", "", "", "", 1, 1, 1, 1.0)))
    desk.session.take(Ended(job))
    assert queue_of(desk.session)["zzz.wav"] is Status.DONE
    assert desk.session.info is not None and desk.session.info.path == desk.path


def test_more_songs_leave_the_open_one_alone(desk: Desk, tmp_path: Path) -> None:
    desk.session.open([desk.path])
    desk.read()
    assert not desk.session.queue.items
    song = desk.session.song
    others = [tmp_path / "x.wav", tmp_path / "y.wav"]
    for path in others:
        path.touch()
    desk.session.open(others)
    assert desk.session.song is song and desk.session.phase is Phase.SEPARATING
    assert queue_of(desk.session) == {"x.wav": Status.WAITING, "y.wav": Status.WAITING}


def test_opening_a_song_by_hand_interrupts_the_one_behind(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "zzz.wav"
    other.touch()
    desk.session.open([desk.path, other])
    desk.read()
    desk.separate(0, 20_000, finished=True)
    desk.session.take(Ended(desk.jobs[-1]))
    behind = desk.jobs[-1]
    desk.session.open([desk.path])
    assert behind.cancel.is_set()
    desk.session.take(Ended(behind, cancelled=True))
    assert queue_of(desk.session)["zzz.wav"] is Status.WAITING
    desk.read()
    desk.separate(0, 20_000, finished=True)
    desk.session.take(Ended(desk.jobs[-1]))
    job = desk.jobs[-1]
    assert isinstance(job, QueuedJob) and job.path == other


def test_a_first_song_that_cannot_be_read_does_not_stop_the_rest(
    desk: Desk, tmp_path: Path
) -> None:
    other = tmp_path / "zzz.wav"
    other.touch()
    desk.session.open([desk.path, other])
    desk.session.take(Ended(desk.jobs[-1], error="It is no song."))
    assert desk.session.queue.items[0].reason == "It is no song."
    job = desk.jobs[-1]
    assert isinstance(job, QueuedJob) and job.path == other


def test_a_saved_song_says_so_when_a_check_failed(line: Line) -> None:
    texts = []
    for is_null in (True, False):
        line.queue.add(songs("a"))
        line.queue.save_all(TEMPLATE)
        while line.standing["a"] != "saved":
            result = ExportReport({Stem.VOCALS: Path("out/a.wav")}, 0.0, 0, -50.0, is_null)
            line.queue.take(Exported(line.jobs[-1], result))
            line.end()
        texts.append(status_text(line.queue.items[0]))
    assert texts == ["Saved", "Saved  ·  a check failed"]
