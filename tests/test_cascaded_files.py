"""Weights of tsurumeso's vocal-remover load, and are heard as that program hears them."""

import dataclasses
import hashlib
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from core.audio import Audio
from core.cascaded_files import cascaded_config
from core.checkpoint import load_checkpoint
from core.devices import choose_device
from core.errors import CheckpointError
from core.models.cascaded import CascadedConfig, CascadedNet, Level, MaskKind
from core.separation import Separation, separate
from core.separator import Separator
from core.stft import Stft
from tests.hostile_weights import saved

SMALL = CascadedConfig(n_fft=256, hop=128, channels=8, lstm=8, level=Level.SONG)
LAYOUTS = {
    "version 5": SMALL,
    "version 5, complex": dataclasses.replace(SMALL, mask=MaskKind.COMPLEX),
    "version 6": dataclasses.replace(SMALL, both_stems=True),
    "version 6, complex": dataclasses.replace(SMALL, mask=MaskKind.COMPLEX, both_stems=True),
}


def state_of(config: CascadedConfig) -> dict[str, Tensor]:
    """Random weights as that program's training saves them."""
    torch.manual_seed(2)
    network = CascadedNet(config)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d | torch.nn.BatchNorm1d):
            assert module.running_mean is not None and module.running_var is not None
            module.running_mean.normal_(std=0.1)
            module.running_var.uniform_(0.5, 1.5)
    state = network.state_dict()
    if not config.both_stems:
        state["aux_out.weight"] = torch.randn(2, 6, 1, 1)  # of training alone
    return state


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.pth"
    path.write_bytes(saved(state_of(SMALL)))
    return path


def noise(samples: int) -> np.ndarray:
    return np.random.default_rng(8).normal(size=(2, samples)).astype(np.float32) * 0.1


def separator_of(path: Path) -> Separator:
    return Separator(load_checkpoint(path), device=choose_device("cpu"))


def by_the_book(config: CascadedConfig, state: dict[str, Tensor], song: np.ndarray) -> np.ndarray:
    """The instrumental as that program's inference makes it, over the whole song at once.

    The spectrogram is divided by its largest magnitude and padded with `offset` empty frames in
    front and enough behind; windows of `window` frames, `window - 2 offset` apart, go through the
    network; of each mask `offset` frames are cut off at either end.
    """
    stft = Stft(config.n_fft, config.hop)
    spectrogram = stft.analyse(torch.from_numpy(song))
    frames = spectrogram.shape[-1]
    roi = config.window - 2 * config.offset
    right = roi - frames % roi + config.offset
    padded = torch.zeros(2, spectrogram.shape[1], config.offset + frames + right) + 0j
    padded[..., config.offset : config.offset + frames] = spectrogram / spectrogram.abs().max()
    network = CascadedNet(config).eval()
    network.load_state_dict(state, strict=False)
    masks = []
    with torch.inference_mode():
        for start in range(0, padded.shape[-1] - 2 * config.offset, roi):
            window = padded[None, ..., start : start + config.window]
            if window.shape[-1] == config.window:
                mask = network._instrumental(window)[0]
                masks.append(mask[..., config.offset : -config.offset])
    mask = torch.cat(masks, dim=-1)[..., :frames]
    return stft.synthesise(spectrogram * mask, length=song.shape[-1]).numpy()


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_known_by_its_shapes(name: str) -> None:
    assert cascaded_config(state_of(LAYOUTS[name]), "one.pth") == LAYOUTS[name]


def test_a_file_is_a_checkpoint_with_a_name_and_a_hash(baseline: Path) -> None:
    checkpoint = load_checkpoint(baseline)
    assert checkpoint.name == "baseline"
    assert checkpoint.sha256 == hashlib.sha256(baseline.read_bytes()).hexdigest()
    assert "tsurumeso" in checkpoint.card["trained_with"]


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("version 5", 128 * 700),
        ("version 5", 128 * 128 + 37),
        ("version 5", 999),
        ("version 5, complex", 128 * 300),
        ("version 6", 128 * 300),
        ("version 6, complex", 128 * 300),
    ],
)
def test_a_song_is_separated_as_that_program_does(name: str, length: int, tmp_path: Path) -> None:
    config = LAYOUTS[name]
    state = state_of(config)
    path = tmp_path / "baseline.pth"
    path.write_bytes(saved(state))
    song = noise(length)
    vocals = separate(separator_of(path), Audio(song, 44100))
    instrumental = song - vocals[:, :]
    wanted = by_the_book(config, state, song)
    assert np.abs(wanted).max() > 0.01
    np.testing.assert_allclose(instrumental, wanted, atol=1e-5)


def test_neither_chunks_nor_their_order_matter(baseline: Path) -> None:
    song = Audio(noise(128 * 1500), 44100)
    separator = separator_of(baseline)
    estimates = []
    for frames in (128, 512):
        separation = Separation(separator, song, chunk_frames=frames)
        for chunk in reversed(separation.chunks):
            separation.run(chunk)
        estimates.append(separation.vocals[:, :])
    np.testing.assert_allclose(estimates[0], estimates[1], atol=1e-5)


def test_the_loudest_bin_is_that_of_the_whole_song(baseline: Path) -> None:
    song = noise(128 * 3000 + 50)
    song[:, 128 * 2047 - 20 : 128 * 2047 + 20] = 0.9  # around where stretches meet
    separator = separator_of(baseline)
    wanted = Stft(256, 128).analyse(torch.from_numpy(song)).abs().max().item()
    assert separator.loudest_bins(song) == pytest.approx((wanted,), rel=1e-5)


def test_silence_stays_silence(baseline: Path) -> None:
    vocals = separate(separator_of(baseline), Audio(np.zeros((2, 20_000), np.float32), 44100))
    assert np.abs(vocals[:, :]).max() == 0


def test_weights_of_other_programs_are_refused() -> None:
    for state in (
        {"conv.weight": torch.zeros(3)},
        {**state_of(SMALL), "out.weight": torch.zeros(3, 8, 1, 1)},
        {**state_of(SMALL), "out.weight": torch.zeros(3)},
        {**state_of(SMALL), "stg3_full_band_net.lstm_dec2.lstm.weight_ih_l0": torch.zeros(16, 7)},
    ):
        with pytest.raises(CheckpointError, match="versions 5 and 6|impossible"):
            cascaded_config(state, "other.pth")


def test_a_missing_layer_is_told(tmp_path: Path) -> None:
    state = state_of(SMALL)
    del state["stg1_high_band_net.enc1.conv.0.weight"]
    path = tmp_path / "part.pth"
    path.write_bytes(saved(state))
    with pytest.raises(CheckpointError, match="do not fit"):
        separator_of(path)
