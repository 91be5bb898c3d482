"""Training examples mixed on the fly: random instrumental, random voices, random treatment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor

from core.stft import Stft
from core.training import augmentation as aug
from core.training import filters, tempo, voices
from core.training.draws import Draws
from core.training.pairing import Pairing
from core.training.shards import Clip, Shards

MAX_SPEED = 1.26  # a major third up


@dataclass(frozen=True)
class MixingConfig:
    """How examples are mixed.

    Attributes:
        weights: how often each group of clips is drawn, against the others of its kind; a group
            that is not named counts 1.
        augmented: whether voices and bands are treated (speed, room, level, equaliser) or only
            laid over one another.
        mixture_probability: share of examples with a voice; the rest are instrumental only.
        voice_only: share of examples without an instrumental.
        pair_probability: share of examples that are real songs' own stems.
        blend_probability: share of examples with a second voice.
        pairings: batches that are mixed from each draw of treated voices and bands, every time in
            other pairs and at another balance.
        stack_probability: share of examples with a wide stack of backing voices and no lead.
        swap, silence_channel: chance to swap the voice's channels, to silence one of them.
        mixup: chance that two whole examples are blended, by Beta(0.4, 0.4).
        level: (lowest, highest) of the voice against the instrumental, dB.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    augmented: bool = True
    mixture_probability: float = 0.93
    voice_only: float = 0.01
    pair_probability: float = 0.1
    blend_probability: float = 0.35
    stack_probability: float = 0.15
    pairings: int = 1
    swap: float = 0.5
    silence_channel: float = 0.0
    mixup: float = 0.0
    level: tuple[float, float] = (-15.0, 10.0)


