"""Separation does not depend on order or chunk size, and loses nothing."""

import dataclasses
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio import Audio
from core.devices import choose_device
from core.errors import Cancelled
from core.parallel import MOST_AT_ONCE
from core.separation import FADE, Separation, separate
from core.separator import Separator
from tests.tiny import TINY, tiny_checkpoint

HOP = 1024


@pytest.fixture(scope="module")
def separator(tmp_path_factory: pytest.TempPathFactory) -> Separator:
    checkpoint = tiny_checkpoint(tmp_path_factory.mktemp("checkpoint"))
    return Separator(checkpoint, device=choose_device("cpu"), dtype=torch.float32)


def song(length: int, *, channels: int = 2, rate: int = 44100) -> Audio:
    noise = np.random.default_rng(length).normal(size=(channels, length)) * 0.1
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(length) / rate)
    return Audio((noise + tone).astype(np.float32), rate)


def vocals_of(separator: Separator, mixture: Audio, *, chunk_frames: int, seed: int) -> np.ndarray:
    separation = Separation(separator, mixture, chunk_frames=chunk_frames)
    order = np.random.default_rng(seed).permutation(len(separation.chunks))
    for index in order:
        separation.run(separation.chunks[index])
    assert separation.finished
    return separation.vocals[:, :]


@pytest.mark.parametrize("length", [100 * HOP, 100 * HOP + 1, 96 * HOP - 1, 5000, 1])
def test_the_order_of_chunks_does_not_matter(separator: Separator, length: int) -> None:
    mixture = song(length)
    first = vocals_of(separator, mixture, chunk_frames=16, seed=1)
    second = vocals_of(separator, mixture, chunk_frames=16, seed=2)
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("chunk_frames", [8, 33, 50])
def test_the_size_of_chunks_does_not_matter_where_context_covers_the_reach(
    separator: Separator, chunk_frames: int
) -> None:
    # Levels are heard over 43 frames, attention over 4 a block: 96 frames of context hide both.
    separator.config = dataclasses.replace(TINY, context=96)
    mixture = song(150 * HOP + 77)
    one = vocals_of(separator, mixture, chunk_frames=200, seed=1)
    many = vocals_of(separator, mixture, chunk_frames=chunk_frames, seed=1)
    separator.config = TINY
    assert np.abs(one).max() > 0.05
    np.testing.assert_allclose(many, one, atol=2e-5)


@pytest.mark.parametrize("rate", [8000, 22050, 44099, 48000, 96000])
def test_the_order_does_not_matter_at_other_rates(separator: Separator, rate: int) -> None:
    mixture = song(rate * 2 + 13, rate=rate)
    first = vocals_of(separator, mixture, chunk_frames=20, seed=1)
    second = vocals_of(separator, mixture, chunk_frames=20, seed=2)
    assert first.shape == mixture.samples.shape
    np.testing.assert_allclose(first, second, atol=1e-5)


@pytest.mark.parametrize("rate", [22050, 48000])
def test_other_rates_hear_the_same_voice(separator: Separator, rate: int) -> None:
    low = np.array([[0.2], [0.1]]) * np.sin(2 * np.pi * 440 * np.arange(2 * 44100) / 44100)
    other = np.array([[0.2], [0.1]]) * np.sin(2 * np.pi * 440 * np.arange(2 * rate) / rate)
    at_home = separate(separator, Audio(low.astype(np.float32), 44100))[:, :]
    away = separate(separator, Audio(other.astype(np.float32), rate))[:, :]
    middle = slice(4410, 2 * 44100 - 4410)
    time = np.arange(2 * 44100)[middle] / 44100
    resampled = np.interp(time, np.arange(2 * rate) / rate, away[0])
    assert np.abs(resampled - at_home[0][middle]).max() < 0.02 * np.abs(at_home).max() + 2e-3


