"""`vocal-remover again`: stems made once more from their sidecar, bit for bit."""

import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from app.cli_report import Outcome, TextReporter
from core.errors import Cancelled, VocalRemoverError
from core.sidecar_reading import read_sidecar

CANCELLED = 130  # as shells say of Ctrl-C


def run_again(
    path: Path,
    *,
    folder: Path | None,
    song: Path | None,
    checkpoints: Sequence[Path],
    overwrite: bool,
) -> int:
    """Make the stems of a sidecar again.

    Args:
        path: the sidecar.
        folder: where to write; none for beside it.
        song: where the song lies; none to look for it.
        checkpoints: files, where it is not the default one.
        overwrite: whether to replace files.

    Returns:
        The exit status: 0 only if every file is the same as then.
    """
    stop = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    former = signal.signal(signal.SIGINT, interrupt)
    with TextReporter() as reporter:
        try:
            return _run(path, folder, song, checkpoints, overwrite, reporter, stop)
        except Cancelled:
            reporter.note("Cancelled; nothing was written.")
            return CANCELLED
        except VocalRemoverError as error:
            reporter.finish(Outcome(path, error=str(error)))
            return 1
        finally:
            signal.signal(signal.SIGINT, former)


def _run(
    path: Path,
    folder: Path | None,
    song: Path | None,
    checkpoints: Sequence[Path],
    overwrite: bool,
    reporter: TextReporter,
    stop: threading.Event,
) -> int:
    sidecar = read_sidecar(path)
    from core.again import check_plan, find_song, make_again  # torch, once there is work

    song = song or find_song(sidecar, path)
    plan = check_plan(sidecar, song, folder or path.parent, overwrite=overwrite)
    reporter.start(song, number=1, songs=1)
    made = make_again(
        sidecar,
        song,
        plan,
        checkpoints,
        note=reporter.note,
        progress=reporter.progress,
        cancelled=stop.is_set,
    )
    reporter.finish(Outcome(song, export=made.export))
    for difference in made.differences:
        reporter.note(difference)
    others = [stem.label for stem, same in made.identical.items() if not same]
    if others:
        reporter.note(f"Not the same files as then: {', '.join(others)}.")
        return 1
    reporter.note("The files are the same as then, bit for bit.")
    return 0
