"""The U-Net of Jansson et al. 2017, "Singing voice separation with deep U-Nets" (ISMIR)."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.models.masking import MaskingNetwork
from core.models.network import LARGEST_SIZE, NetworkConfig

KERNEL, STRIDE = 5, 2
LEAK = 0.2
DROPPED_LEVELS, DROPOUT = 3, 0.5


@dataclass(frozen=True, kw_only=True)
class UNetConfig(NetworkConfig):
    """Shape of a `UNet`; the defaults are the paper's (section 3.1 and 3.3).

    Patches of 128 frames were trained on; a chunk is one and a half, between two halves.

    Attributes:
        channels: of each level of the encoder; each level halves bins and frames.
    """

    sample_rate: int = 8192
    n_fft: int = 1024
    hop: int = 768
    chunk: int = 192
    context: int = 64
    channels: tuple[int, ...] = (16, 32, 64, 128, 256, 512)

    def __post_init__(self) -> None:
        """See `NetworkConfig`."""
        super().__post_init__()
        self.require(
            1 <= len(self.channels) <= 8,
            all(1 <= size <= LARGEST_SIZE for size in self.channels),
            self.n_fft // 2 % 2 ** len(self.channels) == 0,
        )
        # A level has a quarter of the numbers a channel that the one before has.
        self.require_room(max(size * self.n_fft >> 2 * n for n, size in enumerate(self.channels)))

    @property
    def alignment(self) -> int:
        """Frames that end up in one of the deepest level."""
        return int(STRIDE ** len(self.channels))


class UNet(MaskingNetwork):
    """Strided 5 x 5 convolutions down, transposed ones up, with skips (section 3.1, figure 1).

    The paper's network hears one channel; left and right go through it one after the other.
    """

    config: UNetConfig

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        widths = (1, *config.channels)
        self.down = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(inputs, outputs, KERNEL, STRIDE, KERNEL // 2),
                nn.BatchNorm2d(outputs),
                nn.LeakyReLU(LEAK),
            )
            for inputs, outputs in zip(widths[:-1], widths[1:], strict=True)
        )
        deepest = len(config.channels) - 1
        self.up = nn.ModuleList()
        for level in range(deepest, -1, -1):
            inputs = widths[level + 1] * (1 if level == deepest else 2)
            up: list[nn.Module] = [
                nn.ConvTranspose2d(
                    inputs, widths[level], KERNEL, STRIDE, KERNEL // 2, output_padding=1
                )
            ]
            if level:
                up += [nn.BatchNorm2d(widths[level]), nn.ReLU()]
            if level > deepest - DROPPED_LEVELS and level:
                up.append(nn.Dropout2d(DROPOUT))
            self.up.append(nn.Sequential(*up))

    def mask(self, magnitude: Tensor) -> Tensor:
        """See `MaskingNetwork`."""
        B, C, F, T = magnitude.shape
        x = magnitude.reshape(B * C, 1, F, T).contiguous(memory_format=torch.channels_last)
        skips = []
        for level in self.down:
            x = level(x)
            skips.append(x)
        x = self.up[0](skips.pop())
        for level in list(self.up)[1:]:
            x = level(torch.cat((x, skips.pop()), dim=1))
        return torch.sigmoid(x.float()).reshape(B, C, F, T)
