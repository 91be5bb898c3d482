"""Tags and cover art as they stand in any song; only the decoding process reads them."""

import base64
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import mutagen
from mutagen import apev2, asf, flac, id3, mp4

from core import tag_names
from core.tags import Picture

# What mutagen lets through when a file is damaged.
_TAG_ERRORS = (mutagen.MutagenError, OSError, ValueError, LookupError, struct.error)

Pairs = list[tuple[str, str]]


def raw_tags(path: Path) -> tuple[Pairs, list[Picture]]:
    """Return text fields in the file's order and pictures, both empty where there are none."""
    try:
        song = mutagen.File(path)
        pairs, pictures = ([], []) if song is None else (_fields(song), _pictures(song))
    except _TAG_ERRORS:
        pairs, pictures = [], []
    if not pairs:
        pairs, attached = _read_with_ffmpeg(path)
        pictures = pictures or attached
    return pairs, pictures


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
