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
    steps = torch.arange(length, device=audio.device, dtype=torch.float64)
    return torch.stack(
        [
            item[:, :length] if speed == 1 else interpolate(item, steps * speed + 1)
            for item, speed in zip(audio, ratio.tolist(), strict=True)
        ]
    )


def interpolate(audio: Tensor, place: Tensor) -> Tensor:
    """(channels, places): audio (channels, samples) between its samples, places from 1 on."""
    index = place.long()
    t = (place - index).float()
    a, b, c, d = (audio[:, index + shift] for shift in (-1, 0, 1, 2))
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
    return torch.stack(
        [
            item[:, :length] if ratio == 1 else _overlapped(item, ratio, length)
            for item, ratio in zip(audio, speed.tolist(), strict=True)
        ]
    )


def _overlapped(audio: Tensor, speed: float, length: int) -> Tensor:
    """(2, length): windows of `audio` (2, samples), each where it best goes on from the last."""
    size, hop, reach, coarse = 2048, 1024, 512, 4
    window = torch.hann_window(size, device=audio.device)
    small = functional.avg_pool1d(audio.mean(0, keepdim=True), coarse)[0]
    out = torch.zeros(2, length + size + hop, device=audio.device)
    at = 0
    for number in range(length // hop + 2):
        if number:
            first = max(round(number * hop * speed) - reach, 0) // coarse
            heard = small[(at + hop) // coarse :][: size // coarse]
            around = small[first : first + (2 * reach + size) // coarse].unfold(0, len(heard), 1)
            at = coarse * (first + int((around @ heard).argmax()))
        at = min(at, audio.shape[-1] - size)
        out[:, number * hop :][:, :size] += audio[:, at : at + size] * window
    return out[:, hop:][:, :length]  # the first half window has no partner
