"""The transform finds a tone where it is, and gives back what it took."""

import pytest
import torch

from core.stft import Stft


@pytest.mark.parametrize("length", [1, 1023, 1024, 2048, 44100, 50001])
def test_synthesis_gives_back_what_was_analysed(length: int) -> None:
    stft = Stft()
    waveform = torch.randn(2, 3, length)
    spectrogram = stft.analyse(waveform)
    assert spectrogram.shape == (2, 3, 1025, length // 1024 + 1)
    if length > 1024:
        back = stft.synthesise(spectrogram, length=length)
        # What lies behind the last frame's centre is seen by half a window only.
        whole = length // 1024 * 1024
        assert torch.allclose(back[..., :whole], waveform[..., :whole], atol=1e-4)


@pytest.mark.parametrize(("n_fft", "hop"), [(2048, 1024), (4096, 1024), (1000, 300), (512, 512)])
def test_both_ways_are_what_torch_computes(n_fft: int, hop: int) -> None:
    stft, length = Stft(n_fft, hop), 80_000
    waveform = torch.randn(2, length)
    window = torch.hann_window(n_fft)
    with torch.inference_mode():
        found = stft.analyse(waveform)
        wanted = torch.stft(
            waveform, n_fft, hop, window=window, pad_mode="constant", return_complex=True
        )
        assert torch.allclose(found, wanted, atol=1e-4)
        if hop < n_fft:  # torch refuses windows that leave gaps
            back = stft.synthesise(wanted, length=length)
            expected = torch.istft(wanted, n_fft, hop, window=window, length=length)
            assert torch.allclose(back, expected, atol=1e-5)


def test_a_tone_stands_in_its_bin() -> None:
    bin_hz = 44100 / 2048
    time = torch.arange(44100) / 44100
    spectrogram = Stft().analyse(torch.sin(2 * torch.pi * 100 * bin_hz * time))
    assert spectrogram[:, 20].abs().argmax() == 100


def test_a_click_stands_in_its_frame() -> None:
    waveform = torch.zeros(20 * 1024)
    waveform[7 * 1024] = 1
    energy = Stft().analyse(waveform).abs().square().sum(0)
    assert energy.argmax() == 7
