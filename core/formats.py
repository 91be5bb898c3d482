"""The file formats that stems are saved in, what each can hold, and how fine it is."""

from dataclasses import dataclass
from enum import Enum

from core.errors import OutputError

_MPEG_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)


class FileFormat(Enum):
    """A kind of file."""

    WAV = "wav"
    FLAC = "flac"
    ALAC = "alac"
    MP3 = "mp3"
    M4A = "m4a"  # with AAC in it
    OPUS = "opus"
    OGG = "ogg"  # with Vorbis in it

    @property
    def suffix(self) -> str:
        """The end of a file's name, with its dot."""
        return ".m4a" if self is FileFormat.ALAC else f".{self.value}"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return {
            FileFormat.M4A: "M4A (AAC)",
            FileFormat.ALAC: "ALAC",
            FileFormat.OPUS: "Opus",
            FileFormat.OGG: "Ogg Vorbis",
        }.get(self, self.value.upper())

    @property
    def is_lossy(self) -> bool:
        """Whether it keeps what is heard rather than every sample."""
        return self in _LOSSY

    @property
    def rates(self) -> tuple[int, ...]:
        """The only sample rates that it holds, rising, in Hz; none named holds any."""
        return {
            FileFormat.MP3: _MPEG_RATES,
            FileFormat.M4A: (*_MPEG_RATES, 64_000, 88_200, 96_000),
            FileFormat.OPUS: (48_000,),
        }.get(self, ())

    @property
    def channel_counts(self) -> tuple[int, ...]:
        """The only numbers of channels that it holds with each at its speaker; or any."""
        return {
            FileFormat.FLAC: tuple(range(1, 9)),
            FileFormat.ALAC: (1, 2, 3, 5, 6),
            FileFormat.MP3: (1, 2),
            FileFormat.M4A: (1, 2, 3, 5, 6, 8),
            FileFormat.OPUS: tuple(range(1, 9)),
            FileFormat.OGG: tuple(range(1, 9)),
        }.get(self, ())


_LOSSY = frozenset((FileFormat.MP3, FileFormat.M4A, FileFormat.OPUS, FileFormat.OGG))


class BitDepth(Enum):
    """How a sample is stored."""

    INT16 = "16"
    INT24 = "24"
    FLOAT32 = "32f"

    @property
    def bits(self) -> int:
        """Bits per sample."""
        return {BitDepth.INT16: 16, BitDepth.INT24: 24, BitDepth.FLOAT32: 32}[self]

    @property
    def is_integer(self) -> bool:
        """Whether values beyond full scale are lost."""
        return self is not BitDepth.FLOAT32

    @property
    def label(self) -> str:
        """The name shown to people."""
        return f"{self.bits}-bit" if self.is_integer else "32-bit float"

    @property
    def step(self) -> float:
        """The distance between neighbouring values near full scale (1.0 is full scale)."""
        return 2.0 ** (1 - self.bits) if self.is_integer else 2.0**-24


class Quality(Enum):
    """How much of the sound a lossy format keeps."""

    SMALL = "small"
    HIGH = "high"
    HIGHEST = "highest"


@dataclass(frozen=True)
class OutputFormat:
    """A file format with a bit depth that it can hold; lossy ones have a quality instead.

    Raises:
        OutputError: only WAV has floating point.
    """

    file_format: FileFormat = FileFormat.WAV
    bit_depth: BitDepth = BitDepth.INT24
    quality: Quality = Quality.HIGH

    def __post_init__(self) -> None:
        exact = not self.file_format.is_lossy and self.file_format is not FileFormat.WAV
        if exact and not self.bit_depth.is_integer:
            raise OutputError(
                "{format} holds 16 or 24 bits, not 32-bit float; use WAV for that.",
                format=self.file_format.label,
            )

    @property
    def is_lossy(self) -> bool:
        """Whether it keeps what is heard rather than every sample."""
        return self.file_format.is_lossy

    @property
    def is_integer(self) -> bool:
        """Whether samples are rounded to steps, and lost beyond full scale."""
        return self.bit_depth.is_integer and not self.is_lossy

    def rate_for(self, rate: int) -> int:
        """Return the sample rate in Hz that a song is saved at: its own wherever possible.

        Otherwise the lowest that loses nothing; beyond the highest, that one, or its neighbour
        that divides the song's rate.
        """
        rates = self.file_format.rates
        if not rates or rate in rates:
            return rate
        higher = [each for each in rates if each > rate]
        if higher:
            return higher[0]
        return next((each for each in rates[:-3:-1] if rate % each == 0), rates[-1])

    def check_channels(self, channels: int) -> None:
        """Make sure that every channel has its place.

        Raises:
            OutputError: the format holds no such number of channels.
        """
        counts = self.file_format.channel_counts
        if counts and channels not in counts:
            listed = f"{', '.join(map(str, counts[:-1]))} / {counts[-1]}"
            raise OutputError(
                "{format} cannot hold {channels} channels, only {counts}; use {other} for this.",
                format=self.file_format.label,
                channels=channels,
                counts=f"1–{counts[-1]}" if len(counts) == counts[-1] > 2 else listed,
                other="FLAC" if channels in FileFormat.FLAC.channel_counts else "WAV",
            )
