"""Samples on their way to a graphics card and back, while it computes others."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor


class Card:
    """A device as the threads see it that have it compute: those at work at once have a queue each.

    A queue that was used before is taken first, since torch keeps the memory that it took for each.
    On NVIDIA's cards samples are copied through memory that the system may not move ("pinned"),
    which takes no time of the processor and overlaps with what is computed. Elsewhere there is
    nothing to overlap, and all is done in order.
    """

    def __init__(self, device: torch.device) -> None:
        """Take a device that torch knows."""
        self._device = device
        self._is_cuda = device.type == "cuda"
        self._idle: list[torch.cuda.Stream] = []
        self._lock = threading.Lock()

    def settle(self) -> None:
        """Wait for what was sent outside the queues, which do not wait for one another."""
        if self._is_cuda:
            torch.cuda.synchronize(self._device)

    @contextmanager
    def queue(self) -> Iterator[None]:
        """Compute what follows in an order of its own, beside what other threads compute."""
        if not self._is_cuda:
            yield
            return
        with self._lock:
            stream = self._idle.pop() if self._idle else torch.cuda.Stream(self._device)
        try:
            with torch.cuda.stream(stream):
                yield
        finally:
            with self._lock:
                self._idle.append(stream)

    def sent(self, samples: np.ndarray) -> Tensor:
        """Samples as a tensor on the device; on the way there until something asks for them."""
        tensor = torch.from_numpy(samples)
        if not self._is_cuda:
            return tensor.to(self._device)
        return tensor.pin_memory().to(self._device, non_blocking=True)

    def fetched(self, tensor: Tensor) -> np.ndarray:
        """What a tensor on the device holds, once it is computed."""
        if not self._is_cuda:
            return tensor.cpu().numpy()
        samples = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
        samples.copy_(tensor, non_blocking=True)
        torch.cuda.current_stream(self._device).synchronize()
        return samples.numpy()
