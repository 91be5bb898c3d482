"""The loudness that a network hears a frame against."""

import torch
from torch import Tensor
from torch.nn import functional

LEVEL_FRAMES = 43  # about a second on either side sets the level that a frame is seen at
QUIETEST = 1e-3  # of full scale, in STFT magnitude per sample of the window: below is silence


def local_level(magnitude: Tensor, window: float) -> Tensor:
    """The loudness a frame is heard against: mean magnitude over about two seconds.

    Args:
        magnitude: (batch, channel, bin, frame).
        window: sum of the STFT's window, which a full-scale tone's magnitude is half of.

    Returns:
        (batch, 1, 1, frame), never below silence. No song-wide maximum is needed, so any chunk
        of a song can be separated first.
    """
    means = magnitude.mean(dim=(1, 2))
    return level_around(means, bins=magnitude.shape[2], window=window)[:, None, None]


def level_around(means: Tensor, *, bins: int, window: float) -> Tensor:
    """`local_level` where each frame's mean is known.

    Args:
        means: (batch, frame), of the magnitudes of all bins and channels.
        bins: that a frame has.
        window: sum of the STFT's window.

    Returns:
        (batch, frame).
    """
    padding, width = (LEVEL_FRAMES, LEVEL_FRAMES), 2 * LEVEL_FRAMES + 1
    sums = functional.avg_pool1d(functional.pad(means, padding), width, 1)
    share = functional.avg_pool1d(functional.pad(torch.ones_like(means), padding), width, 1)
    return (sums / share).clamp_min(QUIETEST * window / bins**0.5)
