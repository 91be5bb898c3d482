"""The comparison of checkpoints measures each alone and shows them side by side."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.relatives import LOW_HZ, Row, compare, low_end, measured_apart, picture, table
from core.training.config import read_config
from tests.songs import write_song
from tests.tiny import tiny_checkpoint

RATE = 44_100
ROOT = Path(__file__).parent.parent


def row(name: str, gain: float) -> Row:
    return Row(name, 1_234_567, "0.30", 20.0, 700.0, gain, 1.5, 0.125, 0.01)


def tone(hertz: float) -> np.ndarray:
    time = np.arange(2 * RATE) / RATE
    return np.tile(0.3 * np.sin(2 * np.pi * hertz * time), (2, 1)).astype(np.float32)


def test_the_table_begins_with_the_best() -> None:
    lines = table([row("weak", -1.0), row("strong", 2.0)]).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("| strong | 1.23 M | 0.30 | 20.0 | 700 MiB | +2.00 dB |")
    assert "12.5%" in lines[3]
    assert {line.count("|") for line in lines} == {10}


def test_the_low_end_shows_what_lies_below_its_limit() -> None:
    low, high = low_end(tone(100), RATE), low_end(tone(4 * LOW_HZ), RATE)
    assert low.max() > high.max() + 50
    assert low.dtype == np.uint8


def test_every_checkpoint_has_a_strip_of_the_picture() -> None:
    strips = [("before", low_end(tone(100), RATE)), ("after", low_end(0 * tone(100), RATE))]
    made = picture(strips)
    pixels = np.asarray(made)
    half = made.height // 2
    assert pixels[:half, 200:].max() > pixels[half:, 200:].max()
    assert isinstance(made, Image.Image)


def test_checkpoints_are_measured_on_songs_with_true_stems(tmp_path: Path) -> None:
    song = tmp_path / "songs" / "one"
    song.mkdir(parents=True)
    write_song(song / "vocals.wav", tone(440))
    write_song(song / "accompaniment.wav", tone(80))
    checkpoint = tiny_checkpoint(tmp_path).path
    compare(tmp_path / "songs", [checkpoint], tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"relatives-table.md", "relatives-low-end.png"}
    text = (tmp_path / "out" / "relatives-table.md").read_text(encoding="utf-8")
    assert "| untrained |" in text
    with Image.open(tmp_path / "out" / "relatives-low-end.png") as made:
        assert made.height > 100
    with pytest.raises(subprocess.CalledProcessError):
        measured_apart(tmp_path / "missing", tmp_path / "songs", tmp_path / "strip.npy")


def test_the_relatives_are_trained_alike() -> None:
    configs = [read_config(path) for path in sorted((ROOT / "configs/relatives").glob("*.toml"))]
    assert len(configs) == 13
    assert len({(c.steps, c.batch, c.frames, c.rate, c.seed, c.loss) for c in configs}) == 1
    assert len({json.dumps(vars(c.mixing), default=str) for c in configs}) == 1
    assert {(c.network.n_fft, c.network.hop, c.network.sample_rate) for c in configs} == {
        (2048, 1024, RATE)
    }
