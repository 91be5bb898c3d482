"""Deeper levels may see several frames as one, and are heard again at every frame."""

import dataclasses

import pytest
import torch
from torch.nn import functional

from core.errors import CheckpointError
from core.models.attention import MultiBandAttention, rotate
from core.models.axial import AxialAttention, AxialCore
from core.models.config import AXIAL, FrameTransformerConfig, Norm, Positions
from core.models.frame_transformer import FrameTransformer
from core.stretches import finer, in_stretches, pooled
from tests.tiny import TINY, TINY_PUBLISHED

POOLED = dataclasses.replace(
    TINY, pooling=(1, 2), channels=(4, 11), axial=1, axial_heads=3, axial_reach=4
)
SHAPES = [
    POOLED,
    dataclasses.replace(POOLED, pooling=(2, 1)),
    dataclasses.replace(POOLED, pooling=(2, 3)),
    dataclasses.replace(POOLED, pooling=(2, 1), axial_pooling=((3, 1, 2, 0),)),
    dataclasses.replace(POOLED, pooling=(2, 1), axial_pooling=((2, 1, 1, 1),), axial_stride=(2,)),
    dataclasses.replace(TINY_PUBLISHED, pooling=(1, 4)),
    dataclasses.replace(POOLED, encoder_pooling=(1, 2)),
    dataclasses.replace(TINY_PUBLISHED, encoder_pooling=(2, 1), decoder_pooling=(3,)),
]


def noise(frames: int) -> torch.Tensor:
    return torch.randn(1, 2, 1025, frames, dtype=torch.complex64)


@pytest.mark.parametrize("config", SHAPES)
@pytest.mark.parametrize("frames", [1, 2, 7, 64])
def test_any_number_of_frames_can_be_given(config: FrameTransformerConfig, frames: int) -> None:
    mixture = noise(frames)
    with torch.inference_mode():
        assert FrameTransformer(config).eval()(mixture).shape == mixture.shape


def test_pooling_of_one_frame_changes_nothing() -> None:
    plain = FrameTransformer(dataclasses.replace(POOLED, pooling=())).eval()
    same = FrameTransformer(dataclasses.replace(POOLED, pooling=(1, 1))).eval()
    same.load_state_dict(plain.state_dict())
    mixture = noise(9)
    with torch.inference_mode():
        assert torch.equal(plain(mixture), same(mixture))


