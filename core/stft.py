"""The short-time Fourier transform that the networks see."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from core.stretches import in_stretches, stretches


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
        window, reach = self._window(waveform.device), self.n_fft // 2
        padded = functional.pad(waveform, (reach, reach))
        frames = padded.unfold(-1, self.n_fft, self.hop)

        def spectra(start: int, stop: int) -> Tensor:
            return torch.fft.rfft(frames[..., start:stop, :] * window)

        count, device = waveform.shape[-1] // self.hop + 1, waveform.device
        return in_stretches(spectra, count, dim=-2, device=device).transpose(-2, -1)

    def synthesise(self, spectrogram: Tensor, *, length: int) -> Tensor:
        """Invert `analyse` by weighted overlap-add (Griffin and Lim 1984, eq. 6).

        Args:
            spectrogram: (..., n_fft / 2 + 1, frames), complex64.
            length: samples wanted.

        Returns:
            (..., length), float32.
        """
        # torch.istft gives the same, but was measured to take more than twice as long.
        spectra, window = spectrogram.transpose(-2, -1), self._window(spectrogram.device)
        *other, frames, _ = spectra.shape
        steps = -(-self.n_fft // self.hop)
        fill = (0, steps * self.hop - self.n_fft)
        added = window.new_zeros((*other, frames + steps - 1, self.hop))
        weight = window.new_zeros(added.shape[-2:])
        squares = functional.pad(window.square(), fill).view(steps, self.hop)
        for start, stop in stretches(frames, device=spectra.device):
            part = torch.fft.irfft(spectra[..., start:stop, :], n=self.n_fft) * window
            part = functional.pad(part, fill) if fill[1] else part
            for step, piece in enumerate(part.unflatten(-1, (steps, self.hop)).unbind(-2)):
                added[..., start + step : stop + step, :] += piece
                weight[start + step : stop + step] += squares[step]
        waveform = (added / weight.clamp_min(1e-11)).flatten(-2)[..., self.n_fft // 2 :]
        return functional.pad(waveform, (0, max(length - waveform.shape[-1], 0)))[..., :length]
