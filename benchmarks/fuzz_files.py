"""Small songs of every format, and damaged copies of them that can be made again by number."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import soundfile

from tests.songs import encode_song, tones, write_song
from tests.test_tags import tagged_song

LENGTH = 8_192  # samples
_NAMES = [b"RIFF", b"data", b"fmt ", b"LIST", b"fLaC", b"OggS", b"FORM", b"COMM", b"SSND", b"ID3"]
_NAMES += [b"moov", b"trak", b"mdat", b"stsz", b"stts", b"stsc", b"stco", b"esds", b"covr", b"APIC"]
_EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)


@dataclass(frozen=True)
class DamagedSong:
    """One of the files; `number` and the run's seed make it again."""

    number: int
    kind: str
    suffix: str
    data: bytes


def intact_songs(folder: Path) -> dict[str, Path]:
    """Write a song of each kind, most with tags and a cover; return them by kind."""
    songs: dict[str, Path] = {}
    for kind in ("mp3", "m4a", "flac", "ogg", "opus", "wma"):
        place = folder / kind
        place.mkdir()
        songs[f"{kind}, tagged"] = tagged_song(place, kind)
    stereo, surround = tones(LENGTH), tones(LENGTH, channels=6)
    for subtype in (
        "PCM_U8",
        "PCM_16",
        "PCM_24",
        "PCM_32",
        "FLOAT",
        "ULAW",
        "IMA_ADPCM",
        "MS_ADPCM",
    ):
        songs[f"wav, {subtype}"] = _by_libsndfile(folder, "WAV", subtype, stereo)
    for container in ("RF64", "W64", "AIFF", "AU", "CAF", "WAVEX", "NIST", "VOC", "PAF"):
        songs[container.lower()] = _by_libsndfile(folder, container, "PCM_16", stereo)
    songs["caf, ALAC"] = _by_libsndfile(folder, "CAF", "ALAC_16", stereo)
    songs["wav, 5.1"] = write_song(folder / "surround.wav", surround)
    songs["flac, 5.1"] = write_song(folder / "surround.flac", surround)
    for suffix, codec, container in (
        ("aac", "aac", "adts"),
        ("ac3", "ac3", "ac3"),
        ("aiff", "pcm_s16be", "aiff"),
        ("avi", "mp2", "avi"),
        ("eac3", "eac3", "eac3"),
        ("flv", "aac", "flv"),
        ("m4a", "alac", "ipod"),
        ("mka", "flac", "matroska"),
        ("mkv", "aac", "matroska"),
        ("mov", "pcm_s24le", "mov"),
        ("mp2", "mp2", "mp2"),
        ("mp3", "libmp3lame", "mp3"),
        ("mp4", "aac", "mp4"),
        ("oga", "flac", "ogg"),
        ("ts", "aac", "mpegts"),
        ("tta", "tta", "tta"),
        ("webm", "libopus", "webm"),
        ("wma", "wmav1", "asf"),
        ("wv", "wavpack", "wv"),
    ):
        rate = 48_000 if codec == "libopus" else 44_100
        path = folder / f"{codec} in {container}.{suffix}"
        songs[f"{suffix}, {codec}"] = encode_song(
            path, stereo, codec=codec, rate=rate, container=container
        )
    songs["mp4, video"] = _video(folder / "video.mp4")
    return songs


def _by_libsndfile(folder: Path, container: str, subtype: str, samples: np.ndarray) -> Path:
    path = folder / f"{container} {subtype}.{container.lower()}"
    soundfile.write(path, samples.T, 44_100, format=container, subtype=subtype)
    return path


def _video(path: Path) -> Path:
    """Write pictures and sound."""
    with av.open(str(path), "w") as film:
        pictures = film.add_stream("mpeg4", rate=25)
        pictures.width = pictures.height = 64
        pictures.pix_fmt = "yuv420p"
        sound = film.add_stream("aac", rate=44_100)
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            film.mux(pictures.encode(picture))
        frame = av.AudioFrame.from_ndarray(tones(LENGTH), format="fltp", layout="stereo")
        frame.sample_rate = 44_100
        film.mux(sound.encode(frame))
        film.mux(pictures.encode(None))
        film.mux(sound.encode(None))
    return path


