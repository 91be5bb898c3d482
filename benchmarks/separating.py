"""Measures the command line on one song, from the file on disk to both stems on disk."""

import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.processes import Cost, run

RATE = 44_100
BLOCK = 65_536


def song_samples(seconds: float) -> np.ndarray:
    """Chords, a beat and something like a voice, always the same: (samples, 2) float64."""
    at = np.arange(round(seconds * RATE)) / RATE
    chords = 0.08 * sum(np.sin(2 * np.pi * f * at) for f in (110.0, 220.0, 277.2, 329.6))
    beat = 0.2 * np.random.default_rng(1).standard_normal(len(at)) * np.exp(-20 * (at % 0.5))
    voice = 0.2 * np.sin(2 * np.pi * 440 * at + 3 * np.sin(2 * np.pi * 5.5 * at))
    voice *= np.sin(2 * np.pi * 0.2 * at) > 0
    return 0.7 * np.stack([chords + beat + voice, 0.8 * chords + beat + voice], axis=1)


def write_song(path: Path, seconds: float) -> Path:
    """Write the song of the benchmarks, as mp3 where the name says so, else as 16-bit WAV."""
    samples = song_samples(seconds)
    kind, subtype = ("MP3", "MPEG_LAYER_III") if path.suffix == ".mp3" else ("WAV", "PCM_16")
    with soundfile.SoundFile(path, "w", RATE, 2, subtype, format=kind) as file:
        for start in range(0, len(samples), BLOCK):
            file.write(samples[start : start + BLOCK])
    return path


def song_seconds(song: Path) -> float:
    """How long a song is."""
    return float(soundfile.info(song).duration)


def separate_command(songs: list[str], folder: str, *, checkpoint: Path | None) -> list[str]:
    """The command that writes both stems of each song as FLAC to `folder`."""
    chosen = ["--checkpoint", str(checkpoint.resolve())] if checkpoint else []
    options = ["--format", "flac", "-o", folder, "--json", *chosen]
    return [sys.executable, "-m", "app", "separate", *songs, *options]


def separate(
    songs: list[Path], *, checkpoint: Path | None = None, threads: int | None = None
) -> Cost:
    """Separate songs in one process that starts cold; the stems are thrown away.

    Raises:
        CommandFailed: a song was not written.
    """
    with tempfile.TemporaryDirectory() as folder:
        places = [str(song.resolve()) for song in songs]
        command = separate_command(places, folder, checkpoint=checkpoint)
        return run(command, threads=threads)
