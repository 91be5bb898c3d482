"""The two libraries that decode songs; only the decoding process loads them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import soundfile
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from core.decoding import BLOCK, UNREADABLE, Damaged, Description
from core.mp3_start import junk_before

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

# How libsndfile logs that a header claims more sound than there is: bytes, and frames of an RF64
# file, there first what is present.
_CUT_CHUNK = re.compile(r"^ *(?:data|SSND|Data Size) *: *(\d+) \(should be (\d+)\)", re.MULTILINE)
_CUT_RF64 = re.compile(r"frame count (\d+) does not match value from 'ds64' .*?(-?\d+)\.")
_UNKNOWN_SIZE = 0x7FFFF000  # of a chunk, from here on: what recorders write before they know it

_PLANES = 8  # of which on PyAV 18 reads beyond a frame's end, and crashes
_BLOCK_VALUES = 2**22  # samples of all channels together, where there are very many channels


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
                    seconds=_claimed_share(song) * song.frames / song.samplerate,
                )
        except soundfile.LibsndfileError as error:
            raise Damaged(UNREADABLE) from error

    def blocks(self, path: Path) -> Iterator[np.ndarray]:
        """Decode strictly: the first damage ends it."""
        try:
            with path.open("rb") as file, soundfile.SoundFile(file) as song:
                self._check(song)
                count = max(1, min(BLOCK, _BLOCK_VALUES // song.channels))
                while len(block := song.read(count, dtype="float32", always_2d=True)):
                    yield block.T
        except soundfile.LibsndfileError as error:
            raise Damaged("is damaged") from error

    @staticmethod
    def _check(song: soundfile.SoundFile) -> None:
        if song.format == "OGG" and song.channels > 2:
            raise Damaged(UNREADABLE)  # in Vorbis's own order, which FFmpeg puts right


def _claimed_share(song: soundfile.SoundFile) -> float:
    """How many times the samples that a file holds its header claims; 1 where it is whole."""
    claimed = present = 0
    if cut := _CUT_CHUNK.search(song.extra_info):
        claimed, present = int(cut[1]), int(cut[2])
        claimed = claimed if claimed < _UNKNOWN_SIZE else 0
    elif cut := _CUT_RF64.search(song.extra_info):
        present, claimed = int(cut[1]), int(cut[2]) % 2**32  # logged with a sign that it lacks
    return claimed / present if 0 < present < claimed else 1.0


class AVReader:
    """FFmpeg: everything else, and damaged files as far as they can be decoded."""

    def __init__(self, reached: Callable[[int], None] = lambda position: None) -> None:
        """Tell `reached` at every packet where it stands in the file, in bytes."""
        self._reached = reached

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
                for part in self._intact_parts(container, _sound_track(container)):
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

    def _intact_parts(self, container: InputContainer, stream: AudioStream) -> Iterator[np.ndarray]:
        """Decode frame by frame to (channels, samples), leaving out what is broken."""
        rate, channels = stream.rate, stream.channels
        padded = "mp4" in container.format.name
        last: AudioFrame | None = None
        broken = 0
        damage: Damaged | None = None
        try:
            for packet in container.demux(stream):
                self._reached(packet.pos or 0)
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


def _opened(path: Path) -> InputContainer:
    try:
        # A playlist must not make this program fetch things from elsewhere.
        options = {"protocol_whitelist": "file"}
        if path.suffix.lower() == ".mp3" and (junk := junk_before(path)):
            options["skip_initial_bytes"] = str(junk)
        return av.open(str(path), options=options)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise Damaged(UNREADABLE) from error


def _sound_track(container: InputContainer) -> AudioStream:
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream):
        raise Damaged("has no sound track" if container.streams.video else UNREADABLE)
    if not stream.rate or not stream.channels:
        raise Damaged(UNREADABLE)
    if container.format.name == "caf" and stream.codec_context.name == "alac":
        # Each packet tells its length, and FFmpeg would shorten the last one once more.
        stream.codec_context.options = {"flags2": "+skip_manual"}
    return stream


def _container_name(container: InputContainer, stream: AudioStream) -> str:
    name = container.format.name
    if name == "matroska,webm" and stream.codec_context.name == "opus":
        return "WebM"
    return _AV_NAMES.get(name, name.partition(",")[0].upper())


def _real_length(frame: AudioFrame) -> int:
    """Samples of an MPEG-4 file's last frame that belong to the song; it is padded to 1024.

    Only the last frame's duration says so: those of others may waver with their time stamps.
    """
    if not frame.duration or frame.time_base is None:
        return frame.samples
    return min(frame.samples, round(frame.duration * frame.time_base * frame.sample_rate))


def _planar(frame: AudioFrame) -> np.ndarray:
    """Return a frame as (channels, samples) float32 with 1.0 as full scale."""
    is_planar = frame.format.is_planar
    if is_planar and frame.layout.nb_channels >= _PLANES:
        frame = av.AudioResampler(format=frame.format.packed.name).resample(frame)[0]
        is_planar = False
    samples = frame.to_ndarray()
    if not is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    if samples.dtype == np.uint8:
        return (samples.astype(np.float32) - 128.0) / 128.0
    if samples.dtype.kind == "i":
        return samples.astype(np.float32) * np.float32(2.0 ** (1 - 8 * samples.dtype.itemsize))
    return samples.astype(np.float32)
