"""Songs separated on the command line, each with its own outcome: as one ends, the next begins."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from app import cli_steps
from app.cli_plan import Refusal, Request, Task, planned
from app.cli_report import Outcome, Reporter
from core.errors import OutputError, VocalRemoverError
from core.threads import start_all

if TYPE_CHECKING:  # torch takes seconds to load and waits until a song has proved good
    from core.separator import Separator

CANCELLED = 130  # the exit status that shells give to Ctrl-C: 128 + SIGINT
_READ, _SEPARATED = 0.03, 0.95  # how far a song is, in time, when these steps are done


def run_batch(request: Request, reporter: Reporter, *, cluster: str = "") -> int:
    """Separate all songs of a request, here or on a cluster of machines.

    Args:
        request: what to do.
        reporter: hears of it, always from the thread that called.
        cluster: where a Dask scheduler listens; empty is here.

    Returns:
        The exit status: 0 only if every song was written.
    """
    stop = threading.Event()
    with _interrupts(stop):
        tasks, refused = [], 0
        for found in planned(request):
            if stop.is_set():
                break
            if isinstance(found, Refusal):
                reporter.finish(Outcome(found.song, error=found.reason))
                refused += 1
            else:
                tasks.append(found)
        written = 0
        try:
            if tasks and cluster:
                from app.cli_cluster import separate_on_cluster

                written = separate_on_cluster(cluster, tasks, request, reporter, stop.is_set)
            elif tasks:
                written = _Line(request, reporter, stop.is_set).run(tasks)
        except (VocalRemoverError, MemoryError) as error:  # before the first song
            for task in tasks:
                reporter.finish(cli_steps.failed(task, error))
    if stop.is_set():
        reporter.note(f"Cancelled; songs written: {written} of {len(tasks) + refused}.")
        return CANCELLED
    return 0 if written == len(tasks) and not refused else 1


@contextmanager
def _interrupts(stop: threading.Event) -> Iterator[None]:
    """Let the first Ctrl-C end the work in good order, and the second one at once."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    former = {number: signal.signal(number, interrupt) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _loaded_separator(request: Request) -> "Separator":
    from app.torch_loading import load_torch

    load_torch()
    from core.checkpoint import load_chosen
    from core.devices import choose_device
    from core.separator import Separator

    device = choose_device(request.device)
    return Separator(load_chosen(request.checkpoint), device=device)


class _Line:
    """Keeps every core busy: while a song is separated, the next is read and the last is saved.

    At most one song is read ahead and one waits to be saved: each takes room on the disk. A
    graphics card separates faster than one core saves, so there several are saved at once.
    """

    def __init__(
        self,
        request: Request,
        reporter: Reporter,
        cancelled: Callable[[], bool],
    ) -> None:
        self._request = request
        self._reporter, self._cancelled = reporter, cancelled
        self._shown: Task | None = None
        self._saving: deque[Future[Outcome]] = deque()
        self._written, self._ended = 0, False

    def run(self, tasks: list[Task]) -> int:
        """Take all songs through; returns how many were written.

        Raises:
            VocalRemoverError: there is no such checkpoint or device.
            MemoryError: there is too little to begin.
        """
        with ThreadPoolExecutor(1, "read") as reader:
            start_all(reader, 1)
            # The first is decoded in another process, while torch and the networks are loaded here.
            ahead = deque([reader.submit(self._read, tasks[0])])
            try:
                separator = _loaded_separator(self._request)
                self._reporter.note(separator.device.reason)
                self._take_through(tasks, separator, reader, ahead)
            except BaseException:
                self._ended = True  # and so does the reading of a long song
                raise
        return self._written

    def _take_through(
        self,
        tasks: list[Task],
        separator: "Separator",
        reader: ThreadPoolExecutor,
        ahead: deque[Future[cli_steps.Read]],
    ) -> None:
        savers = _savers_beside(separator.device.device.type)
        with ThreadPoolExecutor(savers, "save") as saver:
            start_all(saver, savers)
            for number, task in enumerate(tasks, start=1):
                if self._cancelled():
                    break
                self._shown = task
                self._reporter.start(task.song, number=number, songs=len(tasks))
                for wanted in tasks[number - 1 + len(ahead) : number + 1]:
                    ahead.append(reader.submit(self._read, wanted))
                self._saving.append(self._separate(task, ahead.popleft(), separator, saver))
                while self._saving[0].done() or len(self._saving) > savers + 1:
                    self._finish()
                    if not self._saving:
                        break
            while self._saving:
                self._finish()

    def _read(self, task: Task) -> cli_steps.Read:
        tell = self._progress(task, 0.0, _READ)
        return cli_steps.read(
            task, progress=tell, cancelled=lambda: self._ended or self._cancelled()
        )

    def _read_at_last(self, task: Task, read: Future[cli_steps.Read]) -> cli_steps.Read:
        """What was read ahead; where the disk had no room beside the songs before, read again."""
        try:
            return read.result()
        except OutputError:
            while self._saving:
                self._finish()
            del read
            gc.collect()  # what failed may hold on to its temporary files
            return self._read(task)

    def _separate(
        self,
        task: Task,
        read: Future[cli_steps.Read],
        separator: "Separator",
        saver: ThreadPoolExecutor,
    ) -> Future[Outcome]:
        try:
            separated = cli_steps.separate(
                task,
                self._read_at_last(task, read),
                separator,
                note=self._reporter.note,
                progress=self._progress(task, _READ, _SEPARATED),
                cancelled=self._cancelled,
            )
        except cli_steps.FAILURES as error:
            ended: Future[Outcome] = Future()
            ended.set_result(cli_steps.failed(task, error))
            return ended
        return saver.submit(self._save, task, separated)

    def _save(self, task: Task, separated: cli_steps.Separated) -> Outcome:
        try:
            return cli_steps.save(
                task,
                separated,
                keep_low_end_hz=self._request.keep_low_end_hz,
                progress=self._progress(task, _SEPARATED, 1.0),
                cancelled=self._cancelled,
            )
        except cli_steps.FAILURES as error:
            return cli_steps.failed(task, error)

    def _finish(self) -> None:
        outcome = self._saving.popleft().result()
        self._reporter.finish(outcome)
        self._written += outcome.status == "written"

    def _progress(self, task: Task, begin: float, end: float) -> Callable[[float], None]:
        """Progress of the song that the reporter shows; of the others nothing is said."""

        def tell(fraction: float) -> None:
            if task is self._shown:
                self._reporter.progress(begin + (end - begin) * fraction)

        return tell


def _savers_beside(device_type: str) -> int:
    """How many songs to save at once; each takes two threads for its stems."""
    return max(1, min(4, (os.cpu_count() or 1) // 2)) if device_type == "cuda" else 1
