"""Jobs that run side by side end together, whatever becomes of one."""

import threading
import time
from collections.abc import Callable

import pytest

from core.errors import Cancelled
from core.side_by_side import side_by_side
from tests.shortage import allow_threads

Tell = Callable[[float], None]
Stop = Callable[[], bool]


def until_stopped(tell: Tell, stop: Stop) -> None:
    while not stop():
        time.sleep(0.001)
    raise Cancelled


def test_jobs_run_at_the_same_time_and_their_results_come_in_order() -> None:
    together = threading.Barrier(3)

    def job(number: int) -> Callable[[Tell, Stop], int]:
        def meet(tell: Tell, stop: Stop) -> int:
            together.wait(timeout=30)
            return number

        return meet

    assert side_by_side([job(number) for number in range(3)]) == [0, 1, 2]


def test_progress_is_told_by_the_thread_that_waits_and_rises_to_one() -> None:
    told: list[tuple[float, threading.Thread]] = []

    def job(tell: Tell, stop: Stop) -> None:
        for step in range(5):
            time.sleep(0.03)
            tell((step + 1) / 5)

    side_by_side([job, job], progress=lambda at: told.append((at, threading.current_thread())))
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(set(shares)) > 2
    assert {thread for _, thread in told} == {threading.current_thread()}


def test_cancelling_stops_all_of_them() -> None:
    asked = iter([False, False])
    with pytest.raises(Cancelled):
        side_by_side([until_stopped, until_stopped], cancelled=lambda: next(asked, True))


def test_the_error_of_one_stops_the_others_and_is_what_is_raised() -> None:
    def fail(tell: Tell, stop: Stop) -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        side_by_side([until_stopped, fail])


def test_an_error_while_telling_stops_the_jobs() -> None:
    def refuse(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        side_by_side([until_stopped], progress=refuse)


def test_a_thread_that_finds_no_memory_stops_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_threads(monkeypatch, 1)
    stopped = threading.Event()

    def job(tell: Tell, stop: Stop) -> None:
        try:
            until_stopped(tell, stop)
        finally:
            stopped.set()

    with pytest.raises(MemoryError):
        side_by_side([job, job])
    assert stopped.is_set()
