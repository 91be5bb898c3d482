"""How many threads torch is quickest with, found by trying, and how long the rest will take."""

import os
import statistics
from collections import deque


class Pace:
    """Times chunks with one core left free and with all, and keeps to the quicker.

    Two torch threads beside another busy program can be eight times slower than one, so the
    number of cores alone does not tell.
    """

    def __init__(self, cores: int | None = None) -> None:
        """Know nothing yet; `cores` are by default those this process may use."""
        self._cores = cores or _usable_cores()
        self._fastest: dict[int, float] = {}
        self._recent: deque[float] = deque(maxlen=8)

    def threads(self, *, playing: bool, awaited: bool = False) -> int:
        """Threads for the next chunk; one core stays free while a song plays.

        Nothing is tried on a chunk that is `awaited`, the first of a song.
        """
        spared = max(1, self._cores - 1)
        if awaited and self._cores not in self._fastest:
            return spared
        if playing or spared == self._cores or spared not in self._fastest:
            return spared
        if self._cores not in self._fastest:
            return self._cores
        return min(self._fastest, key=self._fastest.__getitem__)

    def took(self, seconds: float, *, threads: int, samples: int) -> None:
        """Learn from a chunk."""
        speed = seconds / max(1, samples)
        self._fastest[threads] = min(speed, self._fastest.get(threads, speed))
        self._recent.append(speed)

    def seconds_for(self, samples: int) -> float | None:
        """How long so many samples will take, from the last few chunks; None before the first."""
        return statistics.median(self._recent) * samples if self._recent else None


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