def test_what_lies_above_the_networks_band_stays_in_the_instrumental(
    separator: Separator,
) -> None:
    rate = 96000
    tone = 0.5 * np.sin(2 * np.pi * 30000 * np.arange(2 * rate) / rate)
    vocals = separate(separator, Audio(np.tile(tone.astype(np.float32), (2, 1)), rate))
    assert np.abs(vocals[:, 5000:-5000]).max() < 1e-3


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 8])
def test_channels_are_kept_in_place(separator: Separator, channels: int) -> None:
    mixture = song(30 * HOP, channels=channels)
    vocals = separate(separator, mixture)[:, :]
    assert vocals.shape == mixture.samples.shape
    if channels in (6, 8):
        assert np.abs(vocals[3]).max() == 0  # the low-frequency channel carries no voice
        assert np.abs(vocals[2]).max() > 0


def test_mono_is_heard_as_two_equal_channels(separator: Separator) -> None:
    mixture = song(40 * HOP, channels=1)
    both = Audio(np.tile(mixture.samples[:, :], (2, 1)), mixture.rate)
    heard = separate(separator, both)[:, :].mean(axis=0)
    np.testing.assert_allclose(separate(separator, mixture)[:, :][0], heard, atol=1e-6)


def test_beside_a_chunk_that_is_not_done_the_voice_fades(separator: Separator) -> None:
    mixture = song(64 * HOP)
    separation = Separation(separator, mixture, chunk_frames=32)
    start, stop = separation.run(separation.chunks[0])
    assert (start, stop) == (0, 32 * HOP + FADE // 2)
    assert np.abs(separation.vocals[:, stop:]).max() == 0
    partial = separation.vocals[:, :].copy()
    separation.run(separation.chunks[1])
    np.testing.assert_array_equal(partial[:, : stop - FADE], separation.vocals[:, : stop - FADE])


def test_the_changed_range_holds_every_change(separator: Separator) -> None:
    for rate in (44100, 48000):
        separation = Separation(separator, song(3 * rate, rate=rate), chunk_frames=32)
        for chunk in reversed(separation.chunks):
            before = separation.vocals[:, :].copy()
            start, stop = separation.run(chunk)
            moved = np.flatnonzero((before != separation.vocals).any(axis=0))
            assert start <= moved.min()
            assert moved.max() < stop
            assert start <= chunk.start
            assert stop >= chunk.stop


def test_a_chunk_is_not_added_twice(separator: Separator) -> None:
    separation = Separation(separator, song(20 * HOP))
    separation.run(separation.chunks[0])
    once = separation.vocals[:, :].copy()
    separation.run(separation.chunks[0])
    np.testing.assert_array_equal(once, separation.vocals)


def test_the_next_chunk_follows_the_listener(separator: Separator) -> None:
    separation = Separation(separator, song(100 * HOP), chunk_frames=20)
    place = 50 * HOP
    order = []
    while (chunk := separation.next_chunk(place)) is not None:
        order.append(chunk.index)
        separation.run(chunk)
    assert order == [2, 3, 4, 0, 1]


def test_progress_ends_at_one_and_cancelling_stops_before_the_next_chunk(
    separator: Separator,
) -> None:
    mixture = song(100 * HOP)
    seen: list[float] = []
    separate(separator, mixture, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1
    asked = count()  # by every core before its next chunk
    seen.clear()
    with pytest.raises(Cancelled):
        separate(separator, mixture, progress=seen.append, cancelled=lambda: next(asked) >= 2)
    assert max(seen, default=0.0) < 1
    assert next(asked) <= 2 + MOST_AT_ONCE


def test_inference_mode_does_not_leak(separator: Separator) -> None:
    separate(separator, song(HOP))
    assert not torch.is_inference_mode_enabled()


def test_two_separators_of_one_file_agree(separator: Separator, tmp_path: Path) -> None:
    again = Separator(tiny_checkpoint(tmp_path), device=choose_device("cpu"), dtype=torch.float32)
    mixture = song(20 * HOP)
    np.testing.assert_array_equal(separate(separator, mixture), separate(again, mixture))
