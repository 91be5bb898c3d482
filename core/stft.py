"""The short-time Fourier transform that the networks see."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Stft:
    """A centred Hann STFT and its inverse: frame n is centred on sample n x hop.

    Attributes:
        n_fft: window length, samples.
        hop: step between frames, samples.
    """

    n_fft: int = 2048
    hop: int = 1024

    def _window(self, device: torch.device) -> Tensor:
        return torch.hann_window(self.n_fft, device=device)

    def analyse(self, waveform: Tensor) -> Tensor:
        """Transform, with silence beyond both ends.

        Args:
            waveform: (..., samples), float32.

        Returns:
            (..., n_fft / 2 + 1, samples // hop + 1), complex64.
        """
        *other, length = waveform.shape
        spectrogram = torch.stft(
            waveform.reshape(-1, length),
            self.n_fft,
            self.hop,
            window=self._window(waveform.device),
            pad_mode="constant",
            return_complex=True,
        )
        return spectrogram.view(*other, *spectrogram.shape[-2:])

    def synthesise(self, spectrogram: Tensor, *, length: int) -> Tensor:
        """Invert `analyse` by weighted overlap-add (Griffin and Lim 1984, eq. 6).

        Args:
            spectrogram: (..., n_fft / 2 + 1, frames), complex64.
            length: samples wanted.

        Returns:
            (..., length), float32.
        """
        *other, bins, frames = spectrogram.shape
        waveform = torch.istft(
            spectrogram.reshape(-1, bins, frames),
            self.n_fft,
            self.hop,
            window=self._window(spectrogram.device),
            length=length,
        )
        return waveform.view(*other, length)
