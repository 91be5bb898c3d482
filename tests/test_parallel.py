"""Chunks that run side by side give what they give one after the other."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio import Audio
from core.checkpoint import load_checkpoint
from core.chunks import Chunk
from core.devices import choose_device
from core.errors import Cancelled
from core.parallel import run_all, run_batches
from core.separation import Separation
from core.separator import Separator
from tests.shortage import allow_threads
from tests.songs import noise

SECONDS = 6


@pytest.fixture(scope="module")
def separator(checkpoint: Path) -> Separator:
    return Separator(load_checkpoint(checkpoint), device=choose_device("cpu"), dtype=torch.float32)


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_side_by_side_is_exactly_as_one_after_the_other(separator: Separator, rate: int) -> None:
    song = Audio(noise(SECONDS * rate), rate)
    one_by_one = Separation(separator, song)
    for chunk in one_by_one.chunks:
        one_by_one.run(chunk)
    shares: list[float] = []
    together = Separation(separator, song)
    run_all(together, threads=3, progress=shares.append)
    assert len(together.chunks) > 5 and together.finished
    if rate == 44_100:
        np.testing.assert_array_equal(together.vocals[:, :], one_by_one.vocals[:, :])
    else:
        # Resampled while a neighbour was missing, a part may differ by the last bit.
        np.testing.assert_allclose(together.vocals[:, :], one_by_one.vocals[:, :], atol=1e-6)
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_as_many_chunks_as_threads_are_under_way(separator: Separator) -> None:
    separation = Separation(separator, Audio(noise(SECONDS * 44_100), 44_100))
    run, together = separation.run, threading.Barrier(3)

    def meet(chunk: Chunk) -> tuple[int, int]:
        if chunk.index < 3:
            together.wait(timeout=30)  # only three at a time get past
        return run(chunk)

    separation.run = meet  # type: ignore[method-assign]
    run_all(separation, threads=3)
    assert separation.finished


@pytest.mark.parametrize("seconds", [1, SECONDS])
def test_batches_are_as_one_after_the_other(separator: Separator, seconds: int) -> None:
    song = Audio(noise(seconds * 44_100), 44_100)
    one_by_one, together = Separation(separator, song), Separation(separator, song)
    for chunk in one_by_one.chunks:
        one_by_one.run(chunk)
    shares: list[float] = []
    run_batches(together, together.chunks, progress=shares.append)
    assert together.finished and shares == sorted(shares) and shares[-1] == 1.0
    np.testing.assert_allclose(together.vocals[:, :], one_by_one.vocals[:, :], atol=2e-6)
    if seconds > 1:
        assert max(together.threads) > 1


def test_a_graphics_card_gets_batches(
    separator: Separator, monkeypatch: pytest.MonkeyPatch
) -> None:
    separation = Separation(separator, Audio(noise(SECONDS * 44_100), 44_100))
    separation.device = torch.device("cuda")
    sizes: list[int] = []
    together = separation.run_together

    def counted(chunks: Sequence[Chunk]) -> None:
        sizes.append(len(chunks))
        together(chunks)

    monkeypatch.setattr(separation, "run_together", counted)
    run_all(separation)
    assert separation.finished and sum(sizes) == len(separation.chunks) and len(sizes) == 2


def test_cancelling_keeps_what_is_done_and_begins_nothing_more(separator: Separator) -> None:
    separation = Separation(separator, Audio(noise(SECONDS * 44_100), 44_100))
    with pytest.raises(Cancelled):
        run_all(separation, threads=2, cancelled=lambda: separation.done(1))
    done = [separation.done(chunk.index) for chunk in separation.chunks]
    assert done[1] and sum(done) < 5
    run_all(separation, threads=2)
    assert separation.finished


def test_an_error_in_a_chunk_is_raised_here(separator: Separator) -> None:
    separation = Separation(separator, Audio(noise(SECONDS * 44_100), 44_100))

    def fail(chunk: Chunk) -> tuple[int, int]:
        raise MemoryError

    separation.run = fail  # type: ignore[method-assign]
    with pytest.raises(MemoryError):
        run_all(separation, threads=2)


def test_the_number_of_threads_is_as_before(separator: Separator) -> None:
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        run_all(Separation(separator, Audio(noise(SECONDS * 44_100), 44_100)), threads=2)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("started", [0, 1])
def test_a_thread_that_finds_no_memory_is_told_as_such(
    separator: Separator, monkeypatch: pytest.MonkeyPatch, started: int
) -> None:
    separation = Separation(separator, Audio(noise(SECONDS * 44_100), 44_100))
    allow_threads(monkeypatch, started)
    with pytest.raises(MemoryError):
        run_all(separation, threads=3)
    assert not separation.finished
