"""What one song goes through on the command line: it is read, separated and saved."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli_plan import Task
from app.cli_report import Outcome
from core.audio import Audio, spool_audio
from core.cache import Cache, default_folder, result_key
from core.errors import Cancelled, VocalRemoverError
from core.export import export_stems
from core.export_plan import ExportReport
from core.low_end import keep_low_end
from core.naming import shown_name
from core.sample import cut, separate_sample
from core.samples import Difference, Samples
from core.stem_room import check_room_for
from core.stems import Stem

if TYPE_CHECKING:  # torch takes seconds to load and waits until a song has proved good
    from core.separation import Separation
    from core.separator import Separator
    from core.sidecar import Origin

Tell = Callable[[float], None]
FAILURES = (Cancelled, VocalRemoverError, OSError, MemoryError)
"""What a step may raise; `failed` says it of a song."""


@dataclass(frozen=True, eq=False)
class Read:
    """A song's samples, and how many seconds it took to read them."""

    mixture: Audio
    seconds: float


@dataclass(frozen=True, eq=False)
class Separated:
    """A song, or the sample of it that is wanted, with its voice."""

    mixture: Audio
    vocals: Samples
    separation: "Separation"
    origin: "Origin | None"  # for the sidecar, if there is to be one
    seconds: float  # since the song began to be read, without what it waited
    facts: dict[str, str | int | float]


def failed(task: Task, error: BaseException) -> Outcome:
    """The outcome of a song whose step raised one of FAILURES."""
    if isinstance(error, Cancelled):
        return Outcome(task.song, cancelled=True)
    if isinstance(error, MemoryError):
        name = shown_name(task.song)
        return Outcome(task.song, error=f"There is not enough memory to separate “{name}”.")
    return Outcome(task.song, error=str(error))


def read(task: Task, *, progress: Tell, cancelled: Callable[[], bool]) -> Read:
    """Decode a song to a file of samples."""
    began = time.monotonic()
    mixture = spool_audio(task.song, progress=progress, cancelled=cancelled)
    return Read(mixture, time.monotonic() - began)


def separate(
    task: Task,
    song: Read,
    separator: "Separator",
    *,
    note: Callable[[str], None],
    progress: Tell,
    cancelled: Callable[[], bool],
) -> Separated:
    """Separate a song, or as much of it as its sample takes; `note` hears of what is unusual."""
    from core.parallel import run_all
    from core.separation import Separation

    began, mixture, seconds = time.monotonic(), song.mixture, task.plan.sample_seconds
    check_room_for(task.song, mixture, task.plan, signals=1)
    vocals: Samples
    if seconds:
        separation = Separation(separator, mixture, tell=note)
        span = separate_sample(separation, seconds, progress=progress, cancelled=cancelled)
        mixture, vocals = cut(mixture, separation.vocals, span)
    else:
        separation = _begun(task.song, separator, mixture, note)
        run_all(separation, progress=progress, cancelled=cancelled)
        vocals = separation.vocals
    separation.free()
    origin = None
    if task.plan.sidecar:
        from core.provenance import computation_of, origin_of

        computation = computation_of(separator, separation)
        origin = origin_of(
            task.song, song.mixture, separation.vocals, computation, cancelled=cancelled
        )
    facts: dict[str, str | int | float] = {
        "device": str(separator.device.device),
        "checkpoint": separator.checkpoint.name,
        "checkpoint_sha256": separator.checkpoint.sha256,
    }
    took = song.seconds + time.monotonic() - began
    return Separated(mixture, vocals, separation, origin, took, facts)


def save(
    task: Task,
    song: Separated,
    *,
    keep_low_end_hz: float | None,
    progress: Tell,
    cancelled: Callable[[], bool],
) -> Outcome:
    """Write and check a song's files; `keep_low_end_hz` None keeps nothing."""
    began = time.monotonic()
    mixture, vocals = song.mixture, song.vocals
    mix = replace(task.plan.mix, keep_low_end_hz=keep_low_end_hz)
    export: ExportReport = export_stems(
        task.song,
        mixture,
        vocals,
        replace(task.plan, mix=mix),
        origin=song.origin,
        progress=progress,
        cancelled=cancelled,
    )
    if task.picture is not None:
        if keep_low_end_hz is not None:
            vocals = keep_low_end(vocals, mixture.rate, keep_low_end_hz, cancelled=cancelled)
        _draw(task, task.picture, mixture, vocals)
    if song.separation.partial is not None:  # until the stems are there they can be made again
        song.separation.partial.discard()
    facts: dict[str, str | int | float] = {
        "rate": mixture.rate,
        "channels": mixture.channels,
        "samples": mixture.length,
        "seconds": round(mixture.seconds, 3),
        "elapsed_seconds": round(song.seconds + time.monotonic() - began, 3),
        **song.facts,
    }
    if keep_low_end_hz is not None:
        facts["keep_low_end_hz"] = keep_low_end_hz
    return Outcome(task.song, export=export, picture=task.picture, facts=facts)


def _begun(
    song: Path, separator: "Separator", mixture: Audio, note: Callable[[str], None]
) -> "Separation":
    """A separation, gone on with where an earlier run was ended."""
    from core.separation import Separation

    cache = Cache(default_folder())
    key = result_key(mixture, separator.checkpoint.sha256)
    separation = Separation(
        separator,
        mixture,
        keep=lambda facts: cache.begin(key, facts, song=song.absolute()),
        tell=note,
    )
    if any(separation.done(chunk.index) for chunk in separation.chunks):
        done = 1 - separation.samples_left / max(1, mixture.length)
        note(f"Going on with “{shown_name(song)}”: {done:.0%} was separated before.")
    return separation


def _draw(task: Task, path: Path, mixture: Audio, vocals: Samples) -> None:
    from core.picture import draw_before_and_after, save_picture

    shown = Stem.INSTRUMENTAL if Stem.INSTRUMENTAL in task.plan.stems else Stem.VOCALS
    picture = draw_before_and_after(
        mixture,
        Difference(mixture.samples, vocals) if shown is Stem.INSTRUMENTAL else vocals,
        title=shown_name(Path(task.song.stem)),
        after_label=f"After: {shown.label.lower()}",
    )
    save_picture(path, picture, overwrite=task.plan.overwrite)
