"""Every voice meets every instrumental, at no cost."""

import tracemalloc

import pytest

from core.training.pairing import Pairing


@pytest.mark.parametrize(("instrumentals", "vocals"), [(1, 1), (7, 5), (12, 12), (1, 9), (100, 1)])
@pytest.mark.parametrize("seed", [0, 3])
def test_every_pair_comes_once_a_round(instrumentals: int, vocals: int, seed: int) -> None:
    pairing = Pairing(instrumentals, vocals, seed)
    pairs = [pairing[index] for index in range(len(pairing))]
    everything = {(i, v) for i in range(instrumentals) for v in range(vocals)}
    assert set(pairs) == everything
    assert len(pairs) == len(everything)
    assert pairing[len(pairing)] == pairing[0]


def test_the_published_142_million_pairs_cost_no_memory() -> None:
    tracemalloc.start()
    pairing = Pairing(49_257, 2_884)
    assert len(pairing) == 142_057_188
    seen = {pairing[index] for index in range(0, len(pairing), 14_205_718)}
    assert len(seen) == 11
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000  # bytes


def test_neighbours_are_unlike_each_other() -> None:
    pairing = Pairing(1000, 200)
    bands = [pairing[index][0] for index in range(50)]
    voices = [pairing[index][1] for index in range(50)]
    assert len(set(bands)) == 50
    assert len(set(voices)) > 30


def test_seeds_give_other_orders() -> None:
    first = [Pairing(50, 50, 1)[index] for index in range(20)]
    second = [Pairing(50, 50, 2)[index] for index in range(20)]
    assert first != second
