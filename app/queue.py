"""The songs that wait for their separation, and which of them comes next."""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.jobs import Ended, Exported, Probed, QueuedJob, Report
from app.queue_items import Item, QueueFile, Status
from app.queued_songs import QueuedSongs
from app.turns import Turns
from core.export_plan import ExportPlan
from core.mix import PLAIN, Mix
from core.takes import Take


class Queue(QObject):
    """Songs in order, done one at a time whenever the listener's own song needs nothing.

    Changes only by its own methods; each ends in one `changed`.
    """

    changed = Signal()
    grew = Signal()
    """Songs were added that nobody sees yet."""
    asked = Signal(object)
    """A job for the worker."""

    def __init__(
        self,
        *,
        separates_at_once: Callable[[], bool],
        playing: Callable[[], bool] = lambda: False,
        takes: Callable[[], tuple[Take, ...]] = lambda: (),
        file: QueueFile | None = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Begin with what `file` holds; it waits until the listener opens or starts something.

        `takes` are those that are heard of the open song.
        """
        super().__init__(parent)
        self._songs = QueuedSongs(file.load() if file else ())
        self.running = False
        """Whether songs that wait are taken up."""
        self.open_path: Path | None = None
        """The listener's song; whoever owns it reports on it by `follow`."""
        self._separates_at_once = separates_at_once
        self._playing, self._takes, self._file = playing, takes, file
        self._job: QueuedJob | None = None
        self._held = False
        self.restored = bool(self.items)
        """Whether it is of an earlier time and waits to be started."""
        self._turns = Turns(clock)

    def add(self, songs: Iterable[Path], *, row: int | None = None) -> None:
        """Add songs at the end or before `row`; those that failed or were cancelled wait again."""
        self._songs.add(songs, row=row)
        self.running = self.running or self._separates_at_once()
        self._pump()
        self._tell()
        self.grew.emit()

    def offer(self, songs: Iterable[Path]) -> None:
        """Let songs wait that are of an earlier time, until the listener starts something."""
        self._songs.add(songs, row=None)
        self.restored = not self.running
        self._tell()

    def remove(self, paths: Collection[Path]) -> None:
        """Take songs out; one that is worked on is stopped."""
        self._stop(paths)
        self._songs.remove(paths)
        self._tell()

    def clear_done(self) -> None:
        """Take out the songs that are done."""
        self.remove([item.path for item in self.items if item.status.is_success])

    def move(self, paths: Collection[Path], row: int) -> None:
        """Put songs, in their order, before the one that is now at `row`."""
        self._songs.move(paths, row)
        self._tell()

    def shift(self, paths: Collection[Path], by: int) -> None:
        """Move songs one place up (-1) or down (1), none past the end."""
        self._songs.shift(paths, by)
        self._tell()

    def cancel(self, paths: Collection[Path]) -> None:
        """Stop or pass over songs that are not done."""
        self._stop(paths)
        for item in self.items:
            if item.path in paths and (item.status is Status.WAITING or self._is_mine(item)):
                self._songs.set(item.path, status=Status.CANCELLED, plan=None)
        self._tell()

    def retry(self, paths: Collection[Path]) -> None:
        """Let songs that failed or were cancelled wait again, and go on."""
        self._songs.retry(paths)
        self.start()

    def start(self) -> None:
        """Take up the songs that wait."""
        self.running = True
        self.restored = False
        self._pump()
        self._tell()

    def pause(self) -> None:
        """Stop after what is separated already; it is kept."""
        self.running = self.restored = False
        if self._job is not None:
            self._job.cancel.set()
        self._tell()

    def save_all(self, template: ExportPlan, *, heard: Mix = PLAIN) -> None:
        """Save the stems of all songs but those that failed or were cancelled.

        The open song is saved with the mix and the takes that are heard.
        """
        of_open = replace(template, mix=heard) if heard != PLAIN else template
        self._songs.plan(template, of_open=of_open, open_path=self.open_path)
        self.start()

    def attend(self, path: Path) -> None:
        """Leave a song to the listener; the one before waits again if it is not done.

        The first after a restart takes the others up again.
        """
        path = path.absolute()
        former = self._songs.find(self.open_path)
        if former and former.path != path and former.status.is_active and not self._is_mine(former):
            self._songs.set(former.path, status=Status.WAITING, share=0.0, seconds_left=None)
        self.open_path = path
        if self.restored:
            self.restored = False
            self.running = self.running or self._separates_at_once()
        self._tell()

    def follow(
        self, status: Status, *, share: float, seconds_left: float | None, reason: str
    ) -> None:
        """Take over how the listener's song stands."""
        item = self._songs.find(self.open_path)
        if item is None or self._is_mine(item):
            return
        if status is Status.DONE and item.plan is not None:
            status = Status.WAITING
        elif status is Status.DONE and item.status is Status.SAVED:
            status = Status.SAVED
        self._songs.set(
            item.path, status=status, share=share, seconds_left=seconds_left, reason=reason
        )
        self._tell()

    def give_way(self) -> None:
        """Stop soon, since the listener needs the worker; the song goes on from there later."""
        self._held = True
        if self._job is not None:
            self._job.cancel.set()

    def go_on(self) -> None:
        """Work again, since the listener needs nothing."""
        self._held = False
        self._pump()
        self._tell()

    def close(self) -> None:
        """Stop all work for good."""
        self.give_way()

    def take(self, report: Report) -> None:
        """Take news from the worker; that of other jobs is dropped."""
        job = self._job
        if job is None or report.job is not job:
            return
        self._songs.follow(job, report)
        if isinstance(report, Ended):
            self._job = None
            self._turns.end(done=not (report.error or report.cancelled))
            self._pump()
        if not isinstance(report, Probed | Exported):
            self._tell()

    def next_after(self, path: Path | None) -> tuple[Path, ...]:
        """The songs below one in the list that can be opened; all, if it is not there."""
        return self._songs.after(path)

    @property
    def items(self) -> tuple[Item, ...]:
        """The songs, from the top."""
        return self._songs.items

    @property
    def active(self) -> Item | None:
        """The song that is separated in the background."""
        return self._songs.find(self._job.path) if self._job else None

    @property
    def seconds_left(self) -> float | None:
        """How long all that waits will take; None before the first song tells."""
        return self._turns.seconds_left(self.items)

    def _pump(self) -> None:
        if self._job is not None or self._held or not self.running:
            return
        item = next((item for item in self.items if self._can_do(item)), None)
        if item is None:
            self.running = False
            return
        takes = self._takes() if item.path == self.open_path else ()
        self._job = QueuedJob(item.path, self._playing, item.plan, takes)
        self._turns.begin()
        self._songs.set(item.path, status=Status.READING, share=0.0, seconds_left=None, reason="")
        self.asked.emit(self._job)

    def _can_do(self, item: Item) -> bool:
        is_open = item.path == self.open_path
        return item.status is Status.WAITING and (not is_open or item.plan is not None)

    def _stop(self, paths: Collection[Path]) -> None:
        if self._job is not None and self._job.path in paths:
            self._job.cancel.set()

    def _is_mine(self, item: Item) -> bool:
        return self._job is not None and self._job.path == item.path

    def _tell(self) -> None:
        if self._file is not None:
            self._file.save(self.items)
        self.changed.emit()
