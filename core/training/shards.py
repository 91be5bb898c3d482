"""Training audio as memory-mapped shards: decoded once, then read by index at no cost."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soxr
import torch
from torch import Tensor

from core.audio import Audio, find_songs, read_audio
from core.errors import InputError

RATE = 44100  # Hz
INDEX = "index.json"
FULL_SCALE = 32767
HEADROOM = 0.5  # decoded peaks may pass full scale by 2 dB or more


@dataclass(frozen=True)
class Clip:
    """A stretch of a shard that came from one file.

    Attributes:
        group: name of the folder it came from; a config weighs groups against one another.
        name: the file's name.
        start, length: samples in the group's shard.
    """

    group: str
    name: str
    start: int
    length: int


def _stereo(audio: Audio) -> np.ndarray:
    """(2, samples) at 44.1 kHz: mono is doubled, of more channels the first two are taken."""
    samples = audio.samples[:2, :]
    if audio.rate != RATE:
        samples = soxr.resample(samples.T, audio.rate, RATE).T
    return np.broadcast_to(samples, (2, samples.shape[-1]))


def write_shard(
    folder: Path, group: str, files: Iterable[Path], *, progress: Callable[[str], None]
) -> list[Clip]:
    """Decode files into `<folder>/<group>.i16`: int16, left and right in turn, half scale.

    Files that cannot be read are left out and told to `progress`.
    """
    clips: list[Clip] = []
    start = 0
    with (folder / f"{group}.i16").open("wb") as shard:
        for path in files:
            try:
                samples = _stereo(read_audio(path))
            except InputError as error:
                progress(str(error))
                continue
            scaled = np.clip(samples * HEADROOM, -1, 1) * FULL_SCALE
            shard.write(np.ascontiguousarray(np.rint(scaled).astype("<i2").T).tobytes())
            clips.append(Clip(group, path.name, start, samples.shape[-1]))
            start += samples.shape[-1]
            progress(path.name)
    return clips


def prepare(
    target: Path,
    *,
    instrumentals: Iterable[Path],
    vocals: Iterable[Path],
    pairs: Iterable[Path] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Turn folders of audio into shards.

    Args:
        target: folder to write to; made if missing.
        instrumentals, vocals: folders; each becomes a group of its own name.
        pairs: folders of songs, each song a folder with files named `vocals` and
            `accompaniment`, aligned; they become the groups `pairs-vocals` and
            `pairs-instrumentals`, whose clips match one to one.
        progress: told each file's name, or why it was left out.

    Raises:
        InputError: a folder is missing, or two have the same name.
    """
    target.mkdir(parents=True, exist_ok=True)
    index: dict[str, list[Clip]] = {"instrumentals": [], "vocals": [], "pairs": []}
    seen: set[str] = set()
    for kind, folders in (("instrumentals", instrumentals), ("vocals", vocals)):
        for folder in folders:
            if folder.name in seen:
                raise InputError(f"Two folders are called {folder.name}; rename one of them.")
            seen.add(folder.name)
            songs = find_songs([folder])
            index[kind] += write_shard(target, folder.name, songs, progress=progress)
    songs = [song for folder in pairs for song in sorted(folder.iterdir()) if song.is_dir()]
    if songs:
        voices = [_stem(song, "vocals") for song in songs]
        bands = [_stem(song, "accompaniment") for song in songs]
        index["pairs"] = write_shard(target, "pairs-vocals", voices, progress=progress)
        index["pairs"] += write_shard(target, "pairs-instrumentals", bands, progress=progress)
    text = json.dumps({kind: [asdict(clip) for clip in clips] for kind, clips in index.items()})
    (target / INDEX).write_text(text, encoding="utf-8")


def _stem(song: Path, stem: str) -> Path:
    found = sorted(song.glob(f"{stem}.*"))
    if not found:
        raise InputError(f"The song {song.name} has no file called {stem}.")
    return found[0]


class Shards:
    """Prepared audio, memory-mapped or wholly on a device."""

    def __init__(self, folder: Path, *, device: torch.device) -> None:
        """Open what `prepare` wrote.

        Raises:
            InputError: the folder was not prepared.
        """
        try:
            index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise InputError(f"{folder} holds no prepared audio; run prepare first.") from error
        self.clips = {kind: [Clip(**clip) for clip in clips] for kind, clips in index.items()}
        groups = {clip.group for clips in self.clips.values() for clip in clips}
        self._audio = {group: self._open(folder / f"{group}.i16", device) for group in groups}

    @staticmethod
    def _open(path: Path, device: torch.device) -> Tensor:
        samples = path.stat().st_size // 4
        audio = torch.from_file(str(path), shared=False, size=2 * samples, dtype=torch.int16)
        return audio.view(samples, 2).to(device)

    def read(self, clip: Clip, offset: int, length: int) -> Tensor:
        """(2, length), float32: part of a clip, with silence beyond its end."""
        available = max(min(length, clip.length - offset), 0)
        start = clip.start + offset
        part = self._audio[clip.group][start : start + available].T.float()
        part = part / (FULL_SCALE * HEADROOM)
        return torch.nn.functional.pad(part, (0, length - available))
