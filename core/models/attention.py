"""Attention between frames, within a bounded reach, with relative or rotary positions."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.config import FrameTransformerConfig, Positions


class FrameConv(nn.Conv1d):
    """Depthwise convolution over frames, on (batch, frame, feature) tensors."""

    def __init__(self, features: int, width: int) -> None:
        super().__init__(features, features, width, padding=width // 2, groups=features)

    def forward(self, x: Tensor) -> Tensor:
        # Laid out frame by frame: as it comes out, torch falls back to slow attention.
        return super().forward(x.transpose(1, 2)).transpose(1, 2).contiguous()


def within_reach(frames: int, reach: int, *, device: torch.device) -> Tensor:
    """(frames, frames) bool: whether two frames are at most `reach` apart."""
    index = torch.arange(frames, device=device)
    return (index[:, None] - index[None, :]).abs() <= reach


def rotate(x: Tensor, *, step: int = 1) -> Tensor:
    """Rotary positions (Su et al. 2021, arXiv 2104.09864): turn feature pairs by their frame.

    Args:
        x: (batch, frame, ..., head, feature), an even number of features: the first half of them
            is paired with the second.
        step: positions from one frame to the next.
    """
    _, T, *others, H, D = x.shape
    half = D // 2
    angle = _angles(T, half, step=step, device=x.device)
    cos, sin = angle.cos().to(x.dtype), angle.sin().to(x.dtype)
    # Laid out for all heads: short rows are what makes this slow on a CPU.
    shape = (T, *(1 for _ in others), H, 2, half)
    stays = torch.stack((cos, cos), 1)[:, None].expand(T, H, 2, half).reshape(shape)
    moves = torch.stack((-sin, sin), 1)[:, None].expand(T, H, 2, half).reshape(shape)
    pairs = x.unflatten(-1, (2, half))
    return torch.addcmul(pairs * stays, pairs.flip(-2), moves).flatten(-2)


def rotate_neighbours(x: Tensor, *, step: int = 1) -> Tensor:
    """`rotate` where the features of a pair lie beside each other, in a quarter of the time.

    What is given is turned itself.

    Args:
        x: (frame, ..., feature), float32.
        step: positions from one frame to the next.
    """
    T, *others, D = x.shape
    angle = _angles(T, D // 2, step=step, device=x.device)
    turn = torch.polar(torch.ones_like(angle), angle).view(T, *(1 for _ in others), -1)
    pairs = torch.view_as_complex(x.unflatten(-1, (-1, 2)))
    return torch.view_as_real(pairs.mul_(turn)).flatten(-2)


def neighbours(rows: Tensor, *, heads: int) -> Tensor:
    """Reorder a projection's rows, one for each feature, as `rotate_neighbours` takes them."""
    return rows.unflatten(0, (heads, 2, -1)).transpose(1, 2).flatten(0, 2)


def _angles(frames: int, pairs: int, *, step: int, device: torch.device) -> Tensor:
    """(frame, pair), float32: by how much each is turned."""
    speed = torch.arange(pairs, device=device, dtype=torch.float32) / pairs
    return torch.arange(0, frames * step, step, device=device)[:, None] * 10000.0**-speed


def _projection(features: int, *, convolved: bool) -> nn.Module:
    layer = nn.Linear(features, features)
    return nn.Sequential(layer, FrameConv(features, 3)) if convolved else layer


class MultiBandAttention(nn.Module):
    """Attention whose heads are frequency bands: the features are split, in order, into heads.

    Queries, keys and values are each a linear layer, if the config says so followed by a depthwise
    convolution over three frames (Primer, So et al. 2021, section 3). Relative positions follow
    Music Transformer (Huang et al. 2018), with an embedding for either side of the diagonal; frames
    further apart than `reach` do not see each other, so the length of a crop is never fixed.
    """

    def __init__(self, features: int, config: FrameTransformerConfig, *, step: int = 1) -> None:
        """Take the width, the config and the frames of the spectrogram that one here stands for."""
        super().__init__()
        self.heads, self.reach, self.step = config.heads, -(-config.reach // step), step
        self.positions = config.positions
        convolved = config.attention_convolutions
        self.query = _projection(features, convolved=convolved)
        self.key = _projection(features, convolved=convolved)
        self.value = _projection(features, convolved=convolved)
        self.out = nn.Linear(features, features)
        if self.positions is Positions.RELATIVE:
            self.distance = nn.Parameter(torch.zeros(2 * self.reach + 1, features // self.heads))

    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        """Let the frames of `x` attend to those of `memory`; both (batch, frame, feature)."""
        B, T, D = x.shape
        q, k, v = (
            layer(source).view(B, T, self.heads, D // self.heads)
            for layer, source in ((self.query, x), (self.key, memory), (self.value, memory))
        )
        if self.positions is Positions.ROTARY:
            q, k = rotate(q, step=self.step), rotate(k, step=self.step)
        q, k, v = (each.transpose(1, 2) for each in (q, k, v))
        seen = within_reach(T, self.reach, device=x.device)
        if self.positions is Positions.ROTARY:
            y = functional.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        else:
            bias = self._relative_logits(q).masked_fill(~seen, float("-inf"))
            y = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        return self.out(y.transpose(1, 2).reshape(B, T, D))

    def _relative_logits(self, q: Tensor) -> Tensor:
        """(batch, head, frame, frame): the query's affinity to each distance."""
        *other, T, D = q.shape
        logits = q @ self.distance.to(q.dtype).T / D**0.5
        index = torch.arange(T, device=q.device)
        distance = (index[None, :] - index[:, None]).clamp(-self.reach, self.reach) + self.reach
        return logits.gather(-1, distance.expand(*other, T, T))
