"""Axial attention hears each position along its frames and each frame along its positions."""

import dataclasses

import pytest
import torch
from torch import nn
from torch.nn import functional

from core.errors import CheckpointError
from core.models.attention import within_reach
from core.models.axial import AxialCore, near_attention, short_attention
from core.models.config import AXIAL, FrameTransformerConfig
from core.models.frame_transformer import FrameTransformer
from core.models.pointwise import PointwiseConv
from tests.tiny import TINY

CHANNELS, POSITIONS = 12, 5
CONFIG = dataclasses.replace(TINY, channels=(4, 11), axial=2, axial_heads=3, axial_reach=4)
CPU = torch.device("cpu")


def maps(frames: int) -> torch.Tensor:
    return torch.randn(frames, 2, POSITIONS, CHANNELS)


def block_of(config: FrameTransformerConfig) -> nn.Module:
    core = AxialCore(CHANNELS, positions=POSITIONS, config=config).eval()
    return nn.Sequential(*core.blocks[0].children())


def moved_by(module: nn.Module, x: torch.Tensor, *, position: int, frame: int) -> torch.Tensor:
    """(positions, frames) bool: where the output changes with the input at one place."""
    changed = x.clone()
    changed[frame, :, position] += torch.randn(CHANNELS)
    with torch.inference_mode():
        return (module(x) - module(changed)).abs().amax(dim=(1, 3)).T > 1e-6


@pytest.mark.parametrize("steps", [1, 3, 4, 5, 8, 17])
@pytest.mark.parametrize("reach", [1, 4, 30])
def test_near_attention_is_attention_within_reach(steps: int, reach: int) -> None:
    q, k, v = torch.randn(3, steps, 6, 4)
    seen = within_reach(steps, reach, device=CPU)
    expected = functional.scaled_dot_product_attention(
        q.transpose(0, 1), k.transpose(0, 1), v.transpose(0, 1), attn_mask=seen
    ).transpose(0, 1)
    assert torch.allclose(near_attention(q, k, v, reach=reach), expected, atol=1e-5)


@pytest.mark.parametrize("steps", [1, 2, 5, 8, 17, 40])
@pytest.mark.parametrize(("reach", "stride"), [(2, 2), (4, 2), (6, 3), (30, 2)])
def test_near_attention_may_attend_to_some_steps_alone(steps: int, reach: int, stride: int) -> None:
    q, k, v = torch.randn(3, steps, 6, 4)
    seen = within_reach(steps, reach, device=CPU)[:, ::stride]
    k, v = k[::stride], v[::stride]
    expected = functional.scaled_dot_product_attention(
        q.transpose(0, 1), k.transpose(0, 1), v.transpose(0, 1), attn_mask=seen
    ).transpose(0, 1)
    found = near_attention(q, k, v, reach=reach, stride=stride)
    assert torch.allclose(found, expected, atol=1e-5)


def test_a_block_attends_to_every_second_frame_where_it_is_told_to() -> None:
    config = dataclasses.replace(
        CONFIG, axial_stride=(2, 1), axial_pooling=((1, 0, 0, 0), (1, 0, 0, 0))
    )
    assert config.alignment == 2
    block, x = block_of(config), maps(30)
    even = moved_by(block, x, position=2, frame=14)
    assert even[2].nonzero().flatten().tolist() == list(range(10, 19))
    odd = moved_by(block, x, position=2, frame=15)
    assert odd.nonzero().tolist() == [[2, 15]]  # attended to by none, it still attends
    with pytest.raises(CheckpointError):
        dataclasses.replace(config, axial_stride=(2,))


def test_near_attention_learns_through_every_argument() -> None:
    arguments = [torch.randn(9, 2, 4, requires_grad=True) for _ in range(3)]
    near_attention(*arguments, reach=4).square().sum().backward()
    assert all(x.grad is not None and (x.grad != 0).any(dim=-1).all() for x in arguments)


def test_a_block_joins_all_positions_and_near_frames() -> None:
    moved = moved_by(block_of(CONFIG), maps(30), position=2, frame=15)
    # As far as the attention reaches, and one frame more for the layer over three frames.
    assert moved.any(dim=0).nonzero().flatten().tolist() == list(range(10, 21))
    assert moved[:, 15].all()


def test_a_block_hears_a_melody_alike_wherever_it_begins() -> None:
    block, x = block_of(CONFIG), maps(40)
    with torch.inference_mode():
        late, early = block(x)[20:30], block(x[7:])[13:23]
    assert torch.allclose(late, early, atol=1e-5)


