"""Maps made a stretch of frames at a time, which takes less memory than all of a chunk's."""

from collections.abc import Callable, Iterable, Iterator

import torch
from torch import Tensor
from torch.nn import functional

_FRAMES = 64


def in_stretches(
    make: Callable[[int, int], Tensor], frames: int, *, dim: int = 3, device: torch.device
) -> Tensor:
    """Put together what is made of each stretch of frames.

    Between two levels' maps of a whole chunk lie many more, of layers that take one frame at a
    time: on a processor only a stretch of each is held, a third of a song's memory less. Training,
    which keeps every map anyway, and graphics cards, which are fast only at much at once, take all
    frames as one stretch.

    Args:
        make: makes the frames from `start` up to `stop` of the outcome.
        frames: of the outcome.
        dim: along which frames lie in the outcome.
        device: that computes.
    """
    whole = None
    for start, stop in stretches(frames, device=device):
        part = make(start, stop)
        if stop - start == frames:
            return part
        if whole is None:
            whole = _room_for(part, frames, dim=dim)
        whole.narrow(dim, start, stop - start).copy_(part)  # while it is in the cache
        del part  # so that the next lies where it lay, and not in memory that the cache lacks
    assert whole is not None
    return whole


def _room_for(part: Tensor, frames: int, *, dim: int) -> Tensor:
    """An empty tensor like `part`, but for as many frames."""
    shape = list(part.shape)
    shape[dim] = frames
    by_channel = part.dim() == 4 and part.is_contiguous(memory_format=torch.channels_last)
    layout = torch.channels_last if by_channel else torch.contiguous_format
    return torch.empty(shape, dtype=part.dtype, device=part.device, memory_format=layout)


def stretches(frames: int, *, device: torch.device) -> Iterator[tuple[int, int]]:
    """Where stretches start and stop; all frames are one where stretches would be no gain."""
    whole = device.type != "cpu" or torch.is_grad_enabled()
    size = frames if whole else _FRAMES
    for start in range(0, frames, size):
        yield start, min(start + size, frames)


def pooled(x: Tensor, frames: int, *, dim: int = 3) -> Tensor:
    """The mean of each `frames` frames, which lie along `dim`, the last of fewer."""
    if frames == 1:
        return x
    whole = x.shape[dim] // frames * frames
    # Sums of slices: torch's own pooling was measured to take fifteen times as long.
    steps = x.narrow(dim, 0, whole).unflatten(dim, (-1, frames)).unbind(dim + 1)
    means = sum(steps[1:], start=steps[0]) / frames
    if whole == x.shape[dim]:
        return means
    rest = x.narrow(dim, whole, x.shape[dim] - whole).mean(dim, keepdim=True)
    return torch.cat((means, rest), dim=dim)


def changed_at_fewer(
    x: Tensor, layers: Iterable[Callable[[Tensor], Tensor]], frames: int, *, dim: int
) -> Tensor:
    """Let layers change the mean of each `frames` frames, and each of these as their mean.

    Args:
        x: to be changed.
        layers: given the means, then each what the one before made of them.
        frames: that are seen as one.
        dim: along which frames lie.
    """
    means = pooled(x, frames, dim=dim)
    changed = means
    for layer in layers:
        changed = layer(changed)
    if frames == 1:
        return changed
    changes = (changed - means).repeat_interleave(frames, dim=dim)
    return changes.narrow(dim, 0, x.shape[dim]).add_(x)


def finer(x: Tensor, scale: tuple[int, int], *, start: int, stop: int) -> Tensor:
    """Frames from `start` up to `stop` of maps in which what lies between is interpolated.

    Args:
        x: (batch, channel, bin, frame).
        scale: how many times as many bins and frames the outcome has.
        start, stop: in frames of the outcome.
    """
    size = scale[1]
    first = max(start // size - 1, 0)  # a frame is interpolated from its neighbours
    last = min(-(-stop // size) + 1, x.shape[3])
    part = x[..., first:last]
    if scale != (1, 1):
        part = functional.interpolate(part, scale_factor=scale, mode="bilinear")
    return part[..., start - first * size : stop - first * size]
