"""Batched changes to the spectrum of audio, on whatever device it is on.

Every function takes the whole batch; what happens to an item is drawn from torch's generator.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

from core.training.augmentation import RATE, chance, from_db, uniform


def extend_bandwidth(audio: Tensor, *, probability: float) -> Tensor:
    """Give narrow recordings, as of speech at 16 or 22 kHz, the highs that they lack.

    What lies in the octave below an item's upper edge is copied above it twice, 3 to 12 dB lower
    each time, as spectral band replication does (Dietz et al. 2002): consonants go on as noise.

    Args:
        audio: (batch, channels, samples).
        probability: chance of a narrow item to be extended; items that reach 13 kHz are not narrow.
    """
    *_, length = audio.shape
    device = audio.device
    spectrum = torch.fft.rfft(audio)
    bins = spectrum.shape[-1]
    width = max(round(250 * length / RATE), 1)  # bands of 250 Hz
    power = functional.avg_pool1d(spectrum.abs().square().mean(1), width)
    heard = power > power.amax(-1, keepdim=True) * 10**-7.5
    edge = (torch.arange(heard.shape[-1], device=device) * heard).amax(-1) * width
    narrow = (edge < 13_000 * length / RATE) & (edge > 3000 * length / RATE)
    narrow = narrow & chance(len(audio), probability, device=device)
    if not narrow.any():
        return audio
    gain = from_db(uniform(len(audio), -12, -3, device=device))[:, None]
    index = torch.arange(bins, device=device) - edge[:, None]
    octave = (edge // 2).clamp_min(1)[:, None]
    copy = torch.div(index, octave, rounding_mode="floor") + 1  # 0 below the edge
    source = torch.where(copy > 0, index + edge[:, None] - copy.clamp_min(0) * octave, 0)
    level = torch.where((copy > 0) & (copy < 3) & narrow[:, None], gain ** copy.clamp_min(0), 0.0)
    added = spectrum.gather(-1, source.clamp_min(0)[:, None].expand_as(spectrum)) * level[:, None]
    return audio + torch.fft.irfft(added, n=length)


def code(band: Tensor, voice: Tensor, *, probability: float) -> tuple[Tensor, Tensor]:
    """Leave out, for some items, what a lossy coder would not spend bits on.

    Above 2 kHz, bins of the mixture's spectrum (windows of 0.05 s) that are 6 to 18 dB weaker than
    the 0.7 kHz around them are silenced, in both stems alike, so that they still add up.

    Args:
        band, voice: (batch, 2, samples).
    """
    B, _, length = band.shape
    chosen = torch.nonzero(chance(B, probability, device=band.device)).flatten()
    if not len(chosen):
        return band, voice
    window = torch.hann_window(2048, device=band.device)

    def analyse(audio: Tensor) -> Tensor:
        flat = audio.reshape(-1, length)
        return torch.stft(flat, 2048, 512, window=window, pad_mode="constant", return_complex=True)

    power = analyse(band[chosen] + voice[chosen]).abs().square()
    around = functional.avg_pool2d(power[:, None], (33, 1), 1, (16, 0), count_include_pad=False)
    depth = from_db(-2 * uniform(2 * len(chosen), 6, 18, device=band.device))[:, None, None]
    kept = (power > around[:, 0] * depth) | (torch.arange(1025, device=band.device) < 93)[:, None]
    out = []
    for stem in (band, voice):
        coded = torch.istft(analyse(stem[chosen]) * kept, 2048, 512, window=window, length=length)
        out.append(stem.index_copy(0, chosen, coded.view(len(chosen), 2, length)))
    return out[0], out[1]


def coloured(
    audio: Tensor,
    *,
    spread: float,
    probability: float,
    high_pass: float = 0.0,
    band_limit: float = 0.0,
) -> Tensor:
    """Equalise some items, in the spectrum of the whole crop.

    Args:
        audio: (batch, channels, samples).
        spread: dB RMS, see `equaliser`.
        probability, high_pass, band_limit: chance of the equaliser and of either filter.
    """
    size, _, length = audio.shape
    device = audio.device
    gains = equaliser(size, 1025, spread=spread, device=device)
    chosen = chance(size, probability, device=device)[:, None, None, None]
    gains = torch.where(chosen, gains, torch.ones_like(gains))
    gains = gains * low_cut(size, 1025, probability=high_pass, device=device)
    gains = gains * high_cut(size, 1025, probability=band_limit, device=device)
    fine = functional.interpolate(
        gains[..., 0], size=length // 2 + 1, mode="linear", align_corners=True
    )
    return torch.fft.irfft(torch.fft.rfft(audio) * fine, n=length)


def equaliser(batch: int, bins: int, *, spread: float, device: torch.device) -> Tensor:
    """(batch, 1, bins, 1): smooth random gains over log frequency, `spread` dB RMS at a knot."""
    knots = torch.randn(batch, 1, 9, device=device) * spread
    position = torch.log2(torch.arange(bins, device=device) + 8.0)
    position = (position - position[0]) / (position[-1] - position[0]) * 8
    index = position.long().clamp(0, 7)
    share = position - index
    gains = knots[..., index] * (1 - share) + knots[..., index + 1] * share
    return from_db(gains)[..., None]


def high_cut(batch: int, bins: int, *, probability: float, device: torch.device) -> Tensor:
    """(batch, 1, bins, 1): nothing above 10 to 18 kHz for some items, as codecs leave it."""
    edge = uniform(batch, 10e3, 18e3, device=device) / (RATE / 2) * bins
    limited = chance(batch, probability, device=device)
    below = torch.arange(bins, device=device) < edge[:, None]
    return (below | ~limited[:, None]).float()[:, None, :, None]


def low_cut(batch: int, bins: int, *, probability: float, device: torch.device) -> Tensor:
    """(batch, 1, bins, 1): 12 dB per octave below 60 to 400 Hz for some, as mixers cut voices."""
    octaves = math.log2(400 / 60)
    corner = 60 * 2 ** uniform(batch, 0, octaves, device=device) / (RATE / 2) * bins
    ratio = torch.arange(bins, device=device) / corner[:, None]
    gain = ratio.square() / (1 + ratio.square())
    chosen = chance(batch, probability, device=device)[:, None]
    return torch.where(chosen, gain, torch.ones_like(gain))[:, None, :, None]
