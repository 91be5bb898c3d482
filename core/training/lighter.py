"""A network's weights for one that does less."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from core.models.axial import AxialCore
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
        former: the other one's config: the same but for what is seen as one.
    """
    now, then = _over_frames(network, network.config), _over_frames(network, former)
    for (part, step), (_, former_step) in zip(now, then, strict=True):
        ratio = step / former_step
        if ratio <= 1:
            continue
        for layer in part.modules():
            if isinstance(layer, nn.Conv1d | nn.Conv2d) and layer.kernel_size[-1] > 1:
                layer.weight.data = squeezed(layer.weight.data, ratio)


def _over_frames(
    network: FrameTransformer, config: FrameTransformerConfig
) -> Iterator[tuple[nn.Module, int]]:
    """What has kernels over frames, and how many of the spectrogram's a config makes one there."""
    deepest = len(config.channels) - 1
    for level, branch in enumerate(network.branches):
        yield branch, config.encoder_step(level)
    for depth, branch in enumerate(network.up_branches):
        yield branch, config.decoder_step(deepest - 1 - depth)
    if isinstance(network.core, AxialCore):
        for block, sizes in zip(network.core.blocks, config.axial_sizes, strict=True):
            yield block, config.frames_at(deepest) * max(sizes[1], 1)


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
