"""Separations on disk that go on where they were, however the program ended."""

from __future__ import annotations

import json
import logging
import os
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from core.errors import OutputError
from core.locks import locked
from core.scratch import open_scratch, refusal

DATA, JOURNAL = ".partial", ".journal"  # endings of the two files
VERSION = 2
_SYNC_SECONDS = 10.0
_RECORD = struct.Struct("<IIIII")  # chunk, checksum of its samples, threads, columns of the ends
_CHECKSUM = struct.Struct("<I")
_LONGEST_HEADER = 1 << 16

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PartialFacts:
    """What a separation's files must agree on to be gone on with.

    Attributes:
        channels, length, rate: of the song, in samples and Hz.
        step: samples from one chunk to the next, at the network's rate.
    """

    channels: int
    length: int
    rate: int
    step: int


@dataclass(frozen=True, eq=False)
class FinishedChunk:
    """What is kept of a chunk beside its samples.

    Attributes:
        index: place in the song.
        checksum: CRC-32 of the samples that no neighbour adds to.
        threads: with how many it was computed.
        head, tail: (channels, samples) at the network's rate: what it adds to where it meets its
            neighbours; empty at the song's ends.
    """

    index: int
    checksum: int
    threads: int
    head: np.ndarray
    tail: np.ndarray


class Partial:
    """The vocals of a song as far as they are separated, and a journal of the chunks.

    A chunk's samples are written before its record, and the record holds their checksum. So a
    killed program loses only the chunk under way, and where a power cut keeps a record but not
    its samples, the checksum tells. Every ten seconds both files are put on the disk.

    Attributes:
        vocals: (channels, samples), zeros where not separated.
        facts: what it was begun with.
    """

    def __init__(self, base: Path, journal: int, facts: PartialFacts) -> None:
        """Take over a journal that is open and locked, see `open_partial`."""
        self.facts, self._base = facts, base
        self.vocals = open_scratch(
            base.with_suffix(DATA), channels=facts.channels, length=facts.length
        )
        self._journal = os.fdopen(journal, "r+b", buffering=0)
        self._synced = time.monotonic()
        self._end = len(self._journal.readline(_LONGEST_HEADER))

    def chunks(self) -> Iterator[FinishedChunk]:
        """Read the finished chunks in the order in which they were noted; drops what is torn."""
        self._journal.seek(0)
        self._end = len(self._journal.readline(_LONGEST_HEADER))
        while (record := self._read_record()) is not None:
            yield record
        self._journal.truncate(self._end)

    def note(self, chunk: FinishedChunk) -> None:
        """Record a chunk whose samples are written.

        Raises:
            OutputError: the disk refused.
        """
        ends = [np.ascontiguousarray(part, "<f4") for part in (chunk.head, chunk.tail)]
        sizes = (part.shape[1] for part in ends)
        record = _RECORD.pack(chunk.index, chunk.checksum, chunk.threads, *sizes)
        record += b"".join(part.tobytes() for part in ends)
        record += _CHECKSUM.pack(zlib.crc32(record))
        try:
            self._journal.seek(self._end)
            written = self._journal.write(record)
            if written == len(record):
                self._end += written
            if time.monotonic() - self._synced > _SYNC_SECONDS:
                self.vocals.sync()
                os.fsync(self._journal.fileno())
                self._synced = time.monotonic()
        except OSError as error:
            raise refusal(self._base.parent, error) from error

    def become(self, path: Path) -> None:
        """Let the vocals be a file of another name, and forget how they came about."""
        self._base.with_suffix(DATA).replace(path)
        self.discard()

    def discard(self) -> None:
        """Remove the files; the vocals stay readable as long as they are held."""
        self._journal.close()
        for ending in (DATA, JOURNAL):
            with suppress(OSError):
                self._base.with_suffix(ending).unlink(missing_ok=True)

    def __del__(self) -> None:
        self._journal.close()

    def _read_record(self) -> FinishedChunk | None:
        head = self._journal.read(_RECORD.size)
        if len(head) < _RECORD.size:
            return None
        index, checksum, threads, *columns = _RECORD.unpack(head)
        sizes = [4 * self.facts.channels * count for count in columns]
        if max(columns) > self.facts.step:
            return None  # no such record was ever written
        rest = self._journal.read(sum(sizes) + _CHECKSUM.size)
        body, sum_ = rest[: sum(sizes)], rest[sum(sizes) :]
        if len(sum_) < _CHECKSUM.size or _CHECKSUM.unpack(sum_)[0] != zlib.crc32(head + body):
            return None
        self._end += len(head) + len(rest)
        parts = [body[: sizes[0]], body[sizes[0] :]]
        ends = [
            np.frombuffer(part, "<f4").reshape(self.facts.channels, count)
            for part, count in zip(parts, columns, strict=True)
        ]
        return FinishedChunk(index, checksum, threads, *ends)


