"""Tags and cover art stored in the files that are written."""

import base64
import logging
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import mutagen
from mutagen import flac, id3, mp3, mp4, oggopus, oggvorbis, wave

from core import tag_names
from core.formats import FileFormat
from core.tags import Picture, Tags

_LARGEST_FLAC_PICTURE = 2**24 - 2**12  # a FLAC block counts its bytes in 24 bits

_log = logging.getLogger(__name__)


def apply_tags(file: BinaryIO, tags: Tags, *, file_format: FileFormat) -> None:
    """Store tags in a finished file that is open for reading and writing.

    Raises:
        OSError: the disk refused.
    """
    file.seek(0)
    try:
        if file_format is FileFormat.FLAC:
            _apply_to_flac(file, tags)
        elif file_format is FileFormat.MP3:
            _save_id3(file, mp3.MP3(file), tags)
        elif file_format in (FileFormat.M4A, FileFormat.ALAC):
            _apply_to_mp4(file, tags)
        elif file_format is FileFormat.OPUS:
            _apply_to_ogg(file, oggopus.OggOpus(file), tags)
        elif file_format is FileFormat.OGG:
            _apply_to_ogg(file, oggvorbis.OggVorbis(file), tags)
        elif file.read(4) == b"RIFF":  # RF64 is beyond what tagging programs read
            file.seek(0)
            _save_id3(file, wave.WAVE(file), tags)
    except mutagen.MutagenError as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, OSError):
            raise cause from error
        _log.warning("tags were left out: %s", error)


def _apply_to_flac(file: BinaryIO, tags: Tags) -> None:
    song = flac.FLAC(file)
    if song.tags is None:
        song.add_tags()
    _set_comments(song, tags)
    for picture in _flac_pictures(tags):
        song.add_picture(picture)
    file.seek(0)
    song.save(file)


def _apply_to_ogg(file: BinaryIO, song: Any, tags: Tags) -> None:
    _set_comments(song, tags)
    blocks = [base64.b64encode(picture.write()).decode() for picture in _flac_pictures(tags)]
    if blocks:
        song["metadata_block_picture"] = blocks
    file.seek(0)
    song.save(file)


def _set_comments(song: Any, tags: Tags) -> None:
    for name, values in tags.fields.items():
        if _is_vorbis_name(name):
            song[name] = list(values)


def _flac_pictures(tags: Tags) -> Iterator[flac.Picture]:
    for picture in tags.pictures:
        if len(picture.data) < _LARGEST_FLAC_PICTURE:
            block = flac.Picture()
            block.mime, block.data = picture.mime, picture.data
            block.type, block.desc = picture.kind, picture.description
            yield block


def _is_vorbis_name(name: str) -> bool:
    return bool(name) and all(" " <= letter <= "}" and letter != "=" for letter in name)


def _apply_to_mp4(file: BinaryIO, tags: Tags) -> None:
    song = mp4.MP4(file)
    if song.tags is None:
        song.add_tags()
    stored: Any = song.tags
    keys = {name: key for key, name in tag_names.MP4.items()}
    for name, values in tags.fields.items():
        key = keys.get(name)
        numbers = [_numbers(value) for value in values]
        if key == "tmpo" and all(value.isdecimal() and int(value) < 2**16 for value in values):
            stored[key] = [int(value) for value in values]
        elif key in {"trkn", "disk"} and all(numbers):
            stored[key] = numbers
        elif key is not None and key not in {"tmpo", "trkn", "disk"}:
            stored[key] = list(values)
        else:
            free = [mp4.MP4FreeForm(value.encode(), mp4.AtomDataType.UTF8) for value in values]
            stored[f"----:com.apple.iTunes:{name}"] = free
    kinds = {"image/png": mp4.MP4Cover.FORMAT_PNG, "image/jpeg": mp4.MP4Cover.FORMAT_JPEG}
    covers = [
        mp4.MP4Cover(picture.data, kinds[picture.mime])
        for picture in tags.pictures
        if picture.mime in kinds
    ]
    if covers:
        stored["covr"] = covers
    file.seek(0)
    song.save(file)


def _numbers(value: str) -> tuple[int, int] | None:
    """Take apart `3/12` or `3`; None where it is neither or beyond 16 bits."""
    parts = value.split("/")
    if not 1 <= len(parts) <= 2 or not all(part.strip().isdecimal() for part in parts):
        return None
    number, total = [*map(int, parts), 0][:2]
    return (number, total) if max(number, total) < 2**16 else None


def _save_id3(file: BinaryIO, song: Any, tags: Tags) -> None:
    if song.tags is None:
        song.add_tags()
    for frame in _id3_frames(tags):
        song.tags.add(frame)
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
        yield _id3_picture(picture, number)


def _id3_picture(picture: Picture, number: int) -> id3.Frame:
    return id3.APIC(
        encoding=3,
        mime=picture.mime,
        type=picture.kind,
        # Two pictures may not share a description in ID3.
        desc=picture.description or (str(number) if number else ""),
        data=picture.data,
    )
