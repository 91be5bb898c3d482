"""A lighter network's layers learn what a heavier one's do with what these are given."""

from collections.abc import Iterator
from functools import partial

import torch
from torch import Tensor, nn

from core.errors import CheckpointError
from core.models.axial import AxialAttention, AxialFeedForward
from core.models.branches import Extraction
from core.models.config import AXIAL_LAYERS, FrameTransformerConfig
from core.models.convolutions import DecoderLevel, EncoderLevel
from core.models.features import features_of
from core.models.frame_transformer import FrameTransformer
from core.stretches import pooled

_LAYERS = (EncoderLevel, DecoderLevel, Extraction, AxialAttention, AxialFeedForward)


class LayerwiseLoss:
    """How far each layer that two networks do not share is from its original.

    The student's layer is given what the teacher's is given, so that it learns what that does there
    and nothing of what the rest of the network makes of other music than is trained on (knowledge
    distillation by blocks: Li et al. 2020, arXiv 1911.13053). The finest level is also compared by
    the mask that comes of it, weighed by what the mask takes.
    """

    def __init__(self, student: FrameTransformer, teacher: FrameTransformer) -> None:
        """Take two networks of one spectrogram; layers of other kinds are not compared.

        Raises:
            CheckpointError: they have not the same layers, or share them all.
        """
        self._student, self._teacher = student, teacher
        self._seen: dict[str, list[tuple[tuple[Tensor, ...], Tensor]]] = {}
        self._ratios = dict(_frames_in_one(student.config, teacher.config))
        layers, originals = dict(student.named_modules()), dict(teacher.named_modules())
        self._layers = {
            name: layer
            for name, layer in layers.items()
            if isinstance(layer, _LAYERS)
            and (self._ratios.get(name, 1) > 1 or _differs(layer, originals.get(name)))
        }
        if not self._layers:
            raise CheckpointError("The teacher's layers are those of the network that is to learn.")
        student.requires_grad_(False)  # what both share stays
        for name, layer in self._layers.items():
            layer.requires_grad_(True)
            originals[name].register_forward_hook(partial(self._see, name))

    def __call__(self, mixture: Tensor) -> Tensor:
        """Compare what both make of a mixture.

        Args:
            mixture: (batch, 2, bins + 1, frames), complex: left and right.

        Returns:
            A scalar: the sum over layers of the error's share in what the original gives.
        """
        self._seen.clear()
        features = features_of(mixture, self._teacher.config)
        with torch.no_grad():
            self._teacher.logits(features)
        return torch.stack([*self._errors(features)]).sum()

    def _see(self, name: str, _: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        self._seen.setdefault(name, []).append((inputs, output))

    def _errors(self, features: Tensor) -> Iterator[Tensor]:
        finest = f"up_levels.{len(self._student.up_levels) - 1}"
        for name, layer in self._layers.items():
            calls, start = self._seen[name], 0
            for inputs, output in calls:
                given = [self._heard(each) for each in inputs]
                if isinstance(layer, AxialAttention | AxialFeedForward):
                    x, change = given[0], self._heard(output) - given[0]
                    means = pooled(x, self._ratios[name], dim=0)
                    found = (layer(means) - means).repeat_interleave(self._ratios[name], dim=0)
                    yield _error(found[: len(x)], change, channel=3) / len(calls)
                elif isinstance(layer, Extraction):
                    yield _error(layer(*given), output, channel=2) / len(calls)
                elif isinstance(layer, DecoderLevel) and layer.below is not None:
                    found, meant = layer(layer.below(given[0]), given[1]), self._heard(output)
                    yield _error(found, meant, channel=1) / len(calls)
                    if name == finest:
                        stop = start + found.shape[3]
                        yield self._mask_error(found, meant, features[..., start:stop]) / len(calls)
                        start = stop
                else:
                    yield _error(layer(*given), self._heard(output), channel=1) / len(calls)

    def _heard(self, x: Tensor) -> Tensor:
        """What the student hears of maps or tokens, whose positions lie along dimension 2."""
        student, teacher = self._student.config, self._teacher.config
        return x[:, :, : x.shape[2] * student.heard_at(0) // teacher.heard_at(0)]

    def _mask_error(self, found: Tensor, meant: Tensor, features: Tensor) -> Tensor:
        """Of the shares that come of the finest maps, weighed by the loudness of what they take."""
        student = self._student
        maps = (each.contiguous(memory_format=torch.channels_last) for each in (found, meant))
        shares = [torch.sigmoid(-student.join(student.last(each))) for each in maps]
        # The last two features are mid and side where there are such, halves of their logarithms.
        loudness = (2 * features[:, -2:, : shares[0].shape[3]].transpose(2, 3)).exp()
        taken = (shares[1] * loudness).sum().clamp_min(1e-9)
        return ((shares[0] - shares[1]).abs() * loudness).sum() / taken


def _error(found: Tensor, meant: Tensor, *, channel: int) -> Tensor:
    """The error's power in that of what varies, the mean over channels."""
    others = [dim for dim in range(meant.dim()) if dim != channel]
    power = (found - meant).square().mean(others)
    return (power / (meant.var(others, unbiased=False) + 1e-6)).mean()


def _differs(layer: nn.Module, original: nn.Module | None) -> bool:
    """Whether the weights are others in number, or attention attends to other frames.

    Raises:
        CheckpointError: there is no such layer.
    """
    if type(layer) is not type(original):
        raise CheckpointError("The teacher lacks layers of the network that is to learn.")
    if isinstance(layer, AxialAttention) and isinstance(original, AxialAttention):
        return layer.stride != original.stride
    shapes, others = (
        {name: each.shape for name, each in module.named_parameters()}
        for module in (layer, original)
    )
    return shapes != others


def _frames_in_one(
    student: FrameTransformerConfig, teacher: FrameTransformerConfig
) -> Iterator[tuple[str, int]]:
    """Of how many frames that the teacher's layer sees, the student's sees the mean."""
    both = zip(student.axial_sizes, teacher.axial_sizes, strict=False)
    for block, (now, then) in enumerate(both):
        for name, size, former in zip(AXIAL_LAYERS, now, then, strict=True):
            if size:
                yield f"core.blocks.{block}.{name}", size // max(former, 1)
