"""Files that appear whole or not at all."""

import errno
import os
import re
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from core.errors import OutputError
from core.locks import lock, locked
from core.naming import shown_name

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_WITHOUT_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}

_PART = re.compile(r"\.vocal-remover-[0-9a-f]{16}\.part")
_ABANDONED = 86_400  # seconds

_run: ContextVar[str] = ContextVar("run", default="")


@contextmanager
def parts_of(run: str) -> Iterator[None]:
    """Name the temporary files of this thread after a run, so that `remove_parts` finds them."""
    token = _run.set(f"{run}-")
    try:
        yield
    finally:
        _run.reset(token)


def remove_parts(folder: Path, run: str) -> None:
    """Remove what processes of a run that were killed left in a folder, once all have ended."""
    with suppress(OSError):
        for part in folder.glob(f".vocal-remover-{run}-*.part"):
            part.unlink(missing_ok=True)


def remove_abandoned_parts(folder: Path) -> None:
    """Remove what programs left in a folder that were killed while they wrote there.

    Those of runs with a name are not touched, see `remove_parts`.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for path in [Path(entry.path) for entry in entries if _PART.fullmatch(entry.name)]:
            if sys.platform == "win32":  # what is open is not removed there
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink(missing_ok=True)
            elif (descriptor := locked(path, create=False)) is not None:
                path.unlink(missing_ok=True)
                os.close(descriptor)


@contextmanager
def new_file(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """Give a temporary file that becomes `path` when the block ends, and vanishes if it fails.

    The temporary file lies beside `path`, hidden, and reaches the disk before it gets its name.
    Without `overwrite` a file that came to lie at `path` meanwhile is kept as it is.

    Yields:
        The file, empty, open for reading and writing.

    Raises:
        OutputError: `path` exists and may not be replaced, or writing failed.
    """
    with output_errors(path):
        if not overwrite and os.path.lexists(path):
            raise already_exists(path)
        temporary, descriptor = _new_part(path)
        # Held until the file has its name; there, what is open could not be renamed.
        held = None if sys.platform == "win32" else os.dup(descriptor)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _publish(temporary, path, overwrite=overwrite)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        finally:
            if held is not None:
                os.close(held)


def _new_part(path: Path) -> tuple[Path, int]:
    """Open a temporary file beside `path`, which no program takes for an abandoned one."""
    # Not tempfile: its files are private to the user, stems are not.
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = path.with_name(f".vocal-remover-{_run.get()}{secrets.token_hex(8)}.part")
        descriptor = os.open(temporary, flags, 0o666)
        if sys.platform != "win32":
            with suppress(OSError):  # some network folders know no locks, and clear nothing up
                lock(descriptor)
            if not temporary.exists():  # another program was quicker than the lock
                os.close(descriptor)
                continue
        return temporary, descriptor


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turn the system's refusals while writing `path` into an OutputError of one sentence."""
    try:
        yield
    except OSError as error:
        raise _refusal(path, error) from error


def already_exists(path: Path) -> OutputError:
    """Return the error that says `path` is kept."""
    return OutputError("“{name}” exists already and was not overwritten.", name=shown_name(path))


def check_target(path: Path, *, overwrite: bool) -> None:
    """Find out before any work whether `path` can be written, creating its folder.

    Raises:
        OutputError: it exists and may not be replaced, or its folder takes no files.
    """
    with output_errors(path):
        if path.is_dir():
            raise OutputError(
                "“{name}” is a folder and cannot be replaced by a file.", name=shown_name(path)
            )
        if not overwrite and os.path.lexists(path):
            raise already_exists(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        trial = path.with_name(f".vocal-remover-{secrets.token_hex(8)}.part")
        try:
            trial.touch(exist_ok=False)
        finally:
            with suppress(OSError):
                trial.unlink(missing_ok=True)


def _publish(temporary: Path, path: Path, *, overwrite: bool) -> None:
    if overwrite:
        temporary.replace(path)
    else:
        _rename_to_new(temporary, path)
    with suppress(OSError):  # not every system lets a folder be opened; the file itself is safe
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _rename_to_new(temporary: Path, path: Path) -> None:
    """Rename so that of two programs doing this at once only one succeeds."""
    try:
        if sys.platform == "win32":
            temporary.rename(path)  # refuses to replace there
            return
        try:
            path.hardlink_to(temporary)
        except OSError as error:
            if error.errno not in _WITHOUT_LINKS:
                raise
            # FAT and some network folders have no links: claim the name, then take it.
            path.touch(exist_ok=False)
            temporary.replace(path)
        else:
            temporary.unlink()
    except FileExistsError as error:
        raise already_exists(path) from error


def _refusal(path: Path, error: OSError) -> OutputError:
    name, folder = shown_name(path), shown_name(path.parent.absolute())
    if error.errno in _FULL:
        return OutputError("“{name}” could not be written: the disk is full.", name=name)
    if error.errno in _FORBIDDEN:
        return OutputError(
            "“{name}” could not be written: the folder “{folder}” is read-only.",
            name=name,
            folder=folder,
        )
    if error.errno == errno.ENOENT:
        return OutputError(
            "“{name}” could not be written: the folder “{folder}” does not exist.",
            name=name,
            folder=folder,
        )
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return OutputError(
            "“{name}” could not be written: “{folder}” is not a folder.", name=name, folder=folder
        )
    if error.errno == errno.ENAMETOOLONG:
        return OutputError(
            "“{name}” could not be written: the name is too long for this disk.", name=name
        )
    reason = (error.strerror or str(error)).lower()
    return OutputError("“{name}” could not be written: {reason}.", name=name, reason=reason)
