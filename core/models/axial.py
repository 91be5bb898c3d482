"""Attention along frames and along positions in turn, over a level's whole feature maps."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.attention import rotate
from core.models.config import FrameTransformerConfig
from core.models.pointwise import PointwiseConv


class AxialAttention(nn.Module):
    """Self-attention along one axis of the maps; `reach` bounds it, 0 does not.

    A step here stands for `step` frames of the spectrogram, which `reach` and positions count.
    """

    def __init__(
        self, channels: int, config: FrameTransformerConfig, *, reach: int, step: int = 1
    ) -> None:
        super().__init__()
        self.heads, self.reach, self.step = config.axial_heads, -(-reach // step), step
        self.norm = nn.LayerNorm(channels)
        self.projection = nn.Linear(channels, 3 * channels)
        self.out = nn.Linear(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        """(sequence, step, channel) to the same."""
        N, S, C = x.shape
        qkv = self.projection(self.norm(x)).view(N, S, 3 * self.heads, C // self.heads)
        qk, v = qkv.split((2 * self.heads, self.heads), dim=2)
        if self.reach:
            qk = rotate(qk, step=self.step)
        q, k = qk.transpose(1, 2).chunk(2, dim=1)
        v = v.transpose(1, 2)
        y = near_attention(q, k, v, reach=self.reach) if self.reach else short_attention(q, k, v)
        return x + self.out(y.transpose(1, 2).reshape(N, S, C))


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


def near_attention(q: Tensor, k: Tensor, v: Tensor, *, reach: int) -> Tensor:
    """Attention of steps to those at most `reach` before or after them.

    Worked in stretches of half a `reach`, each against itself and what is near it, so that the
    work grows with the length and not with its square.

    Args:
        q, k, v: (batch, head, step, feature).

    Returns:
        The same shape.
    """
    B, H, S, D = q.shape
    size = -(-reach // 2)
    count = -(-S // size)
    missing = count * size - S
    # Stretches are the batch, so that those of keys and values can overlap without being copied.
    k, v = (
        functional.pad(x, (0, 0, reach, missing + reach))
        .view(B * H, -1, D)
        .unfold(1, size + 2 * reach, size)
        .permute(1, 0, 3, 2)
        for x in (k, v)
    )
    q = functional.pad(q, (0, 0, 0, missing)).reshape(B * H, count, size, D).transpose(0, 1)
    seen = _near(count, size, reach, S, device=q.device)
    y = functional.scaled_dot_product_attention(q, k, v, attn_mask=seen)
    return y.transpose(0, 1).reshape(B, H, -1, D)[:, :, :S]


def _near(count: int, size: int, reach: int, steps: int, *, device: torch.device) -> Tensor:
    """(stretch, 1, step, step around it) bool: which are near, and within the signal."""
    step = torch.arange(size, device=device)[:, None]
    other = torch.arange(size + 2 * reach, device=device)[None] - reach
    place = other + size * torch.arange(count, device=device)[:, None, None]
    seen = ((other - step).abs() <= reach) & (place >= 0) & (place < steps)
    # A step beyond the end sees none but itself, so that nothing is divided by zero.
    return (seen | ((other == step) & (place >= steps)))[:, None]


class AxialFeedForward(nn.Module):
    """Two layers with a GELU between; the first sees `width` neighbouring frames."""

    def __init__(self, channels: int, *, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.inner = (
            nn.Conv2d(channels, 2 * channels, (1, width), padding=(0, width // 2))
            if width > 1
            else PointwiseConv(channels, 2 * channels)
        )
        self.outer = nn.Linear(2 * channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, position, frame, channel) to the same."""
        y = self.inner(self.norm(x).permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        return x + self.outer(functional.gelu(y))


class AxialBlock(nn.Module):
    """Each position attends along its frames, then each frame along its positions.

    All channels of a position are one token and all positions share the weights, so that a melody
    is heard alike wherever it lies: band-split networks are built so (Luo and Yu 2022, arXiv
    2209.15174; with attention, Lu et al. 2023, arXiv 2309.02612).
    """

    def __init__(self, channels: int, config: FrameTransformerConfig) -> None:
        super().__init__()
        self.along_frames = AxialAttention(
            channels, config, reach=config.axial_reach, step=config.alignment
        )
        self.near_frames = AxialFeedForward(channels, width=3)
        self.along_positions = AxialAttention(channels, config, reach=0)
        self.within_frame = AxialFeedForward(channels, width=1)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, position, frame, channel) to the same."""
        B, P, T, C = x.shape
        x = self.near_frames(self.along_frames(x.reshape(B * P, T, C)).view(B, P, T, C))
        y = self.along_positions(x.transpose(1, 2).reshape(B * T, P, C)).view(B, T, P, C)
        return self.within_frame(y).transpose(1, 2)


class AxialCore(nn.Module):
    """A stack of axial blocks, which know each position by a learned vector."""

    def __init__(self, channels: int, *, positions: int, config: FrameTransformerConfig) -> None:
        super().__init__()
        self.place = nn.Parameter(torch.zeros(positions, 1, channels))
        self.blocks = nn.ModuleList(AxialBlock(channels, config) for _ in range(config.axial))

    def forward(self, x: Tensor) -> Tensor:
        """(batch, channel, position, frame) to the same."""
        y = x.permute(0, 2, 3, 1) + self.place
        for block in self.blocks:
            y = block(y)
        return y.permute(0, 3, 1, 2)
