"""How kept separations were computed, beside them on disk, so that sidecars can tell it later."""

import json
import logging
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from core.errors import OutputError
from core.files import new_file
from core.sidecar import Computation
from core.sidecar_reading import computation_from

ENDING = ".computation"
_LARGEST = 2**20  # bytes

_log = logging.getLogger(__name__)


def remember(folder: Path, key: str, computation: Computation) -> None:
    """Write down how the separation of a key was computed; a failure is logged, no more."""
    try:
        with new_file(folder / f"{key}{ENDING}", overwrite=True) as file:
            file.write(json.dumps(asdict(computation)).encode())
    except OutputError as error:
        _log.warning("How a song was separated could not be kept: %s", error)


def recalled(folder: Path, key: str) -> Computation | None:
    """How the separation of a key was computed; None where that is not known."""
    try:
        with (folder / f"{key}{ENDING}").open("rb") as file:
            return computation_from(json.loads(file.read(_LARGEST)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("How a song was separated cannot be read: %s", error)
        return None


def remove_orphans(folder: Path, *, kept: str) -> None:
    """Remove what is said of separations that are gone, whose files ended with `kept`."""
    for path in list(folder.glob(f"*{ENDING}")):
        if not path.with_suffix(kept).exists():
            with suppress(OSError):
                path.unlink(missing_ok=True)
