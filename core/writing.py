"""Signals written to WAV and FLAC files, whole or not at all."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile

from core.audio import Audio
from core.errors import Cancelled, OutputError
from core.files import new_file
from core.formats import MOST_FLAC_CHANNELS, BitDepth, FileFormat, OutputFormat
from core.naming import shown_name
from core.tags import Tags, apply_tags

__all__ = ["BitDepth", "FileFormat", "OutputFormat", "WriteReport", "encode", "write_audio"]

BLOCK = 65_536  # samples; one long write to a compressed format crashes inside libsndfile

_SUBTYPES = {BitDepth.INT16: "PCM_16", BitDepth.INT24: "PCM_24", BitDepth.FLOAT32: "FLOAT"}
# RIFF counts bytes in 32 bits; RF64 takes over below that, leaving room for tags and covers.
_LARGEST_RIFF = 2**32 - 2**26


@dataclass(frozen=True)
class WriteReport:
    """What became of a signal on its way into a file."""

    path: Path
    peak: float  # of the signal, linear; 1.0 is full scale
    clipped: int  # samples beyond full scale that an integer format had to limit


def write_audio(
    path: Path,
    audio: Audio,
    *,
    output: OutputFormat,
    overwrite: bool = False,
    tags: Tags | None = None,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> WriteReport:
    """Write a signal to a file that exists only once it is complete.

    Args:
        path: in an existing folder.
        audio: at least one sample, any level; integer formats limit what lies beyond full scale.
        output: format and depth; 16 bits are dithered, the same way for the same file name.
        overwrite: whether a file at `path` may be replaced.
        tags: fields and covers to store in the file.
        progress: called with 0.0 to 1.0 after every block.
        cancelled: asked before every block.

    Raises:
        OutputError: the file exists, or cannot be written.
        Cancelled: nothing was left behind.
    """
    with new_file(path, overwrite=overwrite) as file:
        report = encode(
            file,
            lambda start, stop: audio.samples[:, start:stop],
            path=path,
            rate=audio.rate,
            channels=audio.channels,
            length=audio.length,
            output=output,
            progress=progress,
            cancelled=cancelled,
        )
        if tags is not None:
            apply_tags(file, tags, file_format=output.file_format)
    return report


def encode(
    file: BinaryIO,
    read: Callable[[int, int], np.ndarray],
    *,
    path: Path,
    rate: int,
    channels: int,
    length: int,
    output: OutputFormat,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> WriteReport:
    """Encode a signal that is computed block by block.

    Args:
        file: empty, open for reading and writing.
        read: gives the samples from `start` to `stop`, (channels, stop - start) float32.
        path: the file's name to be, which seeds the dither and is told in errors.
        rate: in Hz.
        channels: at least 1.
        length: in samples, at least 1.
        output: format and depth.
        progress: called with 0.0 to 1.0 after every block.
        cancelled: asked before every block.

    Raises:
        OutputError: the format cannot hold the signal.
        OSError: the disk refused.
        Cancelled: asked for.
    """
    if length == 0:
        raise OutputError(f"“{shown_name(path)}” would hold no sound.")
    if output.file_format is FileFormat.FLAC and channels > MOST_FLAC_CHANNELS:
        raise OutputError(
            f"FLAC holds at most {MOST_FLAC_CHANNELS} channels, not {channels}; use WAV for this."
        )
    dither = np.random.default_rng(zlib.crc32(path.name.encode("utf-8", "surrogateescape")))
    sink = _Sink(file)
    peak, clipped = 0.0, 0
    try:
        with soundfile.SoundFile(
            sink,
            "w",
            samplerate=rate,
            channels=channels,
            format=_container(output, channels=channels, length=length),
            subtype=_SUBTYPES[output.bit_depth],
        ) as target:
            for start in range(0, length, BLOCK):
                if cancelled():
                    raise Cancelled
                block = read(start, min(start + BLOCK, length))
                level = np.abs(block)
                peak = max(peak, float(level.max()))
                if output.bit_depth.is_integer:
                    clipped += int(np.count_nonzero(level > 1.0))
                target.write(_stored(block, output.bit_depth, dither))
                sink.check()
                progress(min(start + BLOCK, length) / length)
    except soundfile.LibsndfileError as error:
        sink.check()
        raise OutputError(
            f"{output.file_format.label} cannot hold {channels} channels at {rate:,} Hz."
        ) from error
    sink.check()
    return WriteReport(path, peak, clipped)


def _container(output: OutputFormat, *, channels: int, length: int) -> str:
    if output.file_format is FileFormat.FLAC:
        return "FLAC"
    if length * channels * output.bit_depth.bits // 8 > _LARGEST_RIFF:
        return "RF64"
    return "WAV" if channels <= 2 else "WAVEX"  # the latter says which speaker is which


def _stored(block: np.ndarray, depth: BitDepth, dither: np.random.Generator) -> np.ndarray:
    """Quantise (channels, samples) float32 to (samples, channels) of what libsndfile stores."""
    interleaved = np.ascontiguousarray(block.T)
    if not depth.is_integer:
        return interleaved
    steps = 1 << (depth.bits - 1)
    scaled = interleaved * np.float32(steps)
    if depth is BitDepth.INT16:
        # Triangular noise of two steps' width makes the error independent of the signal.
        # (Lipshitz, Wannamaker, Vanderkooy: Quantization and Dither, JAES 40/5, 1992)
        scaled += dither.random(scaled.shape, dtype=np.float32)
        scaled -= dither.random(scaled.shape, dtype=np.float32)
    limited = np.clip(np.rint(scaled), -steps, steps - 1).astype(np.int32)
    return limited << (32 - depth.bits)


class _Sink:
    """A file for libsndfile that remembers why a write failed; libsndfile itself does not tell.

    Without it, a disk that fills up while the file is being closed would go unnoticed.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: OSError | None = None

    def check(self) -> None:
        """Raise the first error of the disk, if there was one."""
        if self._error is not None:
            raise self._error
        self._file.flush()

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self._error = self._error or error
            return len(data)  # told by `check`; a short write would trip an assertion before it

    def seek(self, offset: int, whence: int = 0) -> int:
        try:
            return self._file.seek(offset, whence)
        except OSError as error:  # seeking writes what was buffered
            self._error = self._error or error
            return -1

    def read(self, count: int) -> bytes:
        return self._file.read(count)

    def tell(self) -> int:
        return self._file.tell()
