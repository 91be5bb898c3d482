"""The one thread that reads, separates and writes; its news goes to the window by signal."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.jobs import (
    ChunkSeparated,
    Ended,
    Exported,
    ExportJob,
    Job,
    MixtureDrawn,
    NetworkLoaded,
    OpenJob,
    Picture,
    Probed,
    Progressed,
    SeparateJob,
    WasRead,
)
from app.pace import Pace
from app.song import Song
from core.audio import probe, read_audio
from core.errors import Cancelled, VocalRemoverError
from core.export import export_stems
from core.peaks import measure_peaks, whole_buckets
from core.resources import default_checkpoint_path
from core.stems import Stem

if TYPE_CHECKING:
    from core.separator import Separation, Separator

COLUMNS_AT_ONCE = 512
QUICK_LOOK = 8

log = logging.getLogger(__name__)


class Worker(QObject):
    """Does one job at a time, in the order asked; every job ends with an `Ended` report."""

    reported = Signal(object)

    def __init__(self, checkpoint: Path | None = None) -> None:
        """Use a checkpoint file, by default the one that is shipped."""
        super().__init__()
        self._checkpoint = checkpoint or default_checkpoint_path()
        self._separator: Separator | None = None
        self._device = ""
        self._card = ("", "")
        self._separation: tuple[Song, Separation] | None = None
        self._pace = Pace()

    @Slot(object)
    def do(self, job: Job) -> None:
        """Do a job to its end and report."""
        log.info("begin %s", type(job).__name__)
        cancelled, error = False, ""
        try:
            if isinstance(job, OpenJob):
                self._open(job)
            elif isinstance(job, SeparateJob):
                self._separate(job)
            elif isinstance(job, ExportJob):
                self._export(job)
        except Cancelled:
            cancelled = True
        except VocalRemoverError as fault:
            log.warning("%s", fault, exc_info=True)
            error = str(fault)
        except MemoryError:
            log.exception("out of memory")
            error = self.tr("There is not enough memory for this.")
        except Exception:
            log.exception("%s failed", type(job).__name__)
            error = self.tr("Something went wrong that should not have; the details say more.")
        self.reported.emit(Ended(job, cancelled=cancelled, error=error))

    def _open(self, job: OpenJob) -> None:
        self._separation = None
        stop = job.cancel.is_set
        info = probe(job.path)
        self.reported.emit(Probed(job, info))
        mixture = read_audio(job.path, progress=self._progress_of(job), cancelled=stop)
        song = Song(info, mixture)
        peaks = measure_peaks(mixture.samples, 0, mixture.length)
        self.reported.emit(WasRead(job, song, peaks))
        # A quick look at the whole song first: it is nearly all that the first view can show.
        look = song.drawing.image(mixture.samples, every=QUICK_LOOK)
        whole = np.repeat(look, QUICK_LOOK, axis=1)[:, : song.drawing.columns]
        self.reported.emit(MixtureDrawn(job, 0, whole))
        for first in range(0, song.drawing.columns, COLUMNS_AT_ONCE):
            _raise_if(stop())
            last = min(song.drawing.columns, first + COLUMNS_AT_ONCE)
            image = song.drawing.image(mixture.samples, first=first, last=last)
            self.reported.emit(MixtureDrawn(job, first, image))

    def _separate(self, job: SeparateJob) -> None:
        import torch

        separation = self._separation_of(job.song)
        _raise_if(job.cancel.is_set())
        name, sha256 = self._card
        self.reported.emit(NetworkLoaded(job, separation.vocals, self._device, name, sha256))
        while (chunk := separation.next_chunk(job.position())) is not None:
            _raise_if(job.cancel.is_set())
            threads = self._pace.threads(playing=job.playing())
            torch.set_num_threads(threads)
            began = time.monotonic()
            start, stop = separation.run(chunk)
            pictures = draw_stems(job.song, separation.vocals, start, stop)
            samples = chunk.stop - chunk.start
            self._pace.took(time.monotonic() - began, threads=threads, samples=samples)
            left = sum(
                other.stop - other.start
                for other in separation.chunks
                if not separation.done(other.index)
            )
            self.reported.emit(
                ChunkSeparated(
                    job,
                    chunk.start,
                    chunk.stop,
                    pictures,
                    self._pace.seconds_for(left),
                    separation.finished,
                )
            )

    def _separation_of(self, song: Song) -> Separation:
        """The song's separation, begun or continued; loads the network when first needed."""
        if self._separation is not None and self._separation[0] is song:
            return self._separation[1]
        # These import torch, which takes seconds.
        from core.checkpoint import load_checkpoint
        from core.devices import choose_device
        from core.separator import Separation, Separator

        if self._separator is None:
            checkpoint = load_checkpoint(self._checkpoint)
            device = choose_device("auto")
            log.info("%s Checkpoint %s, %s", device.reason, checkpoint.name, checkpoint.sha256)
            self._separator = Separator(checkpoint, device=device)
            self._device = device.reason
            self._card = (checkpoint.name, checkpoint.sha256)
            # Torch brings 200,000 objects that live for good; to look through them all holds up
            # every thread for 0.2 s, and the loudspeaker runs dry.
            gc.freeze()
        separation = Separation(self._separator, song.mixture)
        self._separation = (song, separation)
        return separation

    def _export(self, job: ExportJob) -> None:
        song = job.song
        if song.vocals is None:
            raise RuntimeError("export before separation")
        result = export_stems(
            song.info.path,
            song.mixture,
            song.vocals,
            job.plan,
            progress=self._progress_of(job),
            cancelled=job.cancel.is_set,
        )
        self.reported.emit(Exported(job, result))

    def _progress_of(self, job: Job) -> Callable[[float], None]:
        """A progress function that reports at most thirty times a second."""
        last = 0.0

        def report(share: float) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last > 1 / 30:
                last = now
                self.reported.emit(Progressed(job, share))

        return report


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


def draw_stems(song: Song, vocals: np.ndarray, start: int, stop: int) -> tuple[Picture, ...]:
    """The waveforms and spectrograms of both stems where [start, stop) of `vocals` changed."""
    first, last = song.drawing.columns_touched(start, stop)
    low, high = song.drawing.samples_seen(first, last)
    bucket_low, bucket_high = whole_buckets(start, stop, song.length)
    low, high = min(low, bucket_low), max(high, bucket_high)
    voice = vocals[:, low:high]
    parts = {Stem.INSTRUMENTAL: song.mixture.samples[:, low:high] - voice, Stem.VOCALS: voice}
    return tuple(
        Picture(
            stem,
            bucket_low,
            measure_peaks(part[:, bucket_low - low :], 0, bucket_high - bucket_low),
            first,
            song.drawing.image(part, first=first, last=last, offset=low),
        )
        for stem, part in parts.items()
    )


def _raise_if(cancelled: bool) -> None:
    if cancelled:
        raise Cancelled
