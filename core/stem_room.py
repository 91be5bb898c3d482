"""Whether the stems of a song fit on the disk, found out before any work."""

import shutil
from pathlib import Path

from core.audio import Audio
from core.errors import OutputError
from core.export_plan import ExportPlan
from core.formats import FileFormat, OutputFormat, Quality
from core.naming import shown_name
from core.partial import bytes_under_way
from core.rate_change import length_at
from core.room import in_words, temporary_bytes
from core.scratch import scratch_folder, separations_folder

# At most half of what music takes, so that only songs are refused that surely do not fit.
_PACKED = 0.3  # of the bytes of its samples, in FLAC and ALAC
_KBITS = {Quality.SMALL: 24, Quality.HIGH: 48, Quality.HIGHEST: 80}  # a second and channel


def check_stem_room(
    song: Path,
    plan: ExportPlan,
    *,
    channels: int,
    rate: int,
    length: int,
    signals: int = 0,
) -> None:
    """Find out whether the stems of a song fit on the disk, as well as that can be foretold.

    What WAV takes is known. Of other formats no more is counted than half of what music takes in
    them, so that a song may pass that has no room in the end, but no music is refused that has.

    Args:
        song: where it lies.
        plan: what is to be saved.
        channels: of the song.
        rate: Hz, of the song.
        length: samples, as far as they are known.
        signals: as long as the song, that will be kept in temporary files before the stems are
            saved; they count where both lie on the same disk.

    Raises:
        OutputError: they do not; the sentence says how much is needed, how much is free and where.
    """
    needed = stem_bytes(plan, channels=channels, rate=rate, length=length)
    try:
        folder = _existing(plan.folder)
        if signals and folder.stat().st_dev == _existing(scratch_folder()).stat().st_dev:
            temporary = temporary_bytes(channels=channels, length=length, signals=signals)
            needed += max(0, temporary - bytes_under_way(separations_folder(), song))
        usage = shutil.disk_usage(folder)
    except OSError:
        return  # whoever writes there finds out, and says so
    if needed > usage.free and usage.total:  # some network folders tell nothing
        raise OutputError(
            "“{name}” needs about {needed} for its stems, but only {free} are free in “{folder}”.",
            name=shown_name(song),
            needed=in_words(needed),
            free=in_words(usage.free),
            folder=shown_name(plan.folder.absolute()),
        )


def check_room_for(song: Path, mixture: Audio, plan: ExportPlan, *, signals: int = 0) -> None:
    """The same for a song that is read, so that all is known but how well it packs.

    Raises:
        OutputError: as `check_stem_room`.
    """
    check_stem_room(
        song,
        plan,
        channels=mixture.channels,
        rate=mixture.rate,
        length=mixture.length,
        signals=signals,
    )


def stem_bytes(plan: ExportPlan, *, channels: int, rate: int, length: int) -> int:
    """Bytes that all stems of a song will take, or half of that where the format packs them."""
    if plan.sample_seconds:
        length = min(length, round(plan.sample_seconds * rate))
    new_rate = plan.output.rate_for(rate)
    saved = length_at(length, rate, new_rate)
    return len(plan.stems) * _file_bytes(plan.output, channels * saved, new_rate)


def _file_bytes(output: OutputFormat, samples: int, rate: int) -> int:
    if output.is_lossy:
        return int(samples / rate * _KBITS[output.quality] * 1000 / 8)
    plain = samples * output.bit_depth.bits // 8
    return plain if output.file_format is FileFormat.WAV else int(_PACKED * plain)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.exists())
