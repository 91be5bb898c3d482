"""How a song is cut into chunks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chunk:
    """A stretch of a song that is separated in one go.

    Attributes:
        index: place in the song.
        start, stop: samples at the song's own rate, `stop` excluded.
    """

    index: int
    start: int
    stop: int


def alike(length: int, *, longest: int, shortest: int, unit: int, cores: int) -> int:
    """The length of chunks that are all alike, and so many that every core has as many.

    Were all but the last as long as may be, most cores would wait for those that have one more.

    Args:
        length: of the song, samples.
        longest: that a chunk may be, samples.
        shortest: that a chunk may be, for what it adds around itself to pay.
        unit: that chunks are multiples of; so is `longest`.
        cores: that take a chunk each.
    """
    rounds = max(-(-length // (cores * longest)), 1)
    step = max(-(-length // (cores * rounds)), shortest)
    return min(-(-step // unit) * unit, longest)
