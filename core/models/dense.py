"""MMDenseNet and MMDenseLSTM: densely connected U-Nets per band, joined at the end.

MMDenseNet: Takahashi and Mitsufuji 2017, "Multi-scale multi-band DenseNets for audio source
separation", arXiv 1706.09588. MMDenseLSTM: Takahashi, Goswami and Mitsufuji 2018, "MMDenseLSTM: an
efficient combination of convolutional and recurrent neural networks for audio source separation",
arXiv 1805.02410.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.masking import MaskingNetwork
from core.models.network import LARGEST_SIZE, NetworkConfig


@dataclass(frozen=True)
class DenseBand:
    """Shape of one band's network: blocks down, one at the bottom, and as many up again.

    Attributes:
        bins: how many of the spectrum's, counted from where the band below ends.
        features: channels of the first convolution.
        growth: channels that a layer of each block adds (k in the papers).
        layers: of each block (L in the papers).
        lstm: units of each block's LSTM, both directions together; 0 is none.
        kernel: bins and frames that a layer's convolution sees.
    """

    bins: int
    features: int
    growth: tuple[int, ...]
    layers: tuple[int, ...]
    lstm: tuple[int, ...]
    kernel: tuple[int, int] = (3, 3)

    @property
    def depth(self) -> int:
        """How often bins and frames are halved."""
        return len(self.growth) // 2


@dataclass(frozen=True, kw_only=True)
class DenseConfig(NetworkConfig):
    """Shape of a `DenseNetwork`.

    Attributes:
        bands: from the lowest up; their bins add up to n_fft / 2.
        full: the network that sees all bins.
        joined: channels of every band's last convolution, so that they can be put together.
        final_growth, final_layers, final_kernel: of the dense block over all of them.
    """

    bands: tuple[DenseBand, ...]
    full: DenseBand
    joined: int = 16
    final_growth: int = 4
    final_layers: int = 2
    final_kernel: tuple[int, int] = (2, 1)

    def __post_init__(self) -> None:
        """See `NetworkConfig`."""
        super().__post_init__()
        self.require(
            1 <= len(self.bands) <= 16,
            sum(band.bins for band in self.bands) == self.full.bins == self.n_fft // 2,
            all(
                1 <= size <= LARGEST_SIZE
                for size in (self.joined, self.final_growth, *self.final_kernel)
            ),
            1 <= self.final_layers <= 16,
        )
        for band in (*self.bands, self.full):
            blocks = len(band.growth)
            self.require(
                blocks % 2 == 1,
                blocks <= 17,
                len(band.layers) == len(band.lstm) == blocks,
                band.bins >= 2**band.depth,
                all(1 <= size <= LARGEST_SIZE for size in (band.features, *band.growth)),
                all(1 <= layers <= 16 for layers in band.layers),
                all(0 <= units <= LARGEST_SIZE and units % 2 == 0 for units in band.lstm),
                all(1 <= size <= 16 for size in band.kernel),
            )
            channels = (g * n for g, n in zip(band.growth, band.layers, strict=True))
            self.require_room(max(band.features, *channels, self.joined) * band.bins)

    @property
    def alignment(self) -> int:
        """Frames that end up in one of the deepest block's."""
        return int(2 ** max(band.depth for band in (*self.bands, self.full)))


# Table 1 of the 2017 paper. Its top bin, the 513th of the high band, is left out here as in the
# frame transformer.
MMDENSENET = DenseConfig(
    bands=(
        DenseBand(512, 32, (14, *(16,) * 6), (4,) * 7, (0,) * 7, (4, 3)),
        DenseBand(512, 32, (10,) * 7, (3,) * 7, (0,) * 7, (3, 3)),
    ),
    full=DenseBand(1024, 32, (6,) * 7, (2, 2, 2, 4, 2, 2, 2), (0,) * 7, (4, 3)),
)

# Table 1 of the 2018 paper: bands below 4.1 kHz, below 11 kHz and above. Public accounts of the
# table differ in which of the full band's two deepest levels has an LSTM; here it is the deepest.
MMDENSELSTM = DenseConfig(
    n_fft=4096,
    hop=1024,
    bands=(
        DenseBand(380, 32, (14,) * 7, (5,) * 7, (0, 0, 0, 128, 0, 128, 0)),
        DenseBand(644, 32, (4,) * 7, (4,) * 7, (0, 0, 0, 32, 0, 0, 0)),
        DenseBand(1024, 32, (2,) * 5, (1,) * 5, (0, 0, 8, 0, 0)),
    ),
    full=DenseBand(
        2048, 32, (7,) * 9, (3, 3, 4, 5, 5, 5, 4, 3, 3), (0, 0, 0, 0, 128, 0, 0, 128, 0)
    ),
    final_growth=12,
    final_layers=3,
    final_kernel=(3, 3),
)


