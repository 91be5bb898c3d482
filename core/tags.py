"""Tags and cover art, read from any song and stored in what is written."""

import base64
import logging
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

import av
import mutagen
from mutagen import apev2, asf, flac, id3, mp4, wave

from core import tag_names
from core.formats import FileFormat
from core.stems import Stem

FRONT_COVER = 3  # ID3v2's number for it, which FLAC shares
_LARGEST_FLAC_PICTURE = 2**24 - 2**12  # a FLAC block counts its bytes in 24 bits
# What mutagen lets through when a file is damaged.
_TAG_ERRORS = (mutagen.MutagenError, OSError, ValueError, LookupError, struct.error)

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
        song = mutagen.File(path)
        pairs, pictures = ([], []) if song is None else (_fields(song), _pictures(song))
    except _TAG_ERRORS as error:
        _log.warning("%s: unreadable tags: %s", path, error)
        pairs, pictures = [], []
    if not pairs:
        pairs, attached = _read_with_ffmpeg(path)
        pictures = pictures or attached
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if tag_names.is_kept(name) and value.strip() and value not in fields.get(name, ()):
            fields[name] = (*fields.get(name, ()), value)
    return Tags(fields, tuple(pictures))


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


Pairs = list[tuple[str, str]]


def _fields(song: mutagen.FileType) -> Pairs:
    tags: Any = song.tags  # mutagen finds out while running what it is
    if isinstance(tags, id3.ID3):
        return list(_id3_fields(tags))
    if isinstance(tags, mp4.MP4Tags):
        return list(_mp4_fields(tags))
    if isinstance(tags, asf.ASFTags):
        return [(_free(name), str(value)) for name, value in tags if name != "WM/Picture"]
    if isinstance(tags, apev2.APEv2):
        texts = [(name, value) for name, value in tags.items() if value.kind == apev2.TEXT]
        return [(_free(name), text) for name, value in texts for text in value]
    return [(name.lower(), str(value)) for name, value in tags or []]


def _free(name: str) -> str:
    return tag_names.FREE.get(name.lower(), name.lower())


def _id3_fields(tags: id3.ID3) -> Iterator[tuple[str, str]]:
    frame: Any
    for frame in tags.values():
        if frame.FrameID == "TXXX":
            yield from ((frame.desc.lower(), text) for text in frame.text)
        elif frame.FrameID == "COMM":
            if not frame.desc.startswith("iTun"):  # iTunes keeps numbers about the sound there
                yield from (("comment", text) for text in frame.text)
        elif frame.FrameID == "USLT":
            yield "lyrics", frame.text
        elif frame.FrameID == "TCON":
            yield from (("genre", genre) for genre in frame.genres)  # numbers become words
        elif frame.FrameID in tag_names.ID3:
            yield from ((tag_names.ID3[frame.FrameID], str(text)) for text in frame.text)


def _mp4_fields(tags: mp4.MP4Tags) -> Iterator[tuple[str, str]]:
    for key, values in tags.items():
        if key.startswith("----:"):
            name = key.rpartition(":")[2].lower()
            yield from ((name, bytes(value).decode("utf-8", "replace")) for value in values)
        elif key in {"trkn", "disk"}:
            for number, total in values:
                yield tag_names.MP4[key], f"{number}/{total}" if total else str(number)
        elif key in tag_names.MP4:
            yield from ((tag_names.MP4[key], str(value)) for value in values)


def _pictures(song: mutagen.FileType) -> list[Picture]:
    tags: Any = song.tags
    if isinstance(song, flac.FLAC):
        return [_from_flac(picture) for picture in song.pictures]
    if isinstance(tags, id3.ID3):
        frames = [frame for frame in tags.getall("APIC") if frame.mime != "-->"]  # an address
        return [Picture(f.mime, f.data, int(f.type), f.desc) for f in frames]
    if isinstance(tags, mp4.MP4Tags):
        return [_from_bytes(bytes(cover)) for cover in tags.get("covr", [])]
    if isinstance(tags, asf.ASFTags):
        return [_from_asf(value.value) for value in tags.get("WM/Picture", [])]
    if isinstance(tags, apev2.APEv2):
        covers = [value.value for name, value in tags.items() if name.lower().startswith("cover")]
        return [_from_bytes(cover.partition(b"\0")[2]) for cover in covers]
    blocks = [] if tags is None else tags.get("metadata_block_picture", [])
    return [_from_flac(flac.Picture(base64.b64decode(block))) for block in blocks]


def _from_flac(picture: flac.Picture) -> Picture:
    return Picture(picture.mime, picture.data, int(picture.type), picture.desc)


def _from_bytes(data: bytes) -> Picture:
    return Picture("image/png" if data.startswith(b"\x89PNG") else "image/jpeg", data)


def _from_asf(value: bytes) -> Picture:
    """Take apart ASF's WM/Picture: kind, size, then type and description in UTF-16."""
    kind, size = struct.unpack_from("<BI", value)
    texts = value[5 : len(value) - size].decode("utf-16-le").split("\0")
    return Picture(texts[0], value[len(value) - size :], kind, texts[1])


def _read_with_ffmpeg(path: Path) -> tuple[Pairs, list[Picture]]:
    """Read the tags of files that mutagen does not know: Matroska, CAF, RIFF's own in WAV."""
    try:
        with av.open(str(path), options={"protocol_whitelist": "file"}) as song:
            attached = [(stream.mimetype, stream.data) for stream in song.streams.attachments]
            pairs = [(_free(name), value) for name, value in song.metadata.items()]
    except (av.FFmpegError, OSError, ValueError):
        return [], []
    return pairs, [Picture(m, data) for m, data in attached if m and m.startswith("image/")]


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
