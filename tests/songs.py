"""Generated songs, and files of them in any format."""

from pathlib import Path

import av
import numpy as np
import soundfile
from av.audio.stream import AudioStream

LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1"}
COVER = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9


def tones(length: int, *, rate: int = 44_100, channels: int = 2, level: float = 0.3) -> np.ndarray:
    """A different tone in each channel, (channels, length) float32."""
    time = np.arange(length) / rate
    waves = [level * np.sin(2 * np.pi * 200.0 * (1 + c) * time) for c in range(channels)]
    return np.stack(waves).astype(np.float32)


def noise(length: int, *, channels: int = 2, level: float = 0.2) -> np.ndarray:
    """White noise within `level`, (channels, length) float32."""
    rng = np.random.default_rng(length)
    return rng.uniform(-level, level, (channels, length)).astype(np.float32)


def write_song(
    path: Path, samples: np.ndarray, *, rate: int = 44_100, subtype: str = "PCM_24"
) -> Path:
    """Write (channels, samples) with libsndfile, by the suffix."""
    kind = {".aif": "AIFF", ".ogg": "OGG", ".flac": "FLAC", ".opus": "OGG"}.get(path.suffix)
    if kind == "OGG":
        subtype = "OPUS" if path.suffix == ".opus" else "VORBIS"
    if kind is None:
        kind = "WAV" if samples.shape[0] <= 2 else "WAVEX"
    soundfile.write(path, samples.T, rate, format=kind, subtype=subtype)
    return path


def encode_song(
    path: Path,
    samples: np.ndarray,
    *,
    codec: str,
    rate: int = 44_100,
    container: str | None = None,
    jitter: int = 0,
) -> Path:
    """Write (channels, samples) with FFmpeg, by the suffix unless `container` is given.

    With `jitter`, every other of the inner packets is stamped that many samples late.
    """
    layout = LAYOUTS[samples.shape[0]]
    with av.open(str(path), "w", format=container) as song:
        stream = song.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, AudioStream)
        stream.bit_rate = 128_000
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        packets = [*stream.encode(frame), *stream.encode(None)]
        for number, packet in enumerate(packets):
            if jitter and number % 2 and number < len(packets) - 2:
                packet.pts = packet.dts = (packet.pts or 0) + jitter
            song.mux(packet)
    return path
