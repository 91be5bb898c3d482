"""A song is cut so that every core has the same to do."""

import dataclasses
from math import ceil
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio import Audio
from core.chunks import alike
from core.devices import choose_device
from core.provenance import computation_of
from core.separation import Separation
from core.separator import Separator
from tests.tiny import TINY, tiny_checkpoint

UNIT = 4
LENGTHS = [1, 39, 40, 41, 199, 200, 201, 399, 400, 401, 4000, 12345]


@pytest.mark.parametrize("length", LENGTHS)
def test_chunks_are_no_longer_and_no_shorter_than_may_be(length: int) -> None:
    step = alike(length, longest=200, shortest=40, unit=UNIT, cores=2)
    assert 40 <= step <= 200
    assert step % UNIT == 0


@pytest.mark.parametrize("cores", [1, 2, 3, 8])
@pytest.mark.parametrize("length", [each for each in LENGTHS if each >= 4000])
def test_all_cores_have_the_same_to_do(length: int, cores: int) -> None:
    step = alike(length, longest=200, shortest=40, unit=UNIT, cores=cores)
    chunks = cores * ceil(length / step / cores)
    # All that the last ones lack is what rounding to the unit takes.
    assert 0 <= chunks * step - length < chunks * UNIT


def test_chunks_are_short_rather_than_too_long() -> None:
    assert alike(500, longest=20, shortest=40, unit=UNIT, cores=2) == 20


def test_a_separation_tells_how_long_its_chunks_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)
    config = dataclasses.replace(TINY, context=4)
    checkpoint = tiny_checkpoint(tmp_path, config)
    separator = Separator(checkpoint, device=choose_device("cpu"), dtype=torch.float32)
    frames = 3 * config.chunk
    noise = np.random.default_rng(3).standard_normal((2, frames * config.hop), dtype=np.float32)
    song = Audio(noise / 10, config.sample_rate)
    separation = Separation(separator, song)
    assert len(separation.chunks) == 4
    assert separation.chunk_frames == frames / 4
    assert computation_of(separator, separation).chunk_frames == separation.chunk_frames
    assert Separation(separator, song, chunk_frames=config.chunk).chunk_frames == config.chunk
