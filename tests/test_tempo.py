"""Pitch and tempo of known signals move as asked."""

import pytest
import torch

from core.training import tempo
from tests.test_augmentation import RATE, pitch, tone


@pytest.mark.parametrize("ratio", [0.8, 1.0, 1.2])
def test_varispeed_moves_the_pitch(ratio: float) -> None:
    out = tempo.varispeed(tone(1000, 1.3), torch.tensor([ratio]), RATE)
    assert out.shape == (1, 2, RATE)
    assert pitch(out) == pytest.approx(1000 * ratio, abs=1)
    assert out.abs().max() == pytest.approx(1, abs=0.02)


def test_stretching_changes_tempo_but_not_pitch() -> None:
    clicks = torch.zeros(1, 2, 2 * RATE)
    clicks[..., 4410::8820] = 1  # five a second
    for speed in (0.8, 1.0, 1.25):
        out = tempo.stretch(tone(1000, 1.5), torch.tensor([speed]), RATE)
        assert out.shape == (1, 2, RATE)
        assert pitch(out) == pytest.approx(1000, abs=2)
        inner = out[..., 5000:-5000].square().mean().sqrt()
        assert inner == pytest.approx(0.5**0.5, rel=0.05)
        envelope = tempo.stretch(clicks, torch.tensor([speed]), RATE).abs()[0, 0]
        rhythm = torch.fft.rfft(torch.nn.functional.avg_pool1d(envelope[None], 441)[0]).abs()
        beats = rhythm[2:9].argmax().item() + 2
        assert beats == pytest.approx(5 * speed, abs=0.51)


def test_stretching_keeps_left_and_right_apart() -> None:
    left = tone(700, 1.5)
    left[:, 1] = 0
    out = tempo.stretch(left, torch.tensor([1.1]), RATE)
    assert out[:, 1].abs().max() < 1e-3
    assert out[:, 0].abs().max() > 0.9
