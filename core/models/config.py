"""The frozen description from which a frame transformer is built; stored with its weights."""

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.errors import CheckpointError


class Norm(StrEnum):
    """What a convolution's input is normalised over."""

    FRAME = "frame"  # the bins of each frame and channel, as published
    BATCH = "batch"  # a channel's running statistics: several times cheaper on a CPU


class Positions(StrEnum):
    """How attention knows which frame is where."""

    RELATIVE = "relative"  # Music Transformer's learned logits, for both directions
    ROTARY = "rotary"


class Mask(StrEnum):
    """Of which two signals the network says, per bin and frame, what share is instrumental."""

    LEFT_RIGHT = "left-right"
    MID_SIDE = "mid-side"  # lead voices stand in the middle: the sides can be left alone


class Features(StrEnum):
    """What the network sees of the mixture's spectrogram."""

    MAGNITUDE = "magnitude"  # |left|, |right|
    LOG_MID_SIDE = "log-mid-side"  # log magnitudes of left, right, mid and side


@dataclass(frozen=True)
class FrameTransformerConfig:
    """Shape of a `FrameTransformer`; the defaults are the published network's.

    Attributes:
        sample_rate: Hz the network works at.
        n_fft: STFT window, samples.
        hop: STFT step, samples.
        bands: (bins, stride) from the lowest band up: the first convolution turns each `stride`
            bins of a band into one position. The bins add up to n_fft / 2.
        channels: convolution channels of each level; a level has half the positions of the last.
        encoders: transformer encoders after each encoder level.
        decoders: transformer decoders before each decoder level (the deepest level has none).
        extracted: maps squeezed out of, and channels concatenated by, a level's transformers.
        heads: attention heads; with one extracted map a head is a frequency band.
        feedforward: width inside the transformers' feed-forward steps.
        reach: frames on either side that attention can see.
        chunk: frames that are kept of a chunk when a song is separated.
        context: frames on either side of a chunk that are computed and thrown away.
    """

    sample_rate: int = 44100
    n_fft: int = 2048
    hop: int = 1024
    bands: tuple[tuple[int, int], ...] = ((1024, 1),)
    channels: tuple[int, ...] = (2, 4, 8, 12, 16)
    encoders: tuple[int, ...] = (2, 2, 2, 2, 2)
    decoders: tuple[int, ...] = (2, 2, 2, 2)
    extracted: tuple[int, ...] = (1, 1, 1, 1, 1)
    heads: int = 8
    feedforward: int = 3072
    dropout: float = 0.1
    norm: Norm = Norm.FRAME
    positions: Positions = Positions.RELATIVE
    mask: Mask = Mask.LEFT_RIGHT
    features: Features = Features.MAGNITUDE
    reach: int = 512
    chunk: int = 768
    context: int = 128

    def __post_init__(self) -> None:
        """Refuse shapes that cannot be built, or that only a hostile file would ask for."""
        levels = len(self.channels)
        if sum(bins for bins, _ in self.bands) != self.n_fft // 2:
            raise CheckpointError("The checkpoint's bands do not cover its spectrum.")
        if any(stride < 1 or bins % stride for bins, stride in self.bands):
            raise CheckpointError("The checkpoint's bands cannot be divided by their strides.")
        if len(self.encoders) != levels or len(self.extracted) != levels:
            raise CheckpointError("The checkpoint's config has lists of different lengths.")
        if len(self.decoders) != levels - 1:
            raise CheckpointError("The checkpoint's config has lists of different lengths.")
        if self.positions_at(0) % 2 ** (levels - 1):
            raise CheckpointError("The checkpoint's positions cannot be halved that often.")
        sizes = (self.n_fft, self.hop, self.feedforward, self.reach, *self.channels)
        counts = (*self.encoders, *self.decoders, *self.extracted)
        if not all(1 <= size <= 16384 for size in sizes) or not all(0 <= n <= 16 for n in counts):
            raise CheckpointError("The checkpoint's config asks for an impossible network.")
        if not (1 <= self.chunk <= 65536 and 0 <= self.context <= 65536 and self.heads >= 1):
            raise CheckpointError("The checkpoint's config asks for an impossible network.")

    def positions_at(self, level: int) -> int:
        """Frequency positions of a level; level 0 is the finest."""
        return sum(bins // stride for bins, stride in self.bands) >> level

    def to_json(self) -> str:
        """The config as JSON text, the form it is stored in."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "FrameTransformerConfig":
        """Read back what `to_json` wrote.

        Raises:
            CheckpointError: the text is not such a config.
        """
        try:
            return cls.from_fields(json.loads(text))
        except (TypeError, ValueError, AttributeError) as error:
            raise CheckpointError("The checkpoint's config cannot be read.") from error

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "FrameTransformerConfig":
        """Build from plain lists and strings, as JSON and TOML give them."""
        kinds = {"norm": Norm, "positions": Positions, "mask": Mask, "features": Features}
        values: dict[str, Any] = {}
        for name, value in fields.items():
            if name in kinds:
                values[name] = kinds[name](value)
            elif name == "bands":
                values[name] = tuple((int(bins), int(stride)) for bins, stride in value)
            elif isinstance(value, list):
                values[name] = tuple(int(item) for item in value)
            else:
                values[name] = float(value) if name == "dropout" else int(value)
        return cls(**values)


PUBLISHED = FrameTransformerConfig()

# For two CPU cores: fine positions where the bass is, coarse ones where there is only air. Windows
# that overlap by three quarters bear masks that change; with the published half, ideal ones alias.
SMALL = FrameTransformerConfig(
    n_fft=4096,
    bands=((256, 2), (512, 4), (1280, 10)),
    channels=(24, 40, 56, 72),
    encoders=(0, 1, 1, 1),
    decoders=(0, 1, 1),
    extracted=(0, 1, 2, 4),
    heads=4,
    feedforward=384,
    dropout=0.05,
    norm=Norm.BATCH,
    positions=Positions.ROTARY,
    mask=Mask.MID_SIDE,
    features=Features.LOG_MID_SIDE,
    reach=96,
    chunk=448,
    context=64,
)
