"""Measures the program on a graphics card, and lets the card run out of memory and be lost.

    python -m benchmarks.card --json card.json            all of it, in some minutes
    python -m benchmarks.card --songs 40 --seconds 240    of the whole command
    python -m benchmarks.card --only speed

Every part runs in a process of its own and prints one JSON object. What is lost here is lost for
real: another tensor fills the card's memory, and a kernel reads out of bounds, after which no
kernel of the process runs any more.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import numpy as np
import torch

from benchmarks.processes import CommandFailed, run
from benchmarks.separating import RATE, song_samples, write_song
from core.audio import Audio
from core.checkpoint import load_checkpoint
from core.devices import choose_device
from core.estimator import MOST_AT_ONCE
from core.parallel import run_all
from core.resources import default_checkpoint_path
from core.separation import Separation, separate
from core.separator import Place, Separator

Said = dict[str, object]


def _separator(device: str, dtype: torch.dtype | None = None) -> Separator:
    checkpoint = load_checkpoint(default_checkpoint_path())
    return Separator(checkpoint, device=choose_device(device), dtype=dtype)


def _song(seconds: float) -> Audio:
    return Audio(np.ascontiguousarray(song_samples(seconds).T, np.float32), RATE)


def _decibels(found: np.ndarray, expected: np.ndarray) -> float:
    error = float(np.mean(np.square(found - expected, dtype=np.float64)))
    power = float(np.mean(np.square(expected, dtype=np.float64)))
    return round(10 * np.log10(power / error), 1) if error else float("inf")


def network(options: argparse.Namespace) -> Said:
    """The network with its STFT, samples to samples, in batches of several sizes."""
    separator = _separator("cuda")
    config = separator.config
    frames = config.chunk + 2 * config.context
    chunk = _song(frames * config.hop / RATE + 1).samples[:, : frames * config.hop]
    said: Said = {"device": separator.device.reason, "dtype": str(separator.dtype)}
    place = Place(0, chunk.shape[1], (0.0,))
    for size in (1, 2, 4, MOST_AT_ONCE):
        mixtures, places = np.stack([chunk] * size), [place] * size
        torch.cuda.reset_peak_memory_stats()
        times = []
        for _ in range(12):
            began = time.perf_counter()
            separator.vocals_together(mixtures, places)
            times.append(time.perf_counter() - began)
        kept = size * config.chunk * config.hop / RATE
        said[f"batch of {size}, x real time"] = round(kept / median(times[2:]))
        said[f"batch of {size}, MiB"] = torch.cuda.max_memory_allocated() // 2**20
    return said


def separating(options: argparse.Namespace) -> Said:
    """A song in memory, all chunks; one by one and in batches, and against the processor."""
    song, separator = _song(options.seconds), _separator("cuda")
    separate(separator, song)  # the first time, kernels are chosen
    said: Said = {}
    for name in ("one by one", "in batches"):
        times = []
        for _ in range(3):
            separation = Separation(separator, song)
            began = time.perf_counter()
            if name == "in batches":
                separate(separator, song)
            else:
                for chunk in separation.chunks:
                    separation.run(chunk)
            times.append(time.perf_counter() - began)
        said[f"{name}, x real time"] = round(options.seconds / median(times))
    short = Audio(song.samples[:, : 40 * RATE], RATE)
    expected = separate(_separator("cpu", torch.float32), short)[:, :]
    for dtype in (torch.float32, torch.bfloat16):
        found = separate(_separator("cuda", dtype), short)[:, :]
        said[f"{dtype} against the processor, dB"] = _decibels(found, expected)
    free = torch.cuda.mem_get_info()[0]
    separation.free()
    said["MiB given back between songs"] = (torch.cuda.mem_get_info()[0] - free) // 2**20
    return said


def speed(options: argparse.Namespace) -> Said:
    """The whole command, cold: mp3 in, FLAC or WAV out, one song and many."""
    said: Said = {}
    with tempfile.TemporaryDirectory() as folder:
        songs = [Path(folder) / f"{number}.mp3" for number in range(options.songs)]
        # Each is another: what is being separated is known by its samples.
        lengths = [options.seconds - number / 10 for number in range(options.songs)]
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            list(pool.map(write_song, songs, lengths))
        for kind in ("flac", "wav"):
            for count in (1, options.songs):
                command = [sys.executable, "-m", "app", "separate", "--format", kind, "--json"]
                command += ["--device", "cuda", "-o", str(Path(folder) / f"{kind}{count}")]
                cost = run([*command, *map(str, songs[:count])])
                name = f"{count} to {kind}"
                said[f"{name}, seconds"] = round(cost.seconds, 2)
                said[f"{name}, seconds of processor"] = round(cost.cpu_seconds, 2)
                said[f"{name}, x real time"] = round(count * options.seconds / cost.seconds)
        marginal = {
            kind: (options.songs - 1)
            * options.seconds
            / (said[f"{options.songs} to {kind}, seconds"] - said[f"1 to {kind}, seconds"])  # type: ignore[operator]
            for kind in ("flac", "wav")
        }
        for kind, value in marginal.items():
            said[f"{kind}, x real time from the second song on"] = round(value)
        said["again"] = _again(songs[0], Path(folder))
    return said


def _again(song: Path, folder: Path) -> list[str]:
    """What `again` says of files that were made in batches."""
    command = [sys.executable, "-m", "app", "separate", "--sidecar", "--device", "cuda"]
    run([*command, "-o", str(folder / "then"), str(song)])
    (sidecar,) = (folder / "then").glob("*.json")
    cost = run([sys.executable, "-m", "app", "again", str(sidecar), "-o", str(folder / "now")])
    then = {path.name: path.read_bytes() for path in (folder / "then").glob("*.wav")}
    now = {path.name: path.read_bytes() for path in (folder / "now").glob("*.wav")}
    same = "bit for bit the same" if then and then == now else "they differ"
    return [same, *cost.output.strip().splitlines()]


@contextmanager
def _filled(leave: int) -> Iterator[None]:
    """The card's memory taken, but for so many bytes."""
    torch.cuda.empty_cache()
    taken = [torch.empty(torch.cuda.mem_get_info()[0] - leave, dtype=torch.uint8, device="cuda")]
    yield
    taken.clear()
    torch.cuda.empty_cache()


