"""Looks a separated song over for the views that want it: dropouts, and the low end that left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.song import Song
from core.dropouts import Dropout, find_dropouts
from core.low_end import keep_low_end, low_end_shares
from core.samples import Samples


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
        self._work = Background("inspection", self)
        self._work.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether findings are to come."""
        return self._work.busy

    def want(self, song: Song | None, *, keep_low_end_hz: float | None) -> None:
        """Have findings for a song if it is separated; with the low end that is kept below."""
        vocals = song.vocals if song is not None and song.finished else None
        asked: tuple[object, ...] = ()
        if song is not None and vocals is not None:
            asked = (song, vocals, keep_low_end_hz)
        if _same(asked, self._asked):
            return
        had = self.findings is not None
        same_song = bool(asked) and bool(self._asked) and asked[0] is self._asked[0]
        self._asked = asked
        self._work.stop()
        if not same_song:
            self.findings = None
        if song is not None and vocals is not None:
            self._work.ask(_look(song, vocals, keep_low_end_hz))
        if had and self.findings is None:
            self.changed.emit()

    def close(self) -> None:
        """Stop, and wait for the thread."""
        self._asked = ()
        self._work.close()

    @Slot(object)
    def _on_finished(self, findings: Findings | None) -> None:
        if findings is not None:
            self.findings = findings
        self.changed.emit()


def _same(first: tuple[object, ...], second: tuple[object, ...]) -> bool:
    """Whether both ask for the same; arrays are not compared by what they hold."""
    return (*map(id, first[:2]), *first[2:]) == (*map(id, second[:2]), *second[2:])


def _look(
    song: Song, vocals: Samples, keep_low_end_hz: float | None
) -> Callable[[Callable[[], bool]], Findings]:
    """Look the song over."""
    mixture, rate = song.mixture.samples, song.rate

    def look(stop: Callable[[], bool]) -> Findings:
        kept = vocals
        if keep_low_end_hz is not None:
            kept = keep_low_end(vocals, rate, keep_low_end_hz, cancelled=stop)
        dropouts = find_dropouts(mixture, kept, rate, cancelled=stop)
        return Findings(dropouts, low_end_shares(mixture, kept, rate, cancelled=stop), rate)

    return look