def test_feed_forward_layers_may_be_narrower() -> None:
    core = AxialCore(
        CHANNELS, positions=POSITIONS, config=dataclasses.replace(CONFIG, axial_inner=7)
    )
    inner = {name: each for name, each in core.named_parameters() if "inner.weight" in name}
    assert {each.shape[:2] for each in inner.values()} == {(7, CHANNELS)}
    assert len(inner) == 4
    assert core(torch.randn(1, CHANNELS, POSITIONS, 9)).shape == (1, CHANNELS, POSITIONS, 9)


def test_a_block_may_do_without_layers() -> None:
    def moved_with(*sizes: int) -> torch.Tensor:
        config = dataclasses.replace(CONFIG, axial_pooling=(sizes, sizes))
        assert FrameTransformerConfig.from_json(config.to_json()) == config
        return moved_by(block_of(config), maps(9), position=2, frame=4)

    assert moved_with(0, 1, 0, 0).nonzero().tolist() == [[2, 3], [2, 4], [2, 5]]
    assert moved_with(0, 0, 0, 1).nonzero().tolist() == [[2, 4]]
    across = moved_with(0, 0, 1, 0)
    assert across[:, 4].all()
    assert across.sum() == POSITIONS


def test_the_core_tells_positions_apart_by_what_it_learns_of_them() -> None:
    core = AxialCore(CHANNELS, positions=POSITIONS, config=CONFIG).eval()
    x = torch.randn(1, CHANNELS, 1, 9).expand(-1, -1, POSITIONS, -1)
    with torch.inference_mode():
        alike = core(x)
        core.place.add_(torch.randn_like(core.place))
        apart = core(x)
    assert torch.allclose(alike[:, :, 0], alike[:, :, 3], atol=1e-5)
    assert not torch.allclose(apart[:, :, 0], apart[:, :, 3], atol=1e-2)


def test_every_weight_of_a_network_with_a_core_learns() -> None:
    network = FrameTransformer(CONFIG)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.05)
    mixture = torch.randn(1, 2, CONFIG.n_fft // 2 + 1, 12, dtype=torch.complex64)
    network(mixture).abs().square().mean().backward()
    idle = [
        name
        for name, parameter in network.core.named_parameters()
        if parameter.grad is None or not parameter.grad.abs().max() > 0
    ]
    assert idle == []


@pytest.mark.filterwarnings("ignore:.*script_method:DeprecationWarning")  # torch's own
def test_compiled_layers_give_what_they_gave_before() -> None:
    network = FrameTransformer(CONFIG).eval()
    mixture = torch.randn(1, 2, CONFIG.n_fft // 2 + 1, 10, dtype=torch.complex64)
    with torch.inference_mode():
        expected = network(mixture)
    network.compile_layers()
    # Traced and guarded as ever, but run as it is: compiling takes minutes.
    with torch.inference_mode(), torch.compiler.set_stance("force_eager"):
        assert torch.equal(network(mixture), expected)


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("bias", [True, False])
def test_a_pointwise_convolution_is_a_convolution(stride: int, bias: bool) -> None:
    ours = PointwiseConv(6, 4, stride=stride, bias=bias)
    theirs = nn.Conv2d(6, 4, 1, (stride, 1), bias=bias)
    theirs.load_state_dict(ours.state_dict())
    x = torch.randn(2, 6, 8, 5)
    with torch.inference_mode():
        assert torch.allclose(ours(x), theirs(x), atol=1e-5)


@pytest.mark.parametrize(
    "change",
    [{"axial": 65}, {"axial_heads": 5}, {"axial_reach": 0}, {"axial_pooling": ((1, 1, 1, 1),)}],
)
def test_impossible_cores_are_refused(change: dict) -> None:
    with pytest.raises(CheckpointError):
        dataclasses.replace(AXIAL, **change)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_short_attention_is_attention(dtype: torch.dtype) -> None:
    torch.manual_seed(2)
    q, k, v = torch.randn(3, 7, 3, 40, 32)
    expected = torch.nn.functional.scaled_dot_product_attention(q, k, v)
    with torch.inference_mode():
        found = short_attention(q.to(dtype), k.to(dtype), v.to(dtype)).float()
    error = (found - expected).square().mean() / expected.square().mean()
    assert error < (1e-10 if dtype is torch.float32 else 1e-4)