class Mixer:
    """Draws batches of (mixture, vocals) spectrograms from shards, the same for the same seed."""

    def __init__(
        self,
        shards: Shards,
        config: MixingConfig,
        *,
        stft: Stft,
        frames: int,
        device: torch.device,
        seed: int,
    ) -> None:
        self.shards, self.config, self.stft, self.device = shards, config, stft, device
        self.length = (frames - 1) * stft.hop
        self.frames = frames
        self._pools = {
            kind: _weighted(shards.clips[kind], config.weights)
            for kind in ("instrumentals", "vocals")
        }
        self._draws = Draws(seed, device=device)
        self._pairing = Pairing(
            len(shards.clips["instrumentals"]), len(shards.clips["vocals"]), seed
        )
        self._drawn: list[tuple[Tensor, Tensor]] = []  # treated bands and voices still to be mixed
        half = len(shards.clips["pairs"]) // 2
        self._pairs = list(
            zip(shards.clips["pairs"][:half], shards.clips["pairs"][half:], strict=True)
        )

    @torch.no_grad()
    def batch(self, size: int) -> tuple[Tensor, Tensor]:
        """Mix a batch.

        Returns:
            mixture and vocals, each (size, 2, bins + 1, frames), complex64.
        """
        with self._draws:
            mixed = self._treated if self.config.augmented else self._plain
            band, voice = mixed(size)
        mixture = self.stft.analyse(band + voice)
        return mixture, self.stft.analyse(voice)

    def _draw(self, kind: str) -> Clip:
        """A clip of a kind: a group by weight, then a clip of it by length."""
        pool = self._pools[kind]
        return self.shards.clips[kind][int(torch.multinomial(pool, 1))]

    def _read(self, clip: Clip, length: int, offset: int | None = None) -> Tensor:
        if offset is None:
            offset = int(torch.randint(max(clip.length - length, 0) + 1, ()))
        return self.shards.read(clip, offset, length).to(self.device)

    def _crops(self, kind: str, size: int, spread: float, *, length: int) -> Tensor:
        """(size, 2, length) of clips of a kind, half of them at another speed."""
        needed = int(length * MAX_SPEED) + 8
        crops = torch.stack([self._read(self._draw(kind), needed) for _ in range(size)])
        change = aug.uniform(size, -spread, spread, device=self.device)
        ratio = torch.where(
            aug.chance(size, 0.5, device=self.device), 2**change, torch.ones_like(change)
        )
        return tempo.varispeed(crops, ratio.clamp(max=MAX_SPEED), length)

    def _plain(self, size: int) -> tuple[Tensor, Tensor]:
        """The published recipe: pairs by index, channels swapped or silenced, voices blended."""
        config, device = self.config, self.device
        bands, voices = [], []
        start = int(torch.randint(2**40, ()))
        for item in range(size):
            first, second = self._pairing[start + item]
            bands.append(self._read(self.shards.clips["instrumentals"][first], self.length))
            voices.append(self._read(self.shards.clips["vocals"][second], self.length))
        band, voice = torch.stack(bands), torch.stack(voices)
        share = torch.rand(size, 1, 1, device=device)
        blended = share * voice + (1 - share) * voice.roll(1, 0)
        voice = _where(aug.chance(size, config.blend_probability, device=device), blended, voice)
        voice = self._channels(voice)
        voice = voice * aug.chance(size, config.mixture_probability, device=device)[:, None, None]
        swapped = aug.chance(size, config.swap, device=device)
        band, voice = _where(swapped, band.flip(1), band), _where(swapped, voice.flip(1), voice)
        return self._mixed_up(band, voice)

    def _channels(self, voice: Tensor) -> Tensor:
        """Swap a voice's channels, or silence one of them, now and then."""
        size = len(voice)
        voice = _where(aug.chance(size, self.config.swap, device=self.device), voice.flip(1), voice)
        one_sided = voice.clone()
        one_sided[:, 0] = 0
        return _where(
            aug.chance(size, self.config.silence_channel, device=self.device), one_sided, voice
        )

    def _mixed_up(self, band: Tensor, voice: Tensor) -> tuple[Tensor, Tensor]:
        """Blend some examples with their neighbours (mixup, Zhang et al. 2018)."""
        if not self.config.mixup:
            return band, voice
        size = len(band)
        share = torch.distributions.Beta(0.4, 0.4).sample((size,)).to(self.device)
        chosen = aug.chance(size, self.config.mixup, device=self.device)
        share = torch.where(chosen, share, torch.ones_like(share))[:, None, None]
        return (
            share * band + (1 - share) * band.roll(1, 0),
            share * voice + (1 - share) * voice.roll(1, 0),
        )

    def _treated(self, size: int) -> tuple[Tensor, Tensor]:
        """Voices and bands, each treated, at a random balance."""
        config, device = self.config, self.device
        band, voice = self._stems(size)
        balance = aug.from_db(aug.uniform(size, *config.level, device=device))[:, None, None]
        voice = voice * balance * aug.loudness(band) / aug.loudness(voice).clamp_min(1e-5)
        voice = aug.mute_parts(voice, 0.3)
        voice = voice * aug.chance(size, config.mixture_probability, device=device)[:, None, None]
        band = band * ~aug.chance(size, config.voice_only, device=device)[:, None, None]
        if self._pairs:
            band, voice = self._with_pairs(band, voice)
        band, voice = self._mastered(band, voice)
        flip = aug.chance(size, config.swap, device=device)
        return _where(flip, band.flip(1), band), _where(flip, voice.flip(1), voice)

    def _stems(self, size: int) -> tuple[Tensor, Tensor]:
        """Treated bands and voices: new ones, or the last ones in other pairs."""
        if not self._drawn or len(self._drawn[0][0]) != size:
            band, voice = self._band(size), self._voice(size)
            shifts = torch.randperm(size)[: self.config.pairings].tolist()
            self._drawn = [(band, voice.roll(shift, 0)) for shift in shifts]
        return self._drawn.pop()

    def _band(self, size: int) -> Tensor:
        """Instrumentals: some mixed with one another, of changed width, colour and balance."""
        device = self.device
        band = self._crops("instrumentals", size, 0.2, length=self.length)
        band = band / aug.loudness(band).clamp_min(1e-4) * 0.1
        second = (
            band.roll(1, 0) * aug.from_db(aug.uniform(size, -12, 0, device=device))[:, None, None]
        )
        band = _where(aug.chance(size, 0.15, device=device), band + second, band)
        width = aug.uniform(size, 0.4, 1.5, device=device)
        width = torch.where(aug.chance(size, 0.3, device=device), width, torch.ones_like(width))
        width = width * ~aug.chance(size, 0.06, device=device)
        mid, side = band.mean(1, keepdim=True), (band[:, :1] - band[:, 1:]) / 2
        side = side * width[:, None, None]
        band = torch.cat((mid + side, mid - side), dim=1)
        band = aug.mute_parts(aug.gate(band, 0.12), 0.12)
        return filters.coloured(band, spread=2.5, probability=0.6)

    def _voice(self, size: int) -> Tensor:
        """Voices, arranged and treated."""
        drawn = self._crops("vocals", size, 0.25, length=voices.drawn_length(self.length))
        voice = voices.arrange(
            drawn,
            self.length,
            blend=self.config.blend_probability,
            stack=self.config.stack_probability,
        )
        return voices.treat(voice)

    def _with_pairs(self, band: Tensor, voice: Tensor) -> tuple[Tensor, Tensor]:
        """Put real songs' own stems in place of some examples, at about their own balance."""
        chosen = aug.chance(len(band), self.config.pair_probability, device=self.device)
        for item in torch.nonzero(chosen).flatten().tolist():
            lead, rest = self._pairs[int(torch.randint(len(self._pairs), ()))]
            offset = int(torch.randint(max(lead.length - self.length, 0) + 1, ()))
            gain = aug.from_db(aug.uniform(1, -5, 5, device=self.device))
            voice[item] = self._read(lead, self.length, offset) * gain
            band[item] = self._read(rest, self.length, offset)
        return band, voice

    def _mastered(self, band: Tensor, voice: Tensor) -> tuple[Tensor, Tensor]:
        """What is done to whole songs: compression, level, polarity, mono, lossy coding."""
        size, device = len(band), self.device
        strength = aug.uniform(size, 0, 0.4, device=device) * aug.chance(size, 0.3, device=device)
        mixture = band + voice
        band = aug.compress(band, strength, key=mixture)
        voice = aug.compress(voice, strength, key=mixture)
        level = aug.from_db(aug.uniform(size, -18, 4, device=device))
        sign = torch.where(aug.chance(size, 0.5, device=device), 1.0, -1.0)
        gain = (level * sign)[:, None, None]
        both = torch.stack((band, voice)) * gain
        mono = aug.chance(size, 0.12, device=device)[None, :, None, None]
        both = torch.where(mono, both.mean(2, keepdim=True).expand_as(both), both)
        return filters.code(both[0], both[1], probability=0.1)


def _where(chosen: Tensor, one: Tensor, other: Tensor) -> Tensor:
    return torch.where(chosen[:, None, None], one, other)


def _weighted(clips: list[Clip], weights: Mapping[str, float]) -> Tensor:
    """The chance of each clip: its group's weight, shared out by length."""
    total: dict[str, int] = {}
    for clip in clips:
        total[clip.group] = total.get(clip.group, 0) + clip.length
    return torch.tensor(
        [weights.get(clip.group, 1.0) * clip.length / total[clip.group] for clip in clips],
        dtype=torch.float64,
    )
