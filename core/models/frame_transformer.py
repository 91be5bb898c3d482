"""The frame transformer: a U-Net over frequency with transformer branches between frames.

The architecture follows carperbr's frame transformer, a variation of tsurumeso's vocal-remover,
inspired by MMDenseLSTM (Takahashi et al. 2018).
"""

import torch
from torch import Tensor, nn

from core.models.axial import AxialCore
from core.models.bands import BandJoin, BandSplit
from core.models.branches import DecoderBranch, EncoderBranch
from core.models.config import Features, FrameTransformerConfig, Mask
from core.models.convolutions import DecoderLevel, EncoderLevel, norm
from core.models.features import features_of
from core.models.network import Network
from core.stretches import finer, in_stretches, pooled


def _frames(x: Tensor, start: int, stop: int) -> Tensor:
    """A stretch of (batch, channel, bin, frame), in one piece and channel by channel."""
    return x[..., start:stop].contiguous(memory_format=torch.channels_last)


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
            self.levels.append(
                EncoderLevel(
                    config.norm,
                    width,
                    channels,
                    inner=config.inner[level] if config.inner else channels,
                    bins=config.heard_at(max(level - 1, 0)),
                    stride=stride,
                )
            )
            has_branch = config.encoders[level] > 0
            self.branches.append(
                EncoderBranch(channels, level, config) if has_branch else nn.Identity()
            )
            width = channels + (config.extracted[level] if has_branch else 0)
            skips.append(width)
        deepest = config.heard_at(levels - 1)
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
            self.up_levels.append(
                DecoderLevel(
                    config.norm,
                    width,
                    skips[level],
                    channels,
                    squeezed=config.squeezed[level] if config.squeezed else 0,
                    bins=config.heard_at(level),
                )
            )
            width = channels
        self.last = nn.Sequential(
            norm(config.norm, channels=width, bins=config.heard_at(0)),
            nn.LeakyReLU(inplace=True),
        )
        self.join = BandJoin(config)

    def compile_layers(self) -> None:
        """Let torch compile all between the features and the mask."""
        self.logits = torch.compile(self.logits)  # type: ignore[method-assign]

    def forward(self, mixture: Tensor) -> Tensor:
        """Estimate the voice's spectrogram.

        Args:
            mixture: (batch, 2, bins + 1, frames), complex: left and right.

        Returns:
            The vocals, of the same shape; what is left of the mixture is the instrumental.
        """
        said = self._said(mixture)
        lying = mixture.transpose(2, 3)

        def voice(start: int, stop: int) -> Tensor:
            share = self._share(said, start, stop)
            part = lying[:, :, start:stop]
            if self.config.mask is Mask.LEFT_RIGHT:
                return part * share
            (left, right), half = part.unbind(1), share / 2
            mid, side = (left + right) * half[:, 0], (left - right) * half[:, 1]
            return torch.stack((mid + side, mid - side), dim=1)

        frames, device = mixture.shape[3], mixture.device
        return in_stretches(voice, frames, dim=2, device=device).transpose(2, 3)

    def mask(self, mixture: Tensor) -> Tensor:
        """The instrumental's share, 0 to 1, of left and right or of mid and side.

        Returns:
            (batch, 2, bins + 1, frames), float32.
        """
        share: Tensor = 1 - self._share(self._said(mixture), 0, mixture.shape[3])
        return share.transpose(2, 3)

    def _said(self, mixture: Tensor) -> Tensor:
        return self.logits(features_of(mixture, self.config).to(next(self.parameters()).dtype))

    def _share(self, said: Tensor, start: int, stop: int) -> Tensor:
        """The voice's share in a stretch, (batch, 2, frame, bin + 1), float32, as it lies."""
        # With bins as channels, torch interpolates all of a frame's at once.
        raw = finer(said.permute(0, 3, 1, 2), (1, self.pooling[0]), start=start, stop=stop)
        raw = raw.permute(0, 2, 3, 1).float()
        B, C, T, heard = raw.shape
        above = torch.sigmoid(-self.config.unheard_offset - raw[..., -1:])
        unheard = above.expand(B, C, T, self.config.n_fft // 2 + 1 - heard)
        return torch.cat((torch.sigmoid(-raw), unheard), dim=3)

    def logits(self, features: Tensor) -> Tensor:
        """What the layers say of every bin, before it becomes a mask.

        Args:
            features: as `features_of` gives them.

        Returns:
            (batch, 2, frames of the finest level, heard bins): logits of the instrumental's share.
        """
        x, skips = features, []
        for depth, branch in enumerate(self.branches):
            x = branch(self._encoded(x, depth))
            skips.append(x)
        skips.pop()
        x = self.core(x)
        for depth, branch in enumerate(self.up_branches):
            skip = skips.pop()
            scale = (2, self.pooling[len(skips) + 1])
            if isinstance(branch, DecoderBranch):
                x = branch(finer(x, scale, start=0, stop=skip.shape[3]), skip)
                scale = (1, 1)
            x = self._decoded(x, skip, depth, scale)
        return in_stretches(
            lambda start, stop: self.join(self.last(_frames(x, start, stop))),
            x.shape[3],
            dim=2,
            device=x.device,
        )

    def _encoded(self, x: Tensor, depth: int) -> Tensor:
        """The maps of an encoder level; the finest is given features, that are pooled already."""
        level, size = self.levels[depth], self.pooling[depth] if depth else 1

        def make(start: int, stop: int) -> Tensor:
            part = pooled(_frames(x, start * size, stop * size), size)
            return level(part if depth else self.split(part))

        return in_stretches(make, -(-x.shape[3] // size), device=x.device)

    def _decoded(self, x: Tensor, skip: Tensor, depth: int, scale: tuple[int, int]) -> Tensor:
        """The maps of a decoder level, from those of the last, made `scale` times finer."""
        level, device = self.up_levels[depth], x.device
        assert isinstance(level, DecoderLevel)
        below, squeeze = x, level.below
        if squeeze:
            below = in_stretches(
                lambda start, stop: squeeze(_frames(x, start, stop)), x.shape[3], device=device
            )

        def make(start: int, stop: int) -> Tensor:
            part = finer(below, scale, start=start, stop=stop)
            return level(part, skip[..., start:stop])

        return in_stretches(make, skip.shape[3], device=device)
