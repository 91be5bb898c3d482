"""The record of how stems were made: enough to make them again, bit for bit."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from typing import BinaryIO

from core.audio import Audio
from core.errors import Cancelled
from core.formats import OutputFormat
from core.low_end import HIGHEST_HZ, LOWEST_HZ
from core.mix import Mix
from core.naming import StemNames
from core.samples import Samples, stretches
from core.stems import Stem
from core.tags import Tags

SCHEMA = 1
_PACKAGES = ("vocal-remover", "torch", "numpy", "soxr", "soundfile", "av", "mutagen")
_DTYPES = ("", "float32", "bfloat16", "float16")


@dataclass(frozen=True)
class SongFacts:
    """The song that the stems are of."""

    name: str
    rate: int
    channels: int
    samples: int
    sha256: str
    """Of the decoded samples, float32, all channels of a sample beside each other."""
    tags_sha256: str

    def __post_init__(self) -> None:
        _check(_is_plain(self.name), "the song's name")
        _check(min(self.rate, self.channels, self.samples) >= 1, "the song's size")
        _check(_is_sha256(self.sha256) and _is_sha256(self.tags_sha256), "the song's hash")


@dataclass(frozen=True)
class Computation:
    """How the vocals were computed; what is empty or 0 is not known."""

    checkpoint: str
    checkpoint_sha256: str
    combination: str
    device: str = ""
    dtype: str = ""
    threads: tuple[int, ...] = ()
    """Of each chunk."""
    chunk_frames: int = 0
    processor: str = ""

    def __post_init__(self) -> None:
        _check(_is_sha256(self.checkpoint_sha256), "the checkpoint's hash")
        _check(self.dtype in _DTYPES, "the arithmetic")
        _check(all(0 <= each <= 4096 for each in self.threads), "the threads")
        _check(0 <= self.chunk_frames < 2**31, "the chunks")


@dataclass(frozen=True)
class TakeFacts:
    """A region that was separated once more; see core.takes."""

    start: int
    stop: int
    checkpoint_sha256: str
    """Empty for the song's."""
    augmented: bool
    strength: float

    def __post_init__(self) -> None:
        _check(0 <= self.start < self.stop, "a take")
        _check(self.checkpoint_sha256 == "" or _is_sha256(self.checkpoint_sha256), "a take")
        _check(0.1 <= self.strength <= 10, "a take")


@dataclass(frozen=True)
class Choices:
    """What was asked for."""

    stems: tuple[Stem, ...]
    output: OutputFormat
    names: StemNames
    mix: Mix
    sample_seconds: float

    def __post_init__(self) -> None:
        _check(len(set(self.stems)) == len(self.stems) > 0, "the stems")
        _check(0 <= self.sample_seconds < 1e6 and 1 <= self.names.number < 10**6, "the choices")
        kept = self.mix.keep_low_end_hz
        _check(kept is None or LOWEST_HZ <= kept <= HIGHEST_HZ, "the low end")


@dataclass(frozen=True)
class Outcome:
    """What came of it, see core.export.ExportReport."""

    gain_db: float
    clipped: int
    residual_dbfs: float
    noise_db: float
    true_peak_dbtp: float
    null_test_passed: bool | None
    """None of lossy formats, which cannot pass."""
    result_check_passed: bool
    rate: int
    encoder_delay_samples: int


@dataclass(frozen=True)
class SavedFile:
    """A stem's file."""

    stem: Stem
    name: str
    sha256: str

    def __post_init__(self) -> None:
        _check(_is_plain(self.name) and _is_sha256(self.sha256), "a file")


@dataclass(frozen=True)
class Origin:
    """What a sidecar says beside what the export itself knows."""

    song: SongFacts
    computation: Computation
    vocals_sha256: str
    takes: tuple[TakeFacts, ...] = ()


@dataclass(frozen=True)
class Sidecar:
    """All that a sidecar holds."""

    schema: int
    versions: dict[str, str]
    song: SongFacts
    computation: Computation
    vocals_sha256: str
    """Of the vocals as they were estimated, before takes, mix and format."""
    takes: tuple[TakeFacts, ...]
    choices: Choices
    outcome: Outcome
    files: tuple[SavedFile, ...]

    def __post_init__(self) -> None:
        _check(self.schema == SCHEMA, "its version")
        _check(_is_sha256(self.vocals_sha256), "the vocals' hash")

    def to_json(self) -> str:
        """Return the text that is written; -inf, which JSON lacks, is null."""
        return json.dumps(_plain(self), indent=1, ensure_ascii=False) + "\n"


def versions() -> dict[str, str]:
    """What computes, decodes and encodes, by name."""
    from importlib.metadata import PackageNotFoundError, version  # brings what reads e-mail

    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    return found


def song_facts(
    name: str, mixture: Audio, tags: Tags, *, cancelled: Callable[[], bool] = lambda: False
) -> SongFacts:
    """Describe a whole song as it was decoded.

    Raises:
        Cancelled: `cancelled` said so.
    """
    parts = [repr(sorted(tags.fields.items()))]
    parts += [repr((p.mime, p.kind, p.description)) for p in tags.pictures]
    told = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape"))
    for picture in tags.pictures:
        told.update(picture.data)
    return SongFacts(
        shown(name),
        mixture.rate,
        mixture.channels,
        mixture.length,
        samples_sha256(mixture.samples, cancelled=cancelled),
        told.hexdigest(),
    )


def samples_sha256(samples: Samples, *, cancelled: Callable[[], bool] = lambda: False) -> str:
    """SHA-256 of a signal.

    Raises:
        Cancelled: `cancelled` said so.
    """
    digest = hashlib.sha256()
    for start, stop in stretches(samples.shape[1]):
        if cancelled():
            raise Cancelled
        digest.update(samples[:, start:stop].T.astype("<f4", order="C").data)
    return digest.hexdigest()


def file_sha256(file: BinaryIO) -> str:
    """SHA-256 of an open file from its start."""
    file.flush()
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(2**20):
        digest.update(block)
    return digest.hexdigest()


def shown(name: str) -> str:
    """A file's name as JSON can hold it, whatever bytes it is made of."""
    return (
        name.encode("utf-8", "surrogateescape")
        .decode("utf-8", "backslashreplace")
        .replace("\\", "_")
    )


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: _plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def _check(is_so: bool, what: str) -> None:
    if not is_so:
        raise ValueError(f"{what} cannot be right")


def _is_sha256(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _is_plain(name: str) -> bool:
    """Whether a name is one of a file in some folder, and nothing that leads out of it."""
    is_short = 0 < len(name.encode("utf-8", "surrogatepass")) <= 1024
    return is_short and name not in {".", ".."} and not set(name) & set("/\\\0")
