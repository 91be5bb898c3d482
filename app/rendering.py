"""What the loudspeaker gets, sample by sample: slices, gains and sums, without gaps or clicks."""

from __future__ import annotations

from collections import deque

import numpy as np

from app.song import Song
from app.sound_source import Hearing, Source, Voice, hearing, source_of, voice_of
from core.stems import Stem

FADE_SECONDS = 0.010


class Renderer:
    """Plays one song as one of its stems; every change fades over 10 ms, with equal gain.

    The window's thread sets the public attributes, the audio thread calls `render`.
    """

    def __init__(self) -> None:
        """Play nothing."""
        self.heard = hearing(Stem.MIXTURE)
        """What is heard; a change of it fades."""
        self.playing = False
        self.gain = 1.0
        self.loop: tuple[int, int] | None = None
        """Samples [start, stop) that repeat."""
        self.position = 0
        """The next sample to be rendered."""
        self.came_from: int | None = None
        """Where playback was when a loop took it back to the loop's start."""
        self.origin = 0
        """Where the stretch that is playing began."""
        self.on_mixture = False
        """Whether the mixture plays because the stem is not separated here yet."""
        self.tap: deque[np.ndarray] | None = None
        """Takes a copy of every block, for who else wants to know; oldest blocks fall out."""
        self._source: Source | None = None
        # One thread appends, the other pops: both are atomic, and the newest wins.
        self._loads: deque[Source | None] = deque(maxlen=1)
        self._seeks: deque[int] = deque(maxlen=1)
        # Of the mixture and of two voices: while one fades out, the other fades in.
        self._balance = np.zeros(3)
        self._voices: list[Voice | None] = [None, None]
        self._reached_for = (self.heard, 0)
        self._tail = 0
        self._tail_left = 0
        self._song: Song | None = None

    def load(self, song: Song | None) -> None:
        """Take a song, stopped at its start; none to be silent. What played fades out."""
        self.playing = False
        self.loop = None
        self.on_mixture = False
        self._song = song
        self._seeks.clear()
        self._loads.append(source_of(song) if song else None)

    @property
    def stem(self) -> Stem:
        """Which stem is heard; setting it hears the stem as it is."""
        return self.heard.stem

    @stem.setter
    def stem(self, stem: Stem) -> None:
        self.heard = hearing(stem)

    @property
    def song(self) -> Song | None:
        """The song that was loaded last."""
        return self._song

    @property
    def is_settled(self) -> bool:
        """Whether the audio thread has done all that was asked."""
        return not self._loads and not self._seeks

    @property
    def next_position(self) -> int:
        """Where playback is, or is about to be."""
        try:
            return self._seeks[-1]
        except IndexError:
            return 0 if self._loads else self.position

    def seek(self, position: int) -> None:
        """Go to a sample with the next block."""
        self._seeks.append(position)

    def render(self, out: np.ndarray) -> None:
        """Fill `out` (samples, 2), float32, and move on."""
        self._render(out)
        tap = self.tap
        if tap is not None:
            tap.append(out.copy())

    def _render(self, out: np.ndarray) -> None:
        out.fill(0.0)
        if self._loads and not self._balance.any():
            self._source = self._loads.pop()
            self._voices = [None, None]
            self._start_at(0)
            self._tail_left = 0
        source = self._source
        if source is None:
            return
        if self._seeks and not self._loads:
            seek = self._seeks.pop()
            if self._balance.any():
                self._jump(source, seek)
            self._start_at(seek)
        if self._moves or self._balance.any():
            self._play(source, out)

    @property
    def _moves(self) -> bool:
        return self.playing and not self._loads

    def _start_at(self, position: int) -> None:
        self.position = self.origin = position
        self.came_from = None

    def _play(self, source: Source, out: np.ndarray) -> None:
        filled = 0
        while filled < len(out):
            loop = self.loop
            loops = loop is not None and self.position < loop[1]
            end = loop[1] if loop is not None and loops else source.song.length
            if self.position >= end:
                self._finish()
                return
            count = min(len(out) - filled, end - self.position)
            done = self._fill(source, out[filled : filled + count])
            self.position += done
            filled += done
            if done < count:
                return
            if loop is not None and loops and self.position == end:
                self._jump(source, loop[0])
                self._start_at(loop[0])
                self.came_from = end

    def _fill(self, source: Source, out: np.ndarray) -> int:
        """Render up to a loop's end or the pause; returns how many samples."""
        count = len(out)
        fade = fade_samples(source.song.rate)
        target = self._target(source.song, count + fade)
        change = target - self._balance
        largest = float(np.abs(change).max())
        if not self._moves:
            count = min(count, max(1, int(np.ceil(largest * fade))))
        steps = np.arange(1, count + 1)
        moved = np.clip(steps / (max(largest, 1e-9) * fade), 0.0, 1.0)
        balance = (self._balance[:, None] + change[:, None] * moved).astype(np.float32)
        heard = source.read(self.position, count, balance, self._voices)
        if self._tail_left:
            heard = self._with_tail(source, heard, balance, fade)
        out[:count] = heard.T
        reached = largest == 0.0 or moved[-1] >= 1.0
        self._balance = target if reached else self._balance + change * moved[-1]
        return count

    def _target(self, song: Song, ahead: int) -> np.ndarray:
        """The weights of mixture and voices that the coming samples ask for."""
        wanted = self.heard
        slot = self._slot(song, wanted)
        if slot is None:
            # Both voices still fade: this change waits for the one before it.
            wanted, slot = self._reached_for
        self._reached_for = (wanted, slot)
        voice = self._voices[slot]
        reach = voice.reach if voice is not None else 0
        start = max(0, self.position - reach)
        stop = min(song.length, self.position + 2 * ahead + reach)
        self.on_mixture = wanted.voice != 0.0 and not (
            voice is not None and (song.finished or song.ready.covers(start, stop))
        )
        target = np.zeros(3)
        if self.on_mixture:
            target[0] = wanted.mixture_gain
        else:
            target[0] = wanted.mixture * wanted.gain
            target[1 + slot] = wanted.voice * wanted.gain
        return target * (self.gain if self._moves else 0.0)

    def _slot(self, song: Song, wanted: Hearing) -> int | None:
        """Which of the voices is the wanted one, put there if there is room."""
        vocals = wanted.vocals_of(song)
        if vocals is None:
            return 0
        for slot, voice in enumerate(self._voices):
            if voice and voice.serves(vocals, wanted):
                return slot
        for slot in range(len(self._voices)):
            if self._balance[1 + slot] == 0.0:
                self._voices[slot] = voice_of(vocals, wanted, song.rate)
                return slot
        return None

    def _with_tail(
        self, source: Source, heard: np.ndarray, balance: np.ndarray, fade: int
    ) -> np.ndarray:
        """Fade what played before a jump into what plays after it."""
        count = heard.shape[1]
        left = np.clip(self._tail_left - np.arange(1, count + 1), 0, None) / fade
        before = source.read(self._tail, count, balance, self._voices)
        self._tail += count
        self._tail_left = max(0, self._tail_left - count)
        return heard * (1.0 - left).astype(np.float32) + before * left.astype(np.float32)

    def _jump(self, source: Source, to: int) -> None:
        if to != self.position:
            self._tail = self.position
            self._tail_left = fade_samples(source.song.rate)

    def _finish(self) -> None:
        if not self._loads:
            self.playing = False
        self._balance = np.zeros(3)
        self._tail_left = 0


def fade_samples(rate: int) -> int:
    """Length of the fade at a sample rate; a gain that moves by less than 1 takes less."""
    return max(1, round(rate * FADE_SECONDS))
