"""A narrower network takes the weights of a wider one and learns what its layers do."""

import dataclasses
from collections.abc import Iterator

import pytest
import torch
from torch import nn

from core.errors import CheckpointError
from core.models.axial import AxialCore
from core.models.config import Norm
from core.models.frame_transformer import FrameTransformer
from core.training.layerwise import LayerwiseLoss
from core.training.lighter import narrowed, without_layers
from tests.tiny import TINY

WIDE = dataclasses.replace(
    TINY, channels=(8, 11), axial=1, axial_heads=3, axial_reach=4, pooling=(1, 1), dropout=0.0
)
LIGHT = dataclasses.replace(
    WIDE,
    heard=704,
    inner=(4, 6),
    squeezed=(6,),
    axial_inner=8,
    axial_pooling=((2, 1, 1, 0),),
    axial_stride=(2,),
)


def noise(frames: int) -> torch.Tensor:
    return torch.randn(2, 2, 1025, frames, dtype=torch.complex64)


@pytest.fixture
def teacher() -> Iterator[FrameTransformer]:
    torch.manual_seed(3)
    network = FrameTransformer(WIDE)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    with torch.no_grad():  # statistics of what it hears
        for _ in range(20):
            network(noise(16))
    yield network.eval().requires_grad_(False)


def narrower(teacher: FrameTransformer, **changes: object) -> FrameTransformer:
    student = FrameTransformer(dataclasses.replace(WIDE, **changes)).eval()  # type: ignore[arg-type]
    weights = without_layers(teacher.state_dict(), student.config)
    student.load_state_dict(narrowed(weights, student, teacher))
    return student


def test_channels_that_were_let_through_are_kept(teacher: FrameTransformer) -> None:
    weights = teacher.state_dict()
    used = torch.tensor([1, 2, 5, 7])
    unused = torch.tensor([0, 3, 4, 6])
    weights["levels.0.body.1.2.weight"][:, unused] = 0
    weights["core.blocks.0.near_frames.outer.weight"][:, :14] = 0
    student = narrower(teacher, inner=(4, 11), axial_inner=10)
    kept = student.state_dict()["levels.0.body.0.2.weight"]
    assert torch.equal(kept, weights["levels.0.body.0.2.weight"][used])
    inner = student.state_dict()["core.blocks.0.near_frames.inner.bias"]
    assert torch.equal(inner, weights["core.blocks.0.near_frames.inner.bias"][14:])
    # The layers within a frame lose channels that matter; without those all is as it was.
    for network in (student, teacher):
        assert isinstance(network.core, AxialCore)
        (block,) = network.core.blocks
        assert isinstance(block, nn.ModuleDict)
        del block["within_frame"]
        network.core.sizes = [1, 1, 1]
    with torch.inference_mode():
        mixture = noise(12)
        assert torch.allclose(student.mask(mixture), teacher.mask(mixture), atol=1e-5)


def test_a_decoder_squeezed_to_what_it_sees_most_of_is_nearer_than_by_chance(
    teacher: FrameTransformer,
) -> None:
    with torch.inference_mode():
        mixture = noise(24)
        meant = teacher.mask(mixture)
        fitted = narrower(teacher, squeezed=(7,))
        errors = [(fitted.mask(mixture) - meant).square().mean().item()]
        for _ in range(3):
            nn.init.normal_(fitted.up_levels[0].below.weight)  # type: ignore[arg-type, union-attr]
            errors.append((fitted.mask(mixture) - meant).square().mean().item())
    assert errors[0] < min(errors[1:])


def test_layers_learn_what_their_originals_do(teacher: FrameTransformer) -> None:
    student = narrower(
        teacher,
        **{
            name: getattr(LIGHT, name)
            for name in (
                "heard",
                "inner",
                "squeezed",
                "axial_inner",
                "axial_pooling",
                "axial_stride",
            )
        },
    )
    before = {name: each.clone() for name, each in student.named_parameters()}
    loss = LayerwiseLoss(student, teacher)
    learning = {name for name, each in student.named_parameters() if each.requires_grad}
    assert any(name.startswith("levels.0.body.0.2") for name in learning)
    assert any(name.endswith("unheard") for name in learning)
    assert not any(name.startswith(("split", "join", "last")) for name in learning)
    optimizer = torch.optim.Adam(student.parameters(), lr=3e-3)
    losses, songs = [], [noise(24) * level for level in (0.1, 1.0, 10.0)]
    for step in range(60):
        found = loss(songs[step % 3])
        found.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(found.item())
    assert sum(losses[-6:]) < 0.6 * sum(losses[:6])
    changed = {name for name, each in student.named_parameters() if not each.equal(before[name])}
    assert changed <= learning
    assert {name for name in learning if not name.endswith("bias")} <= changed


def test_there_must_be_something_to_learn(teacher: FrameTransformer) -> None:
    with pytest.raises(CheckpointError, match="are those of"):
        LayerwiseLoss(narrower(teacher), teacher)
    other = FrameTransformer(
        dataclasses.replace(
            TINY, channels=(4, 6, 8), encoders=(0, 1, 1), decoders=(0, 0), extracted=(0, 1, 1)
        )
    )
    with pytest.raises(CheckpointError):
        LayerwiseLoss(other, teacher)


def test_norms_over_bins_are_not_narrowed() -> None:
    wide = FrameTransformer(dataclasses.replace(WIDE, norm=Norm.FRAME))
    narrow = FrameTransformer(dataclasses.replace(WIDE, norm=Norm.FRAME, inner=(4, 6)))
    weights = narrowed(wide.state_dict(), narrow, wide)
    with pytest.raises(RuntimeError):
        narrow.load_state_dict(weights)
