"""A thread that cannot be started is a want of memory."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier


@contextmanager
def memory_for_threads() -> Iterator[None]:
    """Tell of a thread for whose stack there is no room as of anything else that found none.

    Raises:
        MemoryError: there was none.
    """
    try:
        yield
    except RuntimeError as error:
        if "can't start new thread" in str(error):  # Python's words, on every system
            raise MemoryError(str(error)) from error
        raise


def start_all(pool: ThreadPoolExecutor, count: int) -> None:
    """Start the `count` threads of a new pool now, while there is memory for them.

    Left to itself, a pool starts each when it is needed first, and keeps the job that it found no
    thread for.

    Raises:
        MemoryError: there is none.
    """
    meeting = Barrier(count)
    try:
        with memory_for_threads():
            for _ in range(count):
                pool.submit(meeting.wait)
    except MemoryError:
        meeting.abort()
        raise
