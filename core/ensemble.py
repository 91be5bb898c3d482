"""Several networks at work on one song: how they agree, and on which grid of frames."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import lcm
from pathlib import Path
from typing import Protocol

from core.cache import checkpoint_sha256
from core.errors import CheckpointError

MOST_NETWORKS = 16
SHORTEST_CHUNK = 4096  # samples: chunks are not shorter than the fades that join them


class Combination(StrEnum):
    """What is made of several networks' estimates of one song."""

    MEAN = "mean"  # of the waveforms, and so of the complex spectrograms
    MINIMUM = "min"  # in every bin and frame the instrumental of least magnitude: least voice
    MAXIMUM = "max"  # the one of greatest magnitude: fewest dropouts


@dataclass(frozen=True)
class CheckpointChoice:
    """The checkpoint files to separate with, and how their estimates are combined."""

    paths: tuple[Path, ...]
    combination: Combination = Combination.MEAN


class Framing(Protocol):
    """How a song is cut into chunks for a network.

    Attributes:
        sample_rate: Hz.
        hop: samples between the frames that chunks begin and end on.
        chunk: frames kept of a chunk.
        context: frames on either side of a chunk that are computed and thrown away.
        alignment: frames that stay together: chunks begin on multiples of them.
    """

    @property
    def sample_rate(self) -> int: ...
    @property
    def hop(self) -> int: ...
    @property
    def chunk(self) -> int: ...
    @property
    def context(self) -> int: ...
    @property
    def alignment(self) -> int: ...


@dataclass(frozen=True)
class CommonFraming:
    """A framing that suits several networks at once; see `Framing`."""

    sample_rate: int
    hop: int
    chunk: int
    context: int
    alignment: int = 1


def common_framing(framings: Sequence[Framing]) -> CommonFraming:
    """Chunks that every network can be given.

    Their borders lie on frames of all the networks, so that each sees the frames it would see of
    the whole song; the longest context counts, and the shortest chunk, which bounds the memory.

    Raises:
        CheckpointError: the networks work at different sample rates.
    """
    rates = sorted({framing.sample_rate for framing in framings})
    if len(rates) > 1:
        raise CheckpointError(
            "Checkpoints for {rates} cannot be combined.",
            rates=" and ".join(f"{rate} Hz" for rate in rates),
        )
    hop = lcm(*(framing.hop for framing in framings))
    together = lcm(*(framing.hop * framing.alignment for framing in framings))
    chunk = min(framing.chunk * framing.hop for framing in framings)
    context = max(framing.context * framing.hop for framing in framings)
    chunk = max(chunk // hop, -(-SHORTEST_CHUNK // hop))
    return CommonFraming(rates[0], hop, chunk, -(-context // hop), together // hop)


def chosen_sha256(choice: CheckpointChoice) -> str:
    """What `load_chosen(choice).sha256` would be; "" where a file cannot be read. No torch."""
    hashes = [checkpoint_sha256(path) for path in choice.paths]
    if not all(hashes):
        return ""
    return hashes[0] if len(hashes) == 1 else joint_sha256(hashes, choice.combination)


def joint_sha256(hashes: Sequence[str], combination: Combination) -> str:
    """Name the outcome of several checkpoint files; their order does not count."""
    return hashlib.sha256(" ".join([combination, *sorted(hashes)]).encode()).hexdigest()
