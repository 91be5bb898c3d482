"""The transformers of a level: its maps as tokens, joined over frames and put beside it."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.config import FrameTransformerConfig
from core.models.convolutions import norm
from core.models.evolved import EvolvedDecoder, EvolvedEncoder, PlainDecoder, PlainEncoder
from core.models.pointwise import PointwiseConv
from core.stretches import changed_at_fewer, pooled


class Extraction(nn.Module):
    """Squeezes all channels to a few maps, and lays each frame out as one token.

    Tokens have room for all positions: of those that are not heard, they hold what is learned.
    """

    def __init__(self, channels: int, level: int, config: FrameTransformerConfig) -> None:
        super().__init__()
        heard, maps = config.heard_at(level), config.extracted[level]
        self.norm = norm(config.norm, channels=channels, bins=heard)
        self.squeeze = PointwiseConv(channels, maps)
        unheard = config.positions_at(level) - heard
        self.unheard = nn.Parameter(torch.zeros(maps, unheard)) if unheard else None

    def forward(self, x: Tensor) -> Tensor:
        """(batch, channel, bin, frame) to (batch, frame, map x position)."""
        maps = self.squeeze(functional.relu(self.norm(x))).permute(0, 3, 1, 2)
        if self.unheard is not None:
            maps = torch.cat((maps, self.unheard.expand(*maps.shape[:2], -1, -1)), dim=3)
        return maps.flatten(2)


def concatenated(x: Tensor, tokens: Tensor, *, maps: int) -> Tensor:
    """Put (batch, frame, map x position) tokens beside (batch, channel, bin, frame) as channels."""
    B, _, F, T = x.shape
    beside = tokens.view(B, T, maps, -1)[..., :F].permute(0, 2, 3, 1).to(x.dtype)
    together = (each.contiguous(memory_format=torch.channels_last) for each in (x, beside))
    return torch.cat(tuple(together), dim=1)


class EncoderBranch(nn.Module):
    """A level's transformer encoders; their output is concatenated as more channels."""

    def __init__(self, channels: int, level: int, config: FrameTransformerConfig) -> None:
        super().__init__()
        self.maps = config.extracted[level]
        self.extraction = Extraction(channels, level, config)
        block = EvolvedEncoder if config.evolved else PlainEncoder
        width, step = config.positions_at(level) * self.maps, config.encoder_step(level)
        self.pooling = step // config.frames_at(level)
        self.blocks = nn.ModuleList(
            block(width, config, step=step) for _ in range(config.encoders[level])
        )

    def forward(self, x: Tensor) -> Tensor:
        change = nn.Sequential(*self.blocks)
        tokens = changed_at_fewer(self.extraction(x), change, self.pooling, dim=1)
        return concatenated(x, tokens, maps=self.maps)


class DecoderBranch(nn.Module):
    """A level's transformer decoders, which also attend to the encoder's features there."""

    def __init__(
        self, channels: int, skip_channels: int, level: int, config: FrameTransformerConfig
    ) -> None:
        super().__init__()
        self.maps = config.extracted[level]
        self.extraction = Extraction(channels, level, config)
        self.skip = Extraction(skip_channels, level, config)
        block = EvolvedDecoder if config.evolved else PlainDecoder
        width, step = config.positions_at(level) * self.maps, config.decoder_step(level)
        self.pooling = step // config.frames_at(level)
        self.blocks = nn.ModuleList(
            block(width, config, step=step) for _ in range(config.decoders[level])
        )

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        memory = pooled(self.skip(skip), self.pooling, dim=1)

        def change(tokens: Tensor) -> Tensor:
            for block in self.blocks:
                tokens = block(tokens, memory)
            return tokens

        tokens = changed_at_fewer(self.extraction(x), change, self.pooling, dim=1)
        return concatenated(x, tokens, maps=self.maps)