def damaged_song(
    songs: dict[str, Path], *, seed: int, number: int, mends_ogg: bool = False
) -> DamagedSong:
    """Damage the song whose turn it is, always the same way for the same numbers.

    With `mends_ogg`, the checksums of Ogg pages are made right again, as whoever means harm would.
    """
    kinds = list(songs)
    kind = kinds[number % len(kinds)]
    rng = np.random.default_rng([seed, number])
    other = songs[kinds[rng.integers(len(kinds))]].read_bytes()
    data = bytearray(songs[kind].read_bytes())
    for _ in range(int(rng.geometric(0.5))):
        if data:
            damage = _DAMAGES[rng.integers(len(_DAMAGES))]
            data = damage(data, other, rng)
    if mends_ogg:
        _mend_ogg(data)
    return DamagedSong(number, kind, songs[kind].suffix, bytes(data))


_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def _mend_ogg(data: bytearray) -> None:
    """Write the checksum of each Ogg page anew (RFC 3533, 6: CRC-32, not reflected, from 0)."""
    at = data.find(b"OggS")
    while at >= 0:
        segments = data[at + 26] if at + 26 < len(data) else 0
        size = 27 + segments + sum(data[at + 27 : at + 27 + segments])
        page = bytes(data[at : at + 22]) + bytes(4) + bytes(data[at + 26 : at + size])
        if len(page) > 26:
            crc = ~zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) & 0xFFFFFFFF
            data[at + 22 : at + 26] = crc.to_bytes(4, "big").translate(_REVERSED)
        at = data.find(b"OggS", at + 4)


Damage = Callable[[bytearray, bytes, np.random.Generator], bytearray]


def _at(data: bytearray, rng: np.random.Generator) -> int:
    """A place, often in the first 512 bytes: headers are there."""
    limit = min(len(data), 512) if rng.random() < 0.3 else len(data)
    return int(rng.integers(limit))


def _flip_bits(data: bytearray, other: bytes, rng: np.random.Generator) -> bytearray:
    for _ in range(int(rng.geometric(0.2))):
        data[_at(data, rng)] ^= 1 << int(rng.integers(8))
    return data


def _scramble(data: bytearray, other: bytes, rng: np.random.Generator) -> bytearray:
    start, size = _at(data, rng), int(rng.integers(1, 64))
    data[start : start + size] = rng.bytes(min(size, len(data) - start))
    return data


def _truncate(data: bytearray, other: bytes, rng: np.random.Generator) -> bytearray:
    return data[: _at(data, rng)]


def _repeat(data: bytearray, other: bytes, rng: np.random.Generator) -> bytearray:
    start, size = _at(data, rng), int(rng.integers(1, 4_096))
    place = _at(data, rng)
    data[place:place] = data[start : start + size] * int(rng.integers(1, 4))
    return data


def _delete(data: bytearray, other: bytes, rng: np.random.Generator) -> bytearray:
    start = _at(data, rng)
    del data[start : start + int(rng.integers(1, 1_024))]
    return data


def _exaggerate(data: bytearray, other: bytes, rng: np.random.Generator) -> bytearray:
    """Put an extreme number where one may stand."""
    width, order = int(rng.choice([1, 2, 3, 4, 8])), str(rng.choice(["little", "big"]))
    number = int(_EXTREMES[rng.integers(len(_EXTREMES))]) % 256**width
    start = _at(data, rng)
    if width < len(data) - start:
        data[start : start + width] = _stored(number, width, order)
    return data


def _exaggerate_a_chunk(data: bytearray, other: bytes, rng: np.random.Generator) -> bytearray:
    """Put an extreme size before or behind the name of a chunk."""
    present = [name for name in _NAMES if name in data]
    if present:
        start = data.index(present[rng.integers(len(present))])
        start += 4 if rng.random() < 0.5 else -4
        extreme = int(_EXTREMES[rng.integers(len(_EXTREMES))])
        if 0 <= start <= len(data) - 4:
            order = str(rng.choice(["little", "big"]))
            data[start : start + 4] = _stored(extreme, 4, order)
    return data


def _stored(number: int, width: int, order: str) -> bytes:
    return number.to_bytes(width, "little" if order == "little" else "big")


def _graft(data: bytearray, other: bytes, rng: np.random.Generator) -> bytearray:
    """Go on with another format's bytes."""
    start = int(rng.integers(len(other)))
    return data[: _at(data, rng)] + other[start : start + int(rng.integers(1, 8_192))]


_DAMAGES: tuple[Damage, ...] = (
    _flip_bits,
    _scramble,
    _truncate,
    _repeat,
    _delete,
    _exaggerate,
    _exaggerate_a_chunk,
    _graft,
)
