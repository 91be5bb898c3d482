"""Ogg files as they should be: the same bytes for the same sound, channels in Vorbis's order."""

from typing import BinaryIO

import numpy as np
from mutagen.ogg import OggPage

# Vorbis I specification, 4.3.9, by the places of WAVE_FORMAT_EXTENSIBLE.
_VORBIS_ORDER: dict[int, list[int]] = {
    3: [0, 2, 1],
    5: [0, 2, 1, 3, 4],
    6: [0, 2, 1, 4, 5, 3],
    7: [0, 2, 1, 5, 6, 4, 3],
    8: [0, 2, 1, 6, 7, 4, 5, 3],
}


def to_vorbis_order(block: np.ndarray) -> np.ndarray:
    """Reorder (channels, samples) from the order that all of this program uses."""
    order = _VORBIS_ORDER.get(len(block))
    return block if order is None else block[order]


def from_vorbis_order(block: np.ndarray) -> np.ndarray:
    """Undo `to_vorbis_order`."""
    order = _VORBIS_ORDER.get(len(block))
    return block if order is None else block[np.argsort(order)]


def settle_serial(file: BinaryIO) -> None:
    """Give the one stream of a file a fixed number in the place of libsndfile's random one.

    Raises:
        OSError: the disk refused.
    """
    file.seek(0)
    while True:
        at = file.tell()
        try:
            page = OggPage(file)
        except EOFError:
            break
        page.serial = 1
        file.seek(at)
        file.write(page.write())  # as long as it was, with a new checksum
    file.flush()
