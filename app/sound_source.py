"""What the renderer reads: a song's mixture and its voice, weighed and folded to two channels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.song import Song
from core.low_end import LowEndKeeper
from core.mix import Gains, VoiceFilter
from core.samples import Samples
from core.stems import Stem

_WEIGHTS = {
    Stem.MIXTURE: (1.0, 0.0),
    Stem.INSTRUMENTAL: (1.0, -1.0),
    Stem.VOCALS: (0.0, 1.0),
}

voice_filter = lru_cache(maxsize=16)(VoiceFilter)
"""VoiceFilter, the same one for the same gains and rate."""

low_end_keeper = lru_cache(maxsize=16)(LowEndKeeper)
"""LowEndKeeper, the same one for the same frequency and rate."""


@dataclass(frozen=True, eq=False)
class Hearing:
    """What to hear, as one value, so that the audio thread never sees a half of it."""

    stem: Stem
    mixture: float
    voice: float
    removed: Gains | None = None
    """What the voice is weighed with by band; none leaves it as it is."""
    gain: float = 1.0
    mixture_gain: float = 1.0
    """The gain where the mixture plays because the stem is not separated yet."""
    keep_low_end_hz: float | None = None
    """Below it the voice lacks what nobody sings; none leaves it as it is."""
    vocals: Samples | None = None
    """Other vocals than the song's own, to be compared with them."""

    def vocals_of(self, song: Song) -> Samples | None:
        """The vocals that are meant; none where the song has none yet."""
        return song.vocals if self.vocals is None else self.vocals


def hearing(stem: Stem) -> Hearing:
    """Hear a stem as it is."""
    return Hearing(stem, *_WEIGHTS[stem])


@dataclass(frozen=True, eq=False)
class Voice:
    """The separated voice, filtered or as it is."""

    samples: Samples
    heard: Hearing
    filter: VoiceFilter | None
    keeper: LowEndKeeper | None

    @property
    def reach(self) -> int:
        """How many samples before and after a sample it looks at."""
        return (self.filter.reach if self.filter else 0) + (self.keeper.reach if self.keeper else 0)

    def serves(self, vocals: Samples, heard: Hearing) -> bool:
        """Whether it is the voice of these vocals that is wanted."""
        ours = (self.heard.removed, self.heard.keep_low_end_hz)
        return self.samples is vocals and ours == (heard.removed, heard.keep_low_end_hz)

    def read(self, start: int, stop: int) -> np.ndarray:
        """(channels, stop - start) of it."""
        if self.filter is None:
            return self._kept(start, stop)
        first = max(0, start - self.filter.reach)
        last = min(self.samples.shape[1], stop + self.filter.reach)
        return self.filter.read(self._kept(first, last), start - first, stop - first)

    def _kept(self, start: int, stop: int) -> np.ndarray:
        if self.keeper is None:
            return self.samples[:, start:stop]
        return self.keeper.read(self.samples, start, stop)


def voice_of(vocals: Samples, heard: Hearing, rate: int) -> Voice:
    """The voice of a song as it is to be heard."""
    hertz = heard.keep_low_end_hz
    return Voice(
        vocals,
        heard,
        voice_filter(heard.removed, rate) if heard.removed is not None else None,
        low_end_keeper(hertz, rate) if hertz is not None else None,
    )


@dataclass(frozen=True, eq=False)
class Source:
    """What is playing; replaced as one."""

    song: Song
    fold: np.ndarray | None  # (2, channels) where the song has more than two

    def read(
        self, start: int, count: int, weights: np.ndarray, voices: list[Voice | None]
    ) -> np.ndarray:
        """(2 or 1, count) at `start`: the mixture and each voice by a row of `weights`."""
        stop = min(self.song.length, start + count)
        heard = np.zeros((self.song.mixture.channels, count), np.float32)
        if stop > start:
            size = stop - start
            np.multiply(
                self.song.mixture.samples[:, start:stop], weights[0, :size], out=heard[:, :size]
            )
            for voice, weight in zip(voices, weights[1:, :size], strict=True):
                if voice is not None and weight.any():
                    heard[:, :size] += voice.read(start, stop) * weight
        return heard if self.fold is None else self.fold @ heard


def source_of(song: Song) -> Source:
    """The source that plays a song."""
    return Source(song, _fold(song.mixture.channels))


def _fold(channels: int) -> np.ndarray | None:
    """(2, channels) that folds surround to stereo; none for mono and stereo.

    Front pair and the rest at -3 dB, as ITU-R BS.775 does; the fourth of six or more channels,
    the low-frequency effects, is left out.
    """
    if channels <= 2:
        return None
    fold = np.zeros((2, channels), np.float32)
    fold[0, 0] = fold[1, 1] = 1.0
    for channel in range(2, channels):
        if channel == 3 and channels >= 6:
            continue
        sides = (0, 1) if channel == 2 else ((channel % 2,) if channels >= 6 else (0, 1))
        for side in sides:
            fold[side, channel] = 0.7071
    return fold / fold.sum(axis=1, keepdims=True)
