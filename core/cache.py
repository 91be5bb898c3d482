"""Separations kept on disk: finished ones, so that a song that comes again need not be computed
again, and those under way, so that they go on after a crash."""

import hashlib
import logging
import os
import secrets
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from core.audio import Audio
from core.computations import remove_orphans
from core.errors import OutputError
from core.partial import (
    DATA,
    JOURNAL,
    Partial,
    PartialFacts,
    open_partial,
    remove_abandoned,
    taken_on_disk,
    unfinished_songs,
)
from core.samples import Samples, stretches
from core.scratch import Scratch, open_scratch, separations_folder

METHOD = 2  # raised when the same checkpoint would give an audibly different result
SIZE_LIMIT = 4 * 10**9  # bytes; a song of four minutes takes 85 MB
_ENDING, _UNFINISHED, _FORMER = ".vocals", ".part", ".npz"
_ABANDONED = 86_400  # seconds after which a file that was never finished is nobody's work
_GIVEN_UP = 7 * 86_400  # seconds after which nobody goes on with a separation
_FOOTER = struct.Struct("<8sIQI")  # magic, channels, samples, CRC-32 of the samples
_MAGIC = b"vocals\r\n"

_log = logging.getLogger(__name__)


def default_folder() -> Path:
    """Where this user's separations are kept."""
    return separations_folder()


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
    for start, stop in stretches(mixture.length):
        digest.update(mixture.samples[:, start:stop].astype("<f4", order="C", copy=False).data)
    return digest.hexdigest()


