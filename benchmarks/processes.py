"""Runs a command as a process of its own, and tells what it cost (on Linux and macOS)."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_MIB = 2**20 if sys.platform == "darwin" else 2**10  # of what the system counts memory in


class CommandFailed(Exception):
    """A command ended with an error; the message holds the end of what it said."""


@dataclass(frozen=True)
class Cost:
    """What a finished process took, with the processes it waited for.

    Attributes:
        seconds: from start to end.
        cpu_seconds: of all its threads together, in the program and in the system.
        peak_mib: memory of the largest of the processes; on Linux never less than what the
            process that started it had, so measure from a small one.
        output: what it wrote to standard output.
    """

    seconds: float
    cpu_seconds: float
    peak_mib: float
    output: str


def run(command: list[str], *, folder: Path = ROOT, threads: int | None = None) -> Cost:
    """Run a command to its end.

    Args:
        command: program and arguments.
        folder: to run in.
        threads: how many the numeric libraries may use; None leaves that to them.

    Raises:
        CommandFailed: its exit status is not 0, or it cannot be started.
    """
    environment = dict(os.environ)
    if threads is not None:
        names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
        environment |= dict.fromkeys(names, str(threads))
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
            )
        except OSError as error:
            raise CommandFailed(f"{command[0]} cannot be started: {error.strerror}.") from error
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said = _text(output.fileno())
        if process.returncode:
            last = _text(errors.fileno())[-2000:]
            raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{last}")
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Cost(seconds, cpu_seconds, usage.ru_maxrss / _MIB, said)


def _text(file: int) -> str:
    os.lseek(file, 0, os.SEEK_SET)
    with os.fdopen(os.dup(file), encoding="utf-8", errors="replace") as reader:
        return reader.read()
