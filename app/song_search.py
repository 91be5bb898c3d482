"""Finds the songs among dropped files and folders, however many those hold, beside the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.error_text import error_text
from core.errors import VocalRemoverError
from core.songs import find_songs

Taker = Callable[[list[Path]], None]


class SongSearch(QObject):
    """Looks for one drop after the other; files alone are taken at once."""

    changed = Signal()
    """It begins or ends to look."""
    refused = Signal(str)
    """A sentence: nothing could be found."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Look for nothing yet."""
        super().__init__(parent)
        self._asked: deque[tuple[list[Path], Taker]] = deque()
        self._work = Background("song search", self)
        self._work.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether it looks."""
        return bool(self._asked)

    def search(self, paths: list[Path], taker: Taker) -> None:
        """Give the songs among files and folders to `taker`, at least one, in this thread."""
        self._asked.append((paths, taker))
        if len(self._asked) == 1:
            self._go_on()

    def stop(self) -> None:
        """Give all up."""
        self._asked.clear()
        self._work.stop()
        self.changed.emit()

    def close(self) -> None:
        """Give all up, and wait for the thread."""
        self._asked.clear()
        self._work.close()

    def _go_on(self) -> None:
        while self._asked:
            paths, _ = self._asked[0]
            if any(path.is_dir() for path in paths):
                self._work.ask(partial(_found, paths), at_once=True)
                self.changed.emit()
                return
            self._give(_found(paths, lambda: False))

    def _give(self, found: list[Path] | Exception) -> None:
        _, taker = self._asked.popleft()
        if isinstance(found, Exception):
            self.refused.emit(error_text(found))
        elif found:
            taker(found)
        else:
            self.refused.emit(self.tr("No songs were found there."))

    @Slot(object)
    def _on_finished(self, found: list[Path] | Exception | None) -> None:
        if self._asked and found is not None:
            self._give(found)
        self.changed.emit()
        self._go_on()


def _found(paths: list[Path], stop: Callable[[], bool]) -> list[Path] | Exception:
    try:
        return find_songs(paths, cancelled=stop)
    except (VocalRemoverError, OSError) as error:
        return error
