"""Batches mixed on a GPU while it trains on the one before."""

import threading
from collections.abc import Iterator
from queue import Queue

import torch
from torch import Tensor

from core.training.mixing import Mixer

_AHEAD = 2
Batch = tuple[Tensor, Tensor]


def batches_of(mixer: Mixer, size: int) -> Iterator[Batch]:
    """Batches without end; on a GPU a thread mixes them ahead, in a stream of its own.

    A GPU's mixing is thousands of small kernels and training hundreds of large ones, which fit
    beside one another. On a CPU both want the same cores, so there the batches are mixed in turn.
    """
    if mixer.device.type != "cuda":
        while True:
            yield mixer.batch(size)
    yield from _ahead(mixer, size)


def _ahead(mixer: Mixer, size: int) -> Iterator[Batch]:
    stream = torch.cuda.Stream(mixer.device)
    ready: Queue[tuple[Batch, torch.cuda.Event] | BaseException] = Queue(_AHEAD)

    def mix() -> None:
        try:
            with torch.cuda.device(mixer.device), torch.cuda.stream(stream):
                while True:
                    batch = mixer.batch(size)
                    ready.put((batch, stream.record_event()))
        except BaseException as error:  # noqa: BLE001 - raised again where the batch is awaited
            ready.put(error)

    threading.Thread(target=mix, name="mixer", daemon=True).start()
    while True:
        item = ready.get()
        if isinstance(item, BaseException):
            raise item
        batch, mixed = item
        current = torch.cuda.current_stream(mixer.device)
        current.wait_event(mixed)
        for tensor in batch:
            tensor.record_stream(current)
        yield batch
