"""Each ingredient of the frame transformer changes the network as its paper says."""

import dataclasses

import pytest
import torch
from torch import nn
from torch.nn import functional

from core.models.attention import FrameConv, MultiBandAttention
from core.models.branches import DecoderBranch, EncoderBranch
from core.models.config import Activation, FrameTransformerConfig, Positions
from core.models.evolved import (
    EvolvedDecoder,
    EvolvedEncoder,
    FeedForward,
    PlainDecoder,
    PlainEncoder,
)
from core.models.frame_transformer import FrameTransformer
from tests.tiny import TINY

FEATURES = 8
WITHOUT: dict[str, dict[str, object]] = {
    "evolved": {"evolved": False},
    "squared": {"activation": Activation.RELU},
    "convolutions": {"attention_convolutions": False},
    "relative": {"positions": Positions.RELATIVE},
    "several": {"extracted": (0, 4)},
}


def changed(**fields: object) -> FrameTransformerConfig:
    return dataclasses.replace(TINY, **fields)  # type: ignore[arg-type]


def kinds(config: FrameTransformerConfig) -> set[type[nn.Module]]:
    return {type(module) for module in FrameTransformer(config).modules()}


@pytest.mark.parametrize("fields", WITHOUT.values(), ids=WITHOUT)
def test_every_ingredient_can_be_switched_alone(fields: dict[str, object]) -> None:
    config = changed(**fields)
    assert FrameTransformerConfig.from_json(config.to_json()) == config != TINY
    mixture = torch.randn(1, 2, 1025, 20, dtype=torch.complex64)
    torch.manual_seed(4)
    one = FrameTransformer(TINY).eval()
    torch.manual_seed(4)
    other = FrameTransformer(config).eval()
    with torch.inference_mode():
        assert not torch.allclose(one(mixture), other(mixture))
    assert other(mixture).shape == mixture.shape


def test_configs_of_older_checkpoints_have_all_that_was_always_there() -> None:
    older = '{"channels": [2, 4, 8, 12, 16], "heads": 8}'
    config = FrameTransformerConfig.from_json(older)
    assert config.evolved
    assert config.attention_convolutions
    assert config.activation is Activation.SQUARED_RELU


def test_evolved_blocks_have_a_gate_and_two_branches_and_plain_ones_have_not() -> None:
    evolved, plain = (
        kinds(changed(decoders=(1,), encoders=(1, 1), extracted=(1, 1))),
        kinds(changed(decoders=(1,), encoders=(1, 1), extracted=(1, 1), evolved=False)),
    )
    assert {EvolvedEncoder, EvolvedDecoder} <= evolved
    assert {PlainEncoder, PlainDecoder} <= plain
    assert not plain & {EvolvedEncoder, EvolvedDecoder}
    block = EvolvedEncoder(FEATURES, TINY)
    # So et al. 2019, figure 3: a gated linear unit; a wide linear and a narrow three-frame branch,
    # joined by a separable convolution of nine frames.
    assert block.gate.out_features == 2 * FEATURES
    assert block.narrow.kernel_size == (3,)
    assert block.join[0].kernel_size == (9,)
    # A decoder attends to itself and to the encoder at once, then to each again.
    assert len(EvolvedDecoder(FEATURES, TINY).attentions) == 4
    decoder = PlainDecoder(FEATURES, TINY)
    assert sum(isinstance(each, MultiBandAttention) for each in decoder.children()) == 2


def test_the_branches_see_frames_that_attention_does_not() -> None:
    x = torch.randn(1, 40, FEATURES)
    moved = x.clone()
    moved[:, 20] = torch.randn(FEATURES)
    config = changed(reach=1, attention_convolutions=False)

    def seen(block: nn.Module) -> list[int]:
        with torch.inference_mode():
            change = (block.eval()(x) - block(moved)).abs().amax(dim=(0, 2))
        return change.gt(1e-6).nonzero().flatten().tolist()

    assert seen(PlainEncoder(FEATURES, config)) == [19, 20, 21]
    # Three frames in the narrow branch, nine in the join: five on either side, then attention's.
    assert seen(EvolvedEncoder(FEATURES, config)) == list(range(14, 27))


@pytest.mark.parametrize("activation", Activation)
def test_the_feed_forward_squares_what_the_relu_lets_through(activation: Activation) -> None:
    step = FeedForward(FEATURES, changed(activation=activation))
    x = torch.randn(5, FEATURES)
    inner = functional.relu(step.inner(x))
    wanted = inner**2 if activation is Activation.SQUARED_RELU else inner
    assert torch.allclose(step(x), step.outer(wanted))


def test_primers_convolutions_stand_behind_queries_keys_and_values() -> None:
    for convolved in (True, False):
        attention = MultiBandAttention(FEATURES, changed(attention_convolutions=convolved))
        found = [m for m in attention.modules() if isinstance(m, FrameConv)]
        assert len(found) == (3 if convolved else 0)
        for convolution in found:
            assert convolution.kernel_size == (3,)
            assert convolution.groups == FEATURES  # depthwise


def test_relative_positions_are_learned_and_rotary_ones_are_not() -> None:
    relative = MultiBandAttention(FEATURES, changed(positions=Positions.RELATIVE, reach=6))
    rotary = MultiBandAttention(FEATURES, changed(positions=Positions.ROTARY, reach=6))
    # Huang et al. 2018, section 3.4: one vector per distance and head size, here for both sides.
    assert relative.distance.shape == (13, FEATURES // TINY.heads)
    extra = set(relative.state_dict()) - set(rotary.state_dict())
    assert extra == {"distance"}


@pytest.mark.parametrize("maps", [1, 2, 4])
def test_as_many_channels_are_added_as_are_extracted(maps: int) -> None:
    config = changed(encoders=(0, 1), decoders=(1,), extracted=(maps, maps))
    x = torch.randn(1, config.channels[1], config.positions_at(1), 9)
    y = EncoderBranch(config.channels[1], 1, config)(x)
    assert y.shape[1] - x.shape[1] == maps
    assert torch.equal(y[:, : x.shape[1]], x)
    up, skip = torch.randn(2, 1, 6, config.positions_at(0), 9)
    assert DecoderBranch(6, 6, 0, config)(up, skip).shape[1] == 6 + maps
