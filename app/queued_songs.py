"""The songs of the queue in their order, and what becomes of them one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from app.jobs import Advanced, Ended, Exported, Progressed, QueuedJob, Report
from app.queue_items import Item, Status
from core.export_plan import ExportPlan


class QueuedSongs:
    """A list of songs, no two at the same path."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        """Begin with these."""
        self.items = items

    def find(self, path: Path | None) -> Item | None:
        """The song at a path, if it is there."""
        return next((item for item in self.items if item.path == path), None)

    def set(self, path: Path, **values: object) -> None:
        """Change what is known of a song."""
        self.items = tuple(
            replace(item, **values) if item.path == path else item  # type: ignore[arg-type]
            for item in self.items
        )

    def add(self, songs: Iterable[Path], *, row: int | None) -> None:
        """Add songs at the end or before `row`; those that failed or were cancelled wait again."""
        known = {item.path for item in self.items}
        paths = dict.fromkeys(path.absolute() for path in songs)
        new = tuple(Item(path) for path in paths if path not in known)
        at = len(self.items) if row is None else row
        self.items = self.items[:at] + new + self.items[at:]
        self.retry(paths.keys())

    def remove(self, paths: Collection[Path]) -> None:
        """Take songs out."""
        self.items = tuple(item for item in self.items if item.path not in paths)

    def move(self, paths: Collection[Path], row: int) -> None:
        """Put songs, in their order, before the one that is now at `row`."""
        before = tuple(item for item in self.items[:row] if item.path not in paths)
        after = tuple(item for item in self.items[row:] if item.path not in paths)
        among = tuple(item for item in self.items if item.path in paths)
        self.items = before + among + after

    def shift(self, paths: Collection[Path], by: int) -> None:
        """Move songs one place up (-1) or down (1), none past the end."""
        rows = [row for row, item in enumerate(self.items) if item.path in paths]
        if not rows or min(rows) + by < 0 or max(rows) + by >= len(self.items):
            return
        order = list(self.items)
        for row in rows if by < 0 else reversed(rows):
            order[row], order[row + by] = order[row + by], order[row]
        self.items = tuple(order)

    def retry(self, paths: Collection[Path]) -> None:
        """Let songs that failed or were cancelled wait again."""
        for item in self.items:
            if item.path in paths and item.status in (Status.FAILED, Status.CANCELLED):
                self.set(item.path, status=Status.WAITING, reason="", share=0.0)

    def plan(self, template: ExportPlan, *, of_open: ExportPlan, open_path: Path | None) -> None:
        """Have all songs saved but those that failed or were cancelled; the open one otherwise."""
        for item in self.items:
            plan = of_open if item.path == open_path else template
            if item.status.is_success or item.status is Status.WAITING:
                self.set(item.path, plan=plan, status=Status.WAITING, share=0.0)
            elif item.status.is_active:
                self.set(item.path, plan=plan)

    def after(self, path: Path | None) -> tuple[Path, ...]:
        """The songs below one that can be opened; all, if it is not there."""
        paths = [item.path for item in self.items]
        at = paths.index(path.absolute()) + 1 if path and path.absolute() in paths else 0
        return tuple(item.path for item in self.items[at:] if item.status is not Status.FAILED)

    def follow(self, job: QueuedJob, report: Report) -> None:
        """Take over how a song stands whose turn it is, or whose turn is over."""
        item = self.find(job.path)
        if item is None:
            return
        active = item.status.is_active
        match report:
            case Progressed() if active:
                self.set(job.path, share=report.share)
            case Exported() if active:
                self.set(job.path, saved=report.result)
            case Advanced() if active:
                saving = report.share >= 1.0
                self.set(
                    job.path,
                    status=Status.SAVING if saving else Status.SEPARATING,
                    share=0.0 if saving else report.share,
                    seconds_left=report.seconds_left if report.share else None,
                )
            case Ended():
                self._end(item, job, report)

    def _end(self, item: Item, job: QueuedJob, report: Ended) -> None:
        self.set(job.path, seconds_left=None)
        if report.error:
            self.set(job.path, status=Status.FAILED, reason=report.error, plan=None)
        elif not report.cancelled:
            later = item.plan if item.plan is not job.plan else None
            done = Status.SAVED if job.plan else Status.DONE
            self.set(job.path, status=Status.WAITING if later else done, plan=later, share=1.0)
        elif item.status.is_active:
            self.set(job.path, status=Status.WAITING)
