"""Runs the chunks of a song side by side, one core each."""

from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

import torch

from core.errors import Cancelled

if TYPE_CHECKING:
    from core.separation import Separation

MOST_AT_ONCE = 8
"""Chunks under way at a time: each takes some hundred megabytes, and more cores share the work."""


def threads_for(device: torch.device) -> int:
    """How many threads a song's chunks may have on a device.

    What computes beside the processor has all of it for one chunk.
    """
    return torch.get_num_threads() if device.type == "cpu" else 1


def run_all(
    separation: "Separation",
    *,
    threads: int,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Run every chunk that is not done, as many at a time as there are threads.

    Threads that share one chunk wait for each other after every operation: beside any other busy
    program two of them were measured to be up to eleven times slower than one, and to burn
    processor time while they wait. Threads with a chunk each never wait.

    Args:
        separation: what to run; afterwards it is finished.
        threads: to use in all, at least 1.
        progress: called with the share that is done, 0 to 1, always from this thread.
        cancelled: asked before every chunk, from any of the threads.

    Raises:
        Cancelled: `cancelled` said so; what was done is kept.
    """
    chunks = [chunk for chunk in separation.chunks if not separation.done(chunk.index)]
    at_once = min(threads, MOST_AT_ONCE, len(chunks))

    def run(number: int) -> None:
        if cancelled():
            raise Cancelled
        separation.run(chunks[number])

    if at_once <= 1:
        for number in range(len(chunks)):
            run(number)
            progress((number + 1) / len(chunks))
        return
    share = threads // at_once
    try:
        with ThreadPoolExecutor(
            at_once, "chunk", initializer=torch.set_num_threads, initargs=(share,)
        ) as pool:
            waiting = {pool.submit(run, number) for number in range(len(chunks))}
            try:
                while waiting:
                    ended, waiting = wait(waiting, timeout=0.1, return_when=FIRST_EXCEPTION)
                    for future in ended:
                        future.result()
                    progress(1 - len(waiting) / len(chunks))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        torch.set_num_threads(threads)  # the pool's is what new threads would begin with
