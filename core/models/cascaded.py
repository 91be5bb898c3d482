"""CascadedNet, the network of tsurumeso's vocal-remover, versions 5 and 6.

Three stages of U-Nets: two bands, the two bands again with what the first stage made of them, then
all bins with what both made. Its parts are named as in that program's files, so that these load.
"""

from dataclasses import dataclass
from enum import StrEnum

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.level import local_level
from core.models.network import LARGEST_SIZE, Network, NetworkConfig

HALVINGS = 4
DILATIONS = ((4, 2), (8, 4), (12, 6))
BOUND = 1e-8


class MaskKind(StrEnum):
    """What the network says of a bin."""

    MAGNITUDE = "magnitude"  # a share of its magnitude, 0 to 1, from magnitudes
    COMPLEX = "complex"  # a factor within the unit circle, from real and imaginary parts


class Level(StrEnum):
    """Against what the network hears a song."""

    LOCAL = "local"  # the two seconds around a frame
    SONG = "song"  # the loudest bin of the whole song, as in the original program


@dataclass(frozen=True, kw_only=True)
class CascadedConfig(NetworkConfig):
    """Shape of a `CascadedNet`; the defaults are the original's.

    Attributes:
        channels: of the last stage (`nout`); the others have a half or a quarter.
        lstm: units of the LSTMs, both directions together (`nout_lstm`).
        mask: what is said of a bin.
        level: against what a song is heard.
        both_stems: whether there are masks for the instrumental and the vocals (version 6), of
            which the instrumental's is used, or for the instrumental alone (version 5).
        window: frames that the network sees at once (`cropsize`).
        offset: frames at either end of a window that are thrown away.
    """

    chunk: int = 768
    context: int = 128
    channels: int = 32
    lstm: int = 128
    mask: MaskKind = MaskKind.MAGNITUDE
    level: Level = Level.LOCAL
    both_stems: bool = False
    window: int = 256
    offset: int = 64

    def __post_init__(self) -> None:
        """See `NetworkConfig`."""
        super().__post_init__()
        self.require(
            4 <= self.channels <= 1024,
            self.channels % 4 == 0,
            4 <= self.lstm <= LARGEST_SIZE,
            self.lstm % 4 == 0,
            self.n_fft % 2 ** (HALVINGS + 2) == 0,
            self.offset >= 0,
            2 * self.offset < self.window <= 4096,
            self.window % 2**HALVINGS == 0,
        )
        self.require_room(4 * self.channels * self.n_fft)

    @property
    def alignment(self) -> int:
        """Frames kept of a window."""
        return self.window - 2 * self.offset

    @property
    def hears_whole_song(self) -> bool:
        """See `NetworkConfig`."""
        return self.level is Level.SONG


