"""Measures checkpoints of different architectures on the same songs, side by side.

Run from the checkout: `python -m benchmarks.relatives SONGS CHECKPOINT... --output FOLDER`. SONGS
holds folders with vocals and accompaniment files. FOLDER gets relatives-table.md, with a row for
each checkpoint, and relatives-low-end.png, with the first song below 300 Hz before and after.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.processes import ROOT

LOW_HZ = 300.0
_WIDTH, _STRIP, _LABEL = 640, 56, 190  # pixels
_HEADINGS = (
    "checkpoint",
    "weights",
    "hours of audio",
    "× real time on one core",
    "peak memory",
    "gain",
    "below 250 Hz",
    "quiet by 3 dB",
    "by 6 dB",
)


@dataclass(frozen=True)
class Row:
    """What was measured of one checkpoint.

    Attributes:
        name: its own, or its folder's.
        parameters: number of weights.
        audio_hours: that it was trained on.
        speed: seconds of audio in a second of processor time.
        peak_mib: most resident memory of a process that separates the songs one by one.
        gain, low_gain, quiet_3db, quiet_6db: see `core.measures.Scores`.
    """

    name: str
    parameters: int
    audio_hours: str
    speed: float
    peak_mib: float
    gain: float
    low_gain: float
    quiet_3db: float
    quiet_6db: float

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        return (
            self.name,
            f"{self.parameters / 1e6:.2f} M",
            self.audio_hours,
            f"{self.speed:.1f}",
            f"{self.peak_mib:.0f} MiB",
            f"{self.gain:+.2f} dB",
            f"{self.low_gain:+.2f} dB",
            f"{self.quiet_3db:.1%}",
            f"{self.quiet_6db:.1%}",
        )


def measure(checkpoint: Path, songs: Path, strip: Path) -> Row:
    """Separate all songs on one core; the low end of the first one goes to `strip`, as .npy."""
    import torch

    from core.audio import Audio
    from core.checkpoint import load_checkpoint
    from core.devices import choose_device
    from core.measures import mean_scores, score
    from core.separation import separate
    from core.separator import Separator
    from core.training.evaluate import read_stems, song_folders

    torch.set_num_threads(1)
    loaded = load_checkpoint(checkpoint)
    separator = Separator(loaded, device=choose_device("cpu"))
    scores, heard, spent = [], 0.0, 0.0
    for number, song in enumerate(song_folders(songs)):
        vocals, rest = read_stems(song)
        voice, band = vocals.samples[:, :], rest.samples[:, :]
        started = time.process_time()
        estimate = separate(separator, Audio(voice + band, vocals.rate))[:, :]
        spent += time.process_time() - started
        heard += vocals.seconds
        scores.append(score(voice, band, estimate, vocals.rate))
        if number == 0:
            np.save(strip, low_end(voice + band - estimate, vocals.rate))
    mean = mean_scores(scores)
    return Row(
        name=loaded.name,
        parameters=sum(w.numel() for each in loaded.networks for w in each.weights.values()),
        audio_hours=loaded.card.get("audio_hours", "?"),
        speed=heard / spent,
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        gain=mean.gain,
        low_gain=mean.low_gain,
        quiet_3db=mean.quiet_3db,
        quiet_6db=mean.quiet_6db,
    )


def low_end(samples: np.ndarray, rate: int) -> np.ndarray:
    """A signal's spectrogram below LOW_HZ; (rows, columns), uint8."""
    from core.spectrogram import Spectrogram

    spectrogram = Spectrogram(rate, samples.shape[1])
    return spectrogram.image(samples)[round(spectrogram.row(LOW_HZ)) :]


def measured_apart(checkpoint: Path, songs: Path, strip: Path) -> Row:
    """`measure` in a process of its own, so that its memory is this checkpoint's alone."""
    paths = [str(path.absolute()) for path in (songs, checkpoint)]
    command = [sys.executable, "-m", "benchmarks.relatives", *paths]
    done = subprocess.run(
        [*command, "--alone", str(strip.absolute())],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return Row(**json.loads(done.stdout.splitlines()[-1]))


def table(rows: list[Row]) -> str:
    """Markdown, the best gain first."""
    ranked = sorted(rows, key=lambda row: -row.gain)
    lines = [_HEADINGS, ("---", *("---:",) * (len(_HEADINGS) - 1)), *(row.cells for row in ranked)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def picture(strips: list[tuple[str, np.ndarray]]) -> Image.Image:
    """Low ends below one another, each with its name."""
    from core.spectrogram import colours

    made = Image.new("RGB", (_LABEL + _WIDTH, len(strips) * (_STRIP + 6)), "#15141a")
    draw = ImageDraw.Draw(made)
    for number, (name, image) in enumerate(strips):
        top = number * (_STRIP + 6)
        strip = Image.fromarray(colours()[image])
        made.paste(strip.resize((_WIDTH, _STRIP), Image.Resampling.BOX), (_LABEL, top))
        draw.text((6, top + _STRIP // 2 - 6), name, fill="#ece9f2")
    return made


def compare(songs: Path, checkpoints: list[Path], folder: Path) -> None:
    """Measure all checkpoints and write the table and the picture."""
    from core.training.evaluate import read_stems, song_folders

    folder.mkdir(parents=True, exist_ok=True)
    vocals, rest = read_stems(song_folders(songs)[0])
    band = rest.samples[:, :]
    strips = [
        ("before", low_end(vocals.samples[:, :] + band, vocals.rate)),
        ("true instrumental", low_end(band, vocals.rate)),
    ]
    rows = []
    for checkpoint in checkpoints:
        strip = folder / f".{checkpoint.stem}.npy"
        row = measured_apart(checkpoint, songs, strip)
        print(" | ".join(row.cells), flush=True)
        rows.append(row)
        strips.append((row.name, np.load(strip)))
        strip.unlink()
    (folder / "relatives-table.md").write_text(table(rows), encoding="utf-8")
    picture(strips).quantize(64).save(folder / "relatives-low-end.png", optimize=True)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("songs", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, default=Path("docs"), help="Folder to write to.")
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.alone:
        print(json.dumps(asdict(measure(words.checkpoints[0], words.songs, words.alone))))
    else:
        compare(words.songs, words.checkpoints, words.output)


if __name__ == "__main__":
    main()
