"""Takes dropped songs in: one is opened, several wait in the queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.queue import Queue
from app.song_search import SongSearch


class Intake(QObject):
    """Knows what to do with files and folders, and which song comes after the one that is open."""

    def __init__(
        self,
        queue: Queue,
        is_empty: Callable[[], bool],
        open_song: Callable[[Path], None],
        parent: QObject,
    ) -> None:
        """Fill `queue`, and call `open_song`; `is_empty` says whether no song is open."""
        super().__init__(parent)
        self.search = SongSearch(self)
        self._queue, self._is_empty, self._open_song = queue, is_empty, open_song

    def open(self, paths: list[Path]) -> None:
        """Open a song; several, also those of a folder, join the queue.

        The first of several is opened if no other song is.
        """
        self.search.search(paths, self._take)

    def enqueue(self, paths: list[Path], row: int) -> None:
        """Put songs, also those of a folder, into the queue before the one at `row`."""
        self.search.search(paths, partial(self._queue.add, row=row))

    def open_next(self) -> None:
        """Open the song that follows in the queue."""
        if following := self.following:
            self._open_song(following[0])

    @property
    def following(self) -> tuple[Path, ...]:
        """The songs of the queue after the one that is open."""
        return self._queue.next_after(self._queue.open_path)

    def _take(self, songs: list[Path]) -> None:
        opens = len(songs) == 1 or self._is_empty()
        if len(songs) > 1:
            if opens:
                self._queue.give_way()
            self._queue.add(songs)
        if opens:
            self._open_song(songs[0])