class Cache:
    """A folder of vocals, each file named by its key, that never outgrows its limit.

    Files are bare float32, all channels of a sample beside each other, with a checksum at the
    end, so that stretches are read where they lie. FLAC cannot hold float32; zlib, even with the
    bytes of each sample sorted, saves a fifth and takes a second for every 25 MB.

    Separations under way lie beside them, see `core.partial`; they do not count for the limit,
    so that a song of any length can be gone on with, but all but the latest go when they are
    more than that, and all when nobody came back to them for a week.
    """

    def __init__(self, folder: Path, *, limit: int = SIZE_LIMIT) -> None:
        """Use a folder, which is made when something is kept; `limit` is in bytes."""
        self.folder, self.limit = folder, limit

    def recall(self, key: str, *, shape: tuple[int, int]) -> Samples | None:
        """Return the vocals that were kept, None where there are none or they are damaged.

        Args:
            key: from `result_key`.
            shape: (channels, samples) of the song.
        """
        path = self._path(key)
        if not path.exists():
            return None
        try:
            vocals = open_scratch(path, channels=shape[0], length=shape[1], keep_size=True)
            with path.open("rb") as file:
                file.seek(-_FOOTER.size, os.SEEK_END)
                footer = file.read()
            size = shape[0] * shape[1] * vocals.dtype.itemsize + _FOOTER.size
            if path.stat().st_size != size or footer != _footer(vocals):
                raise ValueError("its checksum is wrong")
        except (OSError, OutputError, ValueError) as error:
            _log.warning("A kept separation is damaged and was removed: %s", error)
            _remove(path)
            return None
        with suppress(OSError):
            os.utime(path)  # the age by which the least recently used is found
        return vocals

    def begin(self, key: str, facts: PartialFacts, *, song: Path) -> Partial | None:
        """Begin to keep a separation while it is under way, or go on with one.

        Args:
            key: from `result_key`.
            facts: how it is cut into chunks.
            song: where it lies, for `unfinished`.

        Returns:
            None where another program works on the same song, or nothing can be kept.
        """
        self._make_room(0, but=key)
        return open_partial(self.folder / key, facts, song=song)

    def finish(self, key: str, partial: Partial) -> bool:
        """Keep the vocals that were under way for good; tell if it worked.

        What is beyond the limit stays as it is, to be discarded when it is saved.
        """
        vocals = partial.vocals
        if vocals.nbytes > self.limit:
            return False
        if sys.platform == "win32":  # open files cannot be renamed there
            kept = self.keep(key, vocals)
            partial.discard()
            return kept
        try:
            self._make_room(vocals.nbytes, but=key)
            vocals.write_behind(_footer(vocals))
            partial.become(self._path(key))
        except (OSError, OutputError) as error:
            _log.warning("The separation could not be kept: %s", error)
            partial.discard()
            return False
        return True

    def keep(self, key: str, vocals: Samples) -> bool:
        """Keep the vocals of a song, in the place of those used longest ago; tell if it worked.

        Args:
            key: from `result_key`.
            vocals: (channels, samples), float32.
        """
        channels, length = vocals.shape
        size = channels * length * vocals.dtype.itemsize
        if size > self.limit:
            return False
        unfinished = self.folder / f".{secrets.token_hex(8)}{_UNFINISHED}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._make_room(size, but=key)
            # Not synced to the disk: a file that a power cut tears is found by its checksum.
            copy = open_scratch(unfinished, channels=channels, length=length)
            for start, stop in stretches(length):
                copy[..., start:stop] = vocals[:, start:stop]
            copy.write_behind(_footer(copy))
            copy.close()
            unfinished.replace(self._path(key))
        except (OSError, OutputError) as error:
            _log.warning("The separation could not be kept: %s", error)
            return False
        finally:
            _remove(unfinished)
        return True

    def holds(self, key: str) -> bool:
        """Whether a separation is kept, undamaged or not."""
        return self._path(key).is_file()

    def unfinished(self) -> list[Path]:
        """The songs whose separation was under way when the program ended, the latest first."""
        return unfinished_songs(self.folder) if self.folder.is_dir() else []

    @property
    def size(self) -> int:
        """Bytes taken on disk."""
        entries = [*self._entries(), *self._entries(DATA), *self._entries(JOURNAL)]
        return sum(taken_on_disk(status) for _, status in entries)

    @property
    def count(self) -> int:
        """Number of songs, those under way among them."""
        return sum(1 for ending in (_ENDING, DATA) for _ in self._entries(ending))

    def clear(self) -> None:
        """Remove everything that no program works on."""
        remove_abandoned(self.folder, older_than=0)
        for ending in (_ENDING, _UNFINISHED, _FORMER):
            for path, _ in list(self._entries(ending)):
                _remove(path)
        remove_orphans(self.folder, kept=_ENDING)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"

    def _entries(self, ending: str = _ENDING) -> Iterator[tuple[Path, os.stat_result]]:
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.suffix == ending:
                with suppress(OSError):  # another program may have removed it meanwhile
                    yield path, path.stat()

    def _make_room(self, wanted: int, *, but: str) -> None:
        """Remove what is too old or too much; `but` is the key of what is worked on now."""
        for path, status in list(self._entries(_UNFINISHED)):
            if time.time() - status.st_mtime > _ABANDONED:
                _remove(path)
        for path, _ in list(self._entries(_FORMER)):
            _remove(path)
        remove_abandoned(self.folder, older_than=_GIVEN_UP)
        under_way = [entry for entry in self._entries(DATA) if entry[0].stem != but]
        under_way.sort(key=lambda entry: entry[1].st_mtime_ns, reverse=True)
        total = 0
        for number, (path, status) in enumerate(under_way):
            total += taken_on_disk(status)
            if number and total > self.limit:
                remove_abandoned(self.folder, older_than=0, only=path.stem)
        remove_orphans(self.folder, kept=_ENDING)
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime_ns)
        total = sum(status.st_size for _, status in entries)
        for path, status in entries:
            if total + wanted <= self.limit:
                break
            _remove(path)
            total -= status.st_size


def _footer(vocals: Scratch) -> bytes:
    return _FOOTER.pack(_MAGIC, vocals.channels, vocals.length, vocals.checksum())


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
