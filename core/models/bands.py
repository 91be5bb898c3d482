"""A spectrum's bins as fewer positions, at a resolution of its own in each band, and back."""

import torch
from torch import Tensor, nn

from core.models.config import FrameTransformerConfig
from core.models.pointwise import PointwiseConv


class BandSplit(nn.Module):
    """The first convolution: each band's bins at that band's stride."""

    def __init__(self, config: FrameTransformerConfig, inputs: int) -> None:
        super().__init__()
        self.bins = [bins for bins, _ in config.heard_bands]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(inputs, config.channels[0], (stride + 2, 1), (stride, 1), (1, 0))
            for _, stride in config.heard_bands
        )

    def forward(self, x: Tensor) -> Tensor:
        bands = x.split(self.bins, dim=2)
        return torch.cat([conv(b) for conv, b in zip(self.convolutions, bands, strict=True)], dim=2)


class BandJoin(nn.Module):
    """The last layer: from each position that is heard, what is said of each of its bins."""

    def __init__(self, config: FrameTransformerConfig) -> None:
        super().__init__()
        self.positions = [bins // stride for bins, stride in config.heard_bands]
        self.heads = nn.ModuleList(
            PointwiseConv(config.channels[0], 2 * stride) for _, stride in config.heard_bands
        )

    def forward(self, x: Tensor) -> Tensor:
        """(batch, channel, position, frame) to (batch, 2, frame, bin), as spectrograms lie."""
        joined = []
        for head, band in zip(self.heads, x.split(self.positions, dim=2), strict=True):
            y = head(band).permute(0, 3, 2, 1)
            B, T, P, C = y.shape
            joined.append(y.view(B, T, P, 2, C // 2).permute(0, 3, 1, 2, 4).flatten(3))
        return torch.cat(joined, dim=3)
