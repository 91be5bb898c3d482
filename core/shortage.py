"""What torch says where memory runs out, or a graphics card is lost."""

import gc
from contextlib import suppress

import torch

from core.memory import give_back_pages


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out; torch says so in several ways."""
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    said = str(error)
    return isinstance(error, RuntimeError) and any(word in said for word in _SHORTAGES)


def is_lost_device(error: BaseException) -> bool:
    """Whether a graphics card does not compute any more: unplugged, reset, or asleep."""
    if isinstance(error, torch.OutOfMemoryError):
        return False
    said = str(error)
    return isinstance(error, RuntimeError) and any(word in said for word in _LOSSES)


_SHORTAGES = (
    "DefaultCPUAllocator",
    "out of memory",
    "std::bad_alloc",
    "ALLOC_FAILED",
    "could not create a memory object",  # oneDNN's words
    "could not create a primitive",
    "could not execute a primitive",
)
_LOSSES = ("CUDA error", "CUDNN_STATUS", "CUBLAS_STATUS", "MPS backend error")


def give_back(device: torch.device) -> None:
    """Give memory that is kept for the next computation back to the device, and to others."""
    gc.collect()
    give_back_pages()
    with suppress(RuntimeError):  # of a card that is lost
        if device.type == "cuda":
            torch.cuda.empty_cache()
        elif device.type == "mps":
            torch.mps.empty_cache()
