"""Each filter does to a known spectrum what it says."""

import pytest
import torch

from core.training import filters
from tests.test_augmentation import CPU, RATE, pitch, tone


def test_equalisers_are_smooth_and_of_the_asked_spread() -> None:
    gains = 20 * torch.log10(filters.equaliser(500, 1025, spread=3.0, device=CPU))
    assert gains.shape == (500, 1, 1025, 1)
    assert gains.std() == pytest.approx(2.5, abs=0.6)
    assert gains.diff(dim=2).abs().max() < 6


def test_filters_cut_where_they_should() -> None:
    low = filters.low_cut(200, 1025, probability=1.0, device=CPU)[:, 0, :, 0]
    assert low[:, 1].max() < 0.2  # 21 Hz
    assert low[:, 60:].min() > 0.85  # 1.3 kHz
    high = filters.high_cut(200, 1025, probability=1.0, device=CPU)[:, 0, :, 0]
    assert high[:, :400].min() == 1  # 8.6 kHz
    assert high[:, 900:].max() == 0  # 19 kHz
    untouched = filters.high_cut(200, 1025, probability=0.0, device=CPU)
    assert untouched.min() == 1


def test_narrow_voices_are_continued_upwards() -> None:
    torch.manual_seed(3)
    noise = torch.fft.rfft(torch.randn(6, 2, RATE))
    noise[:5, :, 8000:] = 0  # five recordings end at 8 kHz, one does not
    audio = torch.fft.irfft(noise, n=RATE)
    out = torch.fft.rfft(filters.extend_bandwidth(audio, probability=1.0)).abs()
    level = out.square().mean(1).sqrt()
    below, first = level[:, 5000:7500].mean(-1), level[:, 8500:11_000].mean(-1)
    second = level[:, 12_500:15_000].mean(-1)
    drop = 20 * torch.log10(below / first)[:5]
    assert drop.min() > 2
    assert drop.max() < 13
    assert (20 * torch.log10(first / second))[:5].min() > 2
    assert torch.allclose(out[:5, :, :7000], noise[:5, :, :7000].abs(), atol=0.1)
    assert torch.equal(out[5], torch.fft.rfft(audio[5]).abs())
    assert torch.equal(filters.extend_bandwidth(audio, probability=0.0), audio)


def test_coding_leaves_the_weak_out_of_both_stems_alike() -> None:
    torch.manual_seed(4)
    band = 0.5 * tone(5000, batch=8)
    voice = 0.001 * torch.randn(8, 2, RATE)
    coded_band, coded_voice = filters.code(band, voice, probability=1.0)
    spectrum = torch.fft.rfft(coded_voice[:, 0]).abs()
    before = torch.fft.rfft(voice[:, 0]).abs()
    near = slice(5100, 5200)  # hidden by the tone
    assert spectrum[:, near].mean() < 0.2 * before[:, near].mean()
    assert torch.allclose(spectrum[:, 100:1500], before[:, 100:1500], atol=0.05)
    assert (coded_band - band)[..., 2000:-2000].abs().max() < 0.01
    same = filters.code(band, voice, probability=0.0)
    assert torch.equal(same[0], band)
    assert torch.equal(same[1], voice)


def test_colouring_changes_levels_of_frequencies_only() -> None:
    audio = tone(1000, batch=20)
    out = filters.coloured(audio, spread=3.0, probability=0.5)
    level = out.square().mean((1, 2)).sqrt()
    plain = torch.isclose(level, audio[0].square().mean().sqrt(), rtol=1e-3)
    assert 3 < plain.sum() < 17
    assert pitch(out) == pytest.approx(1000, abs=1)
