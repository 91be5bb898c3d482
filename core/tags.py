"""Tags and cover art, read from any song and stored in what is written."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

import mutagen
from mutagen import flac, id3, wave

from core import tag_names
from core.decoding import Damaged, read_raw_tags
from core.formats import FileFormat
from core.naming import shown_name
from core.stems import Stem

FRONT_COVER = 3  # ID3v2's number for it, which FLAC shares
_LARGEST_FLAC_PICTURE = 2**24 - 2**12  # a FLAC block counts its bytes in 24 bits

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
        title = f"{self.first('title') or untitled} ({stem.label})"
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


def apply_tags(file: BinaryIO, tags: Tags, *, file_format: FileFormat) -> None:
    """Store tags in a finished WAV or FLAC file that is open for reading and writing.

    Raises:
        OSError: the disk refused.
    """
    file.seek(0)
    try:
        if file_format is FileFormat.FLAC:
            _apply_to_flac(file, tags)
        elif file.read(4) == b"RIFF":  # RF64 is beyond what tagging programs read
            file.seek(0)
            _apply_to_wav(file, tags)
    except mutagen.MutagenError as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, OSError):
            raise cause from error
        _log.warning("tags were left out: %s", error)


def _apply_to_flac(file: BinaryIO, tags: Tags) -> None:
    song = flac.FLAC(file)
    if song.tags is None:
        song.add_tags()
    for name, values in tags.fields.items():
        if _is_vorbis_name(name):
            song[name] = list(values)
    for picture in tags.pictures:
        if len(picture.data) < _LARGEST_FLAC_PICTURE:
            block = flac.Picture()
            block.mime, block.data = picture.mime, picture.data
            block.type, block.desc = picture.kind, picture.description
            song.add_picture(block)
    file.seek(0)
    song.save(file)


def _is_vorbis_name(name: str) -> bool:
    return bool(name) and all(" " <= letter <= "}" and letter != "=" for letter in name)


def _apply_to_wav(file: BinaryIO, tags: Tags) -> None:
    song = wave.WAVE(file)
    song.add_tags()
    stored: Any = song.tags
    for frame in _id3_frames(tags):
        stored.add(frame)
    file.seek(0)
    song.save(file)


def _id3_frames(tags: Tags) -> Iterable[id3.Frame]:
    frame_ids = {name: frame_id for frame_id, name in tag_names.ID3.items()}
    for name, values in tags.fields.items():
        texts = list(values)
        if name == "comment":
            yield id3.COMM(encoding=3, lang="und", desc="", text=texts)
        elif name == "lyrics":
            yield id3.USLT(encoding=3, lang="und", desc="", text="\n".join(texts))
        elif name in frame_ids:
            yield id3.Frames[frame_ids[name]](encoding=3, text=texts)
        else:
            yield id3.TXXX(encoding=3, desc=name, text=texts)
    for number, picture in enumerate(tags.pictures):
        # Two pictures may not share a description in ID3.
        description = picture.description or (str(number) if number else "")
        yield id3.APIC(
            encoding=3,
            mime=picture.mime,
            type=picture.kind,
            desc=description,
            data=picture.data,
        )
