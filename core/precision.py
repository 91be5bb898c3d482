"""Which arithmetic a device is fastest at."""

import time
from functools import cache

import torch
from torch.nn import functional


def _seconds(dtype: torch.dtype) -> float:
    """The quicker of several runs of a convolution like the network's own."""
    x = torch.ones(1, 32, 256, 128, dtype=dtype).contiguous(memory_format=torch.channels_last)
    weight = torch.ones(32, 32, 3, 1, dtype=dtype)
    best = float("inf")
    for _ in range(4):
        started = time.perf_counter()
        functional.conv2d(x, weight, padding=(1, 0))
        best = min(best, time.perf_counter() - started)
    return best


@cache
def fastest_dtype(device_type: str) -> torch.dtype:
    """bfloat16 where it is measured to be faster than float32 (some milliseconds, once).

    Args:
        device_type: torch's name: cpu, cuda or mps.
    """
    if device_type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    if device_type != "cpu":
        return torch.float32
    with torch.inference_mode():
        return (
            torch.bfloat16 if _seconds(torch.bfloat16) < _seconds(torch.float32) else torch.float32
        )
