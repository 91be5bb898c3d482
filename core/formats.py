"""The file formats and bit depths that stems are saved in."""

from dataclasses import dataclass
from enum import Enum

from core.errors import OutputError

MOST_FLAC_CHANNELS = 8


class FileFormat(Enum):
    """A kind of file; both keep every sample."""

    WAV = "wav"
    FLAC = "flac"

    @property
    def suffix(self) -> str:
        """The end of a file's name, with its dot."""
        return f".{self.value}"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return self.value.upper()


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


@dataclass(frozen=True)
class OutputFormat:
    """A file format with a bit depth that it can hold.

    Raises:
        OutputError: FLAC has no floating point.
    """

    file_format: FileFormat = FileFormat.WAV
    bit_depth: BitDepth = BitDepth.INT24

    def __post_init__(self) -> None:
        if self.file_format is FileFormat.FLAC and not self.bit_depth.is_integer:
            raise OutputError("FLAC holds 16 or 24 bits, not 32-bit float; use WAV for that.")
