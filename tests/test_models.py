"""The relatives of the frame transformer have the shapes that their papers give."""

import dataclasses
import json

import numpy as np
import pytest
import torch
from torch import nn

from core.audio import Audio
from core.checkpoint import load_checkpoint, save_checkpoint
from core.devices import choose_device
from core.errors import CheckpointError
from core.models.cascaded import CascadedConfig, CascadedNet, Level, MaskKind
from core.models.dense import (
    MMDENSELSTM,
    MMDENSENET,
    DenseBand,
    DenseBlock,
    DenseConfig,
    DenseLayer,
    DenseNetwork,
    LstmBlock,
)
from core.models.network import Network, NetworkConfig
from core.models.registry import ARCHITECTURES, architecture_called, build_network
from core.models.unet import UNet, UNetConfig
from core.separation import Separation, separate
from core.separator import Separator
from tests.tiny import TINY

UNET = UNetConfig(sample_rate=44100, n_fft=256, hop=128, channels=(2, 4, 4), chunk=48, context=48)
DENSE = DenseConfig(
    n_fft=256,
    hop=128,
    bands=(
        DenseBand(40, 4, (3, 3, 3), (2, 2, 2), (0, 4, 0)),
        DenseBand(88, 4, (2, 2, 2), (1, 1, 1), (0, 0, 0), (4, 3)),
    ),
    full=DenseBand(128, 4, (2,) * 5, (1, 2, 1, 2, 1), (0, 0, 4, 0, 2)),
    chunk=48,
    context=48,
)
CASCADED = CascadedConfig(
    n_fft=256, hop=128, channels=8, lstm=8, window=64, offset=16, chunk=64, context=96
)
SMALL = {
    "unet": UNET,
    "dense": DENSE,
    "cascaded": CASCADED,
    "complex": dataclasses.replace(CASCADED, mask=MaskKind.COMPLEX),
    "both stems": dataclasses.replace(CASCADED, mask=MaskKind.COMPLEX, both_stems=True),
}


