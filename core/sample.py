"""Samples of songs: some seconds that begin where the voice does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from core.audio import Audio
from core.errors import Cancelled
from core.samples import Samples, stretches

if TYPE_CHECKING:
    from core.separation import Separation

BLOCK_SECONDS = 0.05
SUNG_SECONDS = 1.0  # of which a voice that has begun fills half: breaths and consonants are gaps
_BLOCKS_AT_ONCE = 128
LEAD_SECONDS = 0.5  # heard before the voice begins
_QUIETEST = 10 ** (-60 / 20)  # of a voice, relative to full scale
_FAINTEST = 10 ** (-12 / 20)  # of a voice, relative to the mixture; bleed is fainter


def voice_start(mixture: Audio, vocals: Samples, *, known: int | None = None) -> int | None:
    """Find where the voice begins.

    Args:
        mixture: the song.
        vocals: (channels, samples) float32, of the song.
        known: how many samples of `vocals` are separated, from the start; left out, all are.

    Returns:
        The first sample of the first stretch that is sung for half of a second; None where
        nothing is sung in what is known.
    """
    known = mixture.length if known is None else known
    size = max(1, round(BLOCK_SECONDS * mixture.rate))
    voice = _levels(vocals, known, size)
    sung = (voice > _QUIETEST) & (voice > _FAINTEST * _levels(mixture.samples, known, size))
    ahead = round(SUNG_SECONDS / BLOCK_SECONDS)
    total = np.concatenate([[0], np.cumsum(sung)])
    for block in map(int, np.flatnonzero(sung)):
        stop = min(block + ahead, len(sung))
        if stop - block < ahead and known < mixture.length:
            return None  # what follows will tell
        if 2 * (total[stop] - total[block]) >= ahead:
            return block * size
    return None


def sample_range(mixture: Audio, vocals: Samples, seconds: float) -> tuple[int, int]:
    """Choose the part of a separated song that a sample shows.

    It begins shortly before the voice does, at the song's start where nothing is sung, and earlier
    where the song would end before `seconds` are over.

    Returns:
        (start, stop) in samples.
    """
    return _range_from(voice_start(mixture, vocals), mixture, seconds)


def cut(mixture: Audio, vocals: Samples, span: tuple[int, int]) -> tuple[Audio, np.ndarray]:
    """Return the song and its vocals in [start, stop) alone."""
    start, stop = span
    return Audio(np.ascontiguousarray(mixture.samples[:, start:stop]), mixture.rate), (
        np.ascontiguousarray(vocals[:, start:stop])
    )


def separate_sample(
    separation: Separation,
    seconds: float,
    *,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[int, int]:
    """Separate no more of a song than finding the voice and showing a sample takes.

    Returns:
        (start, stop): the sample; `separation.vocals` is complete there.

    Raises:
        Cancelled: `cancelled` said so.
    """
    mixture, begin = separation.mixture, None
    for chunk in separation.chunks:
        if cancelled():
            raise Cancelled
        separation.run(chunk)
        progress(chunk.stop / max(1, mixture.length))
        # The next chunk still adds to this one's end.
        is_last = chunk.stop == mixture.length
        known = chunk.stop if is_last else max(chunk.stop - round(0.2 * mixture.rate), 0)
        begin = voice_start(mixture, separation.vocals, known=known)
        if begin is not None:
            break
    span = _range_from(begin, mixture, seconds)
    # A chunk beyond the sample still fades into its end.
    reach = round(0.2 * mixture.rate)
    for chunk in separation.chunks:
        if chunk.stop > span[0] - reach and chunk.start < span[1] + reach:
            if cancelled():
                raise Cancelled
            separation.run(chunk)
            progress(min(1.0, (chunk.stop - span[0]) / max(1, span[1] - span[0])))
    return span


def _range_from(begin: int | None, mixture: Audio, seconds: float) -> tuple[int, int]:
    length = min(mixture.length, max(1, round(seconds * mixture.rate)))
    start = max(0, (begin or 0) - round(LEAD_SECONDS * mixture.rate))
    start = min(start, mixture.length - length)
    return start, start + length


def _levels(samples: Samples, known: int, size: int) -> np.ndarray:
    """The RMS of each whole block of the first `known` samples, over all channels."""
    levels = [np.zeros(0, np.float32)]
    for start, stop in stretches(known - known % size, _BLOCKS_AT_ONCE * size):
        part = samples[:, start:stop]
        whole = part.reshape(part.shape[0], -1, size)
        levels.append(np.sqrt(np.mean(np.square(whole), axis=(0, 2))))
    return np.concatenate(levels)
