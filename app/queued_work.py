"""What the worker does with a song of the queue, which nobody listens to."""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from app.engine import Engine
from app.jobs import Advanced, Exported, Job, Noticed, Probed, Progressed, QueuedJob, Report
from app.pace import Pace
from core.audio import Audio, SongInfo, likely_length, probe, spool_audio
from core.errors import Cancelled
from core.export_plan import ExportPlan
from core.provenance import origin_of
from core.sample import cut, sample_range
from core.samples import Samples
from core.stem_room import check_room_for, check_stem_room
from core.takes import TakenVocals

if TYPE_CHECKING:
    from core.separation import Separation

Tell = Callable[[Report], None]
REPORTS_PER_SECOND = 30


def work_off(job: QueuedJob, engine: Engine, pace: Pace, tell: Tell) -> None:
    """Do a song of the queue; interrupted, what is separated of it is put aside.

    Raises:
        VocalRemoverError: the song cannot be read, separated or saved.
        Cancelled: the job was cancelled.
    """
    begun = engine.take_up(job.path)
    if begun is not None:
        info, mixture = begun.info, begun.separation.mixture
        tell(Probed(job, info))
    else:
        info = probe(job.path)
        tell(Probed(job, info))
        if job.plan is not None:
            _check_room(info, job.plan)
        progress = progress_of(job, tell)
        mixture = spool_audio(job.path, progress=progress, cancelled=job.cancel.is_set)
    vocals = engine.recall(mixture)
    if vocals is None:
        if job.plan is not None:
            check_room_for(job.path, mixture, song_plan(job.plan, info), signals=1)
        separation = begun.separation if begun else _begin(job, engine, mixture, tell)
        try:
            _separate(job, separation, pace, tell)
        except Cancelled:
            engine.put_aside(info, separation)
            raise
        engine.keep(separation)
        vocals = separation.vocals
    if job.plan is not None:
        if job.takes:
            vocals = TakenVocals(vocals, job.takes, mixture.rate)
        _save(job, info, mixture, vocals, job.plan, engine, tell)


def _begin(job: QueuedJob, engine: Engine, mixture: Audio, tell: Tell) -> "Separation":
    return engine.begin(mixture, job.path, tell=lambda text: tell(Noticed(job, text)))


def _check_room(info: SongInfo, template: ExportPlan) -> None:
    """Raise an OutputError where the header tells already that the stems have no room."""
    check_stem_room(
        info.path,
        song_plan(template, info),
        channels=info.channels,
        rate=info.rate,
        length=likely_length(info.path, info),
        signals=2,
    )


def progress_of(job: Job, tell: Tell) -> Callable[[float], None]:
    """A progress function that reports at most thirty times a second."""
    last = 0.0

    def report(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > 1 / REPORTS_PER_SECOND:
            last = now
            tell(Progressed(job, share))

    return report


def song_plan(template: ExportPlan, info: SongInfo) -> ExportPlan:
    """A template filled in for one song: its folder, title and artist, and a number."""
    names = replace(template.names, title=info.title, artist=info.artist)
    folder = info.path.parent if template.folder == Path() else template.folder
    for number in count(1):
        plan = replace(template, names=replace(names, number=number), folder=folder)
        if plan.overwrite or not any(path.exists() for path in plan.paths(info.path)):
            break
    return plan


def _separate(job: QueuedJob, separation: "Separation", pace: Pace, tell: Tell) -> None:
    import torch

    length = max(1, separation.mixture.length)
    while (chunk := separation.next_chunk(0)) is not None:
        left = separation.samples_left
        tell(Advanced(job, 1 - left / length, pace.seconds_for(left)))
        if job.cancel.is_set():
            raise Cancelled
        threads = pace.threads(playing=job.playing())
        torch.set_num_threads(threads)
        began = time.monotonic()
        separation.run(chunk)
        seconds = time.monotonic() - began
        pace.took(seconds, threads=threads, samples=chunk.stop - chunk.start)


def _save(
    job: QueuedJob,
    info: SongInfo,
    mixture: Audio,
    vocals: Samples,
    template: ExportPlan,
    engine: Engine,
    tell: Tell,
) -> None:
    from core.export import export_stems  # with all that writes files, after the first picture

    tell(Advanced(job, 1.0, 0.0))
    stop = job.cancel.is_set
    origin = None
    if template.sidecar:
        computation = engine.computation(mixture)
        origin = origin_of(info.path, mixture, vocals, computation, cancelled=stop)
    if template.sample_seconds:
        span = sample_range(mixture, vocals, template.sample_seconds)
        mixture, vocals = cut(mixture, vocals, span)
    report = export_stems(
        info.path,
        mixture,
        vocals,
        song_plan(template, info),
        origin=origin,
        progress=progress_of(job, tell),
        cancelled=stop,
    )
    engine.let_go()
    tell(Exported(job, report))
