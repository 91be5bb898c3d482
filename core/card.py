"""Samples on their way to a graphics card and back, while it computes others."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor


class Card:
    """A device as the threads see it that have it compute: each has a queue of its own.

    On NVIDIA's cards samples are copied through memory that the system may not move ("pinned"),
    which takes no time of the processor and overlaps with what is computed. Elsewhere there is
    nothing to overlap, and all is done in order.
    """

    def __init__(self, device: torch.device) -> None:
        """Take a device that torch knows."""
        self._device = device
        self._is_cuda = device.type == "cuda"
        self._own = threading.local()

    def settle(self) -> None:
        """Wait for what was sent outside the queues, which do not wait for one another."""
        if self._is_cuda:
            torch.cuda.synchronize(self._device)

    @contextmanager
    def queue(self) -> Iterator[None]:
        """Compute what follows in this thread's own order."""
        if not self._is_cuda:
            yield
            return
        stream = getattr(self._own, "stream", None)
        if stream is None:
            stream = self._own.stream = torch.cuda.Stream(self._device)
        with torch.cuda.stream(stream):
            yield

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
