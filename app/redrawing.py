"""Draws stems as they are heard and exported, where a mix or a take makes them other than first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.arrivals import put_pictures
from app.background import Background
from app.jobs import Picture
from app.song import LOOK_SECONDS, Song
from app.stem_pictures import draw_part
from app.views.viewport import Viewport
from core.mix import PLAIN, Gains, Mix
from core.samples import Samples
from core.takes import Take, TakenVocals


@dataclass(frozen=True)
class Look:
    """All that a part of the stems' pictures depends on beside the song."""

    removed: Gains | None = None
    keep_low_end_hz: float | None = None
    takes: tuple[Take, ...] = ()


FIRST_LOOK = Look()
"""Of the stems as they were first separated."""


class Redrawing(QObject):
    """Draws, in a thread of its own, what looks other than it should; what is in view first."""

    drawn = Signal()
    """Some of it is."""
    _came = Signal(object, int, object, object)

    def __init__(self, viewport: Viewport, parent: QObject | None = None) -> None:
        """Draw nothing yet."""
        super().__init__(parent)
        self._viewport = viewport
        self._asked: tuple[object, ...] = ()
        self._work = Background("redrawing", self)
        self._work.finished.connect(self._on_finished)
        self._came.connect(self._on_came)

    @property
    def busy(self) -> bool:
        """Whether something is still to be drawn."""
        return self._work.busy

    def want(self, song: Song | None, mix: Mix) -> None:
        """Have a song's stems look as they are exported with a mix, as far as they are drawn."""
        vocals = song.vocals if song is not None else None
        if song is None or vocals is None:
            self._stop()
            return
        todo = _todo(song, vocals, mix)
        asked = (song, vocals, mix)
        same = len(self._asked) == 3 and all(
            one is other for one, other in zip(self._asked[:2], asked[:2], strict=True)
        )
        if not todo:
            self._stop()
        elif not (same and self._asked[2] == mix and self._work.busy):
            self._asked = asked
            view = self._viewport
            middle = (view.start + view.span / 2) / (LOOK_SECONDS * song.rate) - 0.5
            order = sorted(todo, key=lambda block: abs(block - middle))
            looks = [(block, todo[block]) for block in order]
            self._work.ask(partial(self._draw, song, vocals, mix, looks))

    def close(self) -> None:
        """Stop, and wait for the thread."""
        self._work.close()

    def _stop(self) -> None:
        self._asked = ()
        self._work.stop()

    def _draw(
        self,
        song: Song,
        vocals: Samples,
        mix: Mix,
        looks: list[tuple[int, Look]],
        stop: Callable[[], bool],
    ) -> None:
        for block, look in looks:
            if stop():
                return
            start, end = _span(song, block)
            pictures = draw_part(song, vocals, start, end, with_mixture=False, mix=mix)
            self._came.emit(song, block, look, pictures)

    @Slot(object, int, object, object)
    def _on_came(self, song: Song, block: int, look: Look, pictures: tuple[Picture, ...]) -> None:
        put_pictures(song, pictures)
        song.looks[block] = look
        self.drawn.emit()

    @Slot(object)
    def _on_finished(self, result: object) -> None:
        self._asked = ()
        self.drawn.emit()


def _span(song: Song, block: int) -> tuple[int, int]:
    size = LOOK_SECONDS * song.rate
    return block * size, min(song.length, (block + 1) * size)


def _todo(song: Song, vocals: Samples, mix: Mix) -> dict[int, Look]:
    """The blocks whose pictures are there but look other than they should, and how they should."""
    takes = vocals.takes if isinstance(vocals, TakenVocals) else ()
    if mix == PLAIN and not takes and not song.looks:
        return {}
    removed = mix.voice_removed if mix.holds_voice else None
    todo = {}
    for block in range(-(-song.length // (LOOK_SECONDS * song.rate))):
        start, stop = _span(song, block)
        here = tuple(take for take in takes if take.region.touches(start, stop))
        look = Look(removed, mix.keep_low_end_hz, here)
        if song.looks.get(block, FIRST_LOOK) != look and song.pictured.covers(start, stop):
            todo[block] = look
    return todo