def open_partial(base: Path, facts: PartialFacts, *, song: Path) -> Partial | None:
    """Begin a separation on disk, or go on with the one that is there.

    Args:
        base: its files' path without their endings.
        facts: what must agree; else what is there is begun anew.
        song: told to whoever wants to go on, see `unfinished_songs`.

    Returns:
        None where another program works on it, or the files cannot be made.
    """
    header = json.dumps({"version": VERSION, "song": str(song), **asdict(facts)}).encode() + b"\n"
    try:
        base.parent.mkdir(parents=True, exist_ok=True)
        journal = locked(base.with_suffix(JOURNAL), create=True)
        if journal is None:
            return None
        if _facts(_header(journal)) != facts:
            os.ftruncate(journal, 0)
            base.with_suffix(DATA).unlink(missing_ok=True)
            os.lseek(journal, 0, os.SEEK_SET)
            os.write(journal, header)
        os.lseek(journal, 0, os.SEEK_SET)
        return Partial(base, journal, facts)
    except (OSError, OutputError) as error:
        _log.warning("The separation cannot be kept while it goes on: %s", error)
        return None


def unfinished_songs(folder: Path) -> list[Path]:
    """The songs of separations that no program works on, the latest first; some may be gone."""
    found = []
    for journal in sorted(folder.glob(f"*{JOURNAL}"), key=_age):
        descriptor = locked(journal, create=False)
        if descriptor is not None:
            header = _header(descriptor)
            os.close(descriptor)
            if isinstance(song := header.get("song"), str):
                found.append(Path(song))
    return found


def bytes_under_way(folder: Path, song: Path) -> int:
    """Bytes on the disk of what can be gone on with of a song, 0 where another program does."""
    taken = 0
    for journal in folder.glob(f"*{JOURNAL}"):
        descriptor = locked(journal, create=False)
        if descriptor is None:
            continue
        if _header(descriptor).get("song") == str(song.absolute()):
            with suppress(OSError):
                taken += taken_on_disk(journal.with_suffix(DATA).stat())
        os.close(descriptor)
    return taken


def taken_on_disk(status: os.stat_result) -> int:
    """Bytes that a file takes: one under way has room for all, and takes what is written."""
    blocks = getattr(status, "st_blocks", None)
    return status.st_size if blocks is None else min(status.st_size, 512 * blocks)


def remove_abandoned(folder: Path, *, older_than: float, only: str = "*") -> None:
    """Remove separations that no program works on and that have waited so many seconds.

    Args:
        folder: where they lie; it need not exist.
        older_than: seconds since something of them was finished.
        only: their key; left out, all.
    """
    for journal in list(folder.glob(f"{only}{JOURNAL}")):
        if _age(journal) < older_than:
            continue
        descriptor = locked(journal, create=False)
        if descriptor is None:
            continue
        for path in (journal.with_suffix(DATA), journal):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        os.close(descriptor)
    for data in list(folder.glob(f"{only}{DATA}")):
        if not data.with_suffix(JOURNAL).exists():
            with suppress(OSError):
                data.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _header(journal: int) -> dict[str, object]:
    os.lseek(journal, 0, os.SEEK_SET)
    line, end, _ = os.read(journal, _LONGEST_HEADER).partition(b"\n")
    try:
        header = json.loads(line) if end else {}
    except ValueError:
        header = {}
    return header if isinstance(header, dict) and header.get("version") == VERSION else {}


def _facts(header: dict[str, object]) -> PartialFacts | None:
    values = [header.get(name) for name in PartialFacts.__dataclass_fields__]
    numbers = [value for value in values if isinstance(value, int)]
    return PartialFacts(*numbers) if len(numbers) == len(values) else None
