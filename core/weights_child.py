"""The process that reads weights out of a pickle; it may read nothing else and write nothing.

The program sends no code to it and takes only tensors from it. It ends after one file.
"""

import ctypes
import io
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import torch
from safetensors.torch import save
from torch import Tensor

from core.weights_protocol import (
    DAMAGED,
    HOLDS_CODE,
    LARGEST_TENSORS,
    MOST_TENSORS,
    NO_WEIGHTS,
    ROOM,
    SECONDS,
    WEIGHTS,
)

_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS, linux/prctl.h
_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # Landlock's system calls, the same on every machine
_ALL_FILE_RIGHTS = (1 << 13) - 1  # those of Landlock's first version, linux/landlock.h


def main() -> None:
    """Read the file named last on the command line; answer with a mark and what it holds."""
    answer = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    _load_once()
    with Path(sys.argv[-1]).open("rb") as file:
        _give_up_rights(os.fstat(file.fileno()).st_size)
        mark, payload = _read(file)
    answer.write(mark + payload)
    answer.flush()


def _read(file: io.BufferedReader) -> tuple[bytes, bytes]:
    size = os.fstat(file.fileno()).st_size
    try:
        found = torch.load(file, map_location="cpu", weights_only=True)
        if not isinstance(found, Mapping) or len(found) > MOST_TENSORS:
            return NO_WEIGHTS, b""
        weights: dict[str, Tensor] = {}
        total = 0
        for name, value in found.items():
            if not isinstance(name, str) or not isinstance(value, Tensor) or value.is_sparse:
                return NO_WEIGHTS, b""
            # A view of few numbers may claim to be many.
            total += value.numel() * value.element_size()
            if total > size + LARGEST_TENSORS:
                return DAMAGED, b""
            weights[name] = value.detach().contiguous().clone()
        return WEIGHTS, save(weights)
    except MemoryError:
        return DAMAGED, b""
    # The border of this process: torch raises anything over bytes that nobody foresaw.
    except Exception as error:
        return (HOLDS_CODE if "Unsupported global" in str(error) else DAMAGED), b""


def _load_once() -> None:
    """Bring in all that reading needs, before no file can be read any more."""
    buffer = io.BytesIO()
    torch.save({"x": torch.zeros(2, dtype=torch.float16)}, buffer)
    buffer.seek(0)
    save(dict(torch.load(buffer, weights_only=True)))
    with suppress(Exception):  # loads the modules that its errors come from
        torch.load(io.BytesIO(b"\x80\x02cos\nsystem\n."), weights_only=True)


def _give_up_rights(size: int) -> None:
    """Take a bounded amount of memory and time, make no file and no process, open nothing."""
    if sys.platform == "win32":
        return
    import resource

    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CPU, SECONDS),
    ]
    with suppress(OSError, ValueError):  # only Linux tells what is taken already
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limits.append((resource.RLIMIT_AS, pages * resource.getpagesize() + 4 * size + ROOM))
    for kind, limit in limits:
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))
    if sys.platform == "linux":
        _close_file_system()


def _close_file_system() -> None:
    """Landlock (Linux 5.13): with no rule that allows any, no file can be opened any more."""
    system = ctypes.CDLL(None, use_errno=True)
    rights = ctypes.c_uint64(_ALL_FILE_RIGHTS)
    ruleset = system.syscall(_CREATE_RULESET, ctypes.byref(rights), ctypes.sizeof(rights), 0)
    if ruleset >= 0:
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        system.syscall(_RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)
