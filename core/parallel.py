"""Runs the chunks of a song: one on each core, or in batches on a graphics card."""

from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from functools import lru_cache
from typing import TYPE_CHECKING

import torch

from core.errors import Cancelled
from core.estimator import MOST_AT_ONCE as MOST_IN_BATCH
from core.threads import memory_for_threads, start_all

if TYPE_CHECKING:
    from core.chunks import Chunk
    from core.separation import Separation

MOST_AT_ONCE = 8
"""Chunks under way at a time: each takes some hundred megabytes, and more cores share the work."""
FEEDERS = 2
"""Threads that a card has: one reads and writes samples while the other waits for its batch."""


def at_once(device: torch.device) -> int:
    """How many chunks are usually under way at a time on a device."""
    return min(torch.get_num_threads(), MOST_AT_ONCE) if device.type == "cpu" else FEEDERS


def run_all(
    separation: "Separation",
    *,
    threads: int = 0,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Run every chunk that is not done, as many at a time as there are threads.

    Threads that share one chunk wait for each other after every operation: beside any other busy
    program two of them were measured to be up to eleven times slower than one, and to burn
    processor time while they wait. Threads with a chunk each never wait. A graphics card, which
    is fast only at much at once, computes batches, see `run_batches`.

    Args:
        separation: what to run; afterwards it is finished.
        threads: of the processor to use in all; 0 is torch's number.
        progress: called with the share that is done, 0 to 1, always from this thread.
        cancelled: asked before every chunk, from any of the threads.

    Raises:
        Cancelled: `cancelled` said so; what was done is kept.
    """
    chunks = [chunk for chunk in separation.chunks if not separation.done(chunk.index)]
    if separation.device.type == "cuda":
        run_batches(separation, chunks, progress=progress, cancelled=cancelled)
        return
    threads = threads or (torch.get_num_threads() if separation.device.type == "cpu" else 1)
    workers = min(threads, MOST_AT_ONCE, len(chunks))
    if workers <= 1:
        for number, chunk in enumerate(chunks):
            if cancelled():
                raise Cancelled
            separation.run(chunk)
            progress((number + 1) / len(chunks))
        return
    share = threads // workers
    try:
        with ThreadPoolExecutor(workers, "chunk", torch.set_num_threads, (share,)) as pool:
            each = [[chunk] for chunk in chunks]
            _in_threads(separation, each, pool, progress=progress, cancelled=cancelled)
    finally:
        torch.set_num_threads(threads)  # the pool's is what new threads would begin with


def run_batches(
    separation: "Separation",
    chunks: list["Chunk"],
    *,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Run chunks in batches, two of them under way: while one is computed, another is fed.

    The arguments are those of `run_all`.
    """
    # Both feeders get something even of a song that would fit into one batch.
    size = max(1, min(MOST_IN_BATCH, -(-len(chunks) // FEEDERS)))
    batches = [chunks[at : at + size] for at in range(0, len(chunks), size)]
    _in_threads(separation, batches, _feeders(), progress=progress, cancelled=cancelled)


@lru_cache(maxsize=1)
def _feeders() -> Executor:
    """The same threads for every song: torch and cuDNN prepare themselves anew in each new one."""
    pool = ThreadPoolExecutor(FEEDERS, "feeder")
    start_all(pool, FEEDERS)
    return pool


def _in_threads(
    separation: "Separation",
    batches: list[list["Chunk"]],
    pool: Executor,
    *,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    """Run batches in the threads of a pool; where one fails, no other is begun or goes on."""
    failed = False

    def run(batch: list["Chunk"]) -> int:
        if failed or cancelled():
            raise Cancelled
        if len(batch) == 1:
            separation.run(batch[0])
        else:
            separation.run_together(batch)
        return len(batch)

    count, done = sum(map(len, batches)), 0
    futures: list[Future[int]] = []
    try:
        with memory_for_threads():
            for batch in batches:
                futures.append(pool.submit(run, batch))
        waiting = set(futures)
        while waiting:
            ended, waiting = wait(waiting, timeout=0.1, return_when=FIRST_EXCEPTION)
            done += sum(future.result() for future in ended)
            progress(done / count)
    finally:
        failed = True  # if not all are done
        for future in futures:
            future.cancel()
        wait(futures)
