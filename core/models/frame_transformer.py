"""The frame transformer: a U-Net over frequency with transformer branches between frames.

The architecture follows carperbr's frame transformer, a variation of tsurumeso's vocal-remover,
inspired by MMDenseLSTM (Takahashi et al. 2018).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.axial import AxialCore
from core.models.bands import BandJoin, BandSplit
from core.models.config import Features, FrameTransformerConfig, Mask, Norm
from core.models.evolved import EvolvedDecoder, EvolvedEncoder, PlainDecoder, PlainEncoder
from core.models.level import local_level
from core.models.network import Network
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

    def __init__(self, kind: Norm, inputs: int, outputs: int, *, bins: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            FrameConvolution(kind, inputs, outputs, bins=bins),
            FrameConvolution(kind, outputs, outputs, bins=bins, stride=stride),
        )
        self.residual = PointwiseConv(inputs, outputs, stride=stride, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.body(x) + self.residual(x)


class DecoderLevel(nn.Module):
    """One frame convolution of the upsampled features and the skip, beside a 1 x 1 residual."""

    def __init__(self, kind: Norm, inputs: int, outputs: int, *, bins: int) -> None:
        super().__init__()
        self.body = FrameConvolution(kind, inputs, outputs, bins=bins)
        self.residual = PointwiseConv(inputs, outputs, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.body(x) + self.residual(x)


class Extraction(nn.Module):
    """Squeezes all channels to a few maps, and lays each frame out as one token."""

    def __init__(self, kind: Norm, channels: int, *, bins: int, maps: int) -> None:
        super().__init__()
        self.norm = norm(kind, channels=channels, bins=bins)
        self.squeeze = PointwiseConv(channels, maps)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, channel, bin, frame) to (batch, frame, map x bin)."""
        maps = self.squeeze(functional.relu(self.norm(x)))
        return maps.permute(0, 3, 1, 2).flatten(2)


def concatenated(x: Tensor, tokens: Tensor) -> Tensor:
    """Put (batch, frame, map x bin) tokens beside (batch, channel, bin, frame) as channels."""
    B, _, F, T = x.shape
    maps = tokens.view(B, T, -1, F).permute(0, 2, 3, 1)
    return torch.cat((x, maps.to(x.dtype)), dim=1).contiguous(memory_format=torch.channels_last)


class EncoderBranch(nn.Module):
    """A level's transformer encoders; their output is concatenated as more channels."""

    def __init__(self, channels: int, level: int, config: FrameTransformerConfig) -> None:
        super().__init__()
        bins, maps = config.positions_at(level), config.extracted[level]
        self.extraction = Extraction(config.norm, channels, bins=bins, maps=maps)
        block = EvolvedEncoder if config.evolved else PlainEncoder
        step = config.frames_at(level)
        self.blocks = nn.ModuleList(
            block(bins * maps, config, step=step) for _ in range(config.encoders[level])
        )

    def forward(self, x: Tensor) -> Tensor:
        tokens = self.extraction(x)
        for block in self.blocks:
            tokens = block(tokens)
        return concatenated(x, tokens)


class DecoderBranch(nn.Module):
    """A level's transformer decoders, which also attend to the encoder's features there."""

    def __init__(
        self, channels: int, skip_channels: int, level: int, config: FrameTransformerConfig
    ) -> None:
        super().__init__()
        bins, maps = config.positions_at(level), config.extracted[level]
        self.extraction = Extraction(config.norm, channels, bins=bins, maps=maps)
        self.skip = Extraction(config.norm, skip_channels, bins=bins, maps=maps)
        block = EvolvedDecoder if config.evolved else PlainDecoder
        step = config.frames_at(level)
        self.blocks = nn.ModuleList(
            block(bins * maps, config, step=step) for _ in range(config.decoders[level])
        )

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        tokens, memory = self.extraction(x), self.skip(skip)
        for block in self.blocks:
            tokens = block(tokens, memory)
        return concatenated(x, tokens)


def _modulus(z: Tensor) -> Tensor:
    """|z|, in half the time of torch's own on a CPU, which guards against overflow."""
    squares = torch.view_as_real(z).square()
    return (squares[..., 0] + squares[..., 1]).sqrt_()


def _pooled(x: Tensor, frames: int) -> Tensor:
    """The mean of each `frames` frames of (batch, channel, bin, frame), the last of fewer."""
    if frames == 1:
        return x
    return functional.avg_pool2d(x, (1, frames), ceil_mode=True, count_include_pad=False)


def _finer(x: Tensor, pooled: int, *, frames: int) -> Tensor:
    """Twice the bins, and as many frames as before each `pooled` became one, in between."""
    scale = (2, pooled)
    x = functional.interpolate(x, scale_factor=scale, mode="bilinear", align_corners=False)
    return x[..., :frames]


