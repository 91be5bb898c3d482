"""The proof that saved stems sum to the song: both are read back and compared."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import BinaryIO

import numpy as np
import soundfile

from core.errors import OutputError
from core.formats import BitDepth
from core.result_check import ResultChecker
from core.stem_reading import Read, scaled
from core.stems import Stem
from core.writing import BLOCK


def residual(
    files: dict[Stem, BinaryIO],
    readers: dict[Stem, Read],
    whole: Read,
    gain: float,
    *,
    length: int,
    checker: ResultChecker,
    advance: Callable[[float], None],
) -> float:
    """Read the files back and return the peak error of instrumental plus vocals against `whole`.

    A stem that is not saved is taken as computed.

    Args:
        files: the stems as saved, open for reading.
        readers: the stems as computed, before `gain`.
        whole: what instrumental and vocals sum to, before `gain`.
        gain: linear, that of the files.
        length: samples.
        checker: sees each block as it was read back.
        advance: called with the share that is done, 0 to 1; may raise to stop.

    Returns:
        The largest error, relative to full scale of the files.

    Raises:
        OutputError: a file has another length.
    """
    parts: list[Read] = []
    with ExitStack() as open_songs:
        for stem in (Stem.INSTRUMENTAL, Stem.VOCALS):
            if stem not in files:
                parts.append(scaled(readers[stem], gain))
                continue
            files[stem].flush()
            files[stem].seek(0)
            saved = open_songs.enter_context(soundfile.SoundFile(files[stem]))
            if saved.frames != length:
                raise OutputError(f"A saved stem has {saved.frames:,} samples, not {length:,}.")
            parts.append(_in_order(saved))
        worst = 0.0
        for start in range(0, length, BLOCK):
            stop = min(start + BLOCK, length)
            instrumental, vocals = (part(start, stop) for part in parts)
            expected = whole(start, stop).astype(np.float64) * gain
            worst = max(worst, peak(instrumental.astype(np.float64) + vocals - expected))
            mixture = readers[Stem.MIXTURE](start, stop) * np.float32(gain)
            checker.add(instrumental, vocals, mixture, whole=expected)
            advance(stop / length)
    return worst


def _in_order(saved: soundfile.SoundFile) -> Read:
    return lambda start, stop: saved.read(stop - start, dtype="float32", always_2d=True).T


def rounding(depth: BitDepth, *, files: int) -> float:
    """Return the largest error that rounding `files` stems may sum to, relative to full scale."""
    per_file = {BitDepth.INT16: 1.5, BitDepth.INT24: 0.5, BitDepth.FLOAT32: 1.0}[depth]
    arithmetic = 2.0**-22  # of the subtraction and the gain in float32
    return per_file * depth.step * files + arithmetic


def peak(samples: np.ndarray) -> float:
    """Return the largest magnitude of at least one sample."""
    return max(float(samples.max()), -float(samples.min()))
