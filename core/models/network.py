"""What every network has in common: a frozen config that is stored with its weights."""

import dataclasses
import json
from abc import abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, get_args, get_origin, get_type_hints

from torch import Tensor, nn

from core.ensemble import SHORTEST_CHUNK
from core.errors import CheckpointError

LARGEST_SIZE = 16384  # of a window, a layer's width or any other single number of a shape
LONGEST_CHUNK = 2**22  # samples with their context: a minute and a half, and a bound on memory
MOST_FRAMES = 8192  # of a chunk with its context
MOST_NUMBERS = 2**29  # in one layer of such a chunk: 2 GiB


@dataclass(frozen=True, kw_only=True)
class NetworkConfig:
    """What a network is built from; each architecture adds its own fields.

    Attributes:
        sample_rate: Hz the network works at.
        n_fft: STFT window, samples.
        hop: STFT step, samples.
        chunk: frames that are kept of a chunk when a song is separated.
        context: frames on either side of a chunk that are computed and thrown away.
    """

    sample_rate: int = 44100
    n_fft: int = 2048
    hop: int = 1024
    chunk: int = 448
    context: int = 64

    def __post_init__(self) -> None:
        """Refuse what cannot be built, or what only a hostile file would ask for.

        Raises:
            CheckpointError: a number is impossible.
        """
        frames = self.chunk + 2 * self.context
        self.require(
            8000 <= self.sample_rate <= 192_000,
            2 <= self.n_fft <= LARGEST_SIZE,
            self.n_fft % 2 == 0,
            1 <= self.hop <= self.n_fft,
            self.chunk * self.hop >= SHORTEST_CHUNK,
            self.context >= 0,
            frames <= MOST_FRAMES,
            frames * self.hop <= LONGEST_CHUNK,
        )

    @property
    def alignment(self) -> int:
        """Frames that a network takes together; chunks begin on multiples of them."""
        return 1

    @property
    def hears_whole_song(self) -> bool:
        """Whether the network wants the song's largest bin to be 1, and nothing but the song.

        So it is with networks that another program trained; they also compute as they did there,
        in float32. Otherwise a song is seen between its mirror images, at any level.
        """
        return False

    def require_room(self, widest: int) -> None:
        """Raise CheckpointError where a chunk would take an absurd amount of memory.

        Args:
            widest: numbers that the largest layer makes of a frame.
        """
        self.require(widest * (self.chunk + 2 * self.context) <= MOST_NUMBERS)

    @staticmethod
    def require(*conditions: bool) -> None:
        """Raise CheckpointError unless all conditions hold."""
        if not all(conditions):
            raise CheckpointError("The checkpoint's config asks for an impossible network.")

    def to_json(self) -> str:
        """The config as JSON text, the form it is stored in."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote.

        Raises:
            CheckpointError: the text is not such a config.
        """
        try:
            return cls.from_fields(json.loads(text))
        except (TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
            raise CheckpointError("The checkpoint's config cannot be read.") from error

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Build from plain lists and strings, as JSON and TOML give them."""
        config: Self = _plain(fields, cls)
        return config


class Network(nn.Module):
    """Takes a mixture's spectrogram and gives the voice's; the rest is the instrumental.

    Spectrograms are (batch, 2, bins + 1, frames), complex: left and right; any number of frames.
    """

    config: NetworkConfig
    computes_in_its_weights = False
    """Whether all between features and mask is computed in the weights' arithmetic, so that a
    network with weights in bfloat16 needs no autocast, which would convert to and fro."""

    @abstractmethod
    def forward(self, mixture: Tensor) -> Tensor:
        """The vocals, of the mixture's shape."""

    def compile_layers(self) -> None:
        """Let torch compile what computes without complex numbers, which it cannot compile."""


def _plain(value: Any, kind: Any) -> Any:
    """A field's value in its own type."""
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_plain(item, each) for item, each in zip(value, kinds, strict=True))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        fields = get_type_hints(kind)
        return kind(**{name: _plain(item, fields.get(name)) for name, item in value.items()})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if kind is bool and not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    if kind is int and value != int(value):
        raise ValueError(f"{value!r} is no whole number")
    return kind(value) if kind in (int, float, str) else value