def parameters(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def noise(config: NetworkConfig, frames: int, batch: int = 1) -> torch.Tensor:
    return torch.randn(batch, 2, config.n_fft // 2 + 1, frames, dtype=torch.complex64)


@pytest.mark.parametrize("config", SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("frames", [1, 7, 64, 100])
def test_any_number_of_frames_can_be_given(config: NetworkConfig, frames: int) -> None:
    network = build_network(config).eval()
    mixture = noise(config, frames, batch=2)
    with torch.inference_mode():
        vocals = network(mixture)
    assert vocals.shape == mixture.shape
    assert vocals.dtype == mixture.dtype


@pytest.mark.parametrize("config", SMALL.values(), ids=SMALL)
def test_the_instrumental_is_never_louder_than_the_mixture(config: NetworkConfig) -> None:
    network = build_network(config).eval()
    mixture = 30 * noise(config, 50)
    with torch.inference_mode():
        left = mixture - network(mixture)
    assert (left.abs() <= mixture.abs() * (1 + 1e-5)).all()


@pytest.mark.parametrize("config", SMALL.values(), ids=SMALL)
def test_every_parameter_learns(config: NetworkConfig) -> None:
    network = build_network(config).train()
    mixture = noise(config, 64, batch=2)
    network(mixture).abs().sum().backward()
    still = [
        name
        for name, parameter in network.named_parameters()
        if parameter.grad is None or not parameter.grad.abs().max() > 0
    ]
    # A bias before a batch norm, or a unit of a tiny network that is never above zero, may rest.
    assert len(still) < 0.1 * len(list(network.parameters()))


@pytest.mark.parametrize("config", SMALL.values(), ids=SMALL)
def test_loudness_does_not_matter(config: NetworkConfig) -> None:
    network = build_network(config).eval()
    mixture = 50 * noise(config, 60)
    with torch.inference_mode():
        assert torch.allclose(network(3 * mixture), 3 * network(mixture), rtol=1e-3, atol=1e-2)


@pytest.mark.parametrize("config", SMALL.values(), ids=SMALL)
def test_checkpoints_of_every_architecture_separate_songs(
    config: NetworkConfig, tmp_path: object
) -> None:
    path = tmp_path / "one.safetensors"  # type: ignore[operator]
    save_checkpoint(path, build_network(config), card={"name": "One"})
    checkpoint = load_checkpoint(path)
    assert checkpoint.only.config == config
    separator = Separator(checkpoint, device=choose_device("cpu"), dtype=torch.float32)
    samples = np.random.default_rng(1).normal(size=(2, 30_000)).astype(np.float32) * 0.1
    vocals = separate(separator, Audio(samples, 44100))
    assert vocals.shape == samples.shape
    assert np.abs(vocals[:, :]).max() > 0.001


@pytest.mark.parametrize("config", [UNET, DENSE, CASCADED], ids=["unet", "dense", "cascaded"])
def test_the_size_of_chunks_hardly_matters(config: NetworkConfig, tmp_path: object) -> None:
    path = tmp_path / "one.safetensors"  # type: ignore[operator]
    save_checkpoint(path, build_network(config), card={})
    separator = Separator(load_checkpoint(path), device=choose_device("cpu"), dtype=torch.float32)
    samples = np.random.default_rng(1).normal(size=(2, 40_000)).astype(np.float32) * 0.1
    song = Audio(samples, 44100)
    estimates = []
    for samples_kept in (8192, 20_480):
        frames = samples_kept // separator.config.hop
        separation = Separation(separator, song, chunk_frames=frames)
        for chunk in reversed(separation.chunks):
            separation.run(chunk)
        estimates.append(separation.vocals[:, :])
    # Strides over frames, and the windows of the cascade, lie on one grid for the whole song.
    limit = 1e-5 if config is CASCADED else 0.02 * np.abs(estimates[0]).max()
    np.testing.assert_allclose(estimates[0], estimates[1], atol=limit)


def test_the_unet_is_the_papers() -> None:
    # Jansson et al. 2017, section 3: 8192 Hz, windows of 1024, hop 768, patches of 512 x 128.
    config = UNetConfig()
    assert (config.sample_rate, config.n_fft, config.hop) == (8192, 1024, 768)
    network = UNet(config)
    assert 9.8e6 < parameters(network) < 9.9e6
    x = torch.randn(1, 1, 512, 128)
    shapes = []
    for level in network.down:
        x = level(x)
        shapes.append(tuple(x.shape[1:]))
    assert shapes == [
        (16, 256, 64),
        (32, 128, 32),
        (64, 64, 16),
        (128, 32, 8),
        (256, 16, 4),
        (512, 8, 2),
    ]
    kernels = [m for m in network.modules() if isinstance(m, nn.Conv2d | nn.ConvTranspose2d)]
    assert {(m.kernel_size, m.stride) for m in kernels} == {((5, 5), (2, 2))}
    assert sum(isinstance(m, nn.Dropout2d) for m in network.modules()) == 3
    assert [m.negative_slope for m in network.modules() if isinstance(m, nn.LeakyReLU)] == [0.2] * 6


def test_the_unet_hears_each_channel_alone() -> None:
    network = UNet(UNET).eval()
    magnitude = torch.rand(1, 2, 128, 64)
    other = magnitude.clone()
    other[:, 1] = torch.rand(128, 64)
    with torch.inference_mode():
        one, two = network.mask(magnitude), network.mask(other)
    assert torch.allclose(one[:, 0], two[:, 0], atol=1e-6)
    assert not torch.allclose(one[:, 1], two[:, 1], atol=1e-3)


def test_mmdensenet_has_the_bands_growth_rates_and_size_of_its_paper() -> None:
    low, high = MMDENSENET.bands
    assert (low.bins, high.bins) == (512, 512)
    assert (low.growth[1], high.growth[1], MMDENSENET.full.growth[1]) == (16, 10, 6)
    assert (low.layers[0], high.layers[0], MMDENSENET.full.layers[3]) == (4, 3, 4)
    assert not any(any(band.lstm) for band in (low, high, MMDENSENET.full))
    assert 0.32e6 < parameters(DenseNetwork(MMDENSENET)) < 0.34e6


def test_mmdenselstm_has_three_bands_and_lstms_in_the_deep_blocks() -> None:
    edges = np.cumsum([band.bins for band in MMDENSELSTM.bands]) * 44100 / 4096
    np.testing.assert_allclose(edges, [4100, 11000, 22050], atol=60)
    assert [band.growth[0] for band in MMDENSELSTM.bands] == [14, 4, 2]
    assert MMDENSELSTM.full.growth[0] == 7
    network = DenseNetwork(MMDENSELSTM)
    units = [m.lstm.hidden_size * 2 for m in network.modules() if isinstance(m, LstmBlock)]
    assert sorted(units) == [8, 32, 128, 128, 128, 128]
    assert parameters(network) < 1.5e6


def test_a_dense_layer_sees_all_layers_before_it() -> None:
    block = DenseNetwork(DENSE).full.down[1].dense
    assert isinstance(block, DenseBlock)
    layers = [layer for layer in block.layers if isinstance(layer, DenseLayer)]
    assert [layer.convolution.in_channels for layer in layers] == [2, 4]
    assert block.outputs == 2


def test_an_lstm_adds_one_channel_and_joins_frames_far_apart() -> None:
    without = dataclasses.replace(
        DENSE,
        bands=tuple(dataclasses.replace(band, lstm=(0, 0, 0)) for band in DENSE.bands),
        full=dataclasses.replace(DENSE.full, lstm=(0,) * 5),
    )
    assert DenseNetwork(DENSE).full.down[2].outputs == 3
    assert DenseNetwork(without).full.down[2].outputs == 2
    magnitude = torch.rand(1, 2, 128, 200)
    moved = magnitude.clone()
    moved[..., 0] += 5
    changes = []
    for config in (DENSE, without):
        torch.manual_seed(3)
        network = DenseNetwork(config).eval()
        with torch.inference_mode():
            change = (network.mask(magnitude) - network.mask(moved)).abs().amax(dim=(0, 1, 2))
        changes.append(change[60:].max().item())
    assert changes[1] == 0
    assert changes[0] > 0


def test_the_cascade_is_the_programs() -> None:
    # 14.7 million parameters, less 48 of a layer that only its training uses.
    assert parameters(CascadedNet(CascadedConfig())) == 14_740_834
    network = CascadedNet(CascadedConfig(mask=MaskKind.COMPLEX, both_stems=True))
    assert network.out.weight.shape == (8, 32, 1, 1)
    assert network.stg3_full_band_net.lstm_dec2.lstm.input_size == 512


def test_the_cascade_hears_windows_on_one_grid() -> None:
    network = CascadedNet(CASCADED).eval()
    mixture = noise(CASCADED, 160)
    kept = CASCADED.alignment
    with torch.inference_mode():
        whole, later = network(mixture), network(mixture[..., kept:])
    inside = slice(kept, 160 - kept)
    assert torch.allclose(whole[..., kept:][..., inside], later[..., inside], rtol=0.2, atol=0.5)
    local = dataclasses.replace(CASCADED, level=Level.SONG)
    torch.manual_seed(0)
    network = CascadedNet(local).eval()
    with torch.inference_mode():
        whole, later = network(mixture), network(mixture[..., kept:])
    # Without the local level, which hears beyond a window, only the first window differs.
    assert torch.allclose(whole[..., 2 * kept :], later[..., kept:], atol=1e-5)


def test_complex_masks_turn_phases_and_magnitude_masks_do_not() -> None:
    mixture = noise(CASCADED, 40)
    for kind in MaskKind:
        network = CascadedNet(dataclasses.replace(CASCADED, mask=kind)).eval()
        with torch.inference_mode():
            share = (mixture - network(mixture)) / mixture
        turned = share.imag.abs().max() > 1e-3
        assert turned == (kind is MaskKind.COMPLEX)


def test_configs_that_cannot_be_built_are_refused() -> None:
    for config, field, value in (
        (UNET, "channels", []),
        (UNET, "n_fft", 250),
        (UNET, "chunk", 10**9),
        (UNET, "chunk", 3),
        (DENSE, "joined", 0),
        (DENSE, "bands", []),
        (CASCADED, "channels", 6),
        (CASCADED, "window", 32),
        (CASCADED, "lstm", 10**6),
        (CASCADED, "mask", "both"),
        (CASCADED, "both_stems", "yes"),
        (CASCADED, "hop", 2.5),
    ):
        fields = {**json.loads(config.to_json()), field: value}
        with pytest.raises(CheckpointError):
            type(config).from_json(json.dumps(fields))


def test_architectures_are_found_by_name() -> None:
    assert {"frame-transformer", "unet", "mmdense", "cascaded-net"} == set(ARCHITECTURES)
    for architecture in ARCHITECTURES.values():
        for shape in architecture.shapes.values():
            assert architecture.config.from_json(shape.to_json()) == shape
            with torch.device("meta"):
                assert isinstance(architecture.network(shape), Network)
    with pytest.raises(CheckpointError, match="No architecture is called wavenet"):
        architecture_called("wavenet")


def test_no_layer_may_take_more_than_two_gigabytes() -> None:
    for config, fields in (
        (UNET, {"channels": [16_384], "n_fft": 8192}),
        (MMDENSENET, {"joined": 4096}),
        (CASCADED, {"channels": 1024, "n_fft": 16_384, "hop": 512}),
        (TINY, {"heads": 16, "chunk": 7000, "context": 500, "hop": 512, "extracted": [0, 4]}),
    ):
        asked = {**json.loads(config.to_json()), **fields}
        with pytest.raises(CheckpointError, match="impossible"):
            type(config).from_json(json.dumps(asked))
