"""A checkpoint's networks at work: stereo audio in, the voice in it out."""

import numpy as np
import torch
from torch import Tensor

from core.checkpoint import Checkpoint
from core.devices import DeviceChoice
from core.ensemble import Combination, Framing, common_framing
from core.memory import keep_freed_pages
from core.models.network import Network
from core.precision import fastest_dtype
from core.stft import Stft


class Separator:
    """A checkpoint's networks on a device, ready to take the voice out of stereo audio."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        *,
        device: DeviceChoice,
        dtype: torch.dtype | None = None,
    ) -> None:
        """Load the networks.

        Args:
            checkpoint: what to run.
            device: where to run it.
            dtype: arithmetic; left out, the fastest that was measured on this device.

        Raises:
            CheckpointError: the weights do not fit the config, or the networks one another.
        """
        keep_freed_pages()
        self.checkpoint, self.device = checkpoint, device
        self.config: Framing = common_framing([each.config for each in checkpoint.networks])
        self.dtype = dtype or fastest_dtype(device.device.type)
        # Networks that see the same spectrogram share it.
        self._networks: dict[Stft, list[Network]] = {}
        for trained in checkpoint.networks:
            stft = Stft(trained.config.n_fft, trained.config.hop)
            network = trained.build().to(device.device)
            # torch's stubs do not know the argument.
            network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
            self._networks.setdefault(stft, []).append(network)

    def vocals(self, mixture: np.ndarray) -> np.ndarray:
        """Estimate the voice in a whole stretch of audio at once.

        Args:
            mixture: (2, samples), float32, at the network's sample rate.

        Returns:
            (2, samples), float32.
        """
        device = self.device.device
        combine = self._mean if self.checkpoint.combination is Combination.MEAN else self._extremes
        with torch.inference_mode():
            return combine(torch.from_numpy(mixture)[None].to(device))[0].cpu().numpy()

    def _mean(self, mixture: Tensor) -> Tensor:
        """The mean of the waveforms; (1, 2, samples) to the same."""
        total = torch.zeros_like(mixture)
        for stft, networks in self._networks.items():
            spectrogram = stft.analyse(mixture)
            estimate = self._estimate(networks[0], spectrogram)
            for network in networks[1:]:
                estimate = estimate + self._estimate(network, spectrogram)
            total += stft.synthesise(estimate, length=mixture.shape[-1])
        return total / len(self.checkpoint.networks)

    def _extremes(self, mixture: Tensor) -> Tensor:
        """In each bin the quietest or loudest instrumental, on the finest grid of bins."""
        finest = max(self._networks, key=lambda stft: stft.n_fft)
        whole = finest.analyse(mixture)
        found = []
        for stft, networks in self._networks.items():
            spectrogram = whole if stft == finest else stft.analyse(mixture)
            for network in networks:
                estimate = self._estimate(network, spectrogram)
                if stft != finest:
                    waveform = stft.synthesise(estimate, length=mixture.shape[-1])
                    estimate = finest.analyse(waveform)
                found.append(estimate)
        estimates = torch.stack(found)
        levels = (whole - estimates).abs()
        least = self.checkpoint.combination is Combination.MINIMUM
        place = (levels.argmin if least else levels.argmax)(dim=0, keepdim=True)
        return finest.synthesise(estimates.gather(0, place)[0], length=mixture.shape[-1])

    def _estimate(self, network: Network, spectrogram: Tensor) -> Tensor:
        reduced = self.dtype is not torch.float32
        with torch.autocast(self.device.device.type, self.dtype, enabled=reduced):
            return network(spectrogram)
