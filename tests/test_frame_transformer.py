"""The network is a U-Net over frequency whose frames meet in the transformers only."""

import dataclasses

import pytest
import torch
from torch import nn

from core.errors import CheckpointError
from core.models.attention import MultiBandAttention, rotate, within_reach
from core.models.config import (
    AXIAL,
    PUBLISHED,
    SMALL,
    FrameTransformerConfig,
    Mask,
    Norm,
    Positions,
)
from core.models.frame_transformer import FrameTransformer
from tests.tiny import TINY, TINY_PUBLISHED

LIGHT = dataclasses.replace(TINY, heard=704, inner=(3, 5), squeezed=(3,))
SHAPES = [TINY, TINY_PUBLISHED, LIGHT]


def network_of(config: FrameTransformerConfig) -> FrameTransformer:
    return FrameTransformer(config).eval()


def attending(positions: Positions) -> FrameTransformerConfig:
    return dataclasses.replace(TINY, reach=5, positions=positions)


def noise(frames: int, batch: int = 1) -> torch.Tensor:
    return torch.randn(batch, 2, 1025, frames, dtype=torch.complex64)


@pytest.mark.parametrize("config", SHAPES)
@pytest.mark.parametrize("frames", [1, 2, 7, 64])
def test_any_number_of_frames_can_be_given(config: FrameTransformerConfig, frames: int) -> None:
    mixture = noise(frames, batch=2)
    with torch.inference_mode():
        assert network_of(config)(mixture).shape == mixture.shape


@pytest.mark.parametrize("config", [*SHAPES, SMALL])
def test_every_kernel_over_both_axes_is_one_frame_wide(config: FrameTransformerConfig) -> None:
    kernels = [
        m.kernel_size for m in FrameTransformer(config).modules() if isinstance(m, nn.Conv2d)
    ]
    assert len(kernels) > 5
    assert {width for _, width in kernels} == {1}


@pytest.mark.parametrize("config", SHAPES)
def test_without_transformers_frames_do_not_meet(config: FrameTransformerConfig) -> None:
    alone = dataclasses.replace(
        config,
        encoders=(0,) * len(config.encoders),
        decoders=(0,) * len(config.decoders),
        norm=Norm.BATCH,
    )
    network = network_of(alone)
    mixture = noise(130)
    changed = mixture.clone()
    # One bin of a frame, its energy kept, so that the level others are heard at stays.
    changed[:, :, [40, 41], 100] = mixture[:, :, [41, 40], 100]
    with torch.inference_mode():
        difference = (network.mask(mixture) - network.mask(changed)).abs().amax(dim=(0, 1, 2))
    assert difference[100] > 1e-4
    assert difference[:100].max() < 1e-5
    assert difference[101:].max() < 1e-5


@pytest.mark.parametrize("positions", Positions)
def test_attention_sees_as_far_as_its_reach_on_both_sides(positions: Positions) -> None:
    attention = MultiBandAttention(8, attending(positions))
    x = torch.randn(1, 40, 8)
    changed = x.clone()
    changed[:, 20] += 1
    with torch.inference_mode():
        moved = (attention(x, x) - attention(changed, changed)).abs().amax(dim=(0, 2)) > 1e-6
    # One more frame on either side: the convolution over three frames behind Q, K and V.
    assert moved.nonzero().flatten().tolist() == list(range(14, 27))


def test_relative_positions_tell_before_from_after() -> None:
    attention = MultiBandAttention(8, attending(Positions.RELATIVE))
    with torch.no_grad():
        attention.distance.normal_()
        q = torch.randn(1, 2, 12, 4)
        logits = attention._relative_logits(q)
        expected = q[0, 1, 6] @ attention.distance[5 - 2] / 2
    assert torch.allclose(logits[0, 1, 6, 4], expected, atol=1e-6)
    assert not torch.allclose(logits[0, 1, 6, 4], logits[0, 1, 6, 8])


