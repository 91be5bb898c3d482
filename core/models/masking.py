"""What the networks share that see magnitudes and give the instrumental's share of them."""

from abc import abstractmethod

from torch import Tensor
from torch.nn import functional

from core.models.level import local_level
from core.models.network import Network


class MaskingNetwork(Network):
    """Sees magnitudes against the local level; its mask is the instrumental's, as published.

    The papers scale a whole song, or the training set, to a fixed level; here the level is local,
    so that no chunk waits for the rest of the song.
    """

    def forward(self, mixture: Tensor) -> Tensor:
        """See `Network`."""
        magnitude = mixture[:, :, :-1].abs()
        *_, bins, frames = magnitude.shape
        level = local_level(magnitude, self.config.n_fft / 2)
        wanted = -frames % self.config.alignment
        x = functional.pad(magnitude / level, (0, wanted))
        mask = self.mask(x)[..., :frames].float()
        mask = functional.pad(mask, (0, 0, 0, 1), mode="replicate")
        return mixture * (1 - mask)

    @abstractmethod
    def mask(self, magnitude: Tensor) -> Tensor:
        """The instrumental's share, 0 to 1, in every bin and frame.

        Args:
            magnitude: (batch, 2, bins, frames), about 1 on average; the frames are a multiple of
                the config's alignment.

        Returns:
            (batch, 2, bins, frames).
        """
