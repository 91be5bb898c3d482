"""Batched changes to audio and spectrograms, on whatever device these are on.

Every function takes the whole batch; what happens to an item is drawn from torch's generator.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

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
            item[:, :length] if speed == 1 else _interpolate(item, steps * speed + 1)
            for item, speed in zip(audio, ratio.tolist(), strict=True)
        ]
    )


def _interpolate(audio: Tensor, place: Tensor) -> Tensor:
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


def chorus(audio: Tensor, *, probability: float, device: torch.device) -> Tensor:
    """Add copies whose delay sways, differently left and right, to some items.

    From a flanger (1 ms, slow) to a wide chorus (25 ms, 6 Hz): each channel gets one copy at -8 to
    0 dB, delayed by 1 to 25 ms that sway by up to 3 ms.
    """
    _, channels, length = audio.shape
    time = torch.arange(length, device=device, dtype=torch.float64)
    out = audio.clone()
    for item in torch.nonzero(chance(len(audio), probability, device=device)).flatten().tolist():
        gain = from_db(uniform(1, -8, 0, device=device))
        rate = 0.2 * 30 ** torch.rand(1, device=device).item()  # Hz, 0.2 to 6
        # Sway less the faster, so that the pitch moves by half a semitone at most.
        depth = min(0.003, 0.03 / (2 * math.pi * rate)) * RATE
        for channel in range(channels):
            delay = uniform(1, 0.001, 0.025, device=device).item() * RATE + depth
            phase = 2 * math.pi * (rate * time / RATE + torch.rand(1, device=device).item())
            place = (time - delay - depth * phase.sin()).clamp(min=1, max=length - 3)
            out[item, channel] += gain * _interpolate(audio[item, channel, None], place)[0]
    return out


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


def extend_bandwidth(audio: Tensor, *, probability: float) -> Tensor:
    """Give narrow recordings, as of speech at 16 or 22 kHz, the highs that they lack.

    What lies in the octave below an item's upper edge is copied above it twice, 3 to 12 dB lower
    each time, as spectral band replication does (Dietz et al. 2002): consonants go on as noise.

    Args:
        audio: (batch, channels, samples).
        probability: chance of a narrow item to be extended; items that reach 13 kHz are not narrow.
    """
    *_, length = audio.shape
    device = audio.device
    spectrum = torch.fft.rfft(audio)
    bins = spectrum.shape[-1]
    width = max(round(250 * length / RATE), 1)  # bands of 250 Hz
    power = functional.avg_pool1d(spectrum.abs().square().mean(1), width)
    heard = power > power.amax(-1, keepdim=True) * 10**-7.5
    edge = (torch.arange(heard.shape[-1], device=device) * heard).amax(-1) * width
    narrow = (edge < 13_000 * length / RATE) & (edge > 3000 * length / RATE)
    narrow = narrow & chance(len(audio), probability, device=device)
    if not narrow.any():
        return audio
    gain = from_db(uniform(len(audio), -12, -3, device=device))[:, None]
    index = torch.arange(bins, device=device) - edge[:, None]
    octave = (edge // 2).clamp_min(1)[:, None]
    copy = torch.div(index, octave, rounding_mode="floor") + 1  # 0 below the edge
    source = torch.where(copy > 0, index + edge[:, None] - copy.clamp_min(0) * octave, 0)
    level = torch.where((copy > 0) & (copy < 3) & narrow[:, None], gain ** copy.clamp_min(0), 0.0)
    added = spectrum.gather(-1, source.clamp_min(0)[:, None].expand_as(spectrum)) * level[:, None]
    return audio + torch.fft.irfft(added, n=length)


def code(band: Tensor, voice: Tensor, *, probability: float) -> tuple[Tensor, Tensor]:
    """Leave out, for some items, what a lossy coder would not spend bits on.

    Above 2 kHz, bins of the mixture's spectrum (windows of 0.05 s) that are 6 to 18 dB weaker than
    the 0.7 kHz around them are silenced, in both stems alike, so that they still add up.

    Args:
        band, voice: (batch, 2, samples).
    """
    B, _, length = band.shape
    chosen = torch.nonzero(chance(B, probability, device=band.device)).flatten()
    if not len(chosen):
        return band, voice
    window = torch.hann_window(2048, device=band.device)

    def analyse(audio: Tensor) -> Tensor:
        flat = audio.reshape(-1, length)
        return torch.stft(flat, 2048, 512, window=window, pad_mode="constant", return_complex=True)

    power = analyse(band[chosen] + voice[chosen]).abs().square()
    around = functional.avg_pool2d(power[:, None], (33, 1), 1, (16, 0), count_include_pad=False)
    depth = from_db(-2 * uniform(2 * len(chosen), 6, 18, device=band.device))[:, None, None]
    kept = (power > around[:, 0] * depth) | (torch.arange(1025, device=band.device) < 93)[:, None]
    out = []
    for stem in (band, voice):
        coded = torch.istft(analyse(stem[chosen]) * kept, 2048, 512, window=window, length=length)
        out.append(stem.index_copy(0, chosen, coded.view(len(chosen), 2, length)))
    return out[0], out[1]


def coloured(
    audio: Tensor,
    *,
    spread: float,
    probability: float,
    high_pass: float = 0.0,
    band_limit: float = 0.0,
) -> Tensor:
    """Equalise some items, in the spectrum of the whole crop.

    Args:
        audio: (batch, channels, samples).
        spread: dB RMS, see `equaliser`.
        probability, high_pass, band_limit: chance of the equaliser and of either filter.
    """
    size, _, length = audio.shape
    device = audio.device
    gains = equaliser(size, 1025, spread=spread, device=device)
    chosen = chance(size, probability, device=device)[:, None, None, None]
    gains = torch.where(chosen, gains, torch.ones_like(gains))
    gains = gains * low_cut(size, 1025, probability=high_pass, device=device)
    gains = gains * high_cut(size, 1025, probability=band_limit, device=device)
    fine = functional.interpolate(
        gains[..., 0], size=length // 2 + 1, mode="linear", align_corners=True
    )
    return torch.fft.irfft(torch.fft.rfft(audio) * fine, n=length)


def equaliser(batch: int, bins: int, *, spread: float, device: torch.device) -> Tensor:
    """(batch, 1, bins, 1): smooth random gains over log frequency, `spread` dB RMS at a knot."""
    knots = torch.randn(batch, 1, 9, device=device) * spread
    position = torch.log2(torch.arange(bins, device=device) + 8.0)
    position = (position - position[0]) / (position[-1] - position[0]) * 8
    index = position.long().clamp(0, 7)
    share = position - index
    gains = knots[..., index] * (1 - share) + knots[..., index + 1] * share
    return from_db(gains)[..., None]


def high_cut(batch: int, bins: int, *, probability: float, device: torch.device) -> Tensor:
    """(batch, 1, bins, 1): nothing above 10 to 18 kHz for some items, as codecs leave it."""
    edge = uniform(batch, 10e3, 18e3, device=device) / (RATE / 2) * bins
    limited = chance(batch, probability, device=device)
    below = torch.arange(bins, device=device) < edge[:, None]
    return (below | ~limited[:, None]).float()[:, None, :, None]


def low_cut(batch: int, bins: int, *, probability: float, device: torch.device) -> Tensor:
    """(batch, 1, bins, 1): 12 dB per octave below 60 to 400 Hz for some, as mixers cut voices."""
    octaves = math.log2(400 / 60)
    corner = 60 * 2 ** uniform(batch, 0, octaves, device=device) / (RATE / 2) * bins
    ratio = torch.arange(bins, device=device) / corner[:, None]
    gain = ratio.square() / (1 + ratio.square())
    chosen = chance(batch, probability, device=device)[:, None]
    return torch.where(chosen, gain, torch.ones_like(gain))[:, None, :, None]
