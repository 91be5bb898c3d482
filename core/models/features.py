"""What a frame transformer sees of a mixture's spectrogram."""

import torch
from torch import Tensor

from core.models.config import Features, FrameTransformerConfig
from core.models.level import level_around
from core.stretches import in_stretches, pooled, stretches


def features_of(mixture: Tensor, config: FrameTransformerConfig) -> Tensor:
    """The magnitudes of a spectrogram, against the level around each frame.

    Frames that the finest level sees as one are seen at their mean magnitude.

    Args:
        mixture: (batch, 2, bins + 1, frames), complex: left and right.
        config: says which features, and how many frames are one.

    Returns:
        (batch, 2 or 4, heard bins, frames of the finest level): the top bin is dropped, as
        published.
    """
    size, bins, device = config.frames_at(0), mixture.shape[2] - 1, mixture.device
    heard = config.heard_bins
    count = -(-mixture.shape[3] // size)
    maps, means = [], []
    for start, stop in stretches(count, device=device):
        # Frame by frame, as a spectrogram lies in memory.
        part = mixture[:, :, :heard, start * size : stop * size].transpose(2, 3)
        magnitude = modulus(part)
        means.append(magnitude.sum(dim=(1, 3)) / (2 * bins))
        magnitude = pooled(magnitude, size, dim=2)
        if config.features is Features.LOG_MID_SIDE:
            left, right = part.unbind(1)
            both = modulus(torch.stack((left + right, left - right), dim=1))
            magnitude = torch.cat((magnitude, pooled(both, size, dim=2) / 2), dim=1)
        maps.append(magnitude)
    around = level_around(torch.cat(means, dim=1), bins=bins, window=config.n_fft / 2)
    level, waiting = pooled(around, size, dim=1)[:, None, :, None], iter(maps)

    def against_level(start: int, stop: int) -> Tensor:
        found = next(waiting) / level[:, :, start:stop]
        if config.features is Features.LOG_MID_SIDE:
            found = found.add_(1e-2).log_().div_(2)
        return found.permute(0, 2, 3, 1)

    return in_stretches(against_level, count, dim=1, device=device).permute(0, 3, 2, 1)


def modulus(z: Tensor) -> Tensor:
    """|z|, in half the time of torch's own on a CPU, which guards against overflow."""
    squares = torch.view_as_real(z).square()
    return (squares[..., 0] + squares[..., 1]).sqrt_()
