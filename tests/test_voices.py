"""Arrangements hold the voices that they say, where they say."""

import torch

from core.training import voices

RATE = 44100
LENGTH = RATE


def sung(hertz: float, batch: int = 1) -> torch.Tensor:
    """Harmonics up to 14 kHz, so that nothing is narrow."""
    time = torch.arange(voices.drawn_length(LENGTH)) / RATE
    partials = torch.arange(1, int(14_000 / hertz))[:, None]
    wave = (torch.sin(2 * torch.pi * hertz * partials * time) / partials**0.5).sum(0)
    return wave.expand(batch, 2, -1).clone()


def level_at(audio: torch.Tensor, hertz: float) -> torch.Tensor:
    """(batch, channels): strength of a frequency."""
    spectrum = torch.fft.rfft(audio * torch.hann_window(LENGTH)).abs()
    return spectrum[..., round(hertz) - 2 : round(hertz) + 3].amax(-1)


def test_a_lead_alone_keeps_its_pitch_and_length() -> None:
    torch.manual_seed(1)
    out = voices.arrange(sung(200, 4), LENGTH, blend=0.0, stack=0.0)
    assert out.shape == (4, 2, LENGTH)
    assert (level_at(out, 200) > 20 * level_at(out, 300)).all()
    assert (out[..., -1000:].abs().amax(-1) > 0.01).all()


def test_a_second_voice_is_a_harmony_a_double_or_another_singer() -> None:
    torch.manual_seed(2)
    drawn = torch.cat((sung(200, 12), sung(333, 12)))
    out = voices.arrange(drawn, LENGTH, blend=1.0, stack=0.0)
    alone = voices.arrange(drawn, LENGTH, blend=0.0, stack=0.0)
    for hertz in (300, 252):  # a fifth and a major third above the first singer
        found = level_at(out, hertz).amax(1) > 3 * level_at(alone, hertz).amax(1) + 30
        assert found.any()
        assert not found.all()


def test_a_stack_is_wide_and_without_a_lead() -> None:
    torch.manual_seed(3)
    out = voices.arrange(sung(200, 20), LENGTH, blend=0.0, stack=1.0)
    side, mid = (out[:, 0] - out[:, 1]).square().mean(), (out[:, 0] + out[:, 1]).square().mean()
    assert side > 0.1 * mid
    heard = [level_at(out, h).amax(1) > 30 for h in (100, 150, 200, 238, 252, 300)]
    assert torch.stack(heard).float().sum(0).mean() > 1.5
    some = voices.arrange(sung(200, 60), LENGTH, blend=0.0, stack=0.3)
    wide = (some[:, 0] - some[:, 1]).square().mean(-1) > 1e-3 * some.square().mean((1, 2))
    assert 8 < wide.sum() < 50


def test_treatment_keeps_shape_and_finite_values() -> None:
    torch.manual_seed(4)
    voice = voices.arrange(sung(200, 6), LENGTH, blend=0.5, stack=0.2)
    out = voices.treat(voice)
    assert out.shape == voice.shape
    assert out.isfinite().all()
    assert not torch.equal(out, voice)
