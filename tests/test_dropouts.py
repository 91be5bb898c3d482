"""Planted sags are found with their depth, and music that is meant to be quiet is left alone."""

import numpy as np
import pytest

from core.dropouts import Dropout, find_dropouts
from core.errors import Cancelled

RATE = 16_000
SECONDS = 20


def band(*, channels: int = 2, seconds: float = SECONDS) -> np.ndarray:
    """Pink-like noise, partly shared by the channels: music that always plays."""
    random = np.random.default_rng(3)
    length = round(seconds * RATE)
    white = random.normal(size=(channels, length)) + random.normal(size=(1, length))
    spectrum = np.fft.rfft(white)
    spectrum[:, 1:] /= np.sqrt(np.arange(1, spectrum.shape[1]))
    noise = np.fft.irfft(spectrum, n=length)
    return (0.1 * noise / noise.std()).astype(np.float32)


def voice(*sung: tuple[float, float], channels: int = 2, level: float = 0.1) -> np.ndarray:
    """Harmonics of a wavering 200 Hz in the given seconds, alike in all channels."""
    at = np.arange(SECONDS * RATE) / RATE
    phase = 2 * np.pi * (200 * at + 0.8 * np.sin(2 * np.pi * 5 * at))
    tone = sum(np.sin(k * phase) / k for k in range(1, 25))
    return np.tile(level * tone * gate(*sung), (channels, 1)).astype(np.float32)


def gate(*spans: tuple[float, float]) -> np.ndarray:
    """One in the given seconds, zero elsewhere, with ramps of 50 ms."""
    at = np.arange(SECONDS * RATE) / RATE
    ramps = [np.clip(np.minimum(at - start, stop - at) / 0.05, 0, 1) for start, stop in spans]
    return np.max(ramps, axis=0)


def sunk(music: np.ndarray, depth_db: float, span: tuple[float, float]) -> np.ndarray:
    return (music * 10 ** (-depth_db / 20 * gate(span))).astype(np.float32)


def overlap(dropout: Dropout, start: float, stop: float) -> float:
    """Share of the two spans that both have, 0 to 1."""
    first, last = dropout.start / RATE, dropout.stop / RATE
    both = min(last, stop) - max(first, start)
    return max(0.0, both) / (max(last, stop) - min(first, start))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("depth_db", [4, 6, 12])
def test_planted_sags_are_found_with_their_depth(depth_db: float, channels: int) -> None:
    music, sung = band(channels=channels), voice((7, 13), channels=channels)
    rest = sunk(music, depth_db, (9, 10.5))
    (found,) = find_dropouts(music + sung, music + sung - rest, RATE)
    assert found.depth_db == pytest.approx(depth_db, abs=1.5)
    assert overlap(found, 9, 10.5) > 0.6


def test_two_sags_are_two_dropouts_in_order() -> None:
    music, sung = band(), voice((4, 16))
    rest = sunk(sunk(music, 12, (6, 7)), 6, (12, 13))
    first, second = find_dropouts(music + sung, music + sung - rest, RATE)
    assert overlap(first, 6, 7) > 0.6
    assert overlap(second, 12, 13) > 0.6
    assert first.depth_db > second.depth_db


@pytest.mark.parametrize("level", [0.03, 0.1, 0.3])
def test_a_clean_instrumental_is_left_alone(level: float) -> None:
    music, sung = band(), voice((3, 6), (8, 13), (15, 18), level=level)
    assert find_dropouts(music + sung, sung, RATE) == ()


def test_a_pause_without_voice_is_no_dropout() -> None:
    music, sung = sunk(band(), 20, (9, 10.5)), voice((4, 8), (12, 16))
    assert find_dropouts(music + sung, sung, RATE) == ()


def test_a_sag_that_is_hardly_heard_is_not_listed() -> None:
    music, sung = band(), voice((7, 13))
    rest = sunk(music, 2, (9, 10.5))
    assert find_dropouts(music + sung, music + sung - rest, RATE) == ()


def test_a_pause_of_the_music_under_a_voice_is_no_dropout() -> None:
    music, sung = sunk(band(), 20, (9, 10.5)), voice((4, 16))
    assert find_dropouts(music + sung, sung, RATE) == ()


@pytest.mark.parametrize("lowest", [120, 200])
def test_a_pause_under_a_voice_in_all_but_the_lowest_bands_is_no_dropout(lowest: int) -> None:
    music = sunk(band(channels=1), 20, (9, 10.5))
    spectrum = np.fft.rfft(band(channels=1)[:, ::-1])
    spectrum[:, : lowest * SECONDS] = 0
    sung = (1.2 * np.fft.irfft(spectrum, n=music.shape[1]) * gate((4, 16))).astype(np.float32)
    assert find_dropouts(music + sung, sung, RATE) == ()


def test_music_that_gets_quiet_and_stays_so_is_no_dropout() -> None:
    music, sung = sunk(band(), 9, (10, 20)), voice((4, 19))
    assert find_dropouts(music + sung, sung, RATE) == ()


def test_the_end_of_a_song_is_no_dropout() -> None:
    music = (band() * np.clip((SECONDS - np.arange(SECONDS * RATE) / RATE) / 6, 0, 1)).astype(
        np.float32
    )
    sung = voice((4, 18))
    assert find_dropouts(music + sung, sung, RATE) == ()


def test_rests_between_drum_hits_are_no_dropouts() -> None:
    at = np.arange(SECONDS * RATE) / RATE
    drums = (3 * band() * np.exp(-8 * (at % 0.5))).astype(np.float32)
    sung = voice((5, 15))
    assert find_dropouts(drums + sung, sung, RATE) == ()


def test_silence_and_short_songs_have_none() -> None:
    nothing = np.zeros((2, SECONDS * RATE), np.float32)
    assert find_dropouts(nothing, nothing, RATE) == ()
    for length in (0, 1, 100, RATE // 2):
        short = band(seconds=1)[:, :length]
        assert find_dropouts(short, short / 2, RATE) == ()


def test_the_search_can_be_cancelled() -> None:
    music = band()
    with pytest.raises(Cancelled):
        find_dropouts(music, music / 2, RATE, cancelled=lambda: True)


def test_long_songs_are_searched_in_sections_that_find_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    music, sung = band(), voice((3, 18))
    rest = sunk(sunk(music, 12, (5, 6.5)), 6, (12, 13.5))
    at_once = find_dropouts(music + sung, music + sung - rest, RATE)
    monkeypatch.setattr("core.dropouts._SECTION", 64)
    in_sections = find_dropouts(music + sung, music + sung - rest, RATE)
    assert at_once
    assert [(each.start, each.stop) for each in in_sections] == [
        (each.start, each.stop) for each in at_once
    ]
    for one, other in zip(at_once, in_sections, strict=True):
        assert one.depth_db == pytest.approx(other.depth_db, abs=1e-6)
