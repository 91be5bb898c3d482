"""Signals written to files, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile

from core.audio import Audio
from core.compressed import encode_with_ffmpeg, not_held
from core.encoder_delay import encoder_delay
from core.errors import Cancelled, OutputError
from core.files import new_file
from core.formats import BitDepth, FileFormat, OutputFormat, Quality
from core.naming import shown_name
from core.ogg_pages import settle_serial, to_vorbis_order
from core.quantising import dither_for, quantised
from core.samples import interleaved, peak
from core.sink import Sink
from core.tag_writing import apply_tags
from core.tags import Tags

__all__ = ["BitDepth", "FileFormat", "OutputFormat", "WriteReport", "encode", "write_audio"]

BLOCK = 65_536  # samples; one long write to a compressed format crashes inside libsndfile

_SUBTYPES = {BitDepth.INT16: "PCM_16", BitDepth.INT24: "PCM_24", BitDepth.FLOAT32: "FLOAT"}
# How libsndfile is told a quality, 0 to 1, the lower the better.
_LEVELS = {
    # V4, V0 and 320 kbit/s: about 165, 245 and 320 kbit/s for loud music.
    FileFormat.MP3: {Quality.SMALL: 0.4, Quality.HIGH: 0.0, Quality.HIGHEST: 0.0},
    # 48, 96 and 160 kbit/s and channel, in its range from 256 to 6.
    FileFormat.OPUS: {Quality.SMALL: 0.832, Quality.HIGH: 0.64, Quality.HIGHEST: 0.384},
    # q5, q8 and q10: about 160, 256 and 500 kbit/s in stereo.
    FileFormat.OGG: {Quality.SMALL: 0.5, Quality.HIGH: 0.2, Quality.HIGHEST: 0.0},
}
_CODECS = {
    FileFormat.MP3: ("MP3", "MPEG_LAYER_III"),
    FileFormat.OPUS: ("OGG", "OPUS"),
    FileFormat.OGG: ("OGG", "VORBIS"),
}
_IN_OGG = (FileFormat.OPUS, FileFormat.OGG)
# RIFF counts bytes in 32 bits; RF64 takes over below that, leaving room for tags and covers.
_LARGEST_RIFF = 2**32 - 2**26


@dataclass(frozen=True)
class WriteReport:
    """What became of a signal on its way into a file."""

    path: Path
    peak: float  # of the signal, linear; 1.0 is full scale
    clipped: int  # samples beyond full scale that an integer format had to limit
    delay: int = 0  # samples that the encoder put before the first one, as the file says


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
        OutputError: the file exists, or cannot be written, or not at this sample rate.
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
        read: gives the samples from `start` to `stop`, (channels, stop - start) float32; asked
            for one stretch after the other.
        path: the file's name to be, which seeds the dither and is told in errors.
        rate: in Hz; one that the format holds, see OutputFormat.rate_for.
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
        raise OutputError("“{name}” would hold no sound.", name=shown_name(path))
    output.check_channels(channels)
    measured = _Measured(read, output)

    def next_block(start: int) -> np.ndarray:
        if cancelled():
            raise Cancelled
        return measured.read(start, min(start + BLOCK, length))

    sink, delay = Sink(file), 0

    def done(stop: int) -> None:
        sink.check()
        progress(stop / length)

    blocks = range(0, length, BLOCK)
    if output.rate_for(rate) != rate:
        raise not_held(output, channels=channels, rate=rate)
    if output.file_format not in (FileFormat.ALAC, FileFormat.M4A):
        try:
            with soundfile.SoundFile(
                sink,
                "w",
                samplerate=rate,
                channels=channels,
                **_container(output, channels=channels, length=length),
            ) as target:
                dither = dither_for(path)
                for start in blocks:
                    target.write(_stored(next_block(start), output, dither))
                    done(min(start + BLOCK, length))
        except soundfile.LibsndfileError as error:
            sink.check()
            raise not_held(output, channels=channels, rate=rate) from error
        sink.check()
        if output.file_format in _IN_OGG:
            settle_serial(file)
        elif output.file_format is FileFormat.WAV:
            _remove_date(file)
        delay = encoder_delay(file, output.file_format)
    else:
        delay = encode_with_ffmpeg(
            sink,
            (next_block(start) for start in blocks),
            path=path,
            rate=rate,
            channels=channels,
            output=output,
            done=lambda stop: done(min(stop, length)),
        )
    return WriteReport(path, measured.peak, measured.clipped, delay)


def _remove_date(file: BinaryIO) -> None:
    """Take out the time that libsndfile notes with the peaks of floating point files."""
    file.seek(0)
    at = file.read(256).find(b"PEAK")
    if at >= 0:
        file.seek(at + 12)  # after name, size and version
        file.write(bytes(4))
        file.flush()


class _Measured:
    """Looks at the level of what is read."""

    def __init__(self, read: Callable[[int, int], np.ndarray], output: OutputFormat) -> None:
        self._read, self._output = read, output
        self.peak, self.clipped = 0.0, 0

    def read(self, start: int, stop: int) -> np.ndarray:
        block = self._read(start, stop)
        level = peak(block)
        self.peak = max(self.peak, level)
        if self._output.is_integer and level > 1.0:
            self.clipped += int(np.count_nonzero(np.abs(block) > 1.0))
        return block


def _container(output: OutputFormat, *, channels: int, length: int) -> dict[str, str | float]:
    """What libsndfile is told about the file."""
    if output.is_lossy:
        container, subtype = _CODECS[output.file_format]
        level = _LEVELS[output.file_format][output.quality]
        told: dict[str, str | float] = {"compression_level": level}
        if output.file_format is FileFormat.MP3:
            constant = output.quality is Quality.HIGHEST
            told["bitrate_mode"] = "CONSTANT" if constant else "VARIABLE"
        return {"format": container, "subtype": subtype} | told
    if output.file_format is FileFormat.FLAC:
        container = "FLAC"
    elif length * channels * output.bit_depth.bits // 8 > _LARGEST_RIFF:
        container = "RF64"
    else:
        container = "WAV" if channels <= 2 else "WAVEX"  # the latter says which speaker is which
    return {"format": container, "subtype": _SUBTYPES[output.bit_depth]}


def _stored(block: np.ndarray, output: OutputFormat, dither: np.random.Generator) -> np.ndarray:
    """Turn (channels, samples) float32 to (samples, channels) of what libsndfile stores."""
    if output.is_integer:
        block = quantised(block, output.bit_depth, dither)
    elif output.file_format in _IN_OGG:
        block = to_vorbis_order(block)
    return interleaved(block)