class DenseLayer(nn.Module):
    """Norm, ReLU, convolution: a composite layer (2017, section 3.1) that keeps bins and frames."""

    def __init__(self, inputs: int, outputs: int, kernel: tuple[int, int]) -> None:
        super().__init__()
        high, wide = kernel
        # An even kernel sees one more bin above than below.
        self.padding = ((wide - 1) // 2, wide // 2, (high - 1) // 2, high // 2)
        self.norm = nn.BatchNorm2d(inputs)
        self.convolution = nn.Conv2d(inputs, outputs, kernel, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.convolution(functional.pad(functional.relu(self.norm(x)), self.padding))


class DenseBlock(nn.Module):
    """Layers that each see the block's input and all layers before (2017, equation 2).

    The block gives what its last layer makes: so the published network has its 0.33 M parameters.
    """

    def __init__(self, inputs: int, *, growth: int, layers: int, kernel: tuple[int, int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            DenseLayer(inputs + number * growth, growth, kernel) for number in range(layers)
        )
        self.outputs = growth

    def forward(self, x: Tensor) -> Tensor:
        seen = [x]
        for layer in self.layers:
            seen.append(layer(torch.cat(seen, dim=1)))
        return seen[-1]


class LstmBlock(nn.Module):
    """One map of all channels, as a sequence of frames, through an LSTM (2018, section 3.2).

    A 1 x 1 convolution makes the map; a bidirectional LSTM reads a frame's bins as features; a
    linear layer brings its units back to bins. The outcome is one more channel.
    """

    def __init__(self, inputs: int, *, bins: int, units: int) -> None:
        super().__init__()
        self.extraction = nn.Sequential(
            nn.BatchNorm2d(inputs), nn.ReLU(), nn.Conv2d(inputs, 1, 1, bias=False)
        )
        self.lstm = nn.LSTM(bins, units // 2, batch_first=True, bidirectional=True)
        self.back = nn.Linear(units, bins)

    def forward(self, x: Tensor) -> Tensor:
        frames = self.extraction(x)[:, 0].transpose(1, 2)  # (batch, frame, bin)
        remembered, _ = self.lstm(frames)
        return self.back(remembered).transpose(1, 2)[:, None]


class Stage(nn.Module):
    """A dense block and, where there is one, its LSTM's channel beside it ("Sa" of 2018)."""

    def __init__(self, inputs: int, band: DenseBand, number: int, *, bins: int) -> None:
        super().__init__()
        self.dense = DenseBlock(
            inputs, growth=band.growth[number], layers=band.layers[number], kernel=band.kernel
        )
        self.outputs = self.dense.outputs
        self.lstm: LstmBlock | None = None
        if band.lstm[number]:
            self.lstm = LstmBlock(self.outputs, bins=bins, units=band.lstm[number])
            self.outputs += 1

    def forward(self, x: Tensor) -> Tensor:
        x = self.dense(x)
        return x if self.lstm is None else torch.cat((x, self.lstm(x).to(x.dtype)), dim=1)


class BandNetwork(nn.Module):
    """The U-Net of dense blocks over one band, MDenseNet (2017, section 3.2, figure 2)."""

    def __init__(self, band: DenseBand, outputs: int) -> None:
        super().__init__()
        # Bins that cannot be halved so often are padded above.
        self.padding = -band.bins % 2**band.depth
        bins = band.bins + self.padding
        self.first = nn.Conv2d(2, band.features, 3, padding=1)
        self.down, self.expansions, self.up = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        width, skips = band.features, []
        for level in range(band.depth + 1):
            stage = Stage(width, band, level, bins=bins >> level)
            self.down.append(stage)
            width = stage.outputs
            skips.append(width)
        skips.pop()
        for level in range(band.depth - 1, -1, -1):
            self.expansions.append(nn.ConvTranspose2d(width, width, 2, 2))
            stage = Stage(width + skips.pop(), band, 2 * band.depth - level, bins=bins >> level)
            self.up.append(stage)
            width = stage.outputs
        self.last = nn.Conv2d(width, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        bins = x.shape[2]
        x = self.first(functional.pad(x, (0, 0, 0, self.padding)))
        skips = []
        for level, stage in enumerate(self.down):
            x = stage(functional.avg_pool2d(x, 2) if level else x)
            skips.append(x)
        skips.pop()
        for expansion, stage in zip(self.expansions, self.up, strict=True):
            x = stage(torch.cat((expansion(x), skips.pop()), dim=1))
        return self.last(x)[:, :, :bins]


class DenseNetwork(MaskingNetwork):
    """Networks for each band and for all bins, joined by a last dense block (2017, section 3.3).

    The papers' networks give magnitudes through a ReLU; here a sigmoid gives the mask, so that all
    architectures are trained and used alike.
    """

    config: DenseConfig

    def __init__(self, config: DenseConfig) -> None:
        super().__init__()
        self.config = config
        self.bands = nn.ModuleList(BandNetwork(band, config.joined) for band in config.bands)
        self.full = BandNetwork(config.full, config.joined)
        self.final = DenseBlock(
            2 * config.joined,
            growth=config.final_growth,
            layers=config.final_layers,
            kernel=config.final_kernel,
        )
        self.last = nn.Conv2d(self.final.outputs, 2, 1)

    def mask(self, magnitude: Tensor) -> Tensor:
        """See `MaskingNetwork`."""
        x = magnitude.contiguous(memory_format=torch.channels_last)
        parts = x.split([band.bins for band in self.config.bands], dim=2)
        bands = [network(part) for network, part in zip(self.bands, parts, strict=True)]
        joined = torch.cat((torch.cat(bands, dim=2), self.full(x)), dim=1)
        return torch.sigmoid(self.last(self.final(joined)).float())
