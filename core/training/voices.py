"""How voices are arranged and treated before they are laid over a band.

Like `augmentation`, on the whole batch and whatever device it is on; what happens to an item is
drawn from torch's generator.
"""

import torch
from torch import Tensor

from core.training import augmentation as aug
from core.training import filters, tempo

HIGHEST = 1.5  # speed of the highest copy of a voice: a fifth up
FASTEST = 1.2  # of another tempo at the same pitch
HARMONIES = (2 ** (3 / 12), 2 ** (4 / 12), HIGHEST, 2 ** (-5 / 12), 1.004, 0.996)
STACKED = (1.0, 1.004, 0.996, 0.994, 2 ** (3 / 12), 2 ** (4 / 12), HIGHEST, 2 ** (-5 / 12), 0.5)


def drawn_length(length: int) -> int:
    """Samples of a voice that `arrange` needs for a crop of `length`."""
    return int((int(length * HIGHEST) + 8) * FASTEST) + 4096


def arrange(drawn: Tensor, length: int, *, blend: float, stack: float) -> Tensor:
    """One or two voices, or for some items a stack of backing voices instead.

    Args:
        drawn: (batch, 2, `drawn_length`), dry voices.
        length: samples of a crop.
        blend: chance of a second voice: a harmony, a double, or another singer.
        stack: chance of a stack.

    Returns:
        (batch, 2, length): the lead at or near the middle, with an RMS of 0.1 in its loud parts.
    """
    size, device = len(drawn), drawn.device
    speed = FASTEST ** aug.uniform(size, -1, 1, device=device)
    changed = aug.chance(size, 0.15, device=device)
    speed = torch.where(changed, speed, torch.ones_like(speed))
    drawn = tempo.stretch(drawn, speed, int(length * HIGHEST) + 8)
    drawn = filters.extend_bandwidth(drawn, probability=0.85)
    drawn = drawn / aug.loudness(drawn).clamp_min(1e-4) * 0.1
    lead, second = drawn[..., :length], _second(drawn, length)
    lead = aug.compress(lead, aug.uniform(size, 0, 0.6, device=device))
    drive = aug.uniform(size, 1, 6, device=device) * aug.chance(size, 0.15, device=device)
    lead = aug.saturate(lead, drive)
    side = aug.uniform(size, -0.5, 0.5, device=device) * aug.chance(size, 0.2, device=device)
    lead = lead * _panned(side)
    blended = aug.chance(size, blend, device=device)[:, None, None]
    voice = lead + second * blended
    stacked = torch.nonzero(aug.chance(size, stack, device=device)).flatten()
    if not len(stacked):
        return voice
    return voice.index_copy(0, stacked, _stack(drawn[stacked], length))


def treat(voice: Tensor) -> Tensor:
    """Chorus, chopping, room and colour; each for some, (batch, 2, samples) to the same."""
    voice = aug.chorus(voice, probability=0.2, device=voice.device)
    voice = aug.gate(voice, 0.05)
    voice = aug.reverberate(voice, device=voice.device)
    return filters.coloured(voice, spread=3.5, probability=0.75, high_pass=0.7, band_limit=0.1)


def _second(drawn: Tensor, length: int) -> Tensor:
    """(batch, 2, length): a copy at an interval or slightly out of tune, or another's voice."""
    size, device = len(drawn), drawn.device
    interval = torch.tensor(HARMONIES)[torch.randint(len(HARMONIES), (size,))].to(device)
    copy = tempo.varispeed(drawn, interval, length)
    other = drawn.roll(1, 0)[..., :length]
    same = aug.chance(size, 0.6, device=device)[:, None, None]
    level = aug.from_db(aug.uniform(size, -12, 0, device=device))[:, None, None]
    return torch.where(same, copy, other) * _panned(aug.uniform(size, -1, 1, device=device)) * level


def _stack(drawn: Tensor, length: int) -> Tensor:
    """(batch, 2, length): four copies at intervals, from left to right, a little apart in time."""
    size, device = len(drawn), drawn.device
    total = torch.zeros(size, 2, length, device=device)
    for place in torch.linspace(-1, 1, 4).tolist():
        interval = torch.tensor(STACKED)[torch.randint(len(STACKED), (size,))].to(device)
        late = int(torch.randint(int(0.03 * aug.RATE), ()))
        copy = tempo.varispeed(drawn, interval, length).roll(late, -1)
        level = aug.from_db(aug.uniform(size, -8, 0, device=device))[:, None, None]
        total = total + copy * _panned(torch.full((size,), place, device=device)) * level
    return total


def _panned(place: Tensor) -> Tensor:
    """(batch, 2, 1): gains of left and right for places from -1, left, to 1, right."""
    return torch.stack((1 - place, 1 + place), dim=1)[..., None] / (1 + place.abs())[:, None, None]
