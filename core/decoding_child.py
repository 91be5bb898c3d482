"""The process that reads songs with native libraries; a file may crash it or make it hang.

It knows neither Qt nor torch. It ends when the program does, and when it gets nowhere.
"""

import faulthandler
import importlib
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from core.decoding import Damaged, Reader
from core.decoding_libraries import AVReader, SoundFileReader
from core.decoding_protocol import (
    ALIVE,
    CREDIT,
    HEAD,
    LARGEST,
    LENGTH,
    MOST_PICTURES,
    PATIENCE,
    PICTURE,
    READY,
    REQUEST,
    RESULT,
    ROOM,
    SAMPLES,
    SHAPE,
    STOP,
)
from core.tag_reading import raw_tags

_SIGN_OF_LIFE = 2.0  # seconds
# No format turns a byte into more: the smallest FLAC frame of silence holds 65,535 samples.
_SAMPLES_PER_BYTE = 8_192


def main() -> None:
    """Serve the program that started this process until it closes the pipe."""
    channel = _Channel()
    _limit_resources()
    channel.send(READY)
    while (request := channel.next_request()) is not None:
        clock = _Clock(channel, float(request.get("patience", PATIENCE)))
        clock.restart()
        try:
            _answer(request, channel, clock)
        except MemoryError:
            clock.stop()
            channel.send_json({"damage": "is damaged: it would take too much memory"})
        # The border of this process: libraries raise anything over bytes that nobody foresaw.
        except Exception as error:
            clock.stop()
            channel.send_json({"damage": "is damaged", "fault": repr(error)[:500]})


def _answer(request: dict[str, Any], channel: "_Channel", clock: "_Clock") -> None:
    path = Path(os.fsdecode(request["path"].encode("latin-1")))
    if request["do"] == "tags":
        _send_tags(path, channel, clock)
        return
    reader: Reader = (
        SoundFileReader() if request["library"] == "soundfile" else AVReader(clock.reached)
    )
    damage = {}
    try:
        if request["do"] == "describe":
            description = reader.describe(path)
            clock.stop()
            channel.send_json(vars(description))
            return
        for block in _bounded(reader.blocks(path), path):
            clock.stop()
            if not channel.may_send_samples():
                break
            channel.send_samples(block)
            clock.restart()
    except Damaged as error:
        damage = {"damage": str(error)}
    clock.stop()
    channel.send_json(damage)


def _bounded(blocks: Iterator[np.ndarray], path: Path) -> Iterator[np.ndarray]:
    """Stop a file that decodes to more than any file of its size can hold."""
    most, length = (path.stat().st_size + 1_000) * _SAMPLES_PER_BYTE, 0
    for block in blocks:
        length += block.shape[1]
        if length > most:
            raise Damaged("is damaged: it goes on without end")
        if block.size:
            yield block


def _send_tags(path: Path, channel: "_Channel", clock: "_Clock") -> None:
    fields, pictures = raw_tags(path)
    clock.stop()
    fitting = [picture for picture in pictures if len(picture.data) <= LARGEST][:MOST_PICTURES]
    about = [{"mime": p.mime, "kind": p.kind, "description": p.description} for p in fitting]
    channel.send_json({"fields": fields, "pictures": about})
    for picture in fitting:
        channel.send(PICTURE, picture.data)


class _Clock:
    """Ends this process when a library gets nowhere, even one that never returns."""

    def __init__(self, channel: "_Channel", patience: float) -> None:
        self._channel, self._patience = channel, patience
        self._furthest = -1
        self._told = time.monotonic()

    def restart(self) -> None:
        # A thread of its own in C, which a library that holds the interpreter cannot stop.
        faulthandler.dump_traceback_later(self._patience, exit=True, file=_nowhere)
        self._told = time.monotonic()

    def stop(self) -> None:
        """The program may take as long as it likes."""
        faulthandler.cancel_dump_traceback_later()

    def reached(self, position: int) -> None:
        """Go on as long as a library gets further in the file, be it without any sound."""
        if position > self._furthest and time.monotonic() - self._told > _SIGN_OF_LIFE:
            self._furthest = position
            self.stop()
            self._channel.send(ALIVE)
            self.restart()


_nowhere = Path(os.devnull).open("w")  # noqa: SIM115  (faulthandler needs it until the end)


class _Channel:
    """The two pipes, out of reach of libraries that print."""

    def __init__(self) -> None:
        self._in, self._out = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        if sys.platform == "win32":
            msvcrt = importlib.import_module("msvcrt")
            msvcrt.setmode(self._in, os.O_BINARY)
            msvcrt.setmode(self._out, os.O_BINARY)

    def next_request(self) -> dict[str, Any] | None:
        """Wait for a request; None when the program is gone."""
        while (mark := os.read(self._in, 1)) != REQUEST:  # credits of what ended early
            if not mark:
                return None
        length = LENGTH.unpack(self._read(LENGTH.size))[0]
        request: dict[str, Any] = json.loads(self._read(length))
        return request

    def may_send_samples(self) -> bool:
        """Wait until the program wants more, and tell if it does."""
        mark = os.read(self._in, 1)
        if mark not in (CREDIT, STOP):
            raise SystemExit
        return mark == CREDIT

    def send_samples(self, block: np.ndarray) -> None:
        samples = np.ascontiguousarray(block.T, dtype="<f4")
        head = SHAPE.pack(*block.shape)
        self._write(HEAD.pack(SAMPLES, len(head) + samples.nbytes) + head)
        self._write(samples.data.cast("B"))

    def send_json(self, said: dict[str, Any]) -> None:
        text = json.dumps(said).encode()
        if len(text) > LARGEST:
            text = json.dumps({"damage": "is damaged: its tags are too large"}).encode()
        self.send(RESULT, text)

    def send(self, kind: bytes, payload: bytes = b"") -> None:
        self._write(HEAD.pack(kind, len(payload)))
        self._write(memoryview(payload))

    def _write(self, data: bytes | memoryview) -> None:
        left = memoryview(data)
        while left:
            try:
                left = left[os.write(self._out, left) :]
            except OSError:  # the program is gone
                raise SystemExit from None

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = os.read(self._in, count - len(data))
            if not part:
                raise SystemExit
            data += part
        return data


def _limit_resources() -> None:
    """Let no file take the machine's memory, write anything, or leave a core dump behind."""
    if sys.platform == "win32":
        return
    import resource

    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)]
    with suppress(OSError, ValueError):  # only Linux tells what is taken already
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limits.append((resource.RLIMIT_AS, pages * resource.getpagesize() + ROOM))
    for kind, limit in limits:
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))
