"""Decoding of songs, in a process of its own: a stranger's file may end that one only."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from core.decoding_process import ProcessEnded, borrowed, warm_up
from core.naming import shown_name

__all__ = [
    "BLOCK",
    "UNREADABLE",
    "Damaged",
    "Description",
    "Reader",
    "read_raw_tags",
    "readers_for",
    "warm_up",
]

BLOCK = 65_536  # samples
UNREADABLE = "is no audio or video that can be read, or it is damaged"

# What libsndfile reads exactly. MP3 is missing on purpose: without an index at its start, the
# length is guessed there from the first frames and the rest of the song is lost.
_SOUNDFILE_MAGIC = (b"RIFF", b"RF64", b"riff", b"fLaC", b"FORM", b"OggS", b"caff", b".snd")


class Damaged(Exception):
    """A file cannot be decoded, or not to its end; the message ends a sentence about it."""


@dataclass(frozen=True)
class Description:
    """What a file's header says about its sound."""

    container: str
    rate: int  # Hz
    channels: int
    length: int  # samples; 0 where only decoding tells
    seconds: float  # as claimed; 0.0 where nothing is


class Reader(Protocol):
    """A library that decodes files."""

    def describe(self, path: Path) -> Description:
        """Read the header; raises Damaged."""

    def blocks(self, path: Path) -> Iterator[np.ndarray]:
        """Decode to (channels, up to BLOCK samples) float32; raises Damaged, maybe late."""


def readers_for(path: Path) -> list[Reader]:
    """Return the readers to try, the one that reads this file exactly first."""
    with path.open("rb") as file:
        head = file.read(4)
    soundfile, ffmpeg = _Remote("soundfile"), _Remote("ffmpeg")
    if head in _SOUNDFILE_MAGIC:
        return [soundfile, ffmpeg]
    if head.startswith((b"ID3", b"\xff")):
        return [ffmpeg]  # libsndfile's MP3 decoder would only complain on stderr
    return [ffmpeg, soundfile]


def read_raw_tags(path: Path) -> tuple[list[tuple[str, str]], list[tuple[dict[str, Any], bytes]]]:
    """Read a song's tags as they stand in it.

    Returns:
        Names and values of its text fields; and of each picture its mime type, kind and
        description by name, and its bytes.

    Raises:
        Damaged: they cannot be read.
    """
    try:
        with borrowed(shown_name(path)) as process:
            said = process.ask({"do": "tags"}, path)
            fields = said.get("fields", [])
            pictures = [(about, process.picture()) for about in said.get("pictures", [])]
    except ProcessEnded as error:
        raise Damaged(str(error)) from error
    if damage := said.get("damage"):
        raise Damaged(str(damage))
    try:
        texts = [(str(name), str(value)) for name, value in fields]
        told = [
            {"mime": str(a["mime"]), "kind": int(a["kind"]), "description": str(a["description"])}
            for a, _ in pictures
        ]
    except (LookupError, TypeError, ValueError) as error:
        raise Damaged(UNREADABLE) from error
    return texts, list(zip(told, (data for _, data in pictures), strict=True))


@dataclass(frozen=True)
class _Remote:
    """A reader in the decoding process, named as `decoding_child` names it."""

    library: str

    def describe(self, path: Path) -> Description:
        """Read the header; raises Damaged."""
        try:
            with borrowed(shown_name(path)) as process:
                said = process.ask({"do": "describe", "library": self.library}, path)
        except ProcessEnded as error:
            raise Damaged(str(error)) from error
        if damage := said.get("damage"):
            raise Damaged(str(damage))
        try:
            found = Description(
                container=str(said["container"]),
                rate=int(said["rate"]),
                channels=int(said["channels"]),
                length=int(said["length"]),
                seconds=float(said["seconds"]),
            )
        except (LookupError, TypeError, ValueError, OverflowError) as error:
            raise Damaged(UNREADABLE) from error
        if found.rate < 1 or found.channels < 1 or found.length < 0 or not isfinite(found.seconds):
            raise Damaged(UNREADABLE)
        return found

    def blocks(self, path: Path) -> Iterator[np.ndarray]:
        """Decode to (channels, up to BLOCK samples) float32; raises Damaged, maybe late."""
        try:
            with borrowed(shown_name(path)) as process:
                damage = yield from process.blocks({"do": "decode", "library": self.library}, path)
        except ProcessEnded as error:
            raise Damaged(str(error)) from error
        if damage:
            raise Damaged(damage)
