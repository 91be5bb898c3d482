"""The transformers of a level: its maps as tokens, joined over frames and put beside it."""

from collections.abc import Callable, Iterable
from functools import partial

import torch
from torch import Tensor, nn

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
        maps = self.squeeze(self.norm(x).relu_()).permute(0, 3, 1, 2)
        if self.unheard is not None:
            maps = torch.cat((maps, self.unheard.expand(*maps.shape[:2], -1, -1)), dim=3)
        return maps.flatten(2)


def concatenated(x: Tensor, tokens: Tensor, *, maps: int) -> Tensor:
    """Put (batch, frame, map x position) tokens beside (batch, channel, bin, frame) as channels."""
    B, _, F, T = x.shape
    beside = tokens.view(B, T, maps, -1)[..., :F].permute(0, 2, 3, 1).to(x.dtype)
    together = (each.contiguous(memory_format=torch.channels_last) for each in (x, beside))
    return torch.cat(tuple(together), dim=1)


class _Branch(nn.Module):
    """A level's transformer blocks; what they make of its tokens is concatenated as channels."""

    def __init__(
        self,
        channels: int,
        level: int,
        config: FrameTransformerConfig,
        block: Callable[..., nn.Module],
        *,
        count: int,
        step: int,
    ) -> None:
        """Take what the level has, so many blocks and how many frames each sees as one."""
        super().__init__()
        self.maps = config.extracted[level]
        self.pooling = step // config.frames_at(level)
        self.extraction = Extraction(channels, level, config)
        width = config.positions_at(level) * self.maps
        self.blocks = nn.ModuleList(block(width, config, step=step) for _ in range(count))

    def _beside(self, x: Tensor, blocks: Iterable[Callable[[Tensor], Tensor]]) -> Tensor:
        tokens = changed_at_fewer(self.extraction(x), blocks, self.pooling, dim=1)
        return concatenated(x, tokens, maps=self.maps)


class EncoderBranch(_Branch):
    """A level's transformer encoders."""

    def __init__(self, channels: int, level: int, config: FrameTransformerConfig) -> None:
        super().__init__(
            channels,
            level,
            config,
            EvolvedEncoder if config.evolved else PlainEncoder,
            count=config.encoders[level],
            step=config.encoder_step(level),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self._beside(x, self.blocks)


class DecoderBranch(_Branch):
    """A level's transformer decoders, which also attend to the encoder's features there."""

    def __init__(
        self, channels: int, skip_channels: int, level: int, config: FrameTransformerConfig
    ) -> None:
        super().__init__(
            channels,
            level,
            config,
            EvolvedDecoder if config.evolved else PlainDecoder,
            count=config.decoders[level],
            step=config.decoder_step(level),
        )
        self.skip = Extraction(skip_channels, level, config)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        memory = pooled(self.skip(skip), self.pooling, dim=1)
        return self._beside(x, (partial(block, skip=memory) for block in self.blocks))