class Unit(nn.Module):
    """Convolution without bias, norm, activation (`Conv2DBNActiv`)."""

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int,
        activation: type[nn.Module],
        *,
        stride: int = 1,
        dilation: tuple[int, int] = (1, 1),
    ) -> None:
        super().__init__()
        padding = (dilation[0] * (kernel // 2), dilation[1] * (kernel // 2))
        self.conv = nn.Sequential(
            nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation, bias=False),
            nn.BatchNorm2d(outputs),
            activation(),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x)


class Encoder(nn.Module):
    """Two units, the first halving bins and frames."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = Unit(inputs, outputs, 3, nn.LeakyReLU, stride=2)
        self.conv2 = Unit(outputs, outputs, 3, nn.LeakyReLU)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv2(self.conv1(x))


class Decoder(nn.Module):
    """Twice the bins and frames, the skip beside them, one unit."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = Unit(inputs, outputs, 3, nn.ReLU)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        x = functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
        return self.conv1(torch.cat((x, skip), dim=1))


class Pyramid(nn.Module):
    """Atrous spatial pyramid pooling (Chen et al. 2017, arXiv 1706.05587; `ASPPModule`).

    The mean over all bins, a 1 x 1 view and three dilated ones, side by side.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Sequential(
            nn.AdaptiveAvgPool2d((1, None)), Unit(channels, channels, 1, nn.ReLU)
        )
        self.conv2 = Unit(channels, channels, 1, nn.ReLU)
        self.conv3, self.conv4, self.conv5 = (
            Unit(channels, channels, 3, nn.ReLU, dilation=dilation) for dilation in DILATIONS
        )
        self.bottleneck = Unit(5 * channels, channels, 1, nn.ReLU)
        self.dropout = nn.Dropout2d(0.1)

    def forward(self, x: Tensor) -> Tensor:
        mean = self.conv1(x).expand(-1, -1, x.shape[2], -1)
        views = (mean, self.conv2(x), self.conv3(x), self.conv4(x), self.conv5(x))
        return self.dropout(self.bottleneck(torch.cat(views, dim=1)))


class Memory(nn.Module):
    """One map of all channels through an LSTM over frames; one more channel (`LSTMModule`)."""

    def __init__(self, channels: int, bins: int, units: int) -> None:
        super().__init__()
        self.conv = Unit(channels, 1, 1, nn.ReLU)
        self.lstm = nn.LSTM(bins, units // 2, bidirectional=True)
        self.dense = nn.Sequential(nn.Linear(units, bins), nn.BatchNorm1d(bins), nn.ReLU())

    def forward(self, x: Tensor) -> Tensor:
        B, _, F, T = x.shape
        remembered, _ = self.lstm(self.conv(x)[:, 0].permute(2, 0, 1))
        y = self.dense(remembered.reshape(T * B, -1))
        return y.reshape(T, B, 1, F).permute(1, 2, 3, 0)


class BaseNet(nn.Module):
    """A U-Net over one band, with a memory at half its bins."""

    def __init__(self, inputs: int, channels: int, bins: int, units: int) -> None:
        super().__init__()
        c = channels
        self.enc1 = Unit(inputs, c, 3, nn.ReLU)
        self.enc2, self.enc3 = Encoder(c, 2 * c), Encoder(2 * c, 4 * c)
        self.enc4, self.enc5 = Encoder(4 * c, 6 * c), Encoder(6 * c, 8 * c)
        self.aspp = Pyramid(8 * c)
        self.dec4, self.dec3 = Decoder(14 * c, 6 * c), Decoder(10 * c, 4 * c)
        self.dec2 = Decoder(6 * c, 2 * c)
        self.lstm_dec2 = Memory(2 * c, bins // 2, units)
        self.dec1 = Decoder(3 * c + 1, c)

    def forward(self, x: Tensor) -> Tensor:
        e1 = self.enc1(x)
        e2 = self.enc2(e1)
        e3 = self.enc3(e2)
        e4 = self.enc4(e3)
        x = self.dec4(self.aspp(self.enc5(e4)), e4)
        x = self.dec2(self.dec3(x, e3), e2)
        x = torch.cat((x, self.lstm_dec2(x).to(x.dtype)), dim=1)
        return self.dec1(x, e1)


class CascadedNet(Network):
    """Masks the mixture with what three stages of U-Nets make of it.

    However many frames are given, the network sees windows of a fixed length, each cut off at
    either end: its memory runs through all of a window, so a longer one would be another network.
    """

    config: CascadedConfig

    def __init__(self, config: CascadedConfig) -> None:
        super().__init__()
        self.config = config
        c, units, bins = config.channels, config.lstm, config.n_fft // 2
        inputs = 4 if config.mask is MaskKind.COMPLEX else 2
        self.stg1_low_band_net = nn.Sequential(
            BaseNet(inputs, c // 2, bins // 2, units), Unit(c // 2, c // 4, 1, nn.ReLU)
        )
        self.stg1_high_band_net = BaseNet(inputs, c // 4, bins // 2, units // 2)
        self.stg2_low_band_net = nn.Sequential(
            BaseNet(c // 4 + inputs, c, bins // 2, units), Unit(c, c // 2, 1, nn.ReLU)
        )
        self.stg2_high_band_net = BaseNet(c // 4 + inputs, c // 2, bins // 2, units // 2)
        self.stg3_full_band_net = BaseNet(3 * c // 4 + inputs, c, bins, units)
        self.out = nn.Conv2d(c, inputs * (2 if config.both_stems else 1), 1, bias=False)

    def forward(self, mixture: Tensor) -> Tensor:
        """See `Network`; at the song's level, the mixture must come with a largest bin of 1."""
        spectrogram = mixture
        if self.config.level is Level.LOCAL:
            level = local_level(mixture[:, :, :-1].abs(), self.config.n_fft / 2)
            spectrogram = mixture / level
        if self.training:
            return mixture * (1 - self._instrumental(spectrogram))
        return mixture * (1 - self._windowed(spectrogram))

    def _windowed(self, spectrogram: Tensor) -> Tensor:
        """The instrumental's mask, window by window, as the original program cuts them."""
        config, kept = self.config, self.config.alignment
        frames = spectrogram.shape[-1]
        padding = (config.offset, -frames % kept + config.offset)
        parts = torch.view_as_real(spectrogram).movedim(-1, 0)
        padded = torch.complex(*functional.pad(parts, padding).unbind(0))
        masks = [
            self._instrumental(padded[..., start : start + config.window])[
                ..., config.offset : config.window - config.offset
            ]
            for start in range(0, frames, kept)
        ]
        return torch.cat(masks, dim=-1)[..., :frames]

    def _instrumental(self, spectrogram: Tensor) -> Tensor:
        """The instrumental's mask in one window; frames are padded to what can be halved."""
        *_, frames = spectrogram.shape
        bounded = self._raw(
            functional.pad(self._seen(spectrogram), (0, -frames % 2**HALVINGS))
        ).float()
        if self.config.mask is MaskKind.COMPLEX:
            stems = bounded.shape[1] // 2
            real, imaginary = bounded[:, :stems], bounded[:, stems:]
            mask = torch.complex(real[:, :2], imaginary[:, :2])
            size = mask.abs()
            # No larger than the mixture (Choi et al. 2019, section 3.2).
            mask = torch.tanh(size) * mask / (size + BOUND)
        else:
            mask = torch.sigmoid(bounded[:, :2])
        return torch.cat((mask, mask[:, :, -1:]), dim=2)[..., :frames]

    def _seen(self, spectrogram: Tensor) -> Tensor:
        """What the network sees of it; the top bin is left out."""
        below = spectrogram[:, :, :-1]
        if self.config.mask is MaskKind.COMPLEX:
            return torch.cat((below.real, below.imag), dim=1)
        return below.abs()

    def _raw(self, x: Tensor) -> Tensor:
        low, high = x.chunk(2, dim=2)
        first_low, first_high = self.stg1_low_band_net(low), self.stg1_high_band_net(high)
        second_low = self.stg2_low_band_net(torch.cat((low, first_low), dim=1))
        second_high = self.stg2_high_band_net(torch.cat((high, first_high), dim=1))
        first = torch.cat((first_low, first_high), dim=2)
        second = torch.cat((second_low, second_high), dim=2)
        return self.out(self.stg3_full_band_net(torch.cat((x, first, second), dim=1)))
