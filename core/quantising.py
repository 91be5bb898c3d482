"""Samples rounded to the steps of a bit depth, with dither where they are coarse."""

import zlib
from pathlib import Path

import numpy as np

from core.formats import BitDepth


def dither_for(path: Path) -> np.random.Generator:
    """The noise of a file, the same every time for the same name, another for every stem."""
    return np.random.default_rng(zlib.crc32(path.name.encode("utf-8", "surrogateescape")))


def quantised(block: np.ndarray, depth: BitDepth, dither: np.random.Generator) -> np.ndarray:
    """Round to steps, limited to full scale.

    Args:
        block: (channels, samples) float32.
        depth: of integers.
        dither: gives the noise that 16 bits need.

    Returns:
        (channels, samples) int32, left-justified: 2**31 is full scale.
    """
    steps = 1 << (depth.bits - 1)
    scaled = block * np.float32(steps)
    if depth is BitDepth.INT16:
        # Triangular noise of two steps' width makes the error independent of the signal.
        # (Lipshitz, Wannamaker, Vanderkooy: Quantization and Dither, JAES 40/5, 1992)
        scaled += dither.random(scaled.T.shape, dtype=np.float32).T
        scaled -= dither.random(scaled.T.shape, dtype=np.float32).T
    limited = np.clip(np.rint(scaled), -steps, steps - 1).astype(np.int32)
    left_justified: np.ndarray = limited << (32 - depth.bits)
    return left_justified
