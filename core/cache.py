"""Finished separations kept on disk, so that a song that comes again need not be computed again."""

import hashlib
import logging
import os
import secrets
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from core.audio import Audio

METHOD = 1  # raised when the same checkpoint would give an audibly different result
SIZE_LIMIT = 4 * 10**9  # bytes; a song of four minutes takes 85 MB
_ENDING, _UNFINISHED = ".npz", ".part"
_ABANDONED = 86_400  # seconds after which a file that was never finished is nobody's work
# What numpy and zipfile raise where bytes were changed, the header's among them.
_DAMAGES = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    RuntimeError,
    MemoryError,
    SyntaxError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)

_log = logging.getLogger(__name__)


def default_folder() -> Path:
    """Where this user's separations are kept."""
    return user_cache_path("vocal-remover", appauthor=False) / "separations"


def checkpoint_sha256(path: Path) -> str:
    """SHA-256 of a checkpoint file, "" where it cannot be read; does not need torch."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def result_key(mixture: Audio, checkpoint: str, *, settings: str = "") -> str:
    """Name a separation by all that it depends on.

    The decoded samples count, not the file's bytes: a song keeps its separation when its tags
    change or it is moved, and loses it when a decoder reads it differently.

    Args:
        mixture: the song.
        checkpoint: SHA-256 of the checkpoint file.
        settings: whatever else the result depends on, always spelled the same way.

    Returns:
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    facts = (METHOD, checkpoint, settings, mixture.rate, mixture.channels, mixture.length)
    digest.update(repr(facts).encode())
    digest.update(np.ascontiguousarray(mixture.samples[:, :], dtype="<f4").data)
    return digest.hexdigest()


class Cache:
    """A folder of vocals, each file named by its key, that never outgrows its limit.

    Files are uncompressed .npz: exact, read at the speed of the disk, and with a checksum. FLAC
    cannot hold float32; zlib, even with the bytes of each sample sorted, saves a fifth and takes
    a second for every 25 MB.
    """

    def __init__(self, folder: Path, *, limit: int = SIZE_LIMIT) -> None:
        """Use a folder, which is made when something is kept; `limit` is in bytes."""
        self.folder, self.limit = folder, limit

    def recall(self, key: str, *, shape: tuple[int, int]) -> np.ndarray | None:
        """Return the vocals that were kept, None where there are none or they are damaged.

        Args:
            key: from `result_key`.
            shape: (channels, samples) of the song.
        """
        path = self._path(key)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                vocals: np.ndarray = kept["vocals"]
            if vocals.shape != shape or vocals.dtype != np.float32:
                raise ValueError("it is of another song")
        except FileNotFoundError:
            return None
        except _DAMAGES as error:
            _log.warning("A kept separation is damaged and was removed: %s", error)
            _remove(path)
            return None
        with suppress(OSError):
            os.utime(path)  # the age by which the least recently used is found
        return vocals

    def keep(self, key: str, vocals: np.ndarray) -> bool:
        """Keep the vocals of a song, in the place of those used longest ago; tell if it worked.

        Args:
            key: from `result_key`.
            vocals: (channels, samples), float32.
        """
        if vocals.nbytes > self.limit:
            return False
        path = self._path(key)
        unfinished = self.folder / f".{secrets.token_hex(8)}{_UNFINISHED}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._make_room(vocals.nbytes)
            # Not synced to the disk: a file that a power cut tears is found by its checksum.
            with unfinished.open("xb") as file:
                np.savez(file, vocals=vocals)
            unfinished.replace(path)
        except OSError as error:
            _log.warning("The separation could not be kept: %s", error)
            return False
        finally:
            _remove(unfinished)
        return True

    def holds(self, key: str) -> bool:
        """Whether a separation is kept, undamaged or not."""
        return self._path(key).is_file()

    @property
    def size(self) -> int:
        """Bytes taken on disk."""
        return sum(status.st_size for _, status in self._entries())

    @property
    def count(self) -> int:
        """Number of songs."""
        return sum(1 for _ in self._entries())

    def clear(self) -> None:
        """Remove everything."""
        for path, _ in [*self._entries(), *self._entries(_UNFINISHED)]:
            _remove(path)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"

    def _entries(self, ending: str = _ENDING) -> Iterator[tuple[Path, os.stat_result]]:
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.suffix == ending:
                with suppress(OSError):  # another program may have removed it meanwhile
                    yield path, path.stat()

    def _make_room(self, wanted: int) -> None:
        for path, status in list(self._entries(_UNFINISHED)):
            if time.time() - status.st_mtime > _ABANDONED:
                _remove(path)
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime_ns)
        total = sum(status.st_size for _, status in entries)
        for path, status in entries:
            if total + wanted <= self.limit:
                break
            _remove(path)
            total -= status.st_size


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
