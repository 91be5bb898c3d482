"""A checkpoint's networks at work: stereo audio in, the voice in it out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.card import Card
from core.checkpoint import Checkpoint
from core.devices import DeviceChoice
from core.ensemble import SHORTEST_CHUNK, Combination, Framing, common_framing
from core.memory import keep_freed_pages
from core.models.network import Network
from core.precision import fastest_dtype
from core.samples import Samples
from core.stft import Stft

_FRAMES_AT_ONCE = 1024


@dataclass(frozen=True)
class Place:
    """Where in its song a stretch of audio lies.

    Attributes:
        start: samples of the network's rate from the song's first to the stretch's first.
        length: of the song, samples.
        loudest: see `Separator.loudest_bins`.
    """

    start: int
    length: int
    loudest: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class _Group:
    """Networks that see the same spectrogram, and so share it."""

    stft: Stft
    hears_whole_song: bool
    networks: list[Network]


class Separator:
    """A checkpoint's networks on a device, ready to take the voice out of stereo audio."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        *,
        device: DeviceChoice,
        dtype: torch.dtype | None = None,
    ) -> None:
        """Load the networks.

        Args:
            checkpoint: what to run.
            device: where to run it.
            dtype: arithmetic; left out, the fastest that was measured on this device.

        Raises:
            CheckpointError: the weights do not fit the config, or the networks one another.
        """
        keep_freed_pages()
        self.checkpoint, self.device = checkpoint, device
        self.config: Framing = common_framing([each.config for each in checkpoint.networks])
        self._card = Card(device.device)
        self._made: dict[torch.dtype, list[_Group]] = {}
        self._groups: list[_Group] = []
        self.dtype = dtype or fastest_dtype(
            device.device.type, network=checkpoint.sha256, run=self._try
        )
        self._groups = self._groups_in(self.dtype)
        self._made.clear()  # of the arithmetic that is not used

    def _groups_in(self, dtype: torch.dtype) -> list[_Group]:
        """The networks on the device, ready to compute in an arithmetic."""
        if dtype not in self._made:
            groups: dict[tuple[Stft, bool], _Group] = {}
            for trained in self.checkpoint.networks:
                stft = Stft(trained.config.n_fft, trained.config.hop)
                key = (stft, trained.config.hears_whole_song)
                network = trained.build().to(self.device.device)
                if network.computes_in_its_weights:
                    network = network.to(dtype)
                # torch's stubs do not know the argument.
                network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
                groups.setdefault(key, _Group(*key, [])).networks.append(network)
            self._card.settle()
            self._made[dtype] = list(groups.values())
        return self._made[dtype]

    def _try(self, dtype: torch.dtype) -> None:
        """Run on as little as a chunk may be."""
        self.dtype, self._groups = dtype, self._groups_in(dtype)
        unit = self.config.hop * self.config.alignment
        units = -(-(2 * self.config.context * self.config.hop + SHORTEST_CHUNK) // unit)
        noise = np.random.default_rng(0).standard_normal((2, units * unit), dtype=np.float32)
        self.vocals(noise / 10)

    def loudest_bins(self, song: Samples) -> tuple[float, ...]:
        """The largest magnitudes in a song's spectrograms, for the networks that want to know.

        Args:
            song: (2, samples), at the network's sample rate.

        Returns:
            One for each spectrogram that the networks see, 0 where no network asks.
        """
        return tuple(
            _loudest_bin(song, group.stft) if group.hears_whole_song else 0.0
            for group in self._groups
        )

    def vocals(self, mixture: np.ndarray, place: Place | None = None) -> np.ndarray:
        """Estimate the voice in a whole stretch of audio at once.

        Args:
            mixture: (2, samples), float32, at the network's sample rate.
            place: where in its song; left out, the stretch is the song.

        Returns:
            (2, samples), float32.
        """
        place = place or Place(0, mixture.shape[1], self.loudest_bins(mixture))
        return self.vocals_together(mixture[None], [place])[0]

    def vocals_together(self, mixtures: np.ndarray, places: Sequence[Place]) -> np.ndarray:
        """Estimate the voice in several stretches, which a graphics card computes as one batch.

        Threads at work at once have a queue each on the card: what one copies there or back
        overlaps with what another computes.

        Args:
            mixtures: (stretch, 2, samples), float32, at the network's sample rate.
            places: of each, in its song.

        Returns:
            (stretch, 2, samples), float32.
        """
        combine = self._mean if self.checkpoint.combination is Combination.MEAN else self._extremes
        with torch.inference_mode(), self._card.queue():
            whole = self._card.sent(mixtures)
            if any(group.hears_whole_song for group in self._groups):
                parts = zip(whole.split(1), places, strict=True)
                return self._card.fetched(torch.cat([combine(*part) for part in parts]))
            return self._card.fetched(combine(whole, places[0]))

    def _mean(self, mixture: Tensor, place: Place) -> Tensor:
        """The mean of the waveforms; (stretch, 2, samples) to the same."""
        total = torch.zeros_like(mixture)
        for group, loudest in zip(self._groups, place.loudest, strict=True):
            heard = _heard(mixture.shape[-1], place) if group.hears_whole_song else slice(None)
            part = mixture[..., heard]
            estimates = self._estimates(group, group.stft.analyse(part), loudest)
            estimate = sum(estimates[1:], start=estimates[0])
            total[..., heard] += group.stft.synthesise(estimate, length=part.shape[-1])
        return total / len(self.checkpoint.networks)

    def _extremes(self, mixture: Tensor, place: Place) -> Tensor:
        """In each bin the quietest or loudest instrumental, on the finest grid of bins."""
        length = mixture.shape[-1]
        finest = max((group.stft for group in self._groups), key=lambda stft: stft.n_fft)
        whole = finest.analyse(mixture)
        found = []
        for group, loudest in zip(self._groups, place.loudest, strict=True):
            if group.stft == finest and not group.hears_whole_song:
                found += self._estimates(group, whole, loudest)
                continue
            heard = _heard(length, place) if group.hears_whole_song else slice(None)
            part = mixture[..., heard]
            for estimate in self._estimates(group, group.stft.analyse(part), loudest):
                waveform = torch.zeros_like(mixture)
                waveform[..., heard] = group.stft.synthesise(estimate, length=part.shape[-1])
                found.append(finest.analyse(waveform))
        estimates = torch.stack(found)
        levels = (whole - estimates).abs()
        least = self.checkpoint.combination is Combination.MINIMUM
        chosen = (levels.argmin if least else levels.argmax)(dim=0, keepdim=True)
        return finest.synthesise(estimates.gather(0, chosen)[0], length=length)

    def _estimates(self, group: _Group, spectrogram: Tensor, loudest: float) -> list[Tensor]:
        """What each network of a group takes for the voice."""
        if group.hears_whole_song:
            # As in the program that they come from, and nothing is left out by rounding.
            return [network(spectrogram / (loudest or 1)) * loudest for network in group.networks]
        return [self._estimate(network, spectrogram) for network in group.networks]

    def _estimate(self, network: Network, spectrogram: Tensor) -> Tensor:
        casts = self.dtype is not torch.float32 and not network.computes_in_its_weights
        with torch.autocast(self.device.device.type, self.dtype, enabled=casts):
            estimate: Tensor = network(spectrogram)
            return estimate


def _heard(length: int, place: Place) -> slice:
    """The samples of a stretch that are the song's, and not a mirror image beyond its ends."""
    return slice(max(-place.start, 0), max(min(place.length - place.start, length), 0))


def _loudest_bin(song: Samples, stft: Stft) -> float:
    loudest = 0.0
    step, reach = _FRAMES_AT_ONCE * stft.hop, stft.n_fft // 2
    for start in range(0, song.shape[1], step):
        # A stretch's frames, with the half window around it that they see.
        first = max(start - -(-reach // stft.hop) * stft.hop, 0)
        stretch = np.ascontiguousarray(song[:, first : start + step + reach])
        frames = stft.analyse(torch.from_numpy(stretch))[..., (start - first) // stft.hop :]
        loudest = max(loudest, frames[..., :_FRAMES_AT_ONCE].abs().max().item())
    return loudest
