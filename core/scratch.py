"""Signals kept in temporary files instead of memory."""

from __future__ import annotations

import errno
import os
import secrets
import sys
import threading
import weakref
import zlib
from pathlib import Path
from types import EllipsisType

import numpy as np
from platformdirs import user_cache_path

from core.errors import OutputError
from core.samples import Samples, Stretch, WritableSamples, interleaved

FOLDER_VARIABLE = "VOCAL_REMOVER_CACHE"
"""The environment variable that names another folder for all that can be made again."""

_CHECKED_AT_ONCE = 1 << 20  # bytes
_ITEM = 4  # bytes of a float32
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def cache_folder() -> Path:
    """Where this user's files go that can be made again, temporary ones among them."""
    named = os.environ.get(FOLDER_VARIABLE, "")
    return Path(named) if named else user_cache_path("vocal-remover", appauthor=False)


def scratch_folder() -> Path:
    """Where temporary files go: not the system's folder for them, which is often in memory."""
    return cache_folder() / "temporary"


def separations_folder() -> Path:
    """Where separations are kept, finished ones and those under way."""
    return cache_folder() / "separations"


class Scratch:
    """A signal in a file, (channels, samples) float32, read and written by stretches.

    Samples that were never written are 0 and take no room on most disks. Reading does not move
    anything into this program's memory for good, unlike a mapped file, whose pages count as the
    program's own; a block for the loudspeaker is read in 3 µs. All threads may read and write at
    once, as long as they do not write the same samples.
    """

    def __init__(self, descriptor: int, where: Path, *, channels: int, length: int) -> None:
        """Take over an open file, which is closed when nobody holds this signal any more.

        Args:
            descriptor: of a file of float32, all channels of a sample beside each other.
            where: the folder, told in errors.
            channels: at least 1.
            length: samples.
        """
        self.channels, self.length = channels, length
        self.dtype = np.dtype(np.float32)
        self._descriptor, self._where = descriptor, where
        self._turn = threading.Lock()  # only where a file has one place for all its readers
        self._close = weakref.finalize(self, os.close, descriptor)

    @property
    def nbytes(self) -> int:
        """Bytes of all samples."""
        return self.length * self.channels * _ITEM

    @property
    def shape(self) -> tuple[int, int]:
        """(channels, samples)."""
        return self.channels, self.length

    def __getitem__(self, key: Stretch, /) -> np.ndarray:
        """Read [channels, start:stop]; C-contiguous."""
        start, stop = self._bounds(key[1])
        read = np.empty((stop - start, self.channels), np.float32)
        try:
            self._read(_raw(read), start * self.channels * _ITEM)
        except OSError as error:
            raise refusal(self._where, error) from error
        chosen = slice(None) if isinstance(key[0], EllipsisType) else key[0]
        return np.ascontiguousarray(read.T[chosen])

    def __setitem__(self, key: Stretch, value: np.ndarray, /) -> None:
        """Write [..., start:stop], all channels.

        Raises:
            OutputError: the disk refused, most likely because it is full.
        """
        start, stop = self._bounds(key[1])
        if value.shape != (self.channels, stop - start):
            raise ValueError(f"{value.shape} samples do not fit {(self.channels, stop - start)}")
        if not (isinstance(key[0], EllipsisType) or key[0] == slice(None)):
            raise ValueError("all channels are written at once")
        value = np.asarray(value, dtype=np.float32)
        written = value.T if value.T.flags.c_contiguous else interleaved(value)
        try:
            self._write(_raw(written), start * self.channels * _ITEM)
        except OSError as error:
            raise refusal(self._where, error) from error

    def sync(self) -> None:
        """Put all that was written on the disk.

        Raises:
            OutputError: the disk refused.
        """
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise refusal(self._where, error) from error

    def checksum(self) -> int:
        """CRC-32 of all samples."""
        size = self.nbytes
        block = np.empty(min(size, _CHECKED_AT_ONCE), np.uint8)
        found = 0
        for start in range(0, size, _CHECKED_AT_ONCE):
            part = block[: min(_CHECKED_AT_ONCE, size - start)]
            try:
                self._read(part.data, start)
            except OSError as error:
                raise refusal(self._where, error) from error
            found = zlib.crc32(part.data, found)
        return found

    def write_behind(self, footer: bytes) -> None:
        """Write bytes into the file after all samples.

        Raises:
            OutputError: the disk refused.
        """
        try:
            self._write(memoryview(footer), self.nbytes)
        except OSError as error:
            raise refusal(self._where, error) from error

    def close(self) -> None:
        """Close the file now; nothing can be read any more."""
        self._close()

    def append(self, block: np.ndarray) -> None:
        """Write (channels, samples) after the end.

        Raises:
            OutputError: the disk refused.
        """
        start = self.length
        self.length += block.shape[1]
        self[..., start:] = block

    def __array__(self) -> np.ndarray:
        """Refuse to be an array, which would hold all of it in memory."""
        raise TypeError("a signal on disk is read by stretches: samples[:, start:stop]")

    def _bounds(self, samples: slice) -> tuple[int, int]:
        start, stop, step = samples.indices(self.length)
        if step != 1:
            raise ValueError("stretches have no step")
        return start, max(start, stop)

    def _read(self, view: memoryview, offset: int) -> None:
        while len(view):
            if hasattr(os, "preadv"):
                count = os.preadv(self._descriptor, [view], offset)
            else:
                with self._turn:
                    os.lseek(self._descriptor, offset, os.SEEK_SET)
                    data = os.read(self._descriptor, len(view))
                count = len(data)
                view[:count] = data
            if count == 0:
                raise OSError(errno.EIO, "A temporary file was cut short")
            view, offset = view[count:], offset + count

    def _write(self, view: memoryview, offset: int) -> None:
        while len(view):
            if hasattr(os, "pwrite"):
                count = os.pwrite(self._descriptor, view, offset)
            else:
                with self._turn:
                    os.lseek(self._descriptor, offset, os.SEEK_SET)
                    count = os.write(self._descriptor, view)
            view, offset = view[count:], offset + count


