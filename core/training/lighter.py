"""A network's weights for one that does less."""

import torch
from torch import Tensor, nn

from core.models.config import AXIAL_LAYERS, FrameTransformerConfig
from core.models.frame_transformer import FrameTransformer


def without_layers(weights: dict[str, Tensor], config: FrameTransformerConfig) -> dict[str, Tensor]:
    """The weights less those of the axial core's layers that a config does without."""
    left_out = tuple(
        f"core.blocks.{block}.{layer}."
        for block, sizes in enumerate(config.axial_sizes)
        for layer, size in zip(AXIAL_LAYERS, sizes, strict=True)
        if not size
    )
    return {name: each for name, each in weights.items() if not name.startswith(left_out)}


def fit_kernels(network: FrameTransformer, former: FrameTransformerConfig) -> None:
    """Let kernels span the time that they spanned in the network that their weights come from.

    Each tap's weight is shared between the two places beside where it falls, by linear
    interpolation. Untrained, a network pooled by two then finds nearly the same voice.

    Args:
        network: with the weights of the other one.
        former: the other one's config: the same but for pooling.
    """
    config, levels = network.config, len(network.config.channels)
    parts = [(branch, level) for level, branch in enumerate(network.branches)]
    parts += [(branch, levels - 2 - depth) for depth, branch in enumerate(network.up_branches)]
    parts.append((network.core, levels - 1))
    for part, level in parts:
        ratio = config.frames_at(level) / former.frames_at(level)
        if ratio <= 1:
            continue
        for layer in part.modules():
            if isinstance(layer, nn.Conv1d | nn.Conv2d) and layer.kernel_size[-1] > 1:
                layer.weight.data = squeezed(layer.weight.data, ratio)


def squeezed(kernel: Tensor, ratio: float) -> Tensor:
    """A kernel (..., odd number of taps) whose taps stand closer to its middle.

    Args:
        kernel: weights.
        ratio: above 1, how much closer.
    """
    middle = kernel.shape[-1] // 2
    fitted = torch.zeros_like(kernel)
    for tap in range(-middle, middle + 1):
        place = tap / ratio
        below = int(place // 1)
        share = place - below
        fitted[..., middle + below] += (1 - share) * kernel[..., middle + tap]
        if share:
            fitted[..., middle + below + 1] += share * kernel[..., middle + tap]
    return fitted
