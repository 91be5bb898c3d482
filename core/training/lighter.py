"""A network's weights for one that does less."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from core.models.axial import AxialCore, AxialFeedForward
from core.models.config import AXIAL_LAYERS, FrameTransformerConfig, Norm
from core.models.convolutions import DecoderLevel, EncoderLevel
from core.models.frame_transformer import FrameTransformer
from core.models.pointwise import PointwiseConv


def without_layers(weights: dict[str, Tensor], config: FrameTransformerConfig) -> dict[str, Tensor]:
    """The weights less those of the axial core's layers that a config does without."""
    left_out = tuple(
        f"core.blocks.{block}.{layer}."
        for block, sizes in enumerate(config.axial_sizes)
        for layer, size in zip(AXIAL_LAYERS, sizes, strict=True)
        if not size
    )
    return {name: each for name, each in weights.items() if not name.startswith(left_out)}


def narrowed(
    weights: dict[str, Tensor], network: FrameTransformer, former: FrameTransformer
) -> dict[str, Tensor]:
    """The weights with those channels alone for which a network has room.

    Inside an encoder level and inside the core's feed-forward layers the channels are kept whose
    weights let most of them through. What a decoder level is given is squeezed to what its layers
    see most of. Positions that are not heard go; what stands for them is yet to be learned.

    Args:
        weights: of the wider network, less the layers that are left out.
        network: the narrower one.
        former: the wider one.
    """
    fitted, wider = dict(weights), dict(former.named_modules())
    by_channel = {network.config.norm, former.config.norm} == {Norm.BATCH}
    for name, layer in network.named_modules() if by_channel else ():
        before = wider.get(name)
        if isinstance(layer, EncoderLevel) and isinstance(before, EncoderLevel):
            given = weights[f"{name}.body.1.0.weight"]
            taken = weights[f"{name}.body.1.2.weight"].flatten(2).norm(dim=2)
            kept = _most_used(given, taken, layer.inner)
            _keep(fitted, f"{name}.body.0.2", kept, dim=0)
            _keep(fitted, f"{name}.body.1.0", kept, dim=0)
            _keep(fitted, f"{name}.body.1.2", kept, dim=1)
        elif isinstance(layer, AxialFeedForward) and isinstance(before, AxialFeedForward):
            given = before.inner.weight.flatten(1).norm(dim=1)
            kept = _most_used(given, before.outer.weight, len(layer.inner.weight))
            _keep(fitted, f"{name}.inner", kept, dim=0)
            _keep(fitted, f"{name}.outer.weight", kept, dim=1)
        elif (
            isinstance(layer, DecoderLevel)
            and isinstance(before, DecoderLevel)
            and layer.below is not None
            and before.below is None
        ):
            for part, tensor in _squeezing(before, layer.below).items():
                fitted[f"{name}.{part}"] = tensor
    for name, tensor in network.state_dict().items():
        if name.endswith(".unheard") and name not in fitted:
            fitted[name] = tensor
        elif name == "core.place" and name in fitted:
            fitted[name] = fitted[name][: len(tensor)]
    return fitted


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


def _most_used(given: Tensor, weights: Tensor, count: int) -> Tensor:
    """Which channels a layer lets most of through, in order.

    Args:
        given: (channel,): how much of each there is.
        weights: (output, channel): what the layer that takes them makes of each.
        count: of those to keep.
    """
    used = given.abs() * weights.norm(dim=0)
    return used.argsort(descending=True)[:count].sort().values


def _keep(weights: dict[str, Tensor], prefix: str, kept: Tensor, *, dim: int) -> None:
    for name in [name for name in weights if name.startswith(prefix)]:
        if weights[name].dim() > dim:
            weights[name] = weights[name].index_select(dim, kept)


def _squeezing(before: DecoderLevel, to: PointwiseConv) -> dict[str, Tensor]:
    """The weights of a level that squeezes its inputs, fitted to one that does not.

    Of either input those directions are kept of which the convolution and the residual, linear but
    for what lies before them, see most (by singular values), each at its own loudness, as far as
    the batch norm knows it.
    """
    count, below = to.weight.shape[:2]
    weights = before.state_dict()
    spread, taps = weights["body.0.running_var"].sqrt(), weights["body.2.weight"].squeeze(3)
    residual = before.residual.weight.flatten(1)
    seen = torch.cat((*taps.unbind(2), residual))
    squeezes = []
    for part in (slice(0, below), slice(below, None)):
        _, _, directions = torch.linalg.svd(seen[:, part] * spread[part], full_matrices=False)
        squeezes.append(directions[:count] / spread[part])
    squeeze = torch.block_diag(*squeezes)
    back = torch.linalg.pinv(squeeze * spread) * spread[:, None]
    mean = squeeze @ weights["body.0.running_mean"]
    return {
        "below.weight": squeezes[0][:, :, None, None],
        "skip.weight": squeezes[1][:, :, None, None],
        "body.0.running_mean": mean,
        "body.0.running_var": torch.ones_like(mean),
        "body.0.weight": torch.ones_like(mean),
        "body.0.bias": torch.zeros_like(mean),
        "body.2.weight": torch.einsum("oit,ij->ojt", taps, back)[..., None],
        "residual.weight": (residual @ back)[:, :, None, None],
    }
