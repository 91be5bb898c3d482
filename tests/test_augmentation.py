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
