"""Plays what is compared equally loud, since else the louder one wins."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from app.song import Song
from app.sound_source import Hearing, voice_of
from core.loudness import LoudnessMeter

RANGE_LU = 12.0
"""What is quieter than the loudest by more than this is not matched: all would be faint."""
PAUSE_MS = 300
BLOCK = 16_384  # short, since the filters hold the interpreter while they run


class LoudnessMatch(QObject):
    """Measures, in a thread of its own, whatever is to be matched; `measured` tells of it."""

    measured = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Measure nothing yet."""
        super().__init__(parent)
        self._song: Song | None = None
        self._vocals: np.ndarray | None = None
        self._known: dict[tuple[object, ...], float] = {}
        self._wanted: list[Hearing] = []
        self._work: _Measurement | None = None
        self._ending: list[_Measurement] = []
        # A dragged slider asks for something else fifty times a second.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._go_on)

    def want(self, song: Song, heard: Sequence[Hearing]) -> None:
        """Measure soon what is not known yet; what was wanted before no longer is."""
        if song is not self._song or song.vocals is not self._vocals:
            self._song, self._vocals = song, song.vocals
            self._known.clear()
            self._stop()
        self._wanted = [each for each in heard if _key(each) not in self._known]
        if not self._wanted:
            self._pause.stop()
        elif self._work is None or not self._is_wanted(self._work.heard):
            self._stop()
            self._pause.start()

    def knows(self, heard: Sequence[Hearing]) -> bool:
        """Whether all of them are measured."""
        return all(_key(each) in self._known for each in heard)

    def matched(self, heard: Sequence[Hearing]) -> list[Hearing]:
        """The same with gains, none above 1, that make them equally loud, as far as is known."""
        if not self.knows(heard):
            return list(heard)
        gains = matching_gains([self._known[_key(each)] for each in heard])
        mixture = next((g for h, g in zip(heard, gains, strict=True) if h.voice == 0.0), 1.0)
        return [
            replace(each, gain=gain, mixture_gain=mixture)
            for each, gain in zip(heard, gains, strict=True)
        ]

    def close(self) -> None:
        """Stop, and wait for the thread."""
        self._pause.stop()
        self._wanted = []
        self._stop()
        for work in self._ending:
            work.wait()

    def _is_wanted(self, heard: Hearing) -> bool:
        return any(_key(heard) == _key(each) for each in self._wanted)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel.set()
            self._ending.append(self._work)
            self._work = None

    @Slot()
    def _go_on(self) -> None:
        if self._song is None or self._work is not None or not self._wanted:
            return
        self._work = _Measurement(self._song, self._wanted[0], self)
        self._work.finished.connect(self._on_finished)
        self._work.finished.connect(self._work.deleteLater)
        self._work.start()

    @Slot()
    def _on_finished(self) -> None:
        self._ending = [each for each in self._ending if not each.isFinished()]
        work = self._work
        if work is None or not work.isFinished() or work.loudness is None:
            return
        self._work = None
        self._known[_key(work.heard)] = work.loudness
        self._wanted = [each for each in self._wanted if _key(each) not in self._known]
        if self._wanted:
            self._go_on()
        else:
            self.measured.emit()


def matching_gains(loudness: Sequence[float]) -> list[float]:
    """Gains, none above 1, that make sounds of these loudnesses in LUFS equally loud.

    Silence, and what is quieter than the loudest by more than RANGE_LU, is left as it is.
    """
    loudest = max(loudness)
    target = min(each for each in loudness if each >= loudest - RANGE_LU)
    return [float(10 ** (min(0.0, target - each) / 20)) for each in loudness]


def measure(song: Song, heard: Hearing, *, cancelled: Callable[[], bool]) -> float | None:
    """The loudness in LUFS of a whole song as it is heard; none if cancelled."""
    voice = None
    if song.vocals is not None and heard.voice:
        voice = voice_of(song.vocals, heard, song.rate)
    meter = LoudnessMeter(song.mixture.channels, song.rate)
    for start in range(0, song.length, BLOCK):
        if cancelled():
            return None
        stop = min(song.length, start + BLOCK)
        sound: np.ndarray = song.mixture.samples[:, start:stop] * np.float32(heard.mixture)
        if voice is not None:
            sound = sound + voice.read(start, stop) * np.float32(heard.voice)
        meter.add(sound)
    return meter.integrated()


class _Measurement(QThread):
    def __init__(self, song: Song, heard: Hearing, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("loudness")
        self.heard = heard
        self.loudness: float | None = None
        self.cancel = threading.Event()
        self._song = song

    def run(self) -> None:
        """Measure."""
        self.loudness = measure(self._song, self.heard, cancelled=self.cancel.is_set)


def _key(heard: Hearing) -> tuple[object, ...]:
    return (heard.mixture, heard.voice, heard.removed, heard.keep_low_end_hz)
