"""Each treatment does to a known signal what it says."""

import math

import pytest
import torch

from core.training import augmentation as aug

CPU = torch.device("cpu")
RATE = 44100


def tone(hertz: float, seconds: float = 1.0, batch: int = 1) -> torch.Tensor:
    time = torch.arange(round(seconds * RATE)) / RATE
    return torch.sin(2 * math.pi * hertz * time).expand(batch, 2, -1).clone()


def pitch(audio: torch.Tensor) -> float:
    spectrum = torch.fft.rfft(audio[0, 0] * torch.hann_window(audio.shape[-1])).abs()
    return float(spectrum.argmax()) * RATE / audio.shape[-1]


@pytest.mark.parametrize("ratio", [0.8, 1.0, 1.2])
def test_varispeed_moves_the_pitch(ratio: float) -> None:
    out = aug.varispeed(tone(1000, 1.3), torch.tensor([ratio]), RATE)
    assert out.shape == (1, 2, RATE)
    assert pitch(out) == pytest.approx(1000 * ratio, abs=1)
    assert out.abs().max() == pytest.approx(1, abs=0.02)


def test_stretching_changes_tempo_but_not_pitch() -> None:
    clicks = torch.zeros(1, 2, 2 * RATE)
    clicks[..., 4410::8820] = 1  # five a second
    for speed in (0.8, 1.0, 1.25):
        out = aug.stretch(tone(1000, 1.5), torch.tensor([speed]), RATE)
        assert out.shape == (1, 2, RATE)
        assert pitch(out) == pytest.approx(1000, abs=2)
        inner = out[..., 5000:-5000].square().mean().sqrt()
        assert inner == pytest.approx(0.5**0.5, rel=0.05)
        envelope = aug.stretch(clicks, torch.tensor([speed]), RATE).abs()[0, 0]
        rhythm = torch.fft.rfft(torch.nn.functional.avg_pool1d(envelope[None], 441)[0]).abs()
        beats = rhythm[2:9].argmax().item() + 2
        assert beats == pytest.approx(5 * speed, abs=0.51)


def test_stretching_keeps_left_and_right_apart() -> None:
    left = tone(700, 1.5)
    left[:, 1] = 0
    out = aug.stretch(left, torch.tensor([1.1]), RATE)
    assert out[:, 1].abs().max() < 1e-3
    assert out[:, 0].abs().max() > 0.9


