"""The low end that left with the voice is measured, and given back unless somebody sings it."""

import numpy as np
import pytest

from core.errors import Cancelled
from core.low_end import LowEndKeeper, keep_low_end, low_end_shares

RATE = 16_000
SECONDS = 6


def tone(hertz: float, *, level: float = 0.2, seconds: float = SECONDS) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    return np.tile(level * np.sin(2 * np.pi * hertz * at), (2, 1)).astype(np.float32)


def voice(hertz: float, *, level: float = 0.1) -> np.ndarray:
    """A sung vowel: harmonics up to 3 kHz that fall slowly, with vibrato."""
    at = np.arange(SECONDS * RATE) / RATE
    phase = 2 * np.pi * hertz * (at + 0.015 / (2 * np.pi * 5) * np.sin(2 * np.pi * 5 * at))
    sung = sum(np.sin(k * phase) / k**0.7 for k in range(1, int(3000 / hertz)))
    return np.tile(level * sung, (2, 1)).astype(np.float32)


def below(samples: np.ndarray, hertz: float) -> float:
    """Power below a frequency, without the ends."""
    spectrum = np.fft.rfft(samples[:, RATE:-RATE])
    power = np.abs(spectrum[:, : round(hertz * (samples.shape[1] - 2 * RATE) / RATE)]) ** 2
    return float(power.sum())


def test_shares_are_those_of_the_energy_second_by_second() -> None:
    kick, bass, tenor = tone(45), tone(90), tone(200)
    vocals = 0.5 * kick + 0.0 * bass + tenor
    vocals[:, 3 * RATE :] = 0
    shares = low_end_shares(kick + bass + tenor, vocals, RATE)
    assert shares.shape == (3, SECONDS)
    assert shares[:, :3] == pytest.approx(np.tile([[0.5], [0.0], [1.0]], (1, 3)), abs=0.02)
    assert shares[:, 3:] == pytest.approx(0.0, abs=1e-6)


def test_silent_bands_have_no_share() -> None:
    shares = low_end_shares(tone(90), np.zeros((2, SECONDS * RATE), np.float32), RATE)
    assert np.isnan(shares[0]).all()
    assert np.isnan(shares[2]).all()
    assert low_end_shares(np.zeros((2, 0)), np.zeros((2, 0)), RATE).shape == (3, 0)
    assert low_end_shares(tone(90)[:, : RATE + 5], tone(90)[:, : RATE + 5], RATE).shape == (3, 2)


def test_a_bass_that_left_with_a_high_voice_comes_back() -> None:
    high = voice(260)
    kept = keep_low_end(tone(55) + high, RATE, 150)[:, :]
    assert below(kept, 100) < 1e-3 * below(tone(55), 100)
    np.testing.assert_allclose(kept[:, RATE:-RATE], high[:, RATE:-RATE], atol=0.004)


def test_a_bass_alone_comes_back_also_with_a_few_harmonics() -> None:
    bass = tone(80) + tone(160, level=0.08) + tone(240, level=0.03) + tone(320, level=0.01)
    assert below(keep_low_end(bass, RATE, 150)[:, :], 110) < 1e-3 * below(bass, 110)


@pytest.mark.parametrize("hertz", [90, 110, 140])
def test_a_low_voice_leaves_whole(hertz: float) -> None:
    low = voice(hertz)
    kept = keep_low_end(low, RATE, 150)
    assert below(low - kept, 1.1 * hertz) < 0.02 * below(low, 1.1 * hertz)


def test_nothing_changes_above_the_frequency() -> None:
    high = voice(400) + tone(230)
    inside = slice(RATE, -RATE)  # where the tones begin and end, there is a low end
    np.testing.assert_allclose(keep_low_end(high, RATE, 150)[:, inside], high[:, inside], atol=2e-3)


def test_what_is_read_does_not_depend_on_the_blocks() -> None:
    vocals = voice(110)
    vocals[:, 3 * RATE :] = tone(60)[:, 3 * RATE :]
    keeper = LowEndKeeper(150, RATE)
    length = vocals.shape[1]
    whole = keeper.read(vocals, 0, length)
    edges = [0, 1, 700, 12_345, 48_000, 48_001, length - 3, length]
    parts = [keeper.read(vocals, a, b) for a, b in zip(edges, edges[1:], strict=False)]
    np.testing.assert_allclose(np.concatenate(parts, axis=1), whole, atol=1e-6)
    np.testing.assert_allclose(keep_low_end(vocals, RATE, 150)[:, :], whole, atol=1e-6)


def test_the_change_between_voice_and_bass_is_no_click() -> None:
    vocals = voice(110) * np.repeat([1, 0], 3 * RATE) + tone(40)
    sung = LowEndKeeper(150, RATE).sung(vocals, 0, vocals.shape[1])
    assert sung[RATE] == 1.0
    assert sung[5 * RATE] == 0.0
    assert np.abs(np.diff(sung)).max() < 1 / (0.1 * RATE) + 1e-9
    kept = keep_low_end(vocals.astype(np.float32), RATE, 150)
    low = vocals - kept
    fastest = 0.3 * 2 * np.pi * 150 / RATE
    assert np.abs(np.diff(low)).max() < fastest


def test_silence_mono_and_short_vocals_pass() -> None:
    for length in (0, 1, 50, RATE):
        silent = np.zeros((1, length), np.float32)
        assert keep_low_end(silent, RATE).shape == (1, length)
    assert keep_low_end(tone(60)[:1], RATE).dtype == np.float32


def test_keeping_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        keep_low_end(tone(60), RATE, cancelled=lambda: True)