class FrameTransformer(Network):
    """Says, for every bin of every frame, what of the mixture is voice.

    Every convolution of the U-Net is N x 1 (bins x frames): only the transformers, the axial core
    where the config has one, and levels that see the mean of several frames join frames, and those
    no further than `reach` and some blocks of `axial_reach`, so any number of frames can be given.
    """

    config: FrameTransformerConfig
    computes_in_its_weights = True

    def __init__(self, config: FrameTransformerConfig) -> None:
        super().__init__()
        self.config = config
        inputs = 2 if config.features is Features.MAGNITUDE else 4
        levels = len(config.channels)
        self.pooling = config.pooling or (1,) * levels
        self.split = BandSplit(config, inputs)
        self.levels, self.branches = nn.ModuleList(), nn.ModuleList()
        skips = []
        width = config.channels[0]
        for level, channels in enumerate(config.channels):
            stride = 2 if level else 1
            bins = config.positions_at(max(level - 1, 0))
            self.levels.append(EncoderLevel(config.norm, width, channels, bins=bins, stride=stride))
            has_branch = config.encoders[level] > 0
            self.branches.append(
                EncoderBranch(channels, level, config) if has_branch else nn.Identity()
            )
            width = channels + (config.extracted[level] if has_branch else 0)
            skips.append(width)
        deepest = config.positions_at(levels - 1)
        self.core = (
            AxialCore(config.deepest_channels, positions=deepest, config=config)
            if config.axial
            else nn.Identity()
        )
        self.up_branches, self.up_levels = nn.ModuleList(), nn.ModuleList()
        for level in range(levels - 2, -1, -1):
            if config.decoders[level]:
                self.up_branches.append(DecoderBranch(width, skips[level], level, config))
                width += config.extracted[level]
            else:
                self.up_branches.append(nn.Identity())
            channels = config.channels[level]
            bins = config.positions_at(level)
            self.up_levels.append(
                DecoderLevel(config.norm, width + skips[level], channels, bins=bins)
            )
            width = channels
        self.last = nn.Sequential(
            norm(config.norm, channels=width, bins=config.positions_at(0)),
            nn.LeakyReLU(inplace=True),
        )
        self.join = BandJoin(config)

    def compile_layers(self) -> None:
        """Let torch compile all between the features and the mask."""
        self.logits = torch.compile(self.logits)  # type: ignore[method-assign]

    def features(self, mixture: Tensor) -> Tensor:
        """Level-free features of a spectrogram.

        Args:
            mixture: (batch, 2, bins + 1, frames), complex.

        Returns:
            (batch, 2 or 4, bins, frames): the top bin is dropped, as published.
        """
        frames = mixture[:, :, :-1].transpose(2, 3)  # as they lie in memory
        magnitude = _modulus(frames)
        level = local_level(magnitude.transpose(2, 3), self.config.n_fft / 2).transpose(2, 3)
        if self.config.features is Features.MAGNITUDE:
            return (magnitude / level).transpose(2, 3)
        left, right = frames.unbind(1)
        pair = _modulus(torch.stack((left + right, left - right), dim=1)) / 2
        seen = torch.cat((magnitude, pair), dim=1).div_(level).add_(1e-2).log_().div_(2)
        return seen.permute(0, 2, 3, 1).contiguous().permute(0, 3, 2, 1)

    def forward(self, mixture: Tensor) -> Tensor:
        """Estimate the voice's spectrogram.

        Args:
            mixture: (batch, 2, bins + 1, frames), complex: left and right.

        Returns:
            The vocals, of the same shape; what is left of the mixture is the instrumental.
        """
        voice = 1 - self.mask(mixture)
        if self.config.mask is Mask.LEFT_RIGHT:
            return mixture * voice
        (left, right), half = mixture.unbind(1), voice / 2
        mid, side = (left + right) * half[:, 0], (left - right) * half[:, 1]
        return torch.stack((mid + side, mid - side), dim=1)

    def mask(self, mixture: Tensor) -> Tensor:
        """The instrumental's share, 0 to 1, of left and right or of mid and side.

        Returns:
            (batch, 2, bins + 1, frames), float32.
        """
        features = self.features(mixture).to(next(self.parameters()).dtype)
        raw = self.logits(features).float()
        return torch.sigmoid(torch.cat((raw, raw[:, :, -1:]), dim=2))

    def logits(self, features: Tensor) -> Tensor:
        """What the layers say of every bin, before it becomes a mask.

        Args:
            features: as `features` gives them.

        Returns:
            (batch, 2, bins, frames): logits of the instrumental's share.
        """
        x = features.contiguous(memory_format=torch.channels_last)
        x = self.split(x)
        skips = []
        for pooled, level, branch in zip(self.pooling, self.levels, self.branches, strict=True):
            x = branch(level(_pooled(x, pooled)))
            skips.append(x)
        skips.pop()
        x = self.core(x)
        pooling = self.pooling[:0:-1]
        for pooled, branch, level in zip(pooling, self.up_branches, self.up_levels, strict=True):
            skip = skips.pop()
            x = _finer(x, pooled, frames=skip.shape[3])
            if isinstance(branch, DecoderBranch):
                x = branch(x, skip)
            x = level(torch.cat((x, skip), dim=1))
        return self.join(self.last(x))
