"""What training makes small."""

import torch
from torch import Tensor
from torch.nn import functional

SAG_FRAMES = 17


def separation_loss(
    estimate: Tensor,
    vocals: Tensor,
    mixture: Tensor,
    *,
    magnitude_weight: float,
    energy_weight: float = 0.0,
    sag_weight: float = 0.0,
) -> Tensor:
    """Distance of the estimated voice from the true one, relative to the mixture.

    The first term is the L1 norm of the complex difference, the same for voice and instrumental
    since both sum to the mixture: it knows about phase, as the SDR does. The second compares the
    instrumental's magnitudes, so that it does not sag where the network is in doubt. The third is
    the RMS of the complex difference, by Parseval's theorem that of the waveforms too: it weighs
    errors by their energy, as the SDR does, so low notes count for more than in the first. The
    fourth is `sag`.

    Args:
        estimate, vocals, mixture: (batch, channel, bin, frame), complex64.
        magnitude_weight, energy_weight, sag_weight: of the other terms against the first.

    Returns:
        A scalar.
    """
    axes = (1, 2, 3)
    scale = mixture.abs().mean(axes).clamp_min(1e-3)
    loss = _modulus(estimate - vocals).mean(axes)
    if magnitude_weight:
        true, found = _modulus(mixture - vocals), _modulus(mixture - estimate)
        loss = loss + magnitude_weight * (found - true).abs().mean(axes)
    loss = loss / scale
    if energy_weight:
        loss = loss + energy_weight * _rms(estimate - vocals) / _rms(mixture).clamp_min(1e-3)
    if sag_weight:
        loss = loss + sag_weight * sag(mixture - estimate, mixture - vocals)
    return loss.mean()


def sag(found: Tensor, true: Tensor) -> Tensor:
    """How much too quiet an instrumental gets, by the windows in which dropouts are counted.

    Args:
        found, true: instrumentals, (batch, channel, bin, frame), complex64.

    Returns:
        (batch,): mean over windows of 17 frames (0.4 s at the default hop) of the level that is
        missing beyond 1 dB, in tens of dB. Levels below -40 dB of an item's mean count as that.
    """
    size = min(SAG_FRAMES, true.shape[-1])
    powers = [torch.view_as_real(z).square().sum((1, 2, 4)) for z in (found, true)]
    floor = 1e-4 * powers[1].mean(-1, keepdim=True) + 1e-10
    levels = [
        10 * torch.log10(functional.avg_pool1d(power, size, max(size // 2, 1)) + floor)
        for power in powers
    ]
    return (levels[1] - levels[0] - 1).clamp_min(0).mean(-1) / 10


def magnitude_loss(estimate: Tensor, vocals: Tensor, mixture: Tensor) -> Tensor:
    """The published loss: L1 between the masked and the true instrumental's magnitudes.

    Args:
        estimate, vocals, mixture: (batch, channel, bin, frame), complex64.
    """
    return (_modulus(mixture - estimate) - _modulus(mixture - vocals)).abs().mean()


def _rms(z: Tensor) -> Tensor:
    """(batch,): root of each item's mean |z| squared."""
    return (torch.view_as_real(z).square().sum(-1).mean((1, 2, 3)) + 1e-10).sqrt()


def _modulus(z: Tensor) -> Tensor:
    """|z| with a gradient of zero, not NaN, at zero."""
    return (torch.view_as_real(z).square().sum(-1) + 1e-10).sqrt()
