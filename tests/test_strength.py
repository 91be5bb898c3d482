"""Strength changes what is doubtful, and leaves what is certain."""

import numpy as np
import pytest

from core.strength import with_strength
from tests.songs import noise

RATE = 44_100


def test_strength_one_changes_nothing() -> None:
    mixture, vocals = noise(RATE), 0.5 * noise(RATE + 1)[:, 1:]
    assert np.allclose(with_strength(mixture, vocals, 1.0), vocals, atol=1e-6)


def test_more_strength_takes_more_where_it_is_doubtful_and_no_more_where_it_is_certain() -> None:
    time = np.arange(RATE) / RATE
    voice, music = (0.3 * np.sin(2 * np.pi * hertz * time) for hertz in (440.0, 3000.0))
    mixture = np.stack([voice + music] * 2).astype(np.float32)
    # All of the voice is found, and by mistake a twentieth of the music.
    vocals = np.stack([voice + 0.05 * music] * 2).astype(np.float32)
    inside = slice(4096, -4096)
    for strength, expected in ((2.0, 1 - 0.95**2), (0.5, 1 - 0.95**0.5)):
        changed = with_strength(mixture, vocals, strength)
        bleed = 2 * np.mean(changed[0, inside] * music[inside]) / 0.3**2
        kept = 2 * np.mean(changed[0, inside] * voice[inside]) / 0.3**2
        assert bleed == pytest.approx(expected, rel=0.05)
        assert kept == pytest.approx(1.0, abs=0.01)
