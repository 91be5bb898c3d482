"""How long the songs of the queue took, and how long those that wait will take."""

from collections.abc import Callable, Collection

from app.queue_items import Item, Status


class Turns:
    """Measures the turns of songs, one after the other."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Read the time, in seconds, from `clock`."""
        self._clock = clock
        self._began: float | None = None
        self._took: list[float] = []

    def begin(self) -> None:
        """A song's turn begins."""
        self._began = self._clock()

    def end(self, *, done: bool) -> None:
        """It ends; what was not `done` says nothing about other songs."""
        if done and self._began is not None:
            self._took.append(self._clock() - self._began)
        self._began = None

    def seconds_left(self, items: Collection[Item]) -> float | None:
        """How long all that waits will take; None before the first song tells."""
        waiting = sum(item.status is Status.WAITING for item in items)
        active = next((item for item in items if item.status.is_active), None)
        left = active.seconds_left if active else 0.0
        if left is None or not (waiting or active):
            return None
        if self._took:
            typical = sum(self._took) / len(self._took)
        elif active is not None and self._began is not None:
            typical = self._clock() - self._began + left
        else:
            return left if not waiting else None
        return left + waiting * typical
