"""Stems read block by block from the mixture and the voice, as a mix says."""

from collections.abc import Callable

import numpy as np

from core.audio import Audio
from core.mix import Mix, VoiceFilter
from core.samples import Samples
from core.stems import Stem

Read = Callable[[int, int], np.ndarray]
"""Gives the samples [start, stop), (channels, stop - start) float32."""


def stem_readers(mixture: Audio, vocals: Samples, mix: Mix) -> dict[Stem, Read]:
    """Readers of all stems; `vocals` is (channels, samples), as the mixture."""
    whole = mixture.samples

    def plain(start: int, stop: int) -> np.ndarray:
        difference: np.ndarray = whole[:, start:stop] - vocals[:, start:stop]
        return difference

    removed = VoiceFilter(mix.voice_removed, mixture.rate)

    def mixed(start: int, stop: int) -> np.ndarray:
        difference: np.ndarray = whole[:, start:stop] - removed.read(vocals, start, stop)
        return difference

    return {
        Stem.MIXTURE: lambda start, stop: whole[:, start:stop],
        Stem.VOCALS: lambda start, stop: vocals[:, start:stop],
        Stem.INSTRUMENTAL: mixed if mix.holds_voice else plain,
    }


def sum_reader(mixture: Audio, vocals: Samples, mix: Mix) -> Read:
    """A reader of what the stems sum to: the mixture, and the voice that the mix gives back."""
    whole = mixture.samples
    if not mix.holds_voice:
        return lambda start, stop: whole[:, start:stop]
    kept = VoiceFilter(mix.voice_kept, mixture.rate)
    return lambda start, stop: whole[:, start:stop] + kept.read(vocals, start, stop)


def scaled(read: Read, gain: float) -> Read:
    """The same reader with a linear gain; with 1.0, bit for bit."""
    return read if gain == 1.0 else lambda start, stop: read(start, stop) * np.float32(gain)