def new_scratch(channels: int, length: int = 0) -> Scratch:
    """Make a signal of zeros in a temporary file.

    The file has no name, or loses it with this program, so a crash leaves nothing behind.

    Raises:
        OutputError: the folder for temporary files takes none.
    """
    folder = scratch_folder()
    path = folder / f".{secrets.token_hex(8)}.scratch"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_TEMPORARY", 0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, flags, 0o600)
        if sys.platform != "win32":  # there O_TEMPORARY removes the file when it is closed
            path.unlink()
        os.ftruncate(descriptor, length * channels * _ITEM)
    except OSError as error:
        raise refusal(folder, error) from error
    return Scratch(descriptor, folder, channels=channels, length=length)


def open_scratch(path: Path, *, channels: int, length: int, keep_size: bool = False) -> Scratch:
    """Open a signal in a file with a name, which is made if it is not there; see Scratch.

    Its size becomes that of the signal, unless something else lies behind that in the file.

    Raises:
        OutputError: it cannot be opened.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, 0o600)
        if not keep_size and os.fstat(descriptor).st_size != length * channels * _ITEM:
            os.ftruncate(descriptor, length * channels * _ITEM)
    except OSError as error:
        raise refusal(path.parent, error) from error
    return Scratch(descriptor, path.parent, channels=channels, length=length)


def zeros_like(samples: Samples) -> WritableSamples:
    """Zeros of the same shape, kept as the given signal is: in memory or in a temporary file.

    Raises:
        OutputError: the folder for temporary files takes none.
    """
    channels, length = samples.shape
    if isinstance(samples, np.ndarray):
        return np.zeros((channels, length), np.float32)
    return new_scratch(channels, length)


def _raw(samples: np.ndarray) -> memoryview:
    return samples.reshape(-1).view(np.uint8).data


def refusal(folder: Path, error: OSError) -> OutputError:
    """The sentence for what the system says of temporary files in `folder`."""
    if error.errno in _FULL:
        return OutputError(
            "The disk is full: the folder for temporary files “{folder}” takes no more.",
            folder=named(folder),
        )
    return OutputError(
        "The folder for temporary files “{folder}” cannot be used: {reason}.",
        folder=named(folder),
        reason=(error.strerror or str(error)).lower(),
    )


def named(folder: Path) -> str:
    """A folder as sentences tell it, whatever bytes its name is made of."""
    return os.fsencode(folder).decode("utf-8", errors="replace")
