"""The faster arithmetic is chosen by measuring, remembered, and gives the same result."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from core import precision
from core.checkpoint import load_checkpoint
from core.devices import choose_device
from core.precision import fastest_dtype
from core.resources import default_checkpoint_path
from core.separator import Separator

RATE = 44_100


class Network:
    """Takes processor time by the arithmetic that it runs in."""

    def __init__(self, *, float32: int, bfloat16: int) -> None:
        self.runs = 0
        self._steps = {torch.float32: float32, torch.bfloat16: bfloat16}

    def __call__(self, dtype: torch.dtype) -> None:
        self.runs += 1
        for _ in range(self._steps[dtype]):
            np.sort(np.arange(20_000)[::-1])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("VOCAL_REMOVER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(precision, "emulates_bfloat16", lambda: False)
    yield tmp_path / "cache"


@pytest.mark.parametrize("faster", ["float32", "bfloat16"])
def test_the_faster_one_is_chosen(faster: str) -> None:
    network = Network(**({"float32": 200, "bfloat16": 200} | {faster: 20}))
    assert fastest_dtype("cpu", network="a", run=network) is precision.CHOICES[faster]


def test_emulated_arithmetic_is_not_even_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "emulates_bfloat16", lambda: True)
    network = Network(float32=200, bfloat16=20)
    assert fastest_dtype("cpu", network="a", run=network) is torch.float32
    assert network.runs == 0


def test_what_was_measured_is_remembered_for_this_network_alone() -> None:
    slow = Network(float32=200, bfloat16=20)
    assert fastest_dtype("cpu", network="a", run=slow) is torch.bfloat16
    again = Network(float32=20, bfloat16=200)
    assert fastest_dtype("cpu", network="a", run=again) is torch.bfloat16
    assert again.runs == 0
    assert fastest_dtype("cpu", network="b", run=again) is torch.float32
    assert fastest_dtype("cpu", network="a", run=again) is torch.bfloat16


def test_another_machine_measures_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(float32=20, bfloat16=200)
    fastest_dtype("cpu", network="a", run=network)
    monkeypatch.setattr(precision, "_machine", lambda: "another")
    runs = network.runs
    fastest_dtype("cpu", network="a", run=network)
    assert network.runs == 2 * runs


@pytest.mark.parametrize("said", ["", "[]", '{"a": 1}', '{"a": {}}', "\xff"])
def test_a_damaged_memory_is_replaced(said: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "arithmetic.json").write_text(said, encoding="latin-1")
    network = Network(float32=20, bfloat16=200)
    assert fastest_dtype("cpu", network="a", run=network) is torch.float32
    assert "float32" in json.loads((folder / "arithmetic.json").read_text()).values()


def test_where_nothing_can_be_kept_it_is_measured_each_time(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    network = Network(float32=20, bfloat16=200)
    assert fastest_dtype("cpu", network="a", run=network) is torch.float32


def test_threads_are_as_before() -> None:
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        fastest_dtype("cpu", network="a", run=lambda dtype: None)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def sung_song(seconds: float) -> np.ndarray:
    """A melody with vibrato and formants above two chords: (2, samples), float32."""
    at = np.arange(round(seconds * RATE)) / RATE
    notes = np.array([220, 247, 262, 294, 330, 294, 262, 247])[(2 * at).astype(int) % 8]
    phase = 2 * np.pi * np.cumsum(notes * (1 + 0.015 * np.sin(2 * np.pi * 5.5 * at))) / RATE
    formants = ((700, 350, 1.0), (1200, 300, 0.6), (2700, 400, 0.3))
    voice = sum(
        level * np.exp(-(((n * notes - centre) / width) ** 2)) * np.sin(n * phase)
        for n in range(1, 16)
        for centre, width, level in formants
    )
    chords = sum(np.sin(2 * np.pi * f * at) for f in (55.0, 110.0, 138.6, 164.8))
    song = [0.06 * voice + 0.04 * chords, 0.06 * voice + 0.03 * chords]
    return np.stack(song).astype(np.float32)


def test_both_give_the_default_checkpoints_result_within_50_db() -> None:
    checkpoint = load_checkpoint(default_checkpoint_path())
    song = sung_song(6.0)
    exact, reduced = (
        Separator(checkpoint, device=choose_device("cpu"), dtype=dtype).vocals(song)
        for dtype in (torch.float32, torch.bfloat16)
    )
    error = np.square(exact - reduced, dtype=np.float64).mean()
    for stem in (exact, song - exact):
        level = np.square(stem, dtype=np.float64).mean()
        assert 50 < 10 * np.log10(level / error) < 90  # above, the two would be one
