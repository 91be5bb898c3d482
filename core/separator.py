"""A checkpoint's network at work: stereo audio in, the voice in it out."""

import numpy as np
import torch

from core.checkpoint import Checkpoint
from core.devices import DeviceChoice
from core.memory import keep_freed_pages
from core.precision import fastest_dtype
from core.stft import Stft


class Separator:
    """A checkpoint's network on a device, ready to take the voice out of stereo audio."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        *,
        device: DeviceChoice,
        dtype: torch.dtype | None = None,
    ) -> None:
        """Load the network.

        Args:
            checkpoint: what to run.
            device: where to run it.
            dtype: arithmetic; left out, the fastest that was measured on this device.

        Raises:
            CheckpointError: the weights do not fit the config.
        """
        keep_freed_pages()
        self.checkpoint, self.device = checkpoint, device
        self.config = checkpoint.config
        self.dtype = dtype or fastest_dtype(device.device.type)
        self.stft = Stft(self.config.n_fft, self.config.hop)
        network = checkpoint.build().to(device.device)
        # torch's stubs do not know the argument.
        self._network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def vocals(self, mixture: np.ndarray) -> np.ndarray:
        """Estimate the voice in a whole stretch of audio at once.

        Args:
            mixture: (2, samples), float32, at the network's sample rate.

        Returns:
            (2, samples), float32.
        """
        device = self.device.device
        with (
            torch.inference_mode(),
            torch.autocast(device.type, self.dtype, enabled=self.dtype is not torch.float32),
        ):
            spectrogram = self.stft.analyse(torch.from_numpy(mixture)[None].to(device))
            estimate = self._network(spectrogram)
            waveform = self.stft.synthesise(estimate, length=mixture.shape[-1])
        return waveform[0].cpu().numpy()
