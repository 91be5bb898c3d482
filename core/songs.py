"""The songs among files and folders."""

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from core.errors import Cancelled, InputError
from core.naming import shown_name, song_of_stem

# fmt: off
AUDIO_SUFFIXES: frozenset[str] = frozenset((
    ".3gp", ".aac", ".ac3", ".aif", ".aifc", ".aiff", ".alac", ".amr", ".ape", ".asf", ".au",
    ".avi", ".bwf", ".caf", ".dts", ".eac3", ".flac", ".flv", ".m2ts", ".m4a", ".m4b", ".m4v",
    ".mka", ".mkv", ".mov", ".mp2", ".mp3", ".mp4", ".mpc", ".mpeg", ".mpg", ".mts", ".oga",
    ".ogg", ".ogv", ".opus", ".ra", ".rf64", ".snd", ".spx", ".tta", ".vob", ".w64", ".wav",
    ".wave", ".webm", ".wma", ".wmv", ".wv",
))
# fmt: on

_log = logging.getLogger(__name__)


def find_songs(
    paths: Iterable[Path], *, cancelled: Callable[[], bool] = lambda: False
) -> list[Path]:
    """Return the songs among files and, recursively, in folders; each once, folders sorted.

    A file is taken whatever its name. In folders those count that are named like audio or video,
    are not hidden, and are not stems that lie beside their song.

    Raises:
        InputError: a path does not exist, or a folder may not be read.
        Cancelled: `cancelled`, asked in every folder, said so.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_songs_below(path, cancelled)))
        elif path.exists():
            found[path] = None
        else:
            raise InputError("“{name}” does not exist.", name=shown_name(path))
    return list(found)


def _songs_below(folder: Path, cancelled: Callable[[], bool]) -> list[Path]:
    def refuse(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise InputError(
                "The folder “{folder}” may not be read.", folder=shown_name(folder)
            ) from error
        _log.warning("%s", error)

    songs: list[Path] = []
    visited: set[tuple[int, int]] = set()
    for place, folders, files in os.walk(folder, onerror=refuse, followlinks=True):
        if cancelled():
            raise Cancelled
        parent = Path(place)
        status = parent.stat()
        if (status.st_dev, status.st_ino) in visited:  # a link back upwards
            folders.clear()
            continue
        visited.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        named = [parent / name for name in sorted(files) if not name.startswith(".")]
        named = [path for path in named if path.suffix.lower() in AUDIO_SUFFIXES]
        names = {path.stem for path in named}
        songs += [path for path in named if song_of_stem(path) not in names and path.is_file()]
    return songs
