"""Steps between chunks are found where they are, and sudden music is none."""

from collections.abc import Callable

import numpy as np
import pytest

from core.result_check import check_result
from core.seams import SeamFinder
from tests.songs import noise

RATE = 16_000
LENGTH = 4 * RATE
STRETCH = RATE // 50  # what is looked at in one go, see core.seams


def low_passed(samples: np.ndarray, hz: float) -> np.ndarray:
    """Without what is above `hz`: in the mixture's own highs a step would be lost."""
    spectrum = np.fft.rfft(samples)
    spectrum[:, int(hz * samples.shape[1] / RATE) :] = 0
    return np.fft.irfft(spectrum, n=samples.shape[1]).astype(np.float32)


def sung() -> np.ndarray:
    at = np.arange(LENGTH) / RATE
    phase = 2 * np.pi * (150 * at + np.sin(2 * np.pi * 5 * at))
    tone = sum(np.sin(k * phase) / k for k in range(1, 12))
    return np.tile(0.05 * tone, (2, 1)).astype(np.float32)


def breath() -> np.ndarray:
    return low_passed(0.1 * noise(LENGTH), 1500)


def bass() -> np.ndarray:
    at = np.arange(LENGTH) / RATE
    return np.stack([0.4 * np.sin(2 * np.pi * hz * at) for hz in (55, 82)]).astype(np.float32)


def hits(first: int) -> np.ndarray:
    """A drum, every fifth of a second from sample `first` on: at its loudest within a sample."""
    at = (np.arange(LENGTH) - first) % (RATE // 5)
    return (noise(LENGTH) * np.exp(-at / (0.05 * RATE))).astype(np.float32)


def steps(vocals: np.ndarray, mixture: np.ndarray, *, block: int = 10_000) -> list[int]:
    finder, found = SeamFinder(RATE), []
    for start in range(0, vocals.shape[1], block):
        part = slice(start, start + block)
        found += finder.add(vocals[:, part], mixture[:, part])
    return found + finder.finish()


@pytest.mark.parametrize("height", [0.3, -0.1, 0.03])
@pytest.mark.parametrize("voice", [sung, breath, bass, lambda: np.zeros_like(sung())])
@pytest.mark.parametrize("place", [40, 20 * STRETCH, 20 * STRETCH + 2, 30_011, LENGTH - 10])
def test_a_step_is_found_once_where_it_is(
    voice: Callable[[], np.ndarray], height: float, place: int
) -> None:
    vocals = voice()
    mixture = vocals + low_passed(noise(LENGTH), 500)
    assert steps(vocals, mixture) == []
    vocals[:, place:] += height
    assert steps(vocals, mixture) == [place]


def test_a_chunk_that_was_left_out_begins_and_ends_with_a_step() -> None:
    vocals = sung() + np.float32(0.05)
    mixture = vocals.copy()
    vocals[:, 20_000:30_000] = 0
    assert steps(vocals, mixture) == [20_000, 30_000]


@pytest.mark.parametrize("block", [100, 333, 4096, LENGTH])
def test_blocks_of_any_size_show_the_same(block: int) -> None:
    vocals, mixture = sung(), sung()
    places = [5_000, 5_001 + STRETCH, 20_479, 40_000, 63_990]
    for number, place in enumerate(places):
        vocals[:, place:] += 0.1 * (-1) ** number
    assert steps(vocals, mixture, block=block) == places


@pytest.mark.parametrize("early", [0, 3, 6])
def test_a_hit_that_leaks_is_no_step_wherever_it_begins(early: int) -> None:
    voice = sung()
    for first in range(0, STRETCH, 16):
        drum = hits(first)
        leak = np.roll(0.2 * drum, -early, axis=1)
        assert steps(0.02 * voice + leak, voice + drum) == []


@pytest.mark.parametrize("early", [-2, 0, 2])
def test_a_cut_of_the_song_itself_is_no_step(early: int) -> None:
    mixture, vocals = sung(), 0.1 * sung()
    mixture[:, 30_000:] += 0.5
    vocals[:, 30_000 - early :] += 0.1
    assert steps(vocals, mixture) == []


def test_songs_too_short_to_bend_have_none() -> None:
    for length in range(12):
        short = noise(length)
        assert steps(short, np.zeros_like(short)) == []
        assert check_result(np.zeros_like(short), short, RATE).passed
