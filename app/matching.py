"""Plays what is compared equally loud, since else the louder one wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.song import Song
from app.sound_source import Hearing, voice_of
from core.loudness import LoudnessMeter
from core.samples import Samples

RANGE_LU = 12.0
"""What is quieter than the loudest by more than this is not matched: all would be faint."""
BLOCK = 16_384  # short, since the filters hold the interpreter while they run


class LoudnessMatch(QObject):
    """Measures, in a thread of its own, whatever is to be matched; `measured` tells of it."""

    measured = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Measure nothing yet."""
        super().__init__(parent)
        self._song: Song | None = None
        self._vocals: Samples | None = None
        self._span: tuple[int, int] | None = None
        self._known: dict[tuple[object, ...], tuple[Hearing, float]] = {}
        """Loudness by what was heard, which is held on to: another may not take its place."""
        self._wanted: list[Hearing] = []
        self._measures: Hearing | None = None
        self._work = Background("loudness", self)
        self._work.finished.connect(self._on_finished)

    def want(
        self, song: Song, heard: Sequence[Hearing], *, span: tuple[int, int] | None = None
    ) -> None:
        """Measure soon what is not known yet; what was wanted before no longer is.

        Only the samples of `span` count, where one is given.
        """
        if song is not self._song or song.vocals is not self._vocals or span != self._span:
            self._song, self._vocals, self._span = song, song.vocals, span
            self._known.clear()
            self._stop()
        self._wanted = [each for each in heard if _key(each) not in self._known]
        if not self._wanted:
            self._stop()
        elif self._measures is None or _key(self._measures) not in map(_key, self._wanted):
            self._begin(at_once=False)

    def knows(self, heard: Sequence[Hearing]) -> bool:
        """Whether all of them are measured."""
        return all(_key(each) in self._known for each in heard)

    def matched(self, heard: Sequence[Hearing]) -> list[Hearing]:
        """The same with gains, none above 1, that make them equally loud, as far as is known."""
        if not self.knows(heard):
            return list(heard)
        gains = matching_gains([self._known[_key(each)][1] for each in heard])
        mixture = next((g for h, g in zip(heard, gains, strict=True) if h.voice == 0.0), 1.0)
        return [
            replace(each, gain=gain, mixture_gain=mixture)
            for each, gain in zip(heard, gains, strict=True)
        ]

    def close(self) -> None:
        """Stop, and wait for the thread."""
        self._wanted = []
        self._work.close()

    def _stop(self) -> None:
        self._measures = None
        self._work.stop()

    def _begin(self, *, at_once: bool) -> None:
        song, span = self._song, self._span
        if song is None:
            return
        heard = self._measures = self._wanted[0]
        self._work.ask(
            lambda stop: measure(song, heard, span=span, cancelled=stop), at_once=at_once
        )

    @Slot(object)
    def _on_finished(self, loudness: float | None) -> None:
        heard, self._measures = self._measures, None
        if heard is None or loudness is None:
            return
        self._known[_key(heard)] = (heard, loudness)
        self._wanted = [each for each in self._wanted if _key(each) not in self._known]
        if self._wanted:
            self._begin(at_once=True)
        else:
            self.measured.emit()


def matching_gains(loudness: Sequence[float]) -> list[float]:
    """Gains, none above 1, that make sounds of these loudnesses in LUFS equally loud.

    Silence, and what is quieter than the loudest by more than RANGE_LU, is left as it is.
    """
    loudest = max(loudness)
    target = min(each for each in loudness if each >= loudest - RANGE_LU)
    return [float(10 ** (min(0.0, target - each) / 20)) for each in loudness]


def measure(
    song: Song,
    heard: Hearing,
    *,
    span: tuple[int, int] | None = None,
    cancelled: Callable[[], bool],
) -> float | None:
    """The loudness in LUFS of a song, or of a span of it, as it is heard; none if cancelled."""
    vocals = heard.vocals_of(song)
    voice = voice_of(vocals, heard, song.rate) if vocals is not None and heard.voice else None
    meter = LoudnessMeter(song.mixture.channels, song.rate)
    first, last = span or (0, song.length)
    for start in range(first, last, BLOCK):
        if cancelled():
            return None
        stop = min(last, start + BLOCK)
        sound: np.ndarray = song.mixture.samples[:, start:stop] * np.float32(heard.mixture)
        if voice is not None:
            sound = sound + voice.read(start, stop) * np.float32(heard.voice)
        meter.add(sound)
    return meter.integrated()


def _key(heard: Hearing) -> tuple[object, ...]:
    vocals = None if heard.vocals is None else id(heard.vocals)
    return (heard.mixture, heard.voice, heard.removed, heard.keep_low_end_hz, vocals)
