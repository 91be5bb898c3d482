"""A file that native encoders write to, and that remembers why writing failed."""

from typing import BinaryIO


class Sink:
    """A file for libsndfile and FFmpeg; neither of them tells what went wrong.

    Without it, a disk that fills up while the file is being closed would go unnoticed.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Write to `file`, which is open for reading and writing."""
        self._file = file
        self._error: OSError | None = None

    def check(self) -> None:
        """Raise the first error of the disk, if there was one."""
        if self._error is not None:
            raise self._error
        self._file.flush()

    def write(self, data: bytes) -> int:
        """Write, or remember why not."""
        if self._error is None:
            try:
                return self._file.write(data)
            except OSError as error:
                self._error = error
        return len(data)  # told by `check`; a short write would trip an assertion before it

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move, which writes what was buffered."""
        try:
            return self._file.seek(offset, whence)
        except OSError as error:
            self._error = self._error or error
            return -1

    def read(self, count: int) -> bytes:
        """Read what was written."""
        return self._file.read(count)

    def tell(self) -> int:
        """Where the next byte goes."""
        return self._file.tell()