def test_loudness_is_that_of_the_loud_parts() -> None:
    half = tone(440)
    half[..., RATE // 2 :] = 0
    assert aug.loudness(half).item() == pytest.approx(0.5**0.5, rel=0.01)


def test_a_chorus_adds_a_swaying_copy_to_some() -> None:
    click = torch.zeros(60, 2, RATE)
    click[..., 10_000] = 1
    out = aug.chorus(click, probability=0.5, device=CPU)
    added = out - click
    changed = added.abs().amax(dim=(1, 2)) > 0
    assert 15 < changed.sum() < 45
    places = added[changed].abs().argmax(dim=-1) - 10_000
    assert places.min() > 0.0009 * RATE
    assert places.max() < 0.032 * RATE
    assert (places[:, 0] != places[:, 1]).float().mean() > 0.8
    steady = aug.chorus(tone(440, batch=4), probability=1.0, device=CPU) - tone(440, batch=4)
    assert pitch(steady) == pytest.approx(440, rel=0.03)


def test_reverberation_keeps_the_direct_sound_and_adds_what_follows() -> None:
    click = torch.zeros(16, 2, RATE)
    click[..., 100] = 1
    wet = aug.reverberate(click, device=CPU)
    assert wet.shape == click.shape
    assert wet[..., :99].abs().max() < 1e-4  # nothing comes before its cause
    assert (wet[..., 100] - 1).abs().max() < 0.2
    late = wet[..., 1000:].square().sum((1, 2))
    assert (late > 1e-4).any()
    assert not torch.allclose(wet[0], wet[1])


def test_compression_brings_loud_and_quiet_together() -> None:
    audio = tone(440)
    audio[..., RATE // 2 :] *= 0.1
    out = aug.compress(audio, torch.tensor([1.0]))
    loud, quiet = out[..., 4000:18000].std(), out[..., 26000:40000].std()
    assert loud / quiet == pytest.approx(1, abs=0.1)
    assert torch.allclose(aug.compress(audio, torch.tensor([0.0])), audio, atol=1e-5)


def test_saturation_keeps_the_peak_and_adds_odd_harmonics() -> None:
    audio = tone(1000)
    bent = aug.saturate(audio, torch.tensor([5.0]))
    assert bent.abs().max() == pytest.approx(1, abs=0.01)
    spectrum = torch.fft.rfft(bent[0, 0]).abs()
    assert spectrum[3000] > 0.1 * spectrum[1000]
    assert torch.equal(aug.saturate(audio, torch.tensor([0.0])), audio)


def test_muting_silences_a_part_of_some() -> None:
    audio = torch.ones(200, 2, RATE)
    out = aug.mute_parts(audio, 0.5)
    silent = (out == 0).any(dim=-1).any(dim=-1)
    assert 0.3 < silent.float().mean() < 0.6
    assert (out.amax(dim=-1) == 1).float().mean() > 0.9


def test_a_gate_leaves_short_notes_of_some() -> None:
    audio = torch.ones(200, 2, 2 * RATE)
    out = aug.gate(audio, 0.5)
    gated = (out < 1).any(dim=-1).any(dim=-1)
    assert 0.35 < gated.float().mean() < 0.65
    open_share = (out[gated] > 0.5).float().mean()
    assert 0.2 < open_share < 0.6
    assert out.min() >= 0
    assert out.max() <= 1


def test_equalisers_are_smooth_and_of_the_asked_spread() -> None:
    gains = 20 * torch.log10(aug.equaliser(500, 1025, spread=3.0, device=CPU))
    assert gains.shape == (500, 1, 1025, 1)
    assert gains.std() == pytest.approx(2.5, abs=0.6)
    assert gains.diff(dim=2).abs().max() < 6


def test_filters_cut_where_they_should() -> None:
    low = aug.low_cut(200, 1025, probability=1.0, device=CPU)[:, 0, :, 0]
    assert low[:, 1].max() < 0.2  # 21 Hz
    assert low[:, 60:].min() > 0.85  # 1.3 kHz
    high = aug.high_cut(200, 1025, probability=1.0, device=CPU)[:, 0, :, 0]
    assert high[:, :400].min() == 1  # 8.6 kHz
    assert high[:, 900:].max() == 0  # 19 kHz
    untouched = aug.high_cut(200, 1025, probability=0.0, device=CPU)
    assert untouched.min() == 1


def test_narrow_voices_are_continued_upwards() -> None:
    torch.manual_seed(3)
    noise = torch.fft.rfft(torch.randn(6, 2, RATE))
    noise[:5, :, 8000:] = 0  # five recordings end at 8 kHz, one does not
    audio = torch.fft.irfft(noise, n=RATE)
    out = torch.fft.rfft(aug.extend_bandwidth(audio, probability=1.0)).abs()
    level = out.square().mean(1).sqrt()
    below, first = level[:, 5000:7500].mean(-1), level[:, 8500:11_000].mean(-1)
    second = level[:, 12_500:15_000].mean(-1)
    drop = 20 * torch.log10(below / first)[:5]
    assert drop.min() > 2
    assert drop.max() < 13
    assert (20 * torch.log10(first / second))[:5].min() > 2
    assert torch.allclose(out[:5, :, :7000], noise[:5, :, :7000].abs(), atol=0.1)
    assert torch.equal(out[5], torch.fft.rfft(audio[5]).abs())
    assert torch.equal(aug.extend_bandwidth(audio, probability=0.0), audio)


def test_coding_leaves_the_weak_out_of_both_stems_alike() -> None:
    torch.manual_seed(4)
    band = 0.5 * tone(5000, batch=8)
    voice = 0.001 * torch.randn(8, 2, RATE)
    coded_band, coded_voice = aug.code(band, voice, probability=1.0)
    spectrum = torch.fft.rfft(coded_voice[:, 0]).abs()
    before = torch.fft.rfft(voice[:, 0]).abs()
    near = slice(5100, 5200)  # hidden by the tone
    assert spectrum[:, near].mean() < 0.2 * before[:, near].mean()
    assert torch.allclose(spectrum[:, 100:1500], before[:, 100:1500], atol=0.05)
    assert (coded_band - band)[..., 2000:-2000].abs().max() < 0.01
    same = aug.code(band, voice, probability=0.0)
    assert torch.equal(same[0], band)
    assert torch.equal(same[1], voice)


def test_colouring_changes_levels_of_frequencies_only() -> None:
    audio = tone(1000, batch=20)
    out = aug.coloured(audio, spread=3.0, probability=0.5)
    level = out.square().mean((1, 2)).sqrt()
    plain = torch.isclose(level, audio[0].square().mean().sqrt(), rtol=1e-3)
    assert 3 < plain.sum() < 17
    assert pitch(out) == pytest.approx(1000, abs=1)
