"""Files that one program at a time works on, however that program ends."""

import os
import sys
from pathlib import Path


def locked(path: Path, *, create: bool) -> int | None:
    """Open a file that no other program has locked, and lock it; None if one has.

    Args:
        path: the file.
        create: whether to make it if it is not there; else that gives None too.

    Returns:
        Its descriptor, open for reading and writing; to close it lets go of the file.
    """
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | (os.O_CREAT if create else 0)
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileNotFoundError:
        return None
    try:
        lock(descriptor)
        # Between opening and locking, another program may have removed the file.
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None


def lock(descriptor: int) -> None:
    """Lock a file until it is closed, also by the program's end; OSError if another has."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, 1 << 40, os.SEEK_SET)  # locked bytes cannot be read there
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
