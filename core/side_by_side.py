"""A few long jobs at once, each in a thread, told of and stopped as one."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from functools import partial
from threading import Event
from typing import TypeVar

from core.errors import Cancelled
from core.threads import memory_for_threads

Result = TypeVar("Result")
Job = Callable[[Callable[[float], None], Callable[[], bool]], Result]
"""Takes a progress function, told 0 to 1, and one that says whether to stop by `Cancelled`."""

_LOOK_SECONDS = 0.05


def side_by_side(
    jobs: Sequence[Job[Result]],
    *,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Result]:
    """Run jobs that each spend their time outside Python, as encoders do.

    Args:
        jobs: at least one; as many threads are used.
        progress: called with the share that is done of all, 0 to 1, always from this thread.
        cancelled: asked now and then, always from this thread.

    Returns:
        What each returned, in order.

    Raises:
        Cancelled: `cancelled` said so, and a job stopped.
        MemoryError: a thread found no room.
        Exception: the first job's that failed; the others were stopped before.
    """
    shares, stop = [0.0] * len(jobs), Event()
    if cancelled():
        raise Cancelled
    with ThreadPoolExecutor(len(jobs), "side") as pool:
        try:
            with memory_for_threads():
                futures = [
                    pool.submit(job, partial(shares.__setitem__, number), stop.is_set)
                    for number, job in enumerate(jobs)
                ]
            waiting = set(futures)
            while waiting:
                ended, waiting = wait(waiting, _LOOK_SECONDS, FIRST_EXCEPTION)
                if cancelled() or any(future.exception() for future in ended):
                    stop.set()
                progress(sum(shares) / len(shares))
        finally:
            stop.set()
    failures = [error for future in futures if (error := future.exception()) is not None]
    # A job that was stopped because another failed says nothing of why.
    for error in sorted(failures, key=lambda error: isinstance(error, Cancelled)):
        raise error
    return [future.result() for future in futures]