def test_rotation_makes_products_depend_on_distance_alone() -> None:
    q, k = torch.randn(8), torch.randn(8)
    turned_q = rotate(q.expand(1, 30, 1, 8))[0, :, 0]
    turned_k = rotate(k.expand(1, 30, 1, 8))[0, :, 0]
    assert torch.allclose(turned_q[3] @ turned_k[7], turned_q[20] @ turned_k[24], atol=1e-4)


def test_reach_is_symmetric() -> None:
    seen = within_reach(6, 2, device=torch.device("cpu"))
    assert seen.sum(1).tolist() == [3, 4, 5, 5, 4, 3]
    assert torch.equal(seen, seen.T)


@pytest.mark.parametrize("config", SHAPES)
def test_masks_stay_within_their_bounds(config: FrameTransformerConfig) -> None:
    with torch.inference_mode():
        mask = network_of(config).mask(noise(20) * 100)
    assert mask.shape == (1, 2, 1025, 20)
    assert mask.min() >= 0
    assert mask.max() <= 1
    assert torch.allclose(mask[:, :, -1], mask[:, :, -2])  # the dropped top bin, given back


@pytest.mark.parametrize("kind", Mask)
def test_masks_act_on_the_signals_they_are_named_after(kind: Mask) -> None:
    network = network_of(dataclasses.replace(TINY, mask=kind))
    mixture = noise(8)
    with torch.inference_mode():
        share = 1 - network.mask(mixture)
        vocals = network(mixture)
    if kind is Mask.MID_SIDE:
        mixture, vocals = (
            torch.stack((x[:, 0] + x[:, 1], x[:, 0] - x[:, 1]), dim=1) for x in (mixture, vocals)
        )
    assert torch.allclose(vocals, mixture * share, atol=1e-5)


@pytest.mark.parametrize("config", SHAPES)
def test_level_does_not_change_what_is_voice(config: FrameTransformerConfig) -> None:
    network, mixture = network_of(config), noise(50) * 10
    with torch.inference_mode():
        assert torch.allclose(network.mask(mixture), network.mask(mixture * 8), atol=1e-3)


@pytest.mark.parametrize("config", SHAPES)
def test_silence_stays_silent(config: FrameTransformerConfig) -> None:
    with torch.inference_mode():
        assert network_of(config)(torch.zeros_like(noise(9))).abs().max() == 0


@pytest.mark.parametrize("config", SHAPES)
def test_every_weight_learns(config: FrameTransformerConfig) -> None:
    network = FrameTransformer(config)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.05)
    network(noise(12)).abs().square().mean().backward()
    idle = [
        name
        for name, parameter in network.named_parameters()
        if parameter.grad is None or not parameter.grad.abs().max() > 0
    ]
    # Softmax does not see what is added to all of a row: a key's last offset.
    assert [name for name in idle if not name.endswith("key.1.bias")] == []


def test_the_published_shape_has_the_size_that_was_counted() -> None:
    with torch.device("meta"):
        parameters = sum(p.numel() for p in FrameTransformer(PUBLISHED).parameters())
    assert 140e6 < parameters < 190e6  # 163 M, with relative positions for one side only


def test_configs_survive_json() -> None:
    for config in (PUBLISHED, SMALL, AXIAL, TINY):
        assert FrameTransformerConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize(
    "change",
    [
        {"bands": ((512, 1),)},
        {"bands": ((2048, 3),)},
        {"encoders": (1,)},
        {"decoders": ()},
        {"feedforward": 10**9},
        {"chunk": 0},
        {"heads": 0},
    ],
)
def test_impossible_configs_are_refused(change: dict) -> None:
    with pytest.raises(CheckpointError):
        dataclasses.replace(SMALL, **change)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"norm": "none"}', '{"unknown": 1}'])
def test_configs_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(CheckpointError):
        FrameTransformerConfig.from_json(text)