def memory(options: argparse.Namespace) -> Said:
    """A card whose memory others have taken, all but a little."""
    song, separator = _song(60), _separator("cuda")
    expected = separate(separator, song)[:, :].copy()
    said: Said = {}
    for mib in (8192, 3000, 1000, 400, 150):
        told: list[str] = []
        with _filled(mib * 2**20):
            separation = Separation(separator, song, tell=told.append)
            began = time.perf_counter()
            run_all(separation)
            took = time.perf_counter() - began
        found = _decibels(separation.vocals[:, :], expected)
        said[f"{mib} MiB left"] = [*told, f"{found} dB, {took:.1f} s"]
    return said


def lost(options: argparse.Namespace) -> Said:
    """A kernel that reads out of bounds, at the second batch: CUDA is gone for this process."""
    song, separator = _song(60), _separator("cuda")
    expected = separate(separator, song)[:, :].copy()
    told: list[str] = []
    separation = Separation(separator, song, tell=told.append)
    whole: Callable[..., np.ndarray] = separator.vocals_together
    calls = 0

    def fatal(*arguments: object) -> np.ndarray:
        nonlocal calls
        calls += 1
        if calls == 2:
            table = torch.zeros(4, device="cuda")
            table[torch.full((8,), 2**30, device="cuda")].cpu()
        return whole(*arguments)

    separator.vocals_together = fatal  # type: ignore[method-assign]
    run_all(separation)
    found = _decibels(separation.vocals[:, :], expected)
    separation.free()
    return {"told": told, "finished": separation.finished, "against the card, dB": found}


PARTS = {each.__name__: each for each in (network, separating, speed, memory, lost)}


def main() -> None:
    """Run the parts, each in a process of its own, and print what they say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=240.0, help="of each song")
    parser.add_argument("--songs", type=int, default=30)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](options)))
        return
    report: dict[str, object] = {}
    for name in options.only or PARTS:
        command = [sys.executable, "-m", "benchmarks.card", "--part", name]
        command += ["--seconds", str(options.seconds), "--songs", str(options.songs)]
        try:
            report[name] = json.loads(run(command).output)
        except CommandFailed as error:
            report[name] = str(error)
        print(json.dumps({name: report[name]}, indent=1), flush=True)
        if options.json:
            options.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
