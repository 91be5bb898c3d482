"""Names of the files that are written, and of files in sentences."""

import os
import re
import unicodedata
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from core.errors import OutputError
from core.formats import FileFormat
from core.stems import Stem

LONGEST_NAME = 255  # bytes; the limit of ext4, APFS and NTFS (there in UTF-16 units, never more)

_FIELDS = ("song", "title", "artist", "stem")
_FIELD = re.compile(r"\{([^{}]*)\}")
# What any system refuses, so that names do not change when files move from one to another.
_IMPOSSIBLE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)  # on Windows

_STEM = re.compile(
    rf"(?P<song>.+) \(({Stem.INSTRUMENTAL.label}|{Stem.VOCALS.label})\)( \(Sample\))?( \(\d+\))?",
    re.DOTALL,
)

_JOINERS = "\u200d\ufe0e\ufe0f"  # zero-width joiner and the variation selectors
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True)
class StemNames:
    """How the stems of one song are named.

    In the template {song} is the song's file name without its ending, {title} and {artist} are
    what its tags say, and {stem} is the stem; all else is taken as it stands.
    `(Sample)` follows if it is one, and a number beyond 1 in brackets.

    Raises:
        OutputError: the template is empty or has another field.
    """

    template: str = "{song} ({stem})"
    title: str = ""
    artist: str = ""
    number: int = 1
    sample: bool = False

    def __post_init__(self) -> None:
        if not self.template.strip():
            raise OutputError("The names of the files are empty.")
        for field in _FIELD.findall(self.template):
            if field not in _FIELDS:
                raise OutputError(
                    "Names cannot hold {{{field}}}; the fields are {{song}}, {{title}}, "
                    "{{artist}} and {{stem}}.",
                    field=field,
                )

    def check(self, stems: tuple[Stem, ...]) -> None:
        """Make sure that every stem gets a name of its own.

        Raises:
            OutputError: it does not.
        """
        if len(stems) > 1 and "stem" not in _FIELD.findall(self.template):
            raise OutputError("The names need {stem}, since more than one stem is saved.")

    def name(self, song: Path, stem: Stem, *, ending: str) -> str:
        """Return the name of a stem's file, at most 255 bytes with its ending.

        Raises:
            OutputError: it would be longer even without the song's part of it.
        """
        ending = _numbered(self.number, ending)
        if self.sample:
            ending = f" (Sample){ending}"
        values = {
            # As it is: songs are recognised by it when their stems lie beside them.
            "song": song.stem,
            "title": _possible(self.title.strip()) or song.stem,
            "artist": _possible(self.artist.strip()) or "Unknown Artist",
            "stem": stem.label,
        }
        parts = _FIELD.split(_possible(self.template.strip()))  # text, field, text, field, text
        room = LONGEST_NAME - len(os.fsencode(ending))
        while True:
            name = "".join(values[part] if at % 2 else part for at, part in enumerate(parts))
            if _DEVICE.match(name):
                name = f"_{name}"
            excess = len(os.fsencode(name)) - room
            if excess <= 0:
                return name + ending
            lengths = {field: len(os.fsencode(values[field])) for field in parts[1::2]}
            longest = max(lengths.keys() - {"stem"}, key=lengths.__getitem__, default="stem")
            if longest == "stem" or not values[longest]:
                raise OutputError("The names of the files are too long.")
            less = ceil(excess / parts[1::2].count(longest))
            values[longest] = _shortened(values[longest], lengths[longest] - less)


DEFAULT_NAMES = StemNames()


def stem_path(
    song: Path,
    stem: Stem,
    *,
    folder: Path,
    file_format: FileFormat,
    names: StemNames = DEFAULT_NAMES,
) -> Path:
    """Return where a stem is saved: `<song name> (Instrumental).wav` unless `names` differ.

    Raises:
        OutputError: the name would be too long.
    """
    return folder / names.name(song, stem, ending=file_format.suffix)


def picture_path(song: Path, *, folder: Path, number: int = 1) -> Path:
    """Return where the picture of a song is saved: `<song name> (Before and After).png`."""
    ending = _numbered(number, ".png")
    return folder / _limited(song.stem, f" (Before and After){ending}")


def sidecar_path(song: Path, *, folder: Path, names: StemNames = DEFAULT_NAMES) -> Path:
    """Return where the record of how stems were made is saved: `<song name> (Sidecar).json`."""
    ending = _numbered(names.number, ".json")
    if names.sample:
        ending = f" (Sample){ending}"
    return folder / _limited(song.stem, f" (Sidecar){ending}")


def song_of_stem(path: Path) -> str | None:
    """Return the song's name if `path` is named as stems are by default, else None."""
    named = _STEM.fullmatch(path.stem)
    if named is None or path.suffix.lower() not in {kind.suffix for kind in FileFormat}:
        return None
    return named["song"]


def shown_name(path: Path) -> str:
    """Return a file's name as it can be printed, whatever bytes it is made of."""
    name = path.name or str(path)
    return os.fsencode(name).decode("utf-8", errors="replace")


def _numbered(number: int, ending: str) -> str:
    return ending if number == 1 else f" ({number}){ending}"


def _limited(name: str, ending: str) -> str:
    """Join the two, shortening `name` between characters so that the whole fits a file name."""
    return _shortened(name, LONGEST_NAME - len(os.fsencode(ending))) + ending


def _shortened(name: str, room: int) -> str:
    """Cut `name` between characters so that it takes at most `room` bytes."""
    if len(os.fsencode(name)) <= room:
        return name
    end = len(name)
    while end > 0 and (len(os.fsencode(name[:end])) > room or _belongs_to_previous(name, end)):
        end -= 1
    return name[:end].rstrip()


def _possible(name: str) -> str:
    return _IMPOSSIBLE.sub("_", name)


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
