"""Tags and cover art, read from any song."""

import logging
from dataclasses import dataclass, field, replace
from pathlib import Path

from core import tag_names
from core.decoding import Damaged, read_raw_tags
from core.naming import shown_name
from core.stems import Stem

FRONT_COVER = 3  # ID3v2's number for it, which FLAC shares

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Picture:
    """An image stored in a song."""

    mime: str
    data: bytes = field(repr=False)
    kind: int = FRONT_COVER
    description: str = ""


@dataclass(frozen=True)
class Tags:
    """Text fields by their Vorbis comment names, in lower case, and pictures."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()

    def first(self, name: str) -> str:
        """Return a field's first value, "" if there is none."""
        return self.fields.get(name, ("",))[0]

    def for_stem(self, stem: Stem, *, untitled: str) -> "Tags":
        """Return the tags of a stem: the title, or `untitled`, says which one it is."""
        # A file's name may be no text, which tags must be.
        title = f"{self.first('title') or shown_name(Path(untitled))} ({stem.label})"
        return replace(self, fields=self.fields | {"title": (title,)})


def read_tags(path: Path) -> Tags:
    """Read what a song says about itself; one without readable tags has none."""
    try:
        pairs, pictures = read_raw_tags(path)
    except Damaged as error:
        _log.warning("“%s” %s; it is taken to have no tags.", shown_name(path), error)
        return Tags()
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if tag_names.is_kept(name) and value.strip() and value not in fields.get(name, ()):
            fields[name] = (*fields.get(name, ()), value)
    return Tags(fields, tuple(Picture(data=data, **about) for about, data in pictures))
