"""How much of a doubtful voice is taken out of a song."""

import numpy as np
import torch

from core.stft import Stft

_N_FFT, _HOP = 2048, 512  # samples
_SILENCE = 1e-9  # magnitude
_NEARLY = 1e-4


def with_strength(mixture: np.ndarray, vocals: np.ndarray, strength: float) -> np.ndarray:
    """Take more or less of a voice where it is doubtful whether it is one.

    Let m be the instrumental's share of the magnitudes in a bin of a frame. The vocals there
    are multiplied by (1 - m^strength) / (1 - m): by 1 where all is voice and by the strength
    where nearly nothing is, as if the network's mask for the instrumental had that exponent. So
    what is certain stays as it is.

    Measured as in `core.takes.separate_region`, the instrumental's SDR and the share of the voice
    that stays in it: strength 2 costs 0.39 dB and leaves 1.9 dB less voice (a plain factor of 2
    costs 4.7 dB); 0.5 costs 0.23 dB and leaves 2.3 dB more, but sags over 3 dB in 4.8 % of the
    sung time instead of 8.5 %.

    Args:
        mixture, vocals: (channels, samples), float32.
        strength: above 0; 1 changes nothing.

    Returns:
        (channels, samples), float32.
    """
    stft = Stft(_N_FFT, _HOP)
    changed = np.empty_like(vocals)
    for channel, (whole, voice) in enumerate(zip(mixture, vocals, strict=True)):
        spectrum = stft.analyse(torch.from_numpy(np.ascontiguousarray(voice)))
        rest = stft.analyse(torch.from_numpy(np.ascontiguousarray(whole - voice))).abs()
        share = rest / (rest + spectrum.abs()).clamp_min(_SILENCE)
        doubt = share > 1 - _NEARLY  # there the quotient's limit is the strength
        gain = (1 - share**strength) / (1 - share).clamp_min(_NEARLY)
        gain[doubt] = strength
        changed[channel] = stft.synthesise(spectrum * gain, length=len(voice)).numpy()
    return changed
