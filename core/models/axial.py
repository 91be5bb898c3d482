"""Attention along frames and along positions in turn, over a level's whole feature maps."""

from itertools import groupby
from operator import itemgetter

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.attention import neighbours, rotate, rotate_neighbours
from core.models.config import AXIAL_LAYERS, FrameTransformerConfig
from core.stretches import changed_at_fewer


class AxialAttention(nn.Module):
    """Self-attention along the frames, no further than `reach`, or along the positions.

    A frame here stands for `step` frames of the spectrogram, which `reach` and positions count.
    All frames attend, but where `stride` is more than one only to each `stride`th.
    """

    def __init__(
        self,
        channels: int,
        config: FrameTransformerConfig,
        *,
        reach: int,
        step: int = 1,
        stride: int = 1,
    ) -> None:
        """Take the width, the config and how far frames see; 0 is along positions."""
        super().__init__()
        self.heads, self.step, self.stride = config.axial_heads, step, stride
        self.reach = -(-reach // (step * stride)) * stride
        self.norm = nn.LayerNorm(channels)
        self.projection = nn.Linear(channels, 3 * channels)
        self.out = nn.Linear(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        """(frame, batch, position, channel) to the same."""
        T, B, P, C = x.shape
        y = self.norm(x)
        weights, biases = self.projection.weight.chunk(3), self.projection.bias.chunk(3)
        layers = [*zip(weights, biases, strict=True)]
        # No compiler takes complex numbers, and other arithmetics have none.
        by_neighbours = self.reach and x.device.type == "cpu" and x.dtype is torch.float32
        if by_neighbours:
            layers[:2] = [
                (neighbours(weight, heads=self.heads), neighbours(bias, heads=self.heads))
                for weight, bias in layers[:2]
            ]
        attended = y[:: self.stride]
        q, k, v = (
            functional.linear(frames, *layer).view(len(frames), B * P, self.heads, -1)
            for frames, layer in zip((y, attended, attended), layers, strict=True)
        )
        if self.reach:
            turn = rotate_neighbours if by_neighbours else _rotate
            q, k = turn(q, step=self.step), turn(k, step=self.step * self.stride)
            q, k, v = (each.flatten(1, 2) for each in (q, k, v))
            y = near_attention(q, k, v, reach=self.reach, stride=self.stride)
        else:
            q, k, v = (each.view(T * B, P, self.heads, -1).transpose(1, 2) for each in (q, k, v))
            y = short_attention(q, k, v).transpose(1, 2)
        return x + self.out(y.reshape(T, B, P, C))


def short_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Attention of all steps to all, for many short sequences.

    On a CPU torch's fused attention takes such one by one; three products of all at once were
    measured to take two thirds of its time in bfloat16.

    Args:
        q, k, v: (batch, head, step, feature).

    Returns:
        The same shape.
    """
    if q.device.type != "cpu" or q.dtype is torch.float32 or q.requires_grad:
        return functional.scaled_dot_product_attention(q, k, v)
    shape = q.shape
    q, k, v = (x.reshape(-1, *shape[-2:]) for x in (q, k, v))
    affinities = torch.bmm(q * shape[-1] ** -0.5, k.transpose(1, 2))
    return torch.bmm(affinities.softmax(-1), v).view(shape)


def _rotate(x: Tensor, *, step: int) -> Tensor:
    """(frame, row, head, feature) turned by frame."""
    return rotate(x[None], step=step)[0]


def near_attention(q: Tensor, k: Tensor, v: Tensor, *, reach: int, stride: int = 1) -> Tensor:
    """Attention of steps to those at most `reach` before or after them.

    Worked in stretches of a `reach`, each against itself and what is near it, so that the work
    grows with the length and not with its square.

    Args:
        q: (step, row, feature); the rows, of all sequences and heads, do not see each other.
        k, v: the same of every `stride`th step, from the first.
        reach: in steps, a multiple of the stride.
        stride: from one step that is attended to, to the next.

    Returns:
        The same shape as `q`.
    """
    S, near = len(q), reach // stride
    count = -(-S // reach)
    # Row by row, so that a stretch is one piece of memory; those of keys and values overlap in it.
    q, k, v = (x.transpose(0, 1) for x in (q, k, v))
    q = _among_zeros(q, before=0, count=count * reach).unflatten(1, (count, reach))
    k, v = (
        _among_zeros(x, before=near, count=(count + 2) * near)
        .unfold(1, 3 * near, near)
        .transpose(2, 3)
        for x in (k, v)
    )
    seen = _near(count, reach, S, stride=stride, device=q.device)
    y = functional.scaled_dot_product_attention(q, k, v, attn_mask=seen)
    return y.flatten(1, 2)[:, :S].transpose(0, 1)


def _among_zeros(x: Tensor, *, before: int, count: int) -> Tensor:
    """(row, step, feature) as `count` steps, of which those before and after are zeros.

    Torch's own padding fills all with zeros first.
    """
    padded = x.new_empty((x.shape[0], count, x.shape[2]))
    after = before + x.shape[1]
    padded[:, :before] = 0
    padded[:, before:after] = x
    padded[:, after:] = 0
    return padded


def _near(count: int, reach: int, steps: int, *, stride: int, device: torch.device) -> Tensor:
    """(1, stretch, step, step around it) bool: which are near, and within the signal."""
    step = torch.arange(reach, device=device)[:, None]
    other = torch.arange(0, 3 * reach, stride, device=device)[None] - reach
    place = other + reach * torch.arange(count, device=device)[:, None, None]
    seen = ((other - step).abs() <= reach) & (place >= 0) & (place < steps)
    # A step beyond the end sees none but its own, so that nothing is divided by zero.
    own = other == step // stride * stride
    return (seen | (own & (place >= steps)))[None]


class AxialFeedForward(nn.Module):
    """Two layers with a GELU between; the first sees `width` neighbouring frames."""

    def __init__(self, channels: int, *, inner: int, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.inner = nn.Conv2d(channels, inner, (1, width), padding=(0, width // 2))
        self.outer = nn.Linear(inner, channels)

    def forward(self, x: Tensor) -> Tensor:
        """(frame, batch, position, channel) to the same."""
        return x + self.outer(functional.gelu(self._inner(self.norm(x))))

    def _inner(self, x: Tensor) -> Tensor:
        weight, bias = self.inner.weight, self.inner.bias
        width = weight.shape[3]
        if width == 1:
            return functional.linear(x, weight.flatten(1), bias)
        # Frames lie where bins do elsewhere, so the kernel is turned. A batch of one would keep
        # strides that fit no layout, with which torch is slow: it is laid out anew.
        maps = _laid_out(x.transpose(0, 1)).permute(0, 3, 1, 2)
        maps = functional.conv2d(maps, weight.transpose(2, 3), bias, padding=(width // 2, 0))
        return maps.permute(2, 0, 3, 1)


def _laid_out(x: Tensor) -> Tensor:
    """The same numbers, with the strides of a tensor that is made so."""
    return x.flatten(0, 1).unflatten(0, x.shape[:2])


class AxialCore(nn.Module):
    """Blocks in which each position attends along its frames, then each frame along its positions.

    All channels of a position are one token and all positions share the weights, so that a melody
    is heard alike wherever it lies: band-split networks are built so (Luo and Yu 2022, arXiv
    2209.15174; with attention, Lu et al. 2023, arXiv 2309.02612). Each position is known by a
    learned vector. Where layers see several frames as one, each of these frames is changed as
    their mean is.
    """

    def __init__(self, channels: int, *, positions: int, config: FrameTransformerConfig) -> None:
        super().__init__()
        self.place = nn.Parameter(torch.zeros(positions, 1, channels))
        strides = config.axial_stride or (1,) * config.axial
        self.blocks = nn.ModuleList(
            _block(channels, config, dict(zip(AXIAL_LAYERS, sizes, strict=True)), stride=stride)
            for sizes, stride in zip(config.axial_sizes, strides, strict=True)
        )
        self.sizes = [size for sizes in config.axial_sizes for size in sizes if size]

    def forward(self, x: Tensor) -> Tensor:
        """(batch, channel, position, frame) to the same."""
        # A frame's positions side by side, then the next frame: along either axis, and for every
        # batch, the work takes tokens as they lie.
        y = x.permute(3, 0, 2, 1).contiguous() + self.place[:, 0]
        layers = (layer for block in self.blocks for layer in block.children())
        for size, several in groupby(zip(self.sizes, layers, strict=True), key=itemgetter(0)):
            y = changed_at_fewer(y, (layer for _, layer in several), size, dim=0)
        return y.permute(1, 3, 2, 0).contiguous(memory_format=torch.channels_last)


def _block(
    channels: int, config: FrameTransformerConfig, sizes: dict[str, int], *, stride: int
) -> nn.ModuleDict:
    """The layers of a block by their names, of those that it has a size for."""
    step = config.frames_at(len(config.channels) - 1) * max(sizes["along_frames"], 1)
    inner = config.axial_inner or 2 * channels
    layers = {
        "along_frames": AxialAttention(
            channels, config, reach=config.axial_reach, step=step, stride=stride
        ),
        "near_frames": AxialFeedForward(channels, inner=inner, width=3),
        "along_positions": AxialAttention(channels, config, reach=0),
        "within_frame": AxialFeedForward(channels, inner=inner, width=1),
    }
    return nn.ModuleDict({name: layer for name, layer in layers.items() if sizes[name]})
