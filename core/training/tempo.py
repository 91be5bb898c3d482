"""Batched changes of pitch and tempo, on whatever device the audio is on."""

import torch
from torch import Tensor
from torch.nn import functional


def varispeed(audio: Tensor, ratio: Tensor, length: int) -> Tensor:
    """Play faster or slower, as a tape: pitch and tempo change together.

    Args:
        audio: (batch, channels, samples), at least `length` times the largest ratio plus 4.
        ratio: (batch,), 2 is an octave up.
        length: samples wanted.

    Returns:
        (batch, channels, length), by four-point cubic interpolation (Catmull and Rom 1974).
    """
    changed = torch.nonzero(ratio != 1).flatten()
    out = audio[..., :length]
    if not len(changed):
        return out
    steps = torch.arange(length, device=audio.device, dtype=torch.float64)
    place = steps * ratio[changed, None] + 1
    return out.index_copy(0, changed, interpolate(audio[changed], place))


def interpolate(audio: Tensor, place: Tensor) -> Tensor:
    """Audio (batch, channels, samples) between its samples.

    Args:
        place: (batch, places), from 1 on.

    Returns:
        (batch, channels, places).
    """
    index = place.long()
    t = (place - index).float()[:, None]
    index = index[:, None].expand(-1, audio.shape[1], -1)
    a, b, c, d = (audio.gather(-1, index + shift) for shift in (-1, 0, 1, 2))
    slope = (c - a) * t
    bend = (2 * a - 5 * b + 4 * c - d) * t.square()
    twist = (3 * (b - c) + d - a) * t**3
    return b + (slope + bend + twist) / 2


def stretch(audio: Tensor, speed: Tensor, length: int) -> Tensor:
    """Play faster or slower at the same pitch, by WSOLA (Verhelst and Roelands 1993).

    Args:
        audio: (batch, 2, samples), at least `length` times the largest speed plus 4096.
        speed: (batch,), 2 is twice as fast; 1 leaves an item as it is.
        length: samples wanted.

    Returns:
        (batch, 2, length).
    """
    changed = torch.nonzero(speed != 1).flatten()
    out = audio[..., :length]
    if not len(changed):
        return out
    return out.index_copy(0, changed, _overlapped(audio[changed], speed[changed], length))


def _overlapped(audio: Tensor, speed: Tensor, length: int) -> Tensor:
    """(batch, 2, length): windows of the audio, each where it best goes on from the last."""
    size, hop = 2048, 1024
    device = audio.device
    place = _places(audio, speed, length // hop + 2, size=size, hop=hop)
    B, C, N = *audio.shape[:2], place.shape[1]
    index = (place[..., None] + torch.arange(size, device=device)).view(B, 1, -1)
    windows = audio.gather(-1, index.expand(-1, C, -1)).view(B, C, N, size)
    windows = windows * torch.hann_window(size, device=device)
    # The first half window has no partner; each later half meets the next window's first half.
    joined = windows[:, :, :-1, hop:] + windows[:, :, 1:, :hop]
    return joined.reshape(B, C, -1)[..., :length]


def _places(audio: Tensor, speed: Tensor, count: int, *, size: int, hop: int) -> Tensor:
    """(batch, count): samples at which the windows begin.

    A window may move by `reach` around where the speed puts it. Sought at a quarter of the rate,
    and with little work a window, since one waits for another.
    """
    reach, coarse = 512, 4
    device = audio.device
    last = audio.shape[-1] - size
    small = functional.avg_pool1d(audio.mean(1, keepdim=True), coarse)[:, 0]
    small = functional.pad(small, (0, (2 * size + 2 * reach) // coarse))
    number = torch.arange(count, device=device)
    first = (speed[:, None] * number * hop).round().long() - reach
    first = first.clamp(0, last) // coarse
    width = (2 * reach + size) // coarse
    offered = first[..., None] + torch.arange(width, device=device)
    offered = small.gather(-1, offered.flatten(1)).view(len(audio), count, width)
    heard = torch.arange(size // coarse, device=device) + hop // coarse
    at = torch.zeros_like(first[:, 0])
    places = [at]
    for n in range(1, count):
        wanted = small.gather(-1, at[:, None] + heard)
        fit = offered[:, n].unfold(-1, size // coarse, 1) @ wanted[..., None]
        at = first[:, n] + fit[..., 0].argmax(-1)
        places.append(at)
    return (torch.stack(places, 1) * coarse).clamp_max(last)