@pytest.mark.parametrize("config", [shape for shape in SHAPES if shape.pooling])
def test_the_deepest_level_works_on_fewer_frames(config: FrameTransformerConfig) -> None:
    network = FrameTransformer(config).eval()
    seen = []
    network.levels[-1].register_forward_hook(lambda *call: seen.append(call[2].shape[3]))
    with torch.inference_mode():
        network(noise(19))
    assert seen == [-(-19 // config.frames_at(1))]


@pytest.mark.parametrize("config", SHAPES)
def test_chunks_that_begin_on_the_alignment_are_seen_alike(config: FrameTransformerConfig) -> None:
    config = dataclasses.replace(config, reach=4, norm=Norm.BATCH)
    network, mixture = FrameTransformer(config).eval(), noise(200)
    late = 5 * config.alignment
    with torch.inference_mode():
        whole, part = network.mask(mixture), network.mask(mixture[..., late:])
    # Beyond what attention, its convolutions and the local level reach.
    assert torch.allclose(whole[..., late + 96 : 150], part[..., 96 : 150 - late], atol=1e-5)


def test_transformers_may_work_on_fewer_frames_than_their_level() -> None:
    config = dataclasses.replace(TINY_PUBLISHED, encoder_pooling=(1, 4), decoder_pooling=(2,))
    network, seen = FrameTransformer(config).eval(), []
    for branch in (*network.branches, *network.up_branches):
        branch.blocks[0].register_forward_hook(lambda *call: seen.append(call[2].shape[1]))
    with torch.inference_mode():
        network(noise(19))
    assert seen == [19, 5, 10]
    assert config.alignment == 4
    with pytest.raises(CheckpointError):
        dataclasses.replace(config, decoder_pooling=(2, 2))


def test_positions_count_frames_of_the_spectrogram() -> None:
    x = torch.randn(1, 20, 1, 8)
    assert torch.allclose(rotate(x)[:, ::2], rotate(x[:, ::2], step=2), atol=1e-6)
    network = FrameTransformer(dataclasses.replace(POOLED, reach=9, axial_reach=6))
    axial = next(m for m in network.modules() if isinstance(m, AxialAttention))
    assert (axial.step, axial.reach) == (2, 3)
    attention = next(m for m in network.modules() if isinstance(m, MultiBandAttention))
    assert (attention.step, attention.reach) == (2, 5)


def test_every_weight_learns() -> None:
    network = FrameTransformer(POOLED)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.05)
    network(noise(13)).abs().square().mean().backward()
    assert all(p.grad is not None and p.grad.abs().max() > 0 for p in network.parameters())


@pytest.mark.parametrize("pooling", [(1, 2), (0, 1, 1), (1, 0, 1), (1, 16, 17), (1, 2, 1, 1)])
def test_impossible_pooling_is_refused(pooling: tuple[int, ...]) -> None:
    with pytest.raises(CheckpointError):
        dataclasses.replace(AXIAL, pooling=pooling)


@pytest.mark.parametrize("sizes", [(1, 1, 1), (1, 1, 1, 17), (1, 1, 1, -1)])
def test_impossible_pooling_of_the_core_is_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(CheckpointError):
        dataclasses.replace(AXIAL, axial_pooling=(sizes,) * AXIAL.axial)


def test_alignment_is_of_the_deepest_level() -> None:
    config = dataclasses.replace(AXIAL, pooling=(1, 2, 3))
    assert (config.alignment, config.frames_at(1), config.frames_at(0)) == (6, 2, 1)
    assert FrameTransformerConfig.from_json(config.to_json()) == config
    assert AXIAL.alignment == 1
    sizes = ((1, 0, 2, 3),) * config.axial
    assert dataclasses.replace(config, axial_pooling=sizes).alignment == 36


@pytest.mark.parametrize("frames", [1, 5, 6])
def test_the_core_changes_each_frame_as_the_mean_of_several(frames: int) -> None:
    config = dataclasses.replace(POOLED, axial_pooling=((2, 2, 2, 2),))
    pooled_core = AxialCore(12, positions=5, config=config).eval()
    core = AxialCore(12, positions=5, config=dataclasses.replace(POOLED, pooling=(1, 4))).eval()
    core.load_state_dict(pooled_core.state_dict())
    x = torch.randn(2, 12, 5, frames)
    mean = pooled(x, 2)
    with torch.inference_mode():
        change = core(mean) - mean
        expected = x + change.repeat_interleave(2, dim=3)[..., :frames]
        assert torch.allclose(pooled_core(x), expected, atol=1e-5)


def test_a_mean_is_put_back_between_its_frames() -> None:
    x = torch.arange(10.0).expand(1, 1, 4, 10)
    up = finer(pooled(x, 2), (2, 2), start=0, stop=10)
    assert up.shape == (1, 1, 8, 10)
    # A ramp stays one, but for its ends.
    assert torch.allclose(up[..., 1:-1], functional.interpolate(x, (8, 10))[..., 1:-1])


@pytest.mark.parametrize("frames", [1, 2, 3, 10, 11])
def test_the_last_mean_is_of_what_is_left(frames: int) -> None:
    x = torch.randn(1, 3, frames, 4)
    means = [part.mean(dim=2) for part in x.split(3, dim=2)]
    assert torch.allclose(pooled(x, 3, dim=2), torch.stack(means, dim=2), atol=1e-6)


@pytest.mark.parametrize("bins", [1, 2])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_stretch_is_interpolated_as_the_whole_is(bins: int, size: int) -> None:
    x, scale = torch.randn(1, 2, 9, 9), (bins, size)
    whole = finer(x, scale, start=0, stop=9 * size - 1)
    starts = range(0, 9 * size - 1, 4)
    parts = [finer(x, scale, start=at, stop=min(at + 4, 9 * size - 1)) for at in starts]
    assert torch.allclose(torch.cat(parts, dim=3), whole, atol=1e-6)


@pytest.mark.parametrize("config", SHAPES)
def test_stretches_make_what_all_frames_at_once_do(config: FrameTransformerConfig) -> None:
    network, mixture = FrameTransformer(config).eval(), noise(149)
    with torch.inference_mode():
        stretched = network(mixture)
    with torch.enable_grad():
        whole = network(mixture).detach()
    assert torch.allclose(stretched, whole, atol=1e-5)


def test_only_a_processor_that_does_not_learn_works_in_stretches() -> None:
    def lengths(device: str) -> list[int]:
        found = []

        def make(start: int, stop: int) -> torch.Tensor:
            found.append(stop - start)
            return torch.zeros(1, 1, 1, stop - start)

        assert in_stretches(make, 70, device=torch.device(device)).shape[3] == 70
        return found

    assert lengths("cpu") == [70]
    with torch.inference_mode():
        assert lengths("cpu") == [64, 6]
        assert lengths("cuda") == [70]


def test_relative_positions_reach_as_far() -> None:
    config = dataclasses.replace(
        TINY_PUBLISHED, pooling=(1, 4), reach=8, positions=Positions.RELATIVE
    )
    modules = FrameTransformer(config).branches[1].modules()
    attention = next(m for m in modules if isinstance(m, MultiBandAttention))
    assert attention.distance.shape[0] == 2 * 2 + 1
