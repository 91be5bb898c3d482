"""The two libraries that decode songs, behind one interface."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import av
import numpy as np
import soundfile
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

BLOCK = 65_536  # samples

# What libsndfile reads exactly. MP3 is missing on purpose: without an index at its start, the
# length is guessed there from the first frames and the rest of the song is lost.
_SOUNDFILE_MAGIC = (b"RIFF", b"RF64", b"riff", b"fLaC", b"FORM", b"OggS", b"caff", b".snd")
_SOUNDFILE_NAMES = {"WAVEX": "WAV", "WAV": "WAV", "AIFF": "AIFF", "OGG": "Ogg"}

_AV_NAMES = {
    "aac": "AAC",
    "ac3": "AC-3",
    "aiff": "AIFF",
    "ape": "Monkey's Audio",
    "asf": "WMA",
    "avi": "AVI",
    "flac": "FLAC",
    "matroska,webm": "Matroska",
    "mov,mp4,m4a,3gp,3g2,mj2": "MPEG-4",
    "mp3": "MP3",
    "mpegts": "MPEG-TS",
    "ogg": "Ogg",
    "tta": "TTA",
    "wav": "WAV",
    "wv": "WavPack",
}


UNREADABLE = "is no audio or video that can be read, or it is damaged"


class Damaged(Exception):
    """A file cannot be decoded, or not to its end; the message ends a sentence about it."""


@dataclass(frozen=True)
class Description:
    """What a file's header says about its sound."""

    container: str
    rate: int  # Hz
    channels: int
    length: int  # samples; 0 where only decoding tells
    seconds: float  # as claimed; 0.0 where nothing is


class Reader(Protocol):
    """A library that decodes files."""

    def describe(self, path: Path) -> Description:
        """Read the header; raises Damaged."""

    def blocks(self, path: Path) -> Iterator[np.ndarray]:
        """Decode to (channels, up to BLOCK samples) float32; raises Damaged, maybe late."""


def readers_for(path: Path) -> list[Reader]:
    """Return the readers to try, the one that reads this file exactly first."""
    with path.open("rb") as file:
        head = file.read(4)
    if head in _SOUNDFILE_MAGIC:
        return [SoundFileReader(), AVReader()]
    if head.startswith((b"ID3", b"\xff")):
        return [AVReader()]  # libsndfile's MP3 decoder would only complain on stderr
    return [AVReader(), SoundFileReader()]


class SoundFileReader:
    """libsndfile: uncompressed files, FLAC, Ogg."""

    def describe(self, path: Path) -> Description:
        """Read the header."""
        try:
            with path.open("rb") as file, soundfile.SoundFile(file) as song:
                self._check(song)
                name = "Opus" if song.subtype == "OPUS" else song.format
                return Description(
                    container=_SOUNDFILE_NAMES.get(name, name),
                    rate=song.samplerate,
                    channels=song.channels,
                    length=song.frames,
                    seconds=song.frames / song.samplerate,
                )
        except soundfile.LibsndfileError as error:
            raise Damaged(UNREADABLE) from error

    def blocks(self, path: Path) -> Iterator[np.ndarray]:
        """Decode strictly: the first damage ends it."""
        try:
            with path.open("rb") as file, soundfile.SoundFile(file) as song:
                self._check(song)
                while len(block := song.read(BLOCK, dtype="float32", always_2d=True)):
                    yield np.ascontiguousarray(block.T)
        except soundfile.LibsndfileError as error:
            raise Damaged("is damaged") from error

    @staticmethod
    def _check(song: soundfile.SoundFile) -> None:
        if song.format == "OGG" and song.channels > 2:
            raise Damaged(UNREADABLE)  # in Vorbis's own order, which FFmpeg puts right


class AVReader:
    """FFmpeg: everything else, and damaged files as far as they can be decoded."""

    def describe(self, path: Path) -> Description:
        """Read the header."""
        with _opened(path) as container:
            stream = _sound_track(container)
            if container.duration:
                seconds = container.duration / av.time_base
            else:
                seconds = float((stream.duration or 0) * (stream.time_base or 0))
            return Description(
                container=_container_name(container, stream),
                rate=stream.rate,
                channels=stream.channels,
                length=0,  # padding and damage come to light while decoding
                seconds=max(seconds, 0.0),
            )

    def blocks(self, path: Path) -> Iterator[np.ndarray]:
        """Decode all that is intact; only then is the damage raised."""
        with _opened(path) as container:
            parts: list[np.ndarray] = []
            gathered = 0
            damage: Damaged | None = None
            try:
                for part in _intact_parts(container, _sound_track(container)):
                    parts.append(part)
                    gathered += part.shape[1]
                    if gathered >= BLOCK:
                        yield np.concatenate(parts, axis=1)
                        parts, gathered = [], 0
            except Damaged as error:
                damage = error
            if parts:
                yield np.concatenate(parts, axis=1)
            if damage is not None:
                raise damage


def _opened(path: Path) -> InputContainer:
    try:
        # A playlist must not make this program fetch things from elsewhere.
        return av.open(str(path), options={"protocol_whitelist": "file"})
    except (av.FFmpegError, OSError, ValueError) as error:
        raise Damaged(UNREADABLE) from error


def _sound_track(container: InputContainer) -> AudioStream:
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream):
        raise Damaged("has no sound track" if container.streams.video else UNREADABLE)
    if not stream.rate or not stream.channels:
        raise Damaged(UNREADABLE)
    return stream


def _container_name(container: InputContainer, stream: AudioStream) -> str:
    name = container.format.name
    if name == "matroska,webm" and stream.codec_context.name == "opus":
        return "WebM"
    return _AV_NAMES.get(name, name.partition(",")[0].upper())


def _intact_parts(container: InputContainer, stream: AudioStream) -> Iterator[np.ndarray]:
    """Decode frame by frame to (channels, samples), leaving out what is broken."""
    rate, channels = stream.rate, stream.channels
    padded = "mp4" in container.format.name
    last: AudioFrame | None = None
    broken = 0
    damage: Damaged | None = None
    try:
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.InvalidDataError:
                broken += 1
                continue
            for frame in frames:
                if (frame.sample_rate, frame.layout.nb_channels) != (rate, channels):
                    broken += 1
                    continue
                if last is not None:
                    yield _planar(last)
                last = frame
    except (av.FFmpegError, OSError) as error:
        damage = Damaged("is damaged and ends early")
        damage.__cause__ = error
    if last is not None:
        yield _planar(last)[:, : _real_length(last) if padded else None]
    if damage is not None:
        raise damage
    if broken:
        raise Damaged(f"is damaged: {broken} of its packets are broken")


def _real_length(frame: AudioFrame) -> int:
    """Samples of an MPEG-4 file's last frame that belong to the song; it is padded to 1024.

    Only the last frame's duration says so: those of others may waver with their time stamps.
    """
    if not frame.duration or frame.time_base is None:
        return frame.samples
    return min(frame.samples, round(frame.duration * frame.time_base * frame.sample_rate))


def _planar(frame: AudioFrame) -> np.ndarray:
    """Return a frame as (channels, samples) float32 with 1.0 as full scale."""
    samples = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    if samples.dtype == np.uint8:
        return (samples.astype(np.float32) - 128.0) / 128.0
    if samples.dtype.kind == "i":
        return samples.astype(np.float32) * np.float32(2.0 ** (1 - 8 * samples.dtype.itemsize))
    return samples.astype(np.float32)
