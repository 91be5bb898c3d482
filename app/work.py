"""The job that the listener waits for: what is done, how far it is, and how it is stopped."""

from __future__ import annotations

from app.jobs import Job, Progressed, Report, WasRead
from app.phase import Phase


class Work:
    """What is being done with the open song; one job at a time."""

    def __init__(self) -> None:
        """Nothing is."""
        self.phase = Phase.EMPTY
        self.progress = 0.0
        """The share of it that is done, 0 to 1."""
        self.seconds_left: float | None = None
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is done."""
        return self.phase not in (Phase.EMPTY, Phase.READY)

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop and has not yet."""
        return self._job is not None and self._job.cancel.is_set()

    @property
    def idle(self) -> bool:
        """Whether the worker is free for others."""
        return self._job is None

    def owns(self, report: Report) -> bool:
        """Whether news is of this job, and not of one that was given up."""
        return report.job is self._job

    def begin(self, job: Job, phase: Phase) -> None:
        """Wait for a job, no longer for the one before, which stops."""
        self.stop()
        self._job, self.phase = job, phase
        self.progress, self.seconds_left = 0.0, None

    def follow(self, report: Report) -> None:
        """Take over how far it is."""
        if isinstance(report, Progressed):
            self.progress = report.share
        elif isinstance(report, WasRead):
            self.progress = 1.0

    def stop(self) -> None:
        """Tell the job to stop soon."""
        if self._job is not None:
            self._job.cancel.set()

    def end(self, phase: Phase) -> Phase:
        """The job is over, and the song in another phase; return the one before."""
        was, self.phase = self.phase, phase
        self._job, self.seconds_left = None, None
        return was

    def close(self) -> None:
        """Stop for good, and hear nothing more of it."""
        self.stop()
        self._job = None
