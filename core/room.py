"""Whether a song's temporary files fit on the disk, found out before any work."""

import shutil
from pathlib import Path

from core.errors import OutputError
from core.naming import shown_name
from core.partial import bytes_under_way
from core.scratch import named, refusal, scratch_folder, separations_folder

_ITEM = 4  # bytes of a float32
_SPARE = 1.05  # for what helps to go on after a crash


def check_room(song: Path, *, channels: int, length: int) -> None:
    """Find out whether what a song is decoded and separated into fits on the disk.

    What an earlier run left of its separation is there already, and is gone on with.

    Args:
        song: where it lies.
        channels: of the song.
        length: samples.

    Raises:
        OutputError: it does not; the sentence says how much is needed, how much is free and where.
    """
    folder = scratch_folder()
    needed = temporary_bytes(channels=channels, length=length, signals=2)
    needed -= bytes_under_way(separations_folder(), song)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        usage = shutil.disk_usage(folder)
    except OSError as error:
        raise refusal(folder, error) from error
    if needed > usage.free and usage.total:  # some network folders tell nothing
        raise OutputError(
            "“{name}” needs {needed} for temporary files, but only {free} are free in “{folder}”.",
            name=shown_name(song),
            needed=in_words(needed),
            free=in_words(usage.free),
            folder=named(folder),
        )


def temporary_bytes(*, channels: int, length: int, signals: int) -> int:
    """Bytes of so many signals as long as the song, with what helps to go on after a crash."""
    return int(_SPARE * signals * _ITEM * channels * length)


def in_words(count: int) -> str:
    """A number of bytes as people say it."""
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.1f} MB"
