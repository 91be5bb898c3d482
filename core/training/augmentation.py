"""Batched changes to the level of audio and the room around it, on whatever device it is on.

Every function takes the whole batch; what happens to an item is drawn from torch's generator.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

from core.training.tempo import interpolate

RATE = 44100


def uniform(count: int, low: float, high: float, *, device: torch.device) -> Tensor:
    """(count,) numbers from low to high."""
    return torch.rand(count, device=device) * (high - low) + low


def chance(count: int, probability: float, *, device: torch.device) -> Tensor:
    """(count,) bool, true with that probability."""
    return torch.rand(count, device=device) < probability


def from_db(decibels: Tensor) -> Tensor:
    """Linear gain of a level in dB."""
    return 10 ** (decibels / 20)


def loudness(audio: Tensor) -> Tensor:
    """(batch, 1, 1): RMS of the loud parts: of the windows of 0.1 s above the window mean."""
    power = functional.avg_pool1d(audio.square().mean(1, keepdim=True), 4410, ceil_mode=True)
    loud = power >= power.mean(-1, keepdim=True)
    return ((power * loud).sum(-1, keepdim=True) / loud.sum(-1, keepdim=True)).sqrt()


def chorus(audio: Tensor, *, probability: float, device: torch.device) -> Tensor:
    """Add copies whose delay sways, differently left and right, to some items.

    From a flanger (1 ms, slow) to a wide chorus (25 ms, 6 Hz): each channel gets one copy at -8 to
    0 dB, delayed by 1 to 25 ms that sway by up to 3 ms.
    """
    _, channels, length = audio.shape
    chosen = torch.nonzero(chance(len(audio), probability, device=device)).flatten()
    if not len(chosen):
        return audio
    # Each channel of each item on its own: (item x channel, 1, samples).
    dry = audio[chosen].flatten(0, 1)[:, None]
    B = len(dry)
    gain = from_db(uniform(B, -8, 0, device=device))
    rate = 0.2 * 30 ** torch.rand(len(chosen), device=device)  # Hz, 0.2 to 6
    rate = rate.repeat_interleave(channels)
    # Sway less the faster, so that the pitch moves by half a semitone at most.
    depth = (0.03 / (2 * math.pi * rate)).clamp_max(0.003) * RATE
    delay = uniform(B, 0.001, 0.025, device=device) * RATE + depth
    time = torch.arange(length, device=device, dtype=torch.float64)
    phase = rate[:, None] * time / RATE + torch.rand(B, 1, device=device)
    sway = depth[:, None] * (2 * math.pi * phase).sin()
    place = (time - delay[:, None] - sway).clamp(min=1, max=length - 3)
    wet = dry + gain[:, None, None] * interpolate(dry, place)
    return audio.index_copy(0, chosen, wet.view(len(chosen), -1, length))


def reverberate(audio: Tensor, *, device: torch.device) -> Tensor:
    """Put a voice into a room, with echoes and doubling; each item another.

    The impulse response of a channel is a direct sound, up to two early repeats (a double at
    10-40 ms, an echo at 100-400 ms) and noise that decays by 60 dB within 0.2 to 2.2 s (Polack's
    model of a diffuse tail), darker the later it comes. For 6 % hardly any direct sound is left.

    Args:
        audio: (batch, 2, samples).

    Returns:
        The same shape.
    """
    B, _, length = audio.shape
    taps = RATE * 3 // 2
    time = torch.arange(taps, device=device) / RATE
    decay = uniform(B, 0.2, 2.2, device=device)[:, None, None]
    tail = torch.randn(B, 2, taps, device=device) * 10 ** (-3 * time / decay)
    dark = functional.avg_pool1d(tail, 9, stride=1, padding=4)
    darkness = uniform(B, 0, 1, device=device)[:, None, None]
    tail = torch.lerp(tail, dark * 2, darkness)
    predelay = (uniform(B, 0, 0.06, device=device) * RATE).long()
    late = torch.arange(taps, device=device) > predelay[:, None]
    tail = tail * late[:, None]
    tail = tail / tail.square().sum(-1, keepdim=True).sqrt().clamp_min(1e-6)
    wet = from_db(uniform(B, -26, -5, device=device)) * chance(B, 0.75, device=device)
    washed = chance(B, 0.06, device=device)
    response = tail * torch.where(washed, 1.0, wet)[:, None, None]
    response[:, :, 0] += torch.where(washed, 0.05, 1.0)[:, None]
    rows = torch.arange(B, device=device)
    for probability, soonest, latest, loudest in ((0.25, 0.01, 0.04, -3.0), (0.2, 0.1, 0.4, -8.0)):
        gain = from_db(uniform(B, -18, loudest, device=device))
        gain = gain * chance(B, probability, device=device)
        for channel in range(2):
            place = (uniform(B, soonest, latest, device=device) * RATE).long()
            response[rows, channel, place] += gain
    size = 2 ** (length + taps - 1).bit_length()
    spectrum = torch.fft.rfft(audio, size) * torch.fft.rfft(response, size)
    return torch.fft.irfft(spectrum, size)[..., :length]


def compress(audio: Tensor, strength: Tensor, *, key: Tensor | None = None) -> Tensor:
    """Even out the level: gain falls with the envelope of 50 ms to the power of `strength`.

    Args:
        audio: (batch, channels, samples).
        strength: (batch,), 0 leaves the audio alone, 1 makes all of it equally loud.
        key: audio whose envelope counts, of the same shape; left out, `audio` itself.
    """
    *_, length = audio.shape
    key = audio if key is None else key
    window = RATE // 20
    power = functional.avg_pool1d(key.square().mean(1, keepdim=True), window, ceil_mode=True)
    mean = power.mean(-1, keepdim=True).clamp_min(1e-10)
    relative = (power / mean).clamp(1e-3, 1e3)
    gain = relative ** (-strength[:, None, None] / 2)
    return audio * functional.interpolate(gain, size=length, mode="linear")


def saturate(audio: Tensor, drive: Tensor) -> Tensor:
    """Soft clipping by tanh; `drive` (batch,) is the gain in front of it, 0 leaves audio alone."""
    amount = drive[:, None, None]
    peak = audio.abs().amax(dim=(1, 2), keepdim=True).clamp_min(1e-6)
    bent = torch.tanh(audio / peak * amount) / torch.tanh(amount.clamp_min(1e-3)) * peak
    return torch.where(amount > 0, bent, audio)


def mute_parts(audio: Tensor, probability: float) -> Tensor:
    """Silence one stretch of some items, so that voices come and go within a crop."""
    B, _, length = audio.shape
    device = audio.device
    place = torch.linspace(0, 1, length, device=device)
    start = uniform(B, -0.3, 0.9, device=device)[:, None]
    stop = start + uniform(B, 0.1, 0.6, device=device)[:, None]
    ramp = length / (0.03 * RATE)
    outside = (torch.maximum(start - place, place - stop) * ramp + 1).clamp(0, 1)
    quiet = chance(B, probability, device=device)[:, None]
    return audio * torch.where(quiet, outside, torch.ones_like(outside))[:, None]


def gate(audio: Tensor, probability: float) -> Tensor:
    """Let only short notes of some items through, in a rhythm, as sparse arrangements have them.

    Steps of 0.1 to 0.25 s, about half of them open for 30 to 100 % of their time; what is closed
    decays by 60 dB within a step.
    """
    B, _, length = audio.shape
    device = audio.device
    step = uniform(B, 0.1, 0.25, device=device)[:, None] * RATE
    place = torch.arange(length, device=device) / step
    index = place.long()
    pattern = (torch.rand(B, int(index.max()) + 1, device=device) < 0.5).float()
    open_step = pattern.gather(1, index)
    late = (place - index - uniform(B, 0.3, 1, device=device)[:, None]).clamp(min=0)
    gain = (open_step * 10 ** (-3 * late))[:, None]
    chosen = chance(B, probability, device=device)[:, None, None]
    return audio * torch.where(chosen, gain, torch.ones_like(gain))
