"""A network may leave the highest bins unheard, and be narrower inside its levels."""

import dataclasses

import pytest
import torch

from core.errors import CheckpointError
from core.models.attention import neighbours, rotate, rotate_neighbours
from core.models.axial import AxialAttention
from core.models.config import FrameTransformerConfig, Norm
from core.models.features import features_of
from core.models.frame_transformer import FrameTransformer
from tests.tiny import TINY, TINY_PUBLISHED

HEARD = dataclasses.replace(TINY, heard=704)
SHAPES = [
    HEARD,
    dataclasses.replace(HEARD, decoders=(1,), encoders=(1, 1), extracted=(1, 1)),
    dataclasses.replace(HEARD, norm=Norm.FRAME, pooling=(2, 1)),
    dataclasses.replace(TINY_PUBLISHED, heard=512),
]


def noise(frames: int) -> torch.Tensor:
    return torch.randn(1, 2, 1025, frames, dtype=torch.complex64)


def network_of(config: FrameTransformerConfig) -> FrameTransformer:
    network = FrameTransformer(config).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return network


@pytest.mark.parametrize("config", SHAPES)
def test_unheard_bins_take_the_mask_of_the_highest_that_is_heard(
    config: FrameTransformerConfig,
) -> None:
    with torch.inference_mode():
        mask = network_of(config).mask(noise(12))
    assert mask.shape == (1, 2, 1025, 12)
    top = mask[:, :, config.heard - 1 : config.heard]
    above = top.expand(-1, -1, 1025 - config.heard, -1)
    # The last bit of a sigmoid differs with how many of them are computed side by side.
    torch.testing.assert_close(mask[:, :, config.heard :], above, rtol=0, atol=2**-23)
    assert not torch.equal(mask[:, :, config.heard - 2], top[:, :, 0])


def test_unheard_bins_are_left_to_the_instrumental_where_a_voice_is_not_surely_there() -> None:
    network = network_of(HEARD)
    shifted = FrameTransformer(dataclasses.replace(HEARD, unheard_offset=2.0)).eval()
    shifted.load_state_dict(network.state_dict())
    mixture = noise(12)
    with torch.inference_mode():
        before, after = network.mask(mixture), shifted.mask(mixture)
    assert torch.equal(before[:, :, : HEARD.heard], after[:, :, : HEARD.heard])
    rise = (after.logit() - before.logit())[:, :, HEARD.heard :]
    torch.testing.assert_close(rise, torch.full_like(rise, 2.0), rtol=0, atol=1e-3)


@pytest.mark.parametrize("offset", [float("nan"), float("inf"), -1e9])
def test_an_offset_is_a_number_that_says_something(offset: float) -> None:
    with pytest.raises(CheckpointError):
        dataclasses.replace(HEARD, unheard_offset=offset)


@pytest.mark.parametrize("config", SHAPES)
def test_what_is_above_changes_nothing(config: FrameTransformerConfig) -> None:
    mixture = noise(12)
    changed = mixture.clone()
    changed[:, :, config.heard :] = 0
    network = network_of(config)
    with torch.inference_mode():
        assert torch.equal(network.mask(mixture), network.mask(changed))
        changed[:, :, config.heard - 1] = 0
        assert not torch.equal(network.mask(mixture), network.mask(changed))


def test_what_is_heard_is_seen_as_if_all_were() -> None:
    mixture = noise(12)
    mixture[:, :, HEARD.heard :] = 0
    assert torch.allclose(
        features_of(mixture, HEARD), features_of(mixture, TINY)[:, :, : HEARD.heard], atol=1e-5
    )


def test_levels_see_no_position_that_is_not_heard() -> None:
    assert [HEARD.positions_at(level) for level in (0, 1)] == [64, 32]
    assert [HEARD.heard_at(level) for level in (0, 1)] == [56, 28]
    assert dataclasses.replace(TINY, heard=128).heard_bands == ((128, 4),)
    assert TINY.heard_bands == TINY.bands


@pytest.mark.parametrize("heard", [-1, 1, 130, 384 + 41, 384 + 40, 1025])
def test_positions_are_heard_whole_and_can_be_halved(heard: int) -> None:
    with pytest.raises(CheckpointError):
        dataclasses.replace(TINY, heard=heard)


@pytest.mark.parametrize(
    "lists",
    [{"inner": (4,)}, {"inner": (4, 0)}, {"squeezed": (4, 4)}, {"squeezed": (0,)}],
)
def test_lists_are_as_long_as_levels(lists: dict[str, tuple[int, ...]]) -> None:
    with pytest.raises(CheckpointError):
        dataclasses.replace(TINY, **lists)  # type: ignore[arg-type]


def test_narrower_levels_have_fewer_weights_where_they_are_said_to() -> None:
    config = dataclasses.replace(TINY, inner=(3, 5), squeezed=(2,))
    network = FrameTransformer(config)
    shapes = {name: tuple(each.shape[:2]) for name, each in network.named_parameters()}
    assert shapes["levels.0.body.0.2.weight"] == (3, 4)
    assert shapes["levels.1.body.1.2.weight"] == (6, 5)
    assert shapes["up_levels.0.below.weight"] == (2, 6 + 1)
    assert shapes["up_levels.0.skip.weight"] == (2, 4)
    assert shapes["up_levels.0.body.2.weight"] == (4, 2 + 2)
    with torch.inference_mode():
        assert network.eval()(noise(9)).shape == (1, 2, 1025, 9)


def test_neighbours_are_turned_as_halves_are() -> None:
    x, weight = torch.randn(9, 5, 3, 4), torch.randn(12, 4)
    features = (x[:, :, 0] @ weight.T).unflatten(-1, (3, 4))
    beside = (x[:, :, 0] @ neighbours(weight, heads=3).T).unflatten(-1, (3, 4))
    expected = rotate(features[None], step=2)[0]
    found = rotate_neighbours(beside, step=2)
    # The same numbers, the first half of a head's features at even places.
    assert torch.allclose(torch.cat((found[..., ::2], found[..., 1::2]), -1), expected, atol=1e-5)


def test_attention_along_frames_is_the_same_in_both_arithmetics() -> None:
    attention = AxialAttention(12, dataclasses.replace(TINY, axial_heads=3), reach=3).eval()
    x = torch.randn(10, 2, 5, 12)
    with torch.inference_mode():
        single, double = attention(x), attention.double()(x.double())
    assert torch.allclose(single.double(), double, atol=1e-5)
