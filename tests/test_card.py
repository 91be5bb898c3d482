"""Samples reach the device and come back as they were, and queues are used again."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
import torch

from core.card import Card


def test_on_the_processor_samples_come_back_as_they_were() -> None:
    card = Card(torch.device("cpu"))
    samples = np.arange(12, dtype=np.float32).reshape(2, 6)
    with card.queue():
        sent = card.sent(samples)
        np.testing.assert_array_equal(card.fetched(2 * sent), 2 * samples)
    card.settle()


def test_queues_are_used_again_and_none_twice_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    current: list[object] = []

    class Stream:
        def __init__(self, device: torch.device) -> None:
            made.append(self)

    @contextmanager
    def used(stream: object) -> Iterator[None]:
        current.append(stream)
        yield

    monkeypatch.setattr("core.card.torch.cuda.Stream", Stream)
    monkeypatch.setattr("core.card.torch.cuda.stream", used)
    card = Card(torch.device("cuda"))
    with card.queue(), card.queue():
        pass
    with pytest.raises(RuntimeError), card.queue():
        raise RuntimeError
    with card.queue(), card.queue():
        pass
    assert len(made) == 2 and current[0] is not current[1]
    assert set(current[3:]) == set(made)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no graphics card here")
def test_on_a_card_samples_come_back_as_they_were() -> None:
    card = Card(torch.device("cuda"))
    samples = np.random.default_rng(0).standard_normal((2, 1_000_000)).astype(np.float32)
    with card.queue():
        np.testing.assert_array_equal(card.fetched(card.sent(samples) * 2), samples * 2)
