"""Songs separated one after the other on the command line, each with its own outcome."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from app.cli_plan import Refusal, Request, Task, planned
from app.cli_report import Outcome, Reporter
from core.audio import Audio, spool_audio
from core.cache import Cache, default_folder, result_key
from core.errors import Cancelled, VocalRemoverError
from core.export import ExportReport, export_stems
from core.low_end import keep_low_end
from core.naming import shown_name
from core.sample import cut, separate_sample
from core.samples import Difference, Samples
from core.stems import Stem

if TYPE_CHECKING:  # torch takes seconds to load and waits until a song has proved good
    from core.separation import Separation
    from core.separator import Separator

CANCELLED = 130  # the exit status that shells give to Ctrl-C: 128 + SIGINT
_READ, _SEPARATED = 0.03, 0.95  # how far a song is, in time, when these steps are done


def run_batch(request: Request, reporter: Reporter) -> int:
    """Separate all songs of a request.

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
        written = _separate_all(tasks, request, reporter, stop.is_set) if tasks else 0
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


def _separate_all(
    tasks: list[Task], request: Request, reporter: Reporter, cancelled: Callable[[], bool]
) -> int:
    """Return how many songs were written."""
    try:
        separator = _loaded_separator(request)
    except VocalRemoverError as error:
        for task in tasks:
            reporter.finish(Outcome(task.song, error=str(error)))
        return 0
    reporter.note(separator.device.reason)
    written = 0
    for number, task in enumerate(tasks, start=1):
        if cancelled():
            break
        reporter.start(task.song, number=number, songs=len(tasks))
        outcome = _outcome(task, separator, request.keep_low_end_hz, reporter, cancelled)
        reporter.finish(outcome)
        written += outcome.status == "written"
    return written


def _loaded_separator(request: Request) -> "Separator":
    from core.checkpoint import load_chosen
    from core.devices import choose_device
    from core.separator import Separator

    device = choose_device(request.device)
    return Separator(load_chosen(request.checkpoint), device=device)


def _outcome(
    task: Task,
    separator: "Separator",
    keep_low_end_hz: float | None,
    reporter: Reporter,
    cancelled: Callable[[], bool],
) -> Outcome:
    started = time.monotonic()
    try:
        mixture, export = _separate(task, separator, keep_low_end_hz, reporter, cancelled)
    except Cancelled:
        return Outcome(task.song, cancelled=True)
    except (VocalRemoverError, OSError) as error:
        return Outcome(task.song, error=str(error))
    except MemoryError:
        name = shown_name(task.song)
        return Outcome(task.song, error=f"There is not enough memory to separate “{name}”.")
    facts: dict[str, str | int | float] = {
        "rate": mixture.rate,
        "channels": mixture.channels,
        "samples": mixture.length,
        "seconds": round(mixture.seconds, 3),
        "elapsed_seconds": round(time.monotonic() - started, 3),
        "device": str(separator.device.device),
        "checkpoint": separator.checkpoint.name,
        "checkpoint_sha256": separator.checkpoint.sha256,
    }
    if keep_low_end_hz is not None:
        facts["keep_low_end_hz"] = keep_low_end_hz
    return Outcome(task.song, export=export, picture=task.picture, facts=facts)


def _separate(
    task: Task,
    separator: "Separator",
    keep_low_end_hz: float | None,
    reporter: Reporter,
    cancelled: Callable[[], bool],
) -> tuple[Audio, ExportReport]:
    from core.parallel import run_all
    from core.separation import Separation

    def progress(begin: float, end: float) -> Callable[[float], None]:
        return lambda fraction: reporter.progress(begin + (end - begin) * fraction)

    mixture = spool_audio(task.song, progress=progress(0.0, _READ), cancelled=cancelled)
    tell, seconds = progress(_READ, _SEPARATED), task.plan.sample_seconds
    vocals: Samples
    if seconds:
        separation = Separation(separator, mixture, tell=reporter.note)
        span = separate_sample(separation, seconds, progress=tell, cancelled=cancelled)
        mixture, vocals = cut(mixture, separation.vocals, span)
    else:
        separation = _begun(task.song, separator, mixture, reporter)
        run_all(separation, threads=1, progress=tell, cancelled=cancelled)
        vocals = separation.vocals
    separation.free()
    if keep_low_end_hz is not None:
        vocals = keep_low_end(vocals, mixture.rate, keep_low_end_hz, cancelled=cancelled)
    export = export_stems(
        task.song,
        mixture,
        vocals,
        task.plan,
        progress=progress(_SEPARATED, 1.0),
        cancelled=cancelled,
    )
    if task.picture is not None:
        _draw(task, task.picture, mixture, vocals)
    if separation.partial is not None:  # the stems are there; until then they can be made again
        separation.partial.discard()
    return mixture, export


def _begun(song: Path, separator: "Separator", mixture: Audio, reporter: Reporter) -> "Separation":
    """A separation, gone on with where an earlier run was ended."""
    from core.separation import Separation

    cache = Cache(default_folder())
    key = result_key(mixture, separator.checkpoint.sha256)
    separation = Separation(
        separator,
        mixture,
        keep=lambda facts: cache.begin(key, facts, song=song.absolute()),
        tell=reporter.note,
    )
    if any(separation.done(chunk.index) for chunk in separation.chunks):
        done = 1 - separation.samples_left / max(1, mixture.length)
        reporter.note(f"Going on with “{shown_name(song)}”: {done:.0%} was separated before.")
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
