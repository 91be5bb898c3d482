"""Separation of a song, chunk by chunk, in any order."""

import zlib
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
import torch

from core.audio import Audio
from core.chunks import Chunk, alike
from core.estimator import FADE, MOST_AT_ONCE, Estimator, fade
from core.layouts import channel_groups
from core.parallel import at_once, run_all
from core.partial import FinishedChunk, Partial, PartialFacts
from core.resampling import REACH, AtRate, grid_period, resampled
from core.samples import Samples, Stretch, WritableSamples
from core.scratch import zeros_like
from core.separator import Separator

__all__ = ["FADE", "Separation", "separate"]

_CONTEXTS = 4  # contexts that a chunk is long, or half of what is computed is thrown away


class Separation:
    """One song being separated, chunk by chunk, in any order.

    Each chunk is computed with `context` frames on both sides that are thrown away, and reaches
    half a fade into its neighbours. The fades sum to one, so the outcome depends neither on the
    order of the chunks nor, beyond what the context hides, on their size; beside a chunk that is
    not yet done, the voice fades back in. Memory does not grow with the song where its samples
    are in a file.

    Attributes:
        mixture: the song, at its own rate.
        vocals: (channels, samples), float32, zeros where not yet separated. The instrumental is
            `mixture - vocals`, so the stems always sum back, and what lies above the network's
            band stays in the instrumental.
        chunks: all of them, in order.
        threads: with how many each chunk was computed, or, on a graphics card, of how many chunks
            it was one that were computed together; 0 where that is not known. The last bits may
            depend on it.
        chunk_frames: frames kept of each chunk.
        device: which computes.
    """

    def __init__(
        self,
        separator: Separator,
        mixture: Audio,
        *,
        chunk_frames: int | None = None,
        keep: Callable[[PartialFacts], Partial | None] = lambda facts: None,
        tell: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        """Prepare; nothing is computed.

        Args:
            separator: the network to run.
            mixture: the song.
            chunk_frames: frames kept of each chunk; left out, chunks are alike and no longer than
                the checkpoint suggests.
            keep: gives the files in which the separation outlives the program, if there are to
                be any; what they hold already is not computed again.
            tell: told in a sentence where too little memory makes it go on differently.
        """
        config = separator.config
        self.mixture = mixture
        self.device = separator.device.device
        self._rate = config.sample_rate
        self._groups = channel_groups(mixture.channels)
        self._source: Samples = mixture.samples
        if mixture.rate != self._rate:
            self._source = AtRate(mixture.samples, rate=mixture.rate, new_rate=self._rate)
        self._length = self._source.shape[1]
        self._margin = 0 if mixture.rate == self._rate else REACH
        unit = config.hop * config.alignment
        # No sample may belong to more than two chunks.
        least = FADE + 2 * self._margin
        longest = -(-max((chunk_frames or config.chunk) * config.hop, least) // unit) * unit
        self._step = longest
        if not chunk_frames:
            self._step = alike(
                self._length,
                longest=longest,
                shortest=max(_CONTEXTS * config.context * config.hop, least),
                unit=unit,
                cores=at_once(self.device),
            )
        starts = range(0, max(self._length, 1), self._step)
        self.chunk_frames = self._step // config.hop
        borders = [self._to_song(start) for start in starts] + [mixture.length]
        self.chunks = [
            Chunk(index, start, stop)
            for index, (start, stop) in enumerate(zip(borders[:-1], borders[1:], strict=True))
        ]
        self._done = [False] * len(self.chunks)
        self.threads = [0] * len(self.chunks)
        self._lock = Lock()  # chunks may be run by several threads at once
        self._estimators = [Estimator(separator, tell=tell) for _ in self._groups]
        # What a chunk adds around its borders, until its neighbour there is done: (border, side).
        self._ends: dict[tuple[int, int], np.ndarray] = {}
        self.partial = keep(
            PartialFacts(mixture.channels, mixture.length, mixture.rate, self._step)
        )
        self.vocals: WritableSamples = (
            self.partial.vocals if self.partial is not None else zeros_like(mixture.samples)
        )
        self._go_on()

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

        Raises:
            MemoryError: there is too little even for the smallest piece of it.
            OutputError: the disk took no more.
        """
        _, _, low, high = self._reach_of(chunk.index)
        changed = (
            self._to_song(max(low - self._margin, 0)),
            min(
                -(-(high + self._margin) * self.mixture.rate // self._rate),
                self.mixture.length,
            ),
        )
        if not self._done[chunk.index]:
            together = 1 if self.device.type == "cuda" else torch.get_num_threads()
            self._finish(chunk.index, self._voice(low, high), low, high, threads=together)
        return changed

    def run_together(self, chunks: Sequence[Chunk]) -> None:
        """Separate chunks that a graphics card computes as a batch, those not done already.

        Raises:
            MemoryError: there is too little even for the smallest piece of one.
            OutputError: the disk took no more.
        """
        chunks = [chunk for chunk in chunks if not self._done[chunk.index]]
        spans = [self._reach_of(chunk.index)[2:] for chunk in chunks]
        voices = [np.zeros((self.mixture.channels, high - low), np.float32) for low, high in spans]
        together = [MOST_AT_ONCE] * len(chunks)
        for group, estimator in zip(self._groups, self._estimators, strict=True):
            estimates = estimator.voices(_Pair(self._source, group), spans)
            for number, (found, count) in enumerate(estimates):
                voices[number][list(group)] = found.mean(axis=0) if len(group) == 1 else found
                together[number] = min(together[number], count)
        for chunk, voice, (low, high), count in zip(chunks, voices, spans, together, strict=True):
            self._finish(chunk.index, voice, low, high, threads=count)

    def _finish(self, index: int, voice: np.ndarray, low: int, high: int, *, threads: int) -> None:
        """Take a chunk's voice, (channels, high - low), for done."""
        start, stop, _, _ = self._reach_of(index)
        voice *= fade(low, high, start=start, stop=stop, begins=0, ends=self._length)
        with self._lock:
            if not self._done[index]:
                self.threads[index] = threads
                self._put(index, voice, low)
                self._done[index] = True

    def _put(self, index: int, voice: np.ndarray, low: int) -> None:
        """Write a chunk's faded voice, which begins at `low`, and record it."""
        start, stop, _, _ = self._reach_of(index)
        inner = FADE // 2 + self._margin  # from a border on, a neighbour changes nothing
        first = start + inner if start else 0
        last = stop - inner if stop < self._length else self._length
        core = self._at_song_rate(voice, low, first, last)
        self._write(first, core)
        reach = inner + self._margin
        none = voice[:, :0]
        head = voice[:, : start + reach - low] if start else none
        tail = voice[:, max(stop - reach - low, 0) :] if stop < self._length else none
        self._join(index, head.copy(), tail.copy())
        if self.partial is not None:
            checksum = _checksum(core)
            self.partial.note(FinishedChunk(index, checksum, self.threads[index], head, tail))

    def free(self) -> None:
        """Give back the memory that the network took of a graphics card for its chunks."""
        for estimator in self._estimators:
            estimator.free()

    def _reach_of(self, index: int) -> tuple[int, int, int, int]:
        """A chunk's start and stop, and how far it fades, in samples at the network's rate."""
        start = index * self._step
        stop = min(start + self._step, self._length)
        return start, stop, max(start - FADE // 2, 0), min(stop + FADE // 2, self._length)

    def _voice(self, low: int, high: int) -> np.ndarray:
        """(channels, high - low), at the network's rate."""
        voice = np.zeros((self.mixture.channels, high - low), np.float32)
        for group, estimator in zip(self._groups, self._estimators, strict=True):
            found = estimator.voice(_Pair(self._source, group), low, high)
            voice[list(group)] = found.mean(axis=0) if len(group) == 1 else found
        return voice

    def _join(self, index: int, head: np.ndarray, tail: np.ndarray) -> None:
        """Write what two neighbours sum to around each border of a chunk."""
        for border, side, end in ((index, 1, head), (index + 1, 0, tail)):
            if not end.shape[1]:
                continue
            other = self._ends.pop((border, 1 - side), None)
            if other is None:
                self._ends[border, side] = end
            self._write_seam(border, end, other, side=side)

    def _write_seam(
        self, border: int, end: np.ndarray, other: np.ndarray | None, *, side: int
    ) -> None:
        at = border * self._step
        left, right = (end, other) if side == 0 else (other, end)
        reach = FADE // 2 + 2 * self._margin
        begin, finish = at - reach, min(at + reach, self._length)
        both = np.zeros((self.mixture.channels, finish - begin), np.float32)
        if left is not None:
            both[:, : left.shape[1]] += left
        if right is not None:
            both[:, -right.shape[1] :] += right
        first = at - FADE // 2 - self._margin
        last = min(at + FADE // 2 + self._margin, self._length)
        self._write(first, self._at_song_rate(both, begin, first, last))

    def _write(self, first: int, samples: np.ndarray) -> None:
        """Write what belongs to the song from sample `first` at the network's rate on."""
        at = self._to_song(first)
        self.vocals[..., at : at + samples.shape[1]] = samples

    def _go_on(self) -> None:
        """Take over what an earlier separation finished."""
        for chunk in self.partial.chunks() if self.partial is not None else ():
            if chunk.index >= len(self.chunks) or self._done[chunk.index]:
                continue
            start, stop, _, _ = self._reach_of(chunk.index)
            inner = FADE // 2 + self._margin
            first = self._to_song(start + inner) if start else 0
            last = self._to_song(stop - inner) if stop < self._length else self.mixture.length
            if _checksum(self.vocals[:, first:last]) == chunk.checksum:
                self._join(chunk.index, chunk.head, chunk.tail)
                self._done[chunk.index] = True
                self.threads[chunk.index] = chunk.threads

    def _to_song(self, position: int) -> int:
        """A position at the network's rate, in samples of the song."""
        if position and position >= self._length:
            return self.mixture.length
        return min(position * self.mixture.rate // self._rate, self.mixture.length)

    def _at_song_rate(self, voice: np.ndarray, begin: int, first: int, last: int) -> np.ndarray:
        """The samples [first, last) of a voice, at the song's rate.

        Args:
            voice: (channels, samples) at the network's rate, with what the resampler sees around
                them.
            begin: place in the song of the first of `voice`.
            first, last: at the network's rate.
        """
        rate = self.mixture.rate
        if rate == self._rate:
            return voice[:, first - begin : last - begin]
        # From a grid point of both rates on, a part is resampled just as the whole would be.
        before = begin % grid_period(rate, self._rate)
        padded = np.pad(voice, ((0, 0), (before, REACH)))
        found = resampled(padded, rate=self._rate, new_rate=rate)
        offset = (begin - before) * rate // self._rate
        start, stop = self._to_song(first), self._to_song(last)
        return np.ascontiguousarray(found[:, start - offset : max(start, stop) - offset])


class _Pair:
    """One or two channels of a signal as the two that a network hears."""

    def __init__(self, samples: Samples, group: tuple[int, ...]) -> None:
        self._samples, self._channels = samples, [group[0], group[-1]]
        self.shape, self.dtype = (2, samples.shape[1]), samples.dtype

    def __getitem__(self, key: Stretch, /) -> np.ndarray:
        return self._samples[:, key[1]][self._channels]


def _checksum(samples: np.ndarray) -> int:
    return zlib.crc32(samples.tobytes())


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
    run_all(separation, progress=progress, cancelled=cancelled)
    return separation.vocals
