"""Weights out of a file of pickles, read where no code in them could do anything."""

import os
import subprocess
import sys
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from core.errors import CheckpointError
from core.weights_protocol import FLAG, HOLDS_CODE, NO_WEIGHTS, SECONDS, WEIGHTS

LARGEST = 2**30  # bytes of a file; the originals have 59 MB

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:-1]; from core.weights_child import main; main()"
_STARTING = 60  # seconds; a cold disk may take long


def read_pickled(path: Path) -> dict[str, Tensor]:
    """Read a state that torch.save wrote.

    Another process opens it with `weights_only=True`, which makes nothing but tensors; before, that
    process gives up every right but to use some memory and time, so that even a flaw in torch
    would get a hostile file nowhere.

    Raises:
        CheckpointError: the file holds anything but weights by name, or is damaged.
    """
    name = path.name
    if path.stat().st_size > LARGEST:
        raise CheckpointError("{name} is too large to be a checkpoint.", name=name)
    try:
        # Nothing of this program's environment but what its libraries need to be found.
        kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")
        done = subprocess.run(
            [*_command(), str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: os.environ[key] for key in kept if key in os.environ},
            timeout=_STARTING + SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CheckpointError(
            "{name} is damaged: it cannot be read in any time.", name=name
        ) from error
    except OSError as error:
        raise CheckpointError(
            "{name} cannot be read: no process can be started.", name=name
        ) from error
    mark, payload = done.stdout[:1], done.stdout[1:]
    if mark == WEIGHTS:
        try:
            return load(payload)
        except SafetensorError as error:
            raise CheckpointError("The checkpoint {name} is damaged.", name=name) from error
    if mark == HOLDS_CODE:
        raise CheckpointError(
            "{name} holds more than weights, and might run code: it is refused.", name=name
        )
    if mark == NO_WEIGHTS:
        raise CheckpointError("{name} does not hold the weights of a network.", name=name)
    raise CheckpointError("The checkpoint {name} is damaged.", name=name)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    root = str(Path(__file__).resolve().parent.parent)
    return [sys.executable, "-I", "-S", "-c", _PROGRAM, root, *filter(None, sys.path)]
