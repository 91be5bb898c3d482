"""Separation of a song, chunk by chunk, in any order."""

from collections.abc import Callable
from dataclasses import dataclass
from math import gcd
from typing import Literal

import numpy as np
import soxr

from core.audio import Audio
from core.errors import Cancelled
from core.layouts import channel_groups
from core.samples import Samples
from core.scratch import zeros_like
from core.separator import Separator

FADE = 4096  # samples at the network's rate over which two chunks are joined
RESAMPLER_MARGIN = 8192  # samples on either side that a resampler's filter may reach, generously


@dataclass(frozen=True)
class Chunk:
    """A stretch of a song that is separated in one go.

    Attributes:
        index: place in the song.
        start, stop: samples at the song's own rate, `stop` excluded.
    """

    index: int
    start: int
    stop: int


class Separation:
    """One song being separated, chunk by chunk, in any order.

    Each chunk is computed with `context` frames on both sides that are thrown away, and reaches
    half a fade into its neighbours. The fades sum to one, so the outcome depends neither on the
    order of the chunks nor, beyond what the context hides, on their size; beside a chunk that is
    not yet done, the voice fades back in.

    Attributes:
        mixture: the song, at its own rate.
        vocals: (channels, samples), float32, zeros where not yet separated. The instrumental is
            `mixture - vocals`, so the stems always sum back, and what lies above the network's
            band stays in the instrumental.
        chunks: all of them, in order.
    """

    def __init__(
        self, separator: Separator, mixture: Audio, *, chunk_frames: int | None = None
    ) -> None:
        """Prepare; nothing is computed but the song at the network's rate.

        Args:
            separator: the network to run.
            mixture: the song.
            chunk_frames: frames kept of each chunk; left out, what the checkpoint suggests.
        """
        self.mixture = mixture
        self.vocals = zeros_like(mixture.samples)
        self._separator = separator
        self._rate = separator.config.sample_rate
        self._groups = channel_groups(mixture.channels)
        whole = mixture.samples[:, :]
        sources = [self._to_network_rate(whole[list(group)]) for group in self._groups]
        self._length = sources[0].shape[-1]
        self._estimates = (
            [np.zeros_like(source) for source in sources] if mixture.rate != self._rate else []
        )
        # A song's ends are heard beside their mirror image: excerpts start at full level, and
        # silence next to it would be taken for a sudden change.
        self._margin = (separator.config.context + 1) * separator.config.hop
        mode: Literal["reflect", "constant"] = "reflect" if self._length > 1 else "constant"
        margins = ((0, 0), (self._margin, self._margin))
        self._inputs = [np.pad(source, margins, mode=mode) for source in sources]
        self._step = (chunk_frames or separator.config.chunk) * separator.config.hop
        starts = range(0, max(self._length, 1), self._step)
        borders = [self._to_song(start) for start in starts] + [mixture.length]
        self.chunks = [
            Chunk(index, start, stop)
            for index, (start, stop) in enumerate(zip(borders[:-1], borders[1:], strict=True))
        ]
        self._done = [False] * len(self.chunks)

    def done(self, index: int) -> bool:
        """Whether a chunk has been separated."""
        return self._done[index]

    @property
    def finished(self) -> bool:
        """Whether all of the song has been separated."""
        return all(self._done)

    @property
    def samples_left(self) -> int:
        """Samples that have not been separated, at the song's rate."""
        return sum(chunk.stop - chunk.start for chunk in self.chunks if not self._done[chunk.index])

    def next_chunk(self, position: int) -> Chunk | None:
        """The chunk to do next for a listener at `position`; None when all are done.

        Args:
            position: samples at the song's rate.
        """
        open_chunks = [chunk for chunk in self.chunks if not self._done[chunk.index]]
        ahead = [chunk for chunk in open_chunks if chunk.stop > position]
        return next(iter(ahead or open_chunks), None)

    def run(self, chunk: Chunk) -> tuple[int, int]:
        """Separate a chunk, if it is not done already.

        Returns:
            (start, stop): the samples of `vocals` that changed, a little more than the chunk.
        """
        start = chunk.index * self._step
        stop = min(start + self._step, self._length)
        low = start - FADE // 2 if start else 0
        high = min(stop + FADE // 2, self._length)
        margin = 0 if self.mixture.rate == self._rate else RESAMPLER_MARGIN
        changed = (
            self._to_song(max(low - margin, 0)),
            min(-(-(high + margin) * self.mixture.rate // self._rate), self.mixture.length),
        )
        if self._done[chunk.index]:
            return changed
        fade = self._fade(low, high, start=start, stop=stop)
        for number, (group, source) in enumerate(zip(self._groups, self._inputs, strict=True)):
            voice = self._voice(source, low, high) * fade
            if self._estimates:
                self._estimates[number][:, low:high] += voice
                self._to_song_rate(number, changed)
            else:
                before = self.vocals[:, low:high]
                before[list(group)] += voice.mean(axis=0) if len(group) == 1 else voice
                self.vocals[..., low:high] = before
        self._done[chunk.index] = True
        return changed

    def _voice(self, source: np.ndarray, low: int, high: int) -> np.ndarray:
        """The voice in [low, high), seen with context; frames stay on the song's grid."""
        hop = self._separator.config.hop
        context = self._separator.config.context
        first = (low // hop - context) * hop
        last = (-(-high // hop) + context) * hop
        inside = source[:, first + self._margin : last + self._margin]
        voice = self._separator.vocals(np.ascontiguousarray(inside))
        return voice[:, low - first : high - first]

    def _fade(self, low: int, high: int, *, start: int, stop: int) -> np.ndarray:
        """(samples,): one, with ramps that never touch zero where another chunk adjoins."""
        fade = np.ones(high - low, dtype=np.float32)
        rising = (np.arange(FADE, dtype=np.float32) + 0.5) / FADE
        if start:
            fade[:FADE] *= rising[: len(fade)]
        if stop < self._length:
            behind = high - (stop - FADE // 2)
            fade[-behind:] *= rising[::-1][:behind]
        return fade

    def _to_song(self, position: int) -> int:
        """A position at the network's rate, in samples of the song."""
        return min(position * self.mixture.rate // self._rate, self.mixture.length)

    def _to_network_rate(self, samples: np.ndarray) -> np.ndarray:
        """(1 or 2, samples) of the song to (2, samples) at the network's rate."""
        if self.mixture.rate != self._rate:
            samples = soxr.resample(samples.T, self.mixture.rate, self._rate).T
        return np.ascontiguousarray(np.broadcast_to(samples, (2, samples.shape[-1])))

    def _to_song_rate(self, number: int, changed: tuple[int, int]) -> None:
        """Bring a group's estimate to the song's rate where it changed.

        Both rates share a grid point every `period` samples of the network's; starting there, a
        part is resampled just as the whole would be.
        """
        period = self._rate // gcd(self._rate, self.mixture.rate)
        start, stop = changed
        first = max(start * self._rate // self.mixture.rate - RESAMPLER_MARGIN, 0)
        first -= first % period
        last = min(-(-stop * self._rate // self.mixture.rate) + RESAMPLER_MARGIN, self._length)
        part = self._estimates[number][:, first:last]
        voice = soxr.resample(part.T, self._rate, self.mixture.rate).T
        offset = first * self.mixture.rate // self._rate
        voice = voice[:, start - offset : stop - offset]
        group = self._groups[number]
        if len(group) == 1:
            voice = voice.mean(axis=0, keepdims=True)
        before = self.vocals[:, start : start + voice.shape[-1]]
        before[list(group)] = voice
        self.vocals[..., start : start + voice.shape[-1]] = before


def separate(
    separator: Separator,
    mixture: Audio,
    *,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Samples:
    """Estimate the vocals of a whole song; the instrumental is the mixture less them.

    Args:
        separator: the network to run.
        mixture: the song, at any rate, with any number of channels.
        progress: called with the share that is done, 0 to 1.
        cancelled: asked before every chunk.

    Returns:
        (channels, samples), float32, like the mixture's and kept where that is kept.

    Raises:
        Cancelled: `cancelled` said so.
    """
    separation = Separation(separator, mixture)
    for chunk in separation.chunks:
        if cancelled():
            raise Cancelled
        separation.run(chunk)
        progress((chunk.index + 1) / len(separation.chunks))
    return separation.vocals
