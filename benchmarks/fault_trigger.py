"""Runs the command line or the window and provokes one fault in the middle of the first song.

`python -m benchmarks.fault_trigger MOMENT ACTION [ARGUMENT] -- separate SONG...`; the fault table
(`python -m benchmarks.faults`) starts it. What happens is real where a program can do it to itself;
what only hardware does is injected where the hardware would be met.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

MOMENTS = ("block", "chunk", "export", "write")
_WAITS = {"block": 3, "chunk": 2, "export": 1, "write": 3}  # the how-manieth call it happens at


def arm(moment: str, action: str, argument: str) -> None:
    """Let `action` happen once: at the third block, second chunk, first export or third written."""
    import core.estimator
    import core.export
    import core.writing
    from core.decoding_process import DecodingProcess

    calls = 0

    def wrapped(function: Callable) -> Callable:
        def counted(*arguments: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == _WAITS[moment]:
                ACTIONS[action](argument)
            return function(*arguments, **named)

        return counted

    if moment == "block":
        DecodingProcess._samples = wrapped(DecodingProcess._samples)  # type: ignore[method-assign]
    elif moment == "chunk":
        estimator = core.estimator.Estimator
        estimator.voice = wrapped(estimator.voice)  # type: ignore[method-assign]
    elif moment == "write":
        measured = core.writing._Measured
        measured.read = wrapped(measured.read)  # type: ignore[method-assign]
    else:
        exporting = wrapped(core.export.export_stems)
        core.export.export_stems = exporting
        if "app.cli_steps" in sys.modules:
            sys.modules["app.cli_steps"].export_stems = exporting  # type: ignore[attr-defined]


def _delete(path: str) -> None:
    Path(path).unlink()


def _truncate(path: str) -> None:
    os.truncate(path, Path(path).stat().st_size // 2)


def _replace(path: str) -> None:
    Path(path).write_bytes(b"something else altogether " * 1_000)


def _fill_the_disk(path: str) -> None:
    """Write zeros until nothing more fits, to the byte."""
    with Path(path).open("wb", buffering=0) as file:
        for size in (2**16, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


def _remove_folder(path: str) -> None:
    shutil.rmtree(path)


def _make_read_only(path: str) -> None:
    if os.path.ismount(path):
        subprocess.run(["mount", "-o", "remount,ro", path], check=True)
    else:
        Path(path).chmod(0o500)


def _crash_the_decoder(argument: str) -> None:
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        parent = (status.parent / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[1]
        if int(parent) == os.getpid() and b"decoding_child" in status.read_bytes():
            os.kill(int(status.parent.name), signal.SIGSEGV)
    time.sleep(0.3)


def _limit_memory(megabytes: str) -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + int(megabytes) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _lose_the_gpu(argument: str) -> None:
    """Let the next computation be one on a graphics card that has gone."""
    import torch

    import core.estimator
    from core.devices import DeviceChoice
    from core.separator import Separator

    whole, empty = Separator.vocals, core.estimator.give_back

    def lost(self: Separator, *arguments: object) -> None:
        device = self.device

        def emptied(lost: torch.device) -> None:
            self.device, core.estimator.give_back = device, empty
            empty(lost)

        core.estimator.give_back = emptied
        Separator.vocals = whole  # type: ignore[method-assign]
        self.device = DeviceChoice(torch.device("cuda:0"), "")
        raise torch.AcceleratorError("CUDA error: unspecified launch failure")

    Separator.vocals = lost  # type: ignore[method-assign,assignment]


def _kill(argument: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _interrupt(argument: str) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def _turn_the_clock_back(argument: str) -> None:
    told, began = time.time, time.time()
    time.time = lambda: told() - 400 * 86_400 * (1 if int(told() - began) % 2 else -1)


def _lose_the_sound(argument: str) -> None:
    FakeStream.active = False


class FakeStream:
    """A sound device that can be unplugged."""

    active = True
    latency = 0.1

    def __init__(self, **named: object) -> None:
        """Open."""

    def start(self) -> None:
        """Play, silently."""

    def close(self, *, ignore_errors: bool) -> None:
        """Close."""


ACTIONS: dict[str, Callable[[str], None]] = {
    "delete": _delete,
    "truncate": _truncate,
    "replace": _replace,
    "fill-disk": _fill_the_disk,
    "remove-folder": _remove_folder,
    "read-only": _make_read_only,
    "crash-decoder": _crash_the_decoder,
    "limit-memory": _limit_memory,
    "lose-gpu": _lose_the_gpu,
    "lose-sound": _lose_the_sound,
    "kill": _kill,
    "interrupt": _interrupt,
    "clock": _turn_the_clock_back,
}


def main() -> None:
    """Arm the fault and run the command line."""
    import app.cli_batch  # noqa: F401  (it must be there to be armed)

    split = sys.argv.index("--")
    moment, action, argument = (*sys.argv[1:split], "")[:3]
    arm(moment, action, argument)
    sys.argv[1:] = sys.argv[split + 1 :]
    from app.cli import main as run

    run()


if __name__ == "__main__":
    main()
