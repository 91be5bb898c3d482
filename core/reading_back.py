"""Stems as they stand in the files just written, read block by block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, BinaryIO, Protocol

import numpy as np
import soundfile

from core.formats import FileFormat, OutputFormat
from core.ogg_pages import from_vorbis_order

if TYPE_CHECKING:  # loaded only for the formats that need it
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream

_IN_OGG = (FileFormat.OPUS, FileFormat.OGG)


class SavedStem(Protocol):
    """A file that is read from its start on."""

    def read(self, count: int) -> np.ndarray:
        """Return the next samples, (channels, count) float32; fewer where the file ends."""


def saved_stem(
    file: BinaryIO, output: OutputFormat, *, channels: int
) -> AbstractContextManager[SavedStem]:
    """Read a finished file that is open for reading, as a player that is told of delays does."""
    file.flush()
    file.seek(0)
    if output.file_format in (FileFormat.ALAC, FileFormat.M4A, FileFormat.MP3):
        return _with_ffmpeg(file, output, channels)
    return _with_libsndfile(file, output)


@contextmanager
def _with_libsndfile(file: BinaryIO, output: OutputFormat) -> Iterator[SavedStem]:
    with soundfile.SoundFile(file) as song:
        yield _SoundFileStem(song, is_ogg=output.file_format in _IN_OGG)


class _SoundFileStem:
    def __init__(self, song: soundfile.SoundFile, *, is_ogg: bool) -> None:
        self._song, self._is_ogg = song, is_ogg

    def read(self, count: int) -> np.ndarray:
        block: np.ndarray = self._song.read(count, dtype="float32", always_2d=True).T
        return from_vorbis_order(block) if self._is_ogg else block


@contextmanager
def _with_ffmpeg(file: BinaryIO, output: OutputFormat, channels: int) -> Iterator[SavedStem]:
    import av

    # As a wrapper, since FFmpeg would close the file; with its kind, since one frame tells none.
    kind = "mp3" if output.file_format is FileFormat.MP3 else "mp4"
    with av.open(_Source(file), "r", format=kind) as container:
        stream = container.streams.audio[0]
        frames = container.decode(stream)
        yield _FFmpegStem(_parts(frames, stream), channels)


class _Source:
    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell


class _FFmpegStem:
    def __init__(self, parts: Iterator[np.ndarray], channels: int) -> None:
        self._parts = parts
        self._waiting = np.zeros((channels, 0), np.float32)

    def read(self, count: int) -> np.ndarray:
        parts, gathered = [self._waiting], self._waiting.shape[1]
        while gathered < count and (part := next(self._parts, None)) is not None:
            parts.append(part)
            gathered += part.shape[1]
        whole = np.concatenate(parts, axis=1)
        self._waiting = whole[:, count:]
        return whole[:, :count]


def _parts(frames: Iterator[AudioFrame], stream: AudioStream) -> Iterator[np.ndarray]:
    last: AudioFrame | None = None
    for frame in frames:
        if last is not None:
            yield _samples(last)
        last = frame
    if last is not None:
        # AAC and ALAC fill their last frame up; how long it truly is only its duration says.
        length = last.samples
        if stream.codec_context.name in {"aac", "alac"} and last.duration and last.time_base:
            length = min(length, round(last.duration * last.time_base * stream.rate))
        yield _samples(last)[:, :length]


def _samples(frame: AudioFrame) -> np.ndarray:
    """(channels, samples) float32, 1.0 is full scale."""
    from av.audio.resampler import AudioResampler

    # Not planar: PyAV reads beyond the planes of eight channels.
    packed = AudioResampler(format=frame.format.packed.name).resample(frame)[0]
    samples = packed.to_ndarray().reshape(-1, frame.layout.nb_channels).T
    if samples.dtype.kind == "i":
        return samples.astype(np.float32) * np.float32(2.0 ** (1 - 8 * samples.dtype.itemsize))
    return np.ascontiguousarray(samples, dtype=np.float32)
