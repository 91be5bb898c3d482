"""AAC and ALAC in MPEG-4 files, written with FFmpeg block after block."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import OutputError
from core.formats import BitDepth, FileFormat, OutputFormat, Quality
from core.quantising import dither_for, quantised
from core.samples import interleaved
from core.sink import Sink

if TYPE_CHECKING:  # the window's first picture does not wait for FFmpeg
    import av
    from av.audio.stream import AudioStream
    from av.container import OutputContainer

LAYOUTS = ("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1")
"""FFmpeg's names of WAVE_FORMAT_EXTENSIBLE's usual layouts, of one to eight channels."""

# Bits per second and channel.
_AAC_RATES = {Quality.SMALL: 64_000, Quality.HIGH: 128_000, Quality.HIGHEST: 160_000}


def encode_with_ffmpeg(
    sink: Sink,
    blocks: Iterable[np.ndarray],
    *,
    path: Path,
    rate: int,
    channels: int,
    output: OutputFormat,
    done: Callable[[int], None],
) -> int:
    """Encode blocks to a file, the same bytes for the same sound.

    Args:
        sink: empty.
        blocks: the signal in order, (channels, samples) float32 each.
        path: the file's name to be, which seeds the dither.
        rate: Hz.
        channels: at most 8.
        output: ALAC or M4A.
        done: called with the samples written, after each block.

    Returns:
        The samples that the encoder put before the first one; the file says how many.

    Raises:
        OutputError: the codec does not hold such a signal.
        OSError: the disk refused.
    """
    import av
    from av.audio.stream import AudioStream

    options = {
        "fflags": "+bitexact",  # no random numbers and no date
        "movie_timescale": str(rate),  # the length to the sample, not to a millisecond
    }
    codec = "alac" if output.file_format is FileFormat.ALAC else "aac"
    try:
        container = av.open(sink, "w", format="ipod", options=options)
        try:
            stream = container.add_stream(codec, rate=rate, layout=LAYOUTS[channels - 1])
            assert isinstance(stream, AudioStream)
            if output.is_lossy:
                stream.bit_rate = _AAC_RATES[output.quality] * channels
            else:
                sixteen = output.bit_depth is BitDepth.INT16
                stream.codec_context.format = "s16p" if sixteen else "s32p"
            return _encode(container, stream, blocks, path=path, output=output, done=done)
        finally:
            container.close()
            sink.check()
    except (av.FFmpegError, ValueError) as error:
        sink.check()
        raise not_held(output, channels=channels, rate=rate) from error


def not_held(output: OutputFormat, *, channels: int, rate: int) -> OutputError:
    """Return the error that says a format cannot hold a signal."""
    return OutputError(
        "{format} cannot hold {channels} channels at {rate} Hz.",
        format=output.file_format.label,
        channels=channels,
        rate=f"{rate:,}",
    )


def _encode(
    container: "OutputContainer",
    stream: "AudioStream",
    blocks: Iterable[np.ndarray],
    *,
    path: Path,
    output: OutputFormat,
    done: Callable[[int], None],
) -> int:
    first: int | None = None
    written = 0
    for frame in _frames(blocks, stream, path=path, output=output):
        for packet in stream.encode(frame):
            if first is None:
                base = packet.time_base or Fraction(1, stream.rate)
                first = round((packet.pts or 0) * base * stream.rate)
            container.mux(packet)
        if frame is not None:
            written += frame.samples
            done(written)
    return max(0, -(first or 0))


def _frames(
    blocks: Iterable[np.ndarray], stream: "AudioStream", *, path: Path, output: OutputFormat
) -> "Iterator[av.AudioFrame | None]":
    """The blocks as frames, and None for the end."""
    import av

    rate, layout = stream.rate, stream.layout.name
    dither = dither_for(path)
    start = 0
    for block in blocks:
        # Not planar: PyAV reads beyond the planes of eight channels.
        kind = "flt"
        if not output.is_lossy:
            block, kind = quantised(block, output.bit_depth, dither), "s32"
            if output.bit_depth is BitDepth.INT16:
                block, kind = (block >> 16).astype(np.int16), "s16"
        samples = interleaved(block).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format=kind, layout=layout)
        frame.sample_rate, frame.pts = rate, start
        start += block.shape[1]
        yield frame
    yield None
