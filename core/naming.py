"""Names of the files that are written, and of files in sentences."""

import os
import unicodedata
from itertools import count
from pathlib import Path

from core.formats import FileFormat
from core.stems import Stem

LONGEST_NAME = 255  # bytes; the limit of ext4, APFS and NTFS (there in UTF-16 units, never more)

_JOINERS = "\u200d\ufe0e\ufe0f"  # zero-width joiner and the variation selectors
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def stem_path(song: Path, stem: Stem, *, folder: Path, file_format: FileFormat) -> Path:
    """Return where a stem of a song is saved: `<song name> (Instrumental).wav` in `folder`."""
    return folder / _limited(song.stem, f" ({stem.label}){file_format.suffix}")


def picture_path(song: Path, *, folder: Path) -> Path:
    """Return where the picture of a song is saved: `<song name> (Before and After).png`."""
    return folder / _limited(song.stem, " (Before and After).png")


def numbered_path(path: Path) -> Path:
    """Return `path`, or the first of `name (2).wav`, `name (3).wav`... that is free."""
    if not os.path.lexists(path):
        return path
    for number in count(2):
        numbered = path.with_name(_limited(path.stem, f" ({number}){path.suffix}"))
        if not os.path.lexists(numbered):
            return numbered
    raise AssertionError("count() does not end")


def song_of_stem(path: Path) -> str | None:
    """Return the song's name if `path` is named as `stem_path` names stems, else None."""
    if path.suffix.lower() in {file_format.suffix for file_format in FileFormat}:
        for stem in (Stem.INSTRUMENTAL, Stem.VOCALS):
            name = path.stem.removesuffix(f" ({stem.label})")
            if name != path.stem:
                return name
    return None


def shown_name(path: Path) -> str:
    """Return a file's name as it can be printed, whatever bytes it is made of."""
    name = path.name or str(path)
    return os.fsencode(name).decode("utf-8", errors="replace")


def _limited(name: str, ending: str) -> str:
    """Join the two, shortening `name` between characters so that the whole fits a file name."""
    room = LONGEST_NAME - len(os.fsencode(ending))
    if len(os.fsencode(name)) <= room:
        return name + ending
    end = len(name)
    while end > 0 and (len(os.fsencode(name[:end])) > room or _belongs_to_previous(name, end)):
        end -= 1
    return name[:end].rstrip() + ending


def _belongs_to_previous(name: str, index: int) -> bool:
    """Tell whether cutting before `index` would tear an accent or an emoji apart."""
    if index >= len(name):
        return False
    letter = name[index]
    return (
        unicodedata.combining(letter) != 0
        or letter in _JOINERS
        or ord(letter) in _SKIN_TONES
        or name[index - 1] == _JOINERS[0]
    )
