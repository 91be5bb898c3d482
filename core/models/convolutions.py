"""The levels of the frame transformer's U-Net: convolutions over bins that never mix frames."""

import torch
from torch import Tensor, nn

from core.models.config import Norm
from core.models.pointwise import PointwiseConv


class BinNorm(nn.Module):
    """Normalises each frame and channel over its bins, with a gain and offset per bin."""

    def __init__(self, bins: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(bins, 1))
        self.bias = nn.Parameter(torch.zeros(bins, 1))

    def forward(self, x: Tensor) -> Tensor:
        centred = x - x.mean(dim=2, keepdim=True)
        scale = torch.rsqrt(centred.square().mean(dim=2, keepdim=True) + 1e-5)
        return centred * scale * self.weight + self.bias


def norm(kind: Norm, *, channels: int, bins: int) -> nn.Module:
    """The normalisation of (batch, channel, bin, frame) that a config asks for."""
    return BinNorm(bins) if kind is Norm.FRAME else nn.BatchNorm2d(channels)


class FrameConvolution(nn.Sequential):
    """Norm, LeakyReLU, then a 3 x 1 convolution: bins mix, frames do not."""

    def __init__(self, kind: Norm, inputs: int, outputs: int, *, bins: int, stride: int = 1):
        super().__init__(
            norm(kind, channels=inputs, bins=bins),
            nn.LeakyReLU(inplace=True),
            nn.Conv2d(inputs, outputs, (3, 1), (stride, 1), (1, 0), bias=False),
        )


class EncoderLevel(nn.Module):
    """Two frame convolutions, the second strided, beside a 1 x 1 residual."""

    def __init__(
        self, kind: Norm, inputs: int, outputs: int, *, inner: int, bins: int, stride: int
    ) -> None:
        """Take the channels given, asked for and between, and the bins given."""
        super().__init__()
        self.inner = inner
        self.body = nn.Sequential(
            FrameConvolution(kind, inputs, inner, bins=bins),
            FrameConvolution(kind, inner, outputs, bins=bins, stride=stride),
        )
        self.residual = PointwiseConv(inputs, outputs, stride=stride, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.body(x) + self.residual(x)


class DecoderLevel(nn.Module):
    """One frame convolution of what comes from below and the skip, beside a 1 x 1 residual.

    Both may be squeezed to fewer channels first, what comes from below while it is still coarse.
    """

    def __init__(
        self, kind: Norm, below: int, skip: int, outputs: int, *, squeezed: int, bins: int
    ) -> None:
        """Take the channels given, asked for, and squeezed to of either (0: as they are)."""
        super().__init__()
        self.below = PointwiseConv(below, squeezed, bias=False) if squeezed else None
        self.skip = PointwiseConv(skip, squeezed, bias=False) if squeezed else None
        if squeezed:
            below = skip = squeezed
        self.body = FrameConvolution(kind, below + skip, outputs, bins=bins)
        self.residual = PointwiseConv(below + skip, outputs, bias=False)

    def forward(self, below: Tensor, skip: Tensor) -> Tensor:
        """(batch, channel, bin, frame), equally fine; what comes from below has been squeezed."""
        x = torch.cat((below, self.skip(skip) if self.skip else skip), dim=1)
        return self.body(x) + self.residual(x)
