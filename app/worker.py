"""The one thread that reads, separates and writes; its news goes to the window by signal."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.engine import Engine
from app.error_text import error_text
from app.jobs import (
    ChunkSeparated,
    Ended,
    Exported,
    ExportJob,
    Job,
    MixtureDrawn,
    NetworkLoaded,
    Noticed,
    OpenJob,
    PartDrawn,
    Probed,
    QueuedJob,
    Recalled,
    SeparateJob,
    TakeJob,
    TakeMade,
    WasRead,
)
from app.pace import Pace
from app.queued_work import progress_of, work_off
from app.song import Song
from app.stem_pictures import draw_part
from core.audio import probe, spool_audio
from core.cache import Cache
from core.ensemble import CheckpointChoice
from core.errors import Cancelled, VocalRemoverError
from core.peaks import measure_peaks
from core.provenance import origin_of
from core.sample import cut, sample_range
from core.samples import Samples, stretches
from core.scratch import zeros_like
from core.stems import Stem
from core.takes import LEAD_SECONDS, Region, Take, separate_region

if TYPE_CHECKING:
    from core.chunks import Chunk
    from core.separation import Separation

COLUMNS_AT_ONCE = 512
QUICK_LOOK = 8
DRAWN_SECONDS = 10

log = logging.getLogger(__name__)


class Worker(QObject):
    """Does one job at a time, in the order asked; every job ends with an `Ended` report."""

    reported = Signal(object)

    def __init__(self, checkpoint: Path | None = None, cache: Cache | None = None) -> None:
        """Use a checkpoint file, by default the one that is shipped; `cache` keeps results."""
        super().__init__()
        self._engine = Engine(checkpoint, cache)
        self._separation: tuple[Song, Separation] | None = None
        self._pace = Pace()
        self._drawn: Song | None = None
        """The song whose mixture is drawn in detail, so that its stems are all that is left."""

    @Slot(object)
    def use(self, choice: CheckpointChoice) -> None:
        """Separate with other checkpoints from the next job on."""
        self._separation = self._drawn = None
        self._engine.use(choice)

    @Slot(object)
    def do(self, job: Job) -> None:
        """Do a job to its end and report."""
        log.info("begin %s", type(job).__name__)
        cancelled, error = False, ""
        try:
            if isinstance(job, OpenJob):
                self._open(job)
            elif isinstance(job, TakeJob):
                self._take(job)
            elif isinstance(job, SeparateJob):
                self._separate(job)
            elif isinstance(job, ExportJob):
                self._export(job)
            elif isinstance(job, QueuedJob):
                work_off(job, self._engine, self._pace, self.reported.emit)
        except Cancelled:
            cancelled = True
        except VocalRemoverError as fault:
            log.warning("%s", fault, exc_info=True)
            error = error_text(fault)
        except MemoryError:
            log.exception("out of memory")
            error = self.tr("There is not enough memory for this.")
        except Exception:
            log.exception("%s failed", type(job).__name__)
            error = self.tr("Something went wrong that should not have; the details say more.")
        self.reported.emit(Ended(job, cancelled=cancelled, error=error))

    def _open(self, job: OpenJob) -> None:
        self._put_aside()
        stop = job.cancel.is_set
        begun = self._engine.take_up(job.path)
        info = begun.info if begun else probe(job.path)
        self.reported.emit(Probed(job, info))
        if begun is not None:
            song = Song(info, begun.separation.mixture)
            self._separation = (song, begun.separation)
        else:
            progress = progress_of(job, self.reported.emit)
            song = Song(info, spool_audio(job.path, progress=progress, cancelled=stop))
        mixture = song.mixture
        for start, end in stretches(mixture.length):
            peaks = measure_peaks(mixture.samples, start, end)
            song.peaks[Stem.MIXTURE].write(start, peaks)
        self.reported.emit(WasRead(job, song))
        # A quick look at the whole song first: it is nearly all that the first view can show.
        look = song.drawing.image(mixture.samples, every=QUICK_LOOK)
        whole = np.repeat(look, QUICK_LOOK, axis=1)[:, : song.drawing.columns]
        self.reported.emit(MixtureDrawn(job, 0, whole))
        vocals = self._engine.recall(mixture)
        if vocals is not None:
            self.reported.emit(Recalled(job, vocals))
            step = DRAWN_SECONDS * song.rate
            for start in range(0, song.length, step):
                _raise_if(stop())
                self._draw(job, song, vocals, start, min(start + step, song.length))
        elif job.in_detail:
            self._draw_mixture(job, song)

    def _draw_mixture(self, job: OpenJob, song: Song) -> None:
        for first in range(0, song.drawing.columns, COLUMNS_AT_ONCE):
            _raise_if(job.cancel.is_set())
            last = min(song.drawing.columns, first + COLUMNS_AT_ONCE)
            image = song.drawing.image(song.mixture.samples, first=first, last=last)
            self.reported.emit(MixtureDrawn(job, first, image))
        self._drawn = song

    def _put_aside(self) -> None:
        """Let go of the song before, but for what is separated of it already."""
        if self._separation is not None:
            song, separation = self._separation
            self._engine.put_aside(song.info, separation)
        self._separation = self._drawn = None

    def _take(self, job: TakeJob) -> None:
        song = job.song
        job.region.check(song.rate)
        if not song.finished:
            lead = round(LEAD_SECONDS * song.rate)
            self._separate(job, around=job.region.around(lead))
        separator = self._engine.separator(job.settings.checkpoint)
        import torch

        torch.set_num_threads(self._pace.threads(playing=job.playing()))
        vocals = separate_region(
            separator,
            song.mixture,
            job.region,
            job.settings,
            progress=progress_of(job, self.reported.emit),
            cancelled=job.cancel.is_set,
        )
        self.reported.emit(TakeMade(job, Take(job.region, job.settings, vocals)))

    def _separate(self, job: SeparateJob, *, around: Region | None = None) -> None:
        """Separate what is left of a song, or only what is heard in a region and at its ends."""
        separation = self._separation_of(job)
        import torch  # only now: the engine loads it so that others can go on

        _raise_if(job.cancel.is_set())
        vocals, engine = separation.vocals, self._engine
        self.reported.emit(NetworkLoaded(job, vocals, engine.device, *engine.card))
        for done in separation.chunks:
            if separation.done(done.index) and not job.song.ready.covers(done.start, done.stop):
                self._report_chunk(job, separation, done)
                self._draw(job, job.song, vocals, done.start, done.stop)
        while (chunk := separation.next_chunk(job.position())) is not None:
            _raise_if(job.cancel.is_set())
            if around is not None and not around.touches(chunk.start, chunk.stop):
                return
            is_first = not any(map(separation.done, range(len(separation.chunks))))
            threads = self._pace.threads(playing=job.playing(), awaited=is_first)
            torch.set_num_threads(threads)
            began = time.monotonic()
            start, stop = separation.run(chunk)
            if is_first:
                # To draw takes as long as to separate, and somebody waits to hear it.
                self._report_chunk(job, separation, chunk)
            self._draw(job, job.song, vocals, start, stop)
            if not is_first:
                self._report_chunk(job, separation, chunk)
            samples = chunk.stop - chunk.start
            self._pace.took(time.monotonic() - began, threads=threads, samples=samples)
        engine.keep(separation)

    def _report_chunk(self, job: SeparateJob, separation: Separation, chunk: Chunk) -> None:
        left = self._pace.seconds_for(separation.samples_left)
        finished = separation.finished
        self.reported.emit(ChunkSeparated(job, chunk.start, chunk.stop, left, finished))

    def _draw(self, job: Job, song: Song, vocals: Samples, start: int, stop: int) -> None:
        with_mixture = self._drawn is not song
        pictures = draw_part(song, vocals, start, stop, with_mixture=with_mixture)
        self.reported.emit(PartDrawn(job, start, stop, pictures))

    def _separation_of(self, job: SeparateJob) -> Separation:
        """The song's separation, begun or continued."""
        song = job.song
        if self._separation is None or self._separation[0] is not song:

            def note(text: str) -> None:
                self.reported.emit(Noticed(job, text))

            begun = self._engine.begin(song.mixture, song.info.path, tell=note)
            self._separation = (song, begun)
        return self._separation[1]

    def _export(self, job: ExportJob) -> None:
        from core.export import export_stems  # with all that writes files, after the first picture

        song, mixture = job.song, job.song.mixture
        vocals: Samples | None = song.vocals
        if vocals is None:  # the mixture alone is saved
            vocals = zeros_like(mixture.samples)
        stop, origin = job.cancel.is_set, None
        if job.plan.sidecar:
            computation = self._engine.computation(mixture)
            origin = origin_of(song.info.path, mixture, vocals, computation, cancelled=stop)
        if job.plan.sample_seconds:
            span = sample_range(mixture, vocals, job.plan.sample_seconds)
            mixture, vocals = cut(mixture, vocals, span)
        result = export_stems(
            song.info.path,
            mixture,
            vocals,
            job.plan,
            origin=origin,
            progress=progress_of(job, self.reported.emit),
            cancelled=stop,
        )
        self._engine.let_go()
        self.reported.emit(Exported(job, result))

    def end(self) -> None:
        """Let go of everything, once the thread has ended and the program does."""
        self._engine.let_go()


class WorkerThread(QThread):
    """The thread of the program's one worker."""

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        """Move the worker here and start."""
        super().__init__(parent)
        self.setObjectName("worker")
        worker.moveToThread(self)
        self.start()

    def finish(self) -> None:
        """Wait for the running job, which must have been cancelled, and end."""
        self.quit()
        self.wait()


def _raise_if(cancelled: bool) -> None:
    if cancelled:
        raise Cancelled
