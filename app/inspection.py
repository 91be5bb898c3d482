"""Looks a separated song over for the views that want it: dropouts, and the low end that left."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from app.song import Song
from core.dropouts import Dropout, find_dropouts
from core.errors import Cancelled
from core.low_end import keep_low_end, low_end_shares

PAUSE_MS = 300

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Findings:
    """What was found in a song; `shares` as `core.low_end.low_end_shares` gives them."""

    dropouts: tuple[Dropout, ...]
    shares: np.ndarray
    rate: int


class Inspection(QObject):
    """Inspects a song in a thread of its own, once it is separated and whenever that changes."""

    changed = Signal()
    """There are findings, or there are none any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Inspect nothing yet."""
        super().__init__(parent)
        self.findings: Findings | None = None
        self._asked: tuple[object, ...] = ()
        self._song: Song | None = None
        self._keep_low_end_hz: float | None = None
        self._work: _Look | None = None
        self._ending: list[_Look] = []
        # The pictures of a song that was kept come one after the other.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether findings are to come."""
        return self._pause.isActive() or self._work is not None

    def want(self, song: Song | None, *, keep_low_end_hz: float | None) -> None:
        """Have findings for a song if it is separated; with the low end that is kept below."""
        if song is None or not song.finished or song.vocals is None:
            asked: tuple[object, ...] = ()
        else:
            asked = (song, song.version, id(song.vocals), keep_low_end_hz)
        if asked == self._asked:
            return
        had = self.findings is not None
        same_song = bool(asked) and bool(self._asked) and asked[0] is self._asked[0]
        self._asked = asked
        self._stop()
        if not same_song:
            self.findings = None
        self._song, self._keep_low_end_hz = (song, keep_low_end_hz) if asked else (None, None)
        if asked:
            self._pause.start()
        if had and self.findings is None:
            self.changed.emit()

    def close(self) -> None:
        """Stop, and wait for the thread."""
        self._asked = ()
        self._stop()
        for work in self._ending:
            work.wait()

    def _stop(self) -> None:
        self._pause.stop()
        if self._work is not None:
            self._work.cancel.set()
            self._ending.append(self._work)
            self._work = None

    @Slot()
    def _begin(self) -> None:
        if self._song is not None:
            self._work = _Look(self._song, self._keep_low_end_hz, self)
            self._work.finished.connect(self._on_finished)
            self._work.finished.connect(self._work.deleteLater)
            self._work.start(QThread.Priority.LowPriority)

    @Slot()
    def _on_finished(self) -> None:
        self._ending = [each for each in self._ending if not each.isFinished()]
        work = self._work
        if work is None or not work.isFinished():
            return
        self._work = None
        if work.findings is not None:
            self.findings = work.findings
        self.changed.emit()


class _Look(QThread):
    def __init__(self, song: Song, keep_low_end_hz: float | None, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("inspection")
        self.findings: Findings | None = None
        self.cancel = threading.Event()
        self._song, self._keep_low_end_hz = song, keep_low_end_hz

    def run(self) -> None:
        """Look the song over."""
        song, stop = self._song, self.cancel.is_set
        vocals, mixture = song.vocals, song.mixture.samples
        if vocals is None:
            return
        try:
            if self._keep_low_end_hz is not None:
                vocals = keep_low_end(vocals, song.rate, self._keep_low_end_hz, cancelled=stop)
            dropouts = find_dropouts(mixture, vocals, song.rate, cancelled=stop)
            shares = low_end_shares(mixture, vocals, song.rate, cancelled=stop)
        except Cancelled:
            return
        except MemoryError:
            log.exception("not enough memory to look the song over")
            return
        self.findings = Findings(dropouts, shares, song.rate)
