"""The program's side of the decoding process: started early, kept warm, replaced when it dies."""

from __future__ import annotations

import atexit
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from core.decoding_protocol import (
    ALIVE,
    CREDIT,
    CREDITS,
    FLAG,
    HEAD,
    LARGEST,
    LENGTH,
    PATIENCE,
    PICTURE,
    READY,
    REQUEST,
    RESULT,
    SAMPLES,
    SHAPE,
    STOP,
)

if TYPE_CHECKING:
    import numpy as np

patience = PATIENCE
"""Seconds that a library may take for one step through a file."""

_MOST_IDLE = 2
_GRACE = 10.0  # seconds in which the process should have ended itself
_START = 120.0  # seconds; a cold disk may take long
_LARGEST_BLOCK = 2**28  # bytes
_PIPE = 2**20  # bytes

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from core.decoding_child import main; main()"

_log = logging.getLogger(__name__)


class ProcessEnded(Exception):
    """The decoding process is gone; the message says in a sentence's end what the file did."""


class DecodingProcess:
    """One process that decodes, one file at a time.

    Raises:
        ProcessEnded: the system lets no process start.
    """

    def __init__(self) -> None:
        """Start it; its libraries load while this program goes on."""
        self._start()

    def _start(self) -> None:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        options: dict[str, Any] = {}
        if sys.platform == "win32":
            options["creationflags"] = (
                subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
            )
        else:
            options["start_new_session"] = True  # Ctrl-C is for the program to answer
        try:
            self._process = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=environment,
                **options,
            )
        except OSError as error:
            _log.info("no decoding process can be started: %s", error)
            raise ProcessEnded("cannot be decoded: the system lets no process start") from error
        _widen(self._process.stdout)
        self._ready = False
        self._heard = time.monotonic()
        self._limit = patience
        self._due = 0  # messages

    def ask(self, request: dict[str, str], path: Path) -> dict[str, Any]:
        """Send a request about a file and return its result."""
        self._send(request, path)
        said = self._result(self._next(RESULT)[1])
        self._due += len(said.get("pictures", []))
        return said

    def blocks(self, request: dict[str, str], path: Path) -> Generator[np.ndarray, None, str]:
        """Send a request to decode; yield (channels, samples) float32 and return the damage.

        Closed early, it leaves the process ready for the next file.
        """
        self._send(request, path, then=CREDIT * CREDITS)
        try:
            while (message := self._next(SAMPLES, RESULT))[0] == SAMPLES:
                block = self._samples(message[1])
                self._write(CREDIT)
                yield block
            return str(self._result(message[1]).get("damage", ""))
        except GeneratorExit:
            self._write(STOP)
            while (message := self._next(SAMPLES, RESULT))[0] == SAMPLES:
                self._read(message[1])
            self._result(message[1])
            raise

    def picture(self) -> bytes:
        """Receive one of the pictures that a result told of."""
        data = bytes(self._read(self._next(PICTURE)[1]))
        self._due -= 1
        return data

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def is_free(self) -> bool:
        """Whether it lives and has answered all that it was asked."""
        return not self._due and self._process.poll() is None

    def end(self) -> None:
        """End it now, whatever it does."""
        with suppress(OSError):
            self._process.kill()
        self._close_pipes()
        with suppress(subprocess.TimeoutExpired):  # it may hang in a disk that is gone
            self._process.wait(1.0)

    def disown(self) -> None:
        """Forget it in a fork of this program, whose child it is not."""
        self._close_pipes()
        self._process.returncode = 0

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _send(self, request: dict[str, str], path: Path, then: bytes = b"") -> None:
        if not self._ready:
            self._limit = _START
            try:
                self._next(READY)
            except ProcessEnded:  # before any song could be to blame: once more
                self._start()
                self._limit = _START
                self._next(READY)
            self._ready = True
        self._limit = patience
        name = os.fsencode(path.absolute()).decode("latin-1")
        text = json.dumps({**request, "path": name, "patience": patience}).encode()
        self._heard = time.monotonic()
        self._due = 1
        self._write(REQUEST + LENGTH.pack(len(text)) + text + then)

    def _next(self, *expected: bytes) -> tuple[bytes, int]:
        """Wait for a message; return its kind and size."""
        while True:
            kind, size = HEAD.unpack(self._read(HEAD.size))
            if kind != ALIVE:
                break
        if kind not in expected or size > (_LARGEST_BLOCK if kind == SAMPLES else LARGEST):
            _log.info("the decoding process said %r of %d bytes", kind, size)
            raise ProcessEnded("is damaged: it led the decoder astray")
        return kind, size

    def _result(self, size: int) -> dict[str, Any]:
        try:
            said = json.loads(bytes(self._read(size)))
        except ValueError as error:
            raise ProcessEnded("is damaged: it led the decoder astray") from error
        if not isinstance(said, dict) or not isinstance(said.get("pictures", []), list):
            raise ProcessEnded("is damaged: it led the decoder astray")
        self._due -= 1
        if "fault" in said:
            _log.info("the decoder failed: %s", said["fault"])
        return said

    def _samples(self, size: int) -> np.ndarray:
        import numpy as np  # here, so that a process starts before this program loads it

        channels, length = SHAPE.unpack(self._read(SHAPE.size))
        if not channels or channels * length * 4 + SHAPE.size != size:
            raise ProcessEnded("is damaged: it led the decoder astray")
        block = np.empty((length, channels), dtype="<f4")
        if length:
            self._read_into(block.data.cast("B"))
        return block.T

    def _read(self, size: int) -> bytearray:
        data = bytearray(size)
        self._read_into(memoryview(data))
        return data

    def _read_into(self, left: memoryview) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        while left:
            self._wait_for_data()
            count = pipe.readinto(left)  # type: ignore[attr-defined]  # unbuffered, so a FileIO
            if not count:
                raise ProcessEnded(self._last_words())
            left = left[count:]
        self._heard = time.monotonic()

    def _wait_for_data(self) -> None:
        """Wait for a process that cannot even end itself, such as at a disk that is gone."""
        if sys.platform == "win32":
            return  # pipes cannot be waited for there; the process ends itself
        pipe = self._process.stdout
        assert pipe is not None
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN | select.POLLHUP)
        if not waiting.poll(1000 * (self._limit + _GRACE)):
            raise ProcessEnded(self._last_words())

    def _write(self, data: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            pipe.write(data)
        except OSError:
            if self._ready:  # else the end of its output tells
                raise ProcessEnded(self._last_words()) from None

    def _last_words(self) -> str:
        """End the process and say what became of it."""
        quiet = time.monotonic() - self._heard
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        code = self._process.poll()
        self.end()
        if quiet >= 0.95 * self._limit:
            return "is damaged: it kept the decoder busy without end"
        if not self._ready:
            _log.info("the decoding process does not start: %s", code)
            return "cannot be decoded: the decoder does not start"
        _log.info("the decoding process ended: %s", code)
        if code == -getattr(signal, "SIGKILL", 9):
            return "is damaged: it took the decoder all its memory"
        return "is damaged: it crashed the decoder"


def _widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold a whole block, so that neither side waits for the other so often."""
    if sys.platform == "linux" and pipe is not None:
        import fcntl

        with suppress(OSError):  # the system may allow less
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    root = str(Path(__file__).resolve().parent.parent)
    return [sys.executable, "-I", "-S", "-c", _PROGRAM, root, *filter(None, sys.path)]


_idle: list[DecodingProcess] = []
_lock = threading.Lock()


def warm_up() -> None:
    """Start a process now, so that the first song need not wait for its libraries."""
    with _lock, suppress(ProcessEnded):
        if not _idle:
            _idle.append(DecodingProcess())


@contextmanager
def borrowed(song: str) -> Iterator[DecodingProcess]:
    """Give a process for one request; whoever asks at the same time gets another.

    A process that died is replaced at once.

    Args:
        song: the file's name, for the log.
    """
    process = _take()
    try:
        yield process
    except ProcessEnded as error:
        _log.info("decoding of “%s” ended: it %s", song, error)
        raise
    finally:
        if process.is_free:
            _give_back(process)
        else:
            process.end()
            warm_up()


def _take() -> DecodingProcess:
    while True:
        with _lock:
            process = _idle.pop() if _idle else None
        if process is None:
            return DecodingProcess()
        if process.is_free:
            return process
        process.end()


def _give_back(process: DecodingProcess) -> None:
    with _lock:
        if len(_idle) < _MOST_IDLE:
            _idle.append(process)
            return
    process.end()


@atexit.register
def end_all() -> None:
    """End the processes that wait."""
    with _lock:
        while _idle:
            _idle.pop().end()


def _forget_all() -> None:
    global _lock
    _lock = threading.Lock()
    for process in _idle:
        process.disown()
    _idle.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
