"""Songs as signals: what a file holds, and its samples at its own rate."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.decoding import UNREADABLE, Damaged, Description, Reader, readers_for
from core.errors import Cancelled, InputError
from core.naming import shown_name
from core.room import check_room
from core.samples import Samples
from core.scratch import new_scratch
from core.songs import AUDIO_SUFFIXES, find_songs
from core.tags import read_tags

__all__ = [
    "AUDIO_SUFFIXES",
    "Audio",
    "SongInfo",
    "find_songs",
    "likely_length",
    "probe",
    "read_audio",
    "spool_audio",
]

_SMALLEST_CODING = 50  # bytes for a second: silence in FLAC or Opus
LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000  # Hz
LOUDEST = 1e6  # of full scale; beyond it, float32 overflows in the middle of a separation

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Audio:
    """A signal: float32, (channels, samples), finite, at `rate` Hz; in memory or on disk."""

    samples: Samples
    rate: int
    damage: InputError | None = None
    """What is wrong with the file that it was read from, one sentence."""

    @property
    def channels(self) -> int:
        """Number of channels."""
        return int(self.samples.shape[0])

    @property
    def length(self) -> int:
        """Samples per channel."""
        return int(self.samples.shape[1])

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.length / self.rate


@dataclass(frozen=True)
class SongInfo:
    """What a file says about itself before it is decoded."""

    path: Path
    title: str  # the file's name where there is no title
    artist: str
    album: str
    container: str  # "MP3", "FLAC", ...
    rate: int  # Hz
    channels: int
    length: int  # samples; 0 where only decoding tells
    seconds: float  # as the file claims, roughly; 0.0 where it claims nothing


def probe(path: Path) -> SongInfo:
    """Look into a song without decoding it.

    Raises:
        InputError: it cannot be separated; the sentence names the file and says why.
    """
    description = _describe(path)
    tags = read_tags(path)
    return SongInfo(
        path=path,
        title=tags.first("title") or shown_name(Path(path.stem)),
        artist=tags.first("artist"),
        album=tags.first("album"),
        container=description.container,
        rate=description.rate,
        channels=description.channels,
        length=description.length,
        seconds=description.seconds,
    )


def read_audio(
    path: Path,
    *,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Audio:
    """Decode a song as `spool_audio` does, and hold all of it in memory.

    For what is known to be short; its samples are an array, C-contiguous.
    """
    audio = spool_audio(path, progress=progress, cancelled=cancelled)
    return Audio(audio.samples[:, :], audio.rate)


def spool_audio(
    path: Path,
    *,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Audio:
    """Decode a song at its own rate with all its channels, into a temporary file.

    A damaged file gives what can be decoded of it. Samples that are not numbers or
    beyond `LOUDEST`, which float files can hold, become 0. Channels stand in the order of
    WAVE_FORMAT_EXTENSIBLE.

    Args:
        path: any audio file, or a video with sound.
        progress: called with 0.0 to 1.0.
        cancelled: asked between blocks.

    Raises:
        InputError: nothing can be decoded; the sentence names the file and says why.
        OutputError: there is no room for the temporary files that separating it takes; said before
            anything is decoded where the file tells how long it is.
        Cancelled: asked for.
    """
    _check_file(path)
    longest: Audio | None = None
    reason = damage = ""
    for reader in readers_for(path):
        try:
            description = reader.describe(path)
        except Damaged as error:
            reason = _plainer(reason, error)
            continue
        _check_rate(path, description.rate)
        check_room(path, channels=description.channels, length=likely_length(path, description))
        audio, found = _collect(reader, path, description, progress, cancelled)
        damage = damage or found or _shortness(description, audio)
        if longest is None or audio.length > longest.length:
            longest = audio
        if not found:
            break
    if longest is None or longest.length == 0:
        raise _unreadable(path, damage or reason or "holds no sound")
    progress(1.0)
    if not damage:
        return longest
    told = InputError(
        "“{name}” {reason}; what could be decoded is used.", name=shown_name(path), reason=damage
    )
    _log.warning("%s", told)
    return replace(longest, damage=told)


def _check_file(path: Path) -> None:
    name = shown_name(path)
    try:
        if path.is_dir():
            raise InputError("“{name}” is a folder, not a song.", name=name)
        if path.exists() and not path.is_file():  # to open a pipe would wait for ever
            raise InputError("“{name}” is a device or a pipe, not a song.", name=name)
        with path.open("rb") as file:
            if not file.read(1):
                raise InputError("“{name}” is empty.", name=name)
    except FileNotFoundError as error:
        raise InputError("“{name}” does not exist.", name=name) from error
    except PermissionError as error:
        raise InputError("“{name}” may not be read by this user.", name=name) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError("“{name}” cannot be read: {reason}.", name=name, reason=reason) from error


def _check_rate(path: Path, rate: int) -> None:
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise InputError(
            "“{name}” has a sample rate of {rate:,} Hz; songs from {lowest:,} to "
            "{highest:,} Hz can be separated.",
            name=shown_name(path),
            rate=rate,
            lowest=LOWEST_RATE,
            highest=HIGHEST_RATE,
        )


def likely_length(path: Path, told: Description | SongInfo) -> int:
    """Samples that decoding will give, as far as the header and the file's size tell."""
    seconds = told.length / told.rate if told.length else told.seconds
    # A header may claim anything; but nothing that can be decoded is smaller than this.
    seconds = min(seconds, path.stat().st_size / _SMALLEST_CODING)
    return round(told.rate * seconds)


def _describe(path: Path) -> Description:
    _check_file(path)
    reason = ""
    for reader in readers_for(path):
        try:
            description = reader.describe(path)
        except Damaged as error:
            reason = _plainer(reason, error)
            continue
        _check_rate(path, description.rate)
        return description
    raise _unreadable(path, reason)


def _shortness(description: Description, audio: Audio) -> str:
    """Say how much of what the header claims is missing, "" if that is next to nothing."""
    if audio.seconds > 0.98 * description.seconds - 1.0:
        return ""
    return f"holds {audio.seconds:.0f} of the {description.seconds:.0f} seconds that it claims"


def _plainer(reason: str, error: Damaged) -> str:
    """Keep what says most: that a video is silent rather than that it is no audio file."""
    return str(error) if reason in ("", UNREADABLE) else reason


def _unreadable(path: Path, reason: str) -> InputError:
    return InputError("“{name}” {reason}.", name=shown_name(path), reason=reason)


def _collect(
    reader: Reader,
    path: Path,
    description: Description,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> tuple[Audio, str]:
    """Decode until the end or the damage; return what there is, and the damage in words."""
    expected = max(description.length or int(description.seconds * description.rate), 1)
    samples, damage = new_scratch(description.channels), ""
    try:
        for block in reader.blocks(path):
            if cancelled():
                raise Cancelled
            if block.shape[0] != description.channels:
                raise Damaged("was changed while it was read")
            # Infinite or undefined samples would spread over everything that is computed.
            samples.append(np.where(np.abs(block) <= LOUDEST, block, np.float32(0.0)))
            progress(min(samples.length / expected, 1.0))
    except Damaged as error:
        damage = str(error)
    return Audio(samples, description.rate), damage
