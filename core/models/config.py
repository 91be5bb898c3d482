"""The frozen description from which a frame transformer is built; stored with its weights."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import lcm, prod

from core.errors import CheckpointError
from core.models.network import LARGEST_SIZE, NetworkConfig

AXIAL_LAYERS = ("along_frames", "near_frames", "along_positions", "within_frame")
"""What a block of the axial core may consist of, in this order."""


class Norm(StrEnum):
    """What a convolution's input is normalised over."""

    FRAME = "frame"  # the bins of each frame and channel, as published
    BATCH = "batch"  # a channel's running statistics: several times cheaper on a CPU


class Positions(StrEnum):
    """How attention knows which frame is where."""

    RELATIVE = "relative"  # Music Transformer's learned logits, for both directions
    ROTARY = "rotary"


class Activation(StrEnum):
    """What stands between the two layers of a feed-forward step."""

    RELU = "relu"  # Vaswani et al. 2017, arXiv 1706.03762, equation 2
    SQUARED_RELU = "squared-relu"  # Primer, So et al. 2021, arXiv 2109.08668, section 3


class Mask(StrEnum):
    """Of which two signals the network says, per bin and frame, what share is instrumental."""

    LEFT_RIGHT = "left-right"
    MID_SIDE = "mid-side"  # lead voices stand in the middle: the sides can be left alone


class Features(StrEnum):
    """What the network sees of the mixture's spectrogram."""

    MAGNITUDE = "magnitude"  # |left|, |right|
    LOG_MID_SIDE = "log-mid-side"  # log magnitudes of left, right, mid and side


@dataclass(frozen=True, kw_only=True)
class FrameTransformerConfig(NetworkConfig):
    """Shape of a `FrameTransformer`; the defaults are the published network's.

    Attributes:
        bands: (bins, stride) from the lowest band up: the first convolution turns each `stride`
            bins of a band into one position. The bins add up to n_fft / 2.
        heard: bins that the network hears, from the lowest up; those above take the mask of the
            highest. 0 is all.
        unheard_offset: added to that mask's logits above: voices reach less far up than music, so
            that only where one is surely there, it is taken from there too.
        channels: convolution channels of each level; a level has half the positions of the last.
        inner: channels between the two convolutions of each encoder level; () is as many as after.
        squeezed: channels to which each decoder level squeezes what comes from below, and to as
            many what comes from its encoder level, before its convolution; () does without.
        encoders: transformer encoders after each encoder level.
        decoders: transformer decoders before each decoder level (the deepest level has none).
        extracted: maps squeezed out of, and channels concatenated by, a level's transformers.
        heads: attention heads; with one extracted map a head is a frequency band.
        evolved: whether the transformers have the branches of the Evolved Transformer (So et al.
            2019, arXiv 1901.11117, figure 3), or are plain ones: attention, then feed-forward.
        activation: of the feed-forward steps.
        attention_convolutions: whether queries, keys and values go through a depthwise
            convolution over three frames (Primer's "multi-DConv-head attention").
        feedforward: width inside the transformers' feed-forward steps.
        pooling: of how many of the last level's frames, or of the spectrogram's, a level sees the
            mean; () is one each.
        encoder_pooling, decoder_pooling: of how many frames of its level each level's transformers
            see the mean; () is one each.
        axial: blocks of attention along frames and along positions at the deepest level, over all
            of its channels; the published network has none.
        axial_heads, axial_reach: heads of those, and frames on either side that they see.
        axial_pooling: of how many of the deepest level's frames each of `AXIAL_LAYERS` sees the
            mean, for every block; 0 where the block does without. () is one each.
        axial_stride: in each block, every how manieth of its frames attention along frames attends
            to; () is every one.
        axial_inner: channels between the two layers of the core's feed-forward steps; 0 is twice as
            many as outside.
        reach: frames on either side that attention can see. Reaches and positions count frames of
            the spectrogram, also at levels that see several as one.
    """

    bands: tuple[tuple[int, int], ...] = ((1024, 1),)
    heard: int = 0
    unheard_offset: float = 0.0
    channels: tuple[int, ...] = (2, 4, 8, 12, 16)
    inner: tuple[int, ...] = ()
    squeezed: tuple[int, ...] = ()
    encoders: tuple[int, ...] = (2, 2, 2, 2, 2)
    decoders: tuple[int, ...] = (2, 2, 2, 2)
    extracted: tuple[int, ...] = (1, 1, 1, 1, 1)
    heads: int = 8
    evolved: bool = True
    activation: Activation = Activation.SQUARED_RELU
    attention_convolutions: bool = True
    feedforward: int = 3072
    dropout: float = 0.1
    norm: Norm = Norm.FRAME
    positions: Positions = Positions.RELATIVE
    mask: Mask = Mask.LEFT_RIGHT
    features: Features = Features.MAGNITUDE
    pooling: tuple[int, ...] = ()
    encoder_pooling: tuple[int, ...] = ()
    decoder_pooling: tuple[int, ...] = ()
    axial: int = 0
    axial_heads: int = 4
    axial_reach: int = 64
    axial_pooling: tuple[tuple[int, ...], ...] = ()
    axial_stride: tuple[int, ...] = ()
    axial_inner: int = 0
    reach: int = 512
    chunk: int = 768
    context: int = 128

    def __post_init__(self) -> None:
        """Refuse shapes that cannot be built, or that only a hostile file would ask for."""
        super().__post_init__()
        levels = len(self.channels)
        self.require(
            all(len(each) in (0, self.axial) for each in (self.axial_pooling, self.axial_stride)),
            all(len(sizes) == len(AXIAL_LAYERS) for sizes in self.axial_pooling),
        )
        self.require(
            0 < levels <= 16,
            0 < len(self.bands) <= 16,
            1 <= self.heads <= LARGEST_SIZE,
            0 <= self.axial <= 64,
            1 <= self.axial_heads <= LARGEST_SIZE,
            1 <= self.axial_reach <= LARGEST_SIZE,
            1 <= self.reach <= LARGEST_SIZE,
            0 <= self.dropout < 1,
            -100 <= self.unheard_offset <= 100,
            all(
                1 <= size <= LARGEST_SIZE
                for size in (self.feedforward, *self.channels, *self.inner, *self.squeezed)
            ),
            len(self.inner) in (0, levels),
            len(self.squeezed) in (0, levels - 1),
            0 <= self.axial_inner <= LARGEST_SIZE,
            all(1 <= stride <= 16 for stride in self.axial_stride),
            all(0 <= size <= 16 for sizes in self.axial_pooling for size in sizes),
            all(len(each) in (0, levels) for each in (self.pooling, self.encoder_pooling)),
            len(self.decoder_pooling) in (0, levels - 1),
            all(1 <= frames <= 16 for frames in (*self.pooling, *self._branch_pooling)),
            self.alignment <= 256,
            all(0 <= n <= 16 for n in (*self.encoders, *self.decoders, *self.extracted)),
        )
        if sum(bins for bins, _ in self.bands) != self.n_fft // 2:
            raise CheckpointError("The checkpoint's bands do not cover its spectrum.")
        if any(bins < 1 or stride < 1 or bins % stride for bins, stride in self.bands):
            raise CheckpointError("The checkpoint's bands cannot be divided by their strides.")
        if (len(self.encoders), len(self.extracted), len(self.decoders) + 1) != (levels,) * 3:
            raise CheckpointError("The checkpoint's config has lists of different lengths.")
        if not 0 <= self.heard <= self.n_fft // 2 or any(
            bins % stride for bins, stride in self.heard_bands
        ):
            raise CheckpointError("The checkpoint's network hears parts of positions.")
        halved = 2 ** (levels - 1)
        if self.positions_at(0) % halved or self.heard_at(0) % halved:
            raise CheckpointError("The checkpoint's positions cannot be halved that often.")
        for level, maps in enumerate(self.extracted):
            # Rotary positions turn the features of a head in pairs.
            self.require(self.positions_at(level) * maps % (2 * self.heads) == 0)
        if self.axial:
            self.require(self.deepest_channels % (2 * self.axial_heads) == 0)
        sizes = [*enumerate(self.channels), *enumerate(self.inner), *enumerate(self.squeezed)]
        layers = (size * self.positions_at(level) for level, size in sizes)
        seen = self.heads * (self.chunk + 2 * self.context)  # by a frame's attention
        self.require_room(max(*layers, self.axial_inner, self.feedforward, seen))

    @property
    def alignment(self) -> int:
        """Frames that are somewhere seen as one."""
        axial = tuple(size for sizes in self.axial_pooling for size in sizes if size)
        if self.axial_stride:
            # The frames attended to are the same wherever a chunk begins.
            sizes = (max(along, 1) for along, *_ in self.axial_sizes)
            strided = (size * stride for size, stride in zip(sizes, self.axial_stride, strict=True))
            axial = (*axial, *strided)
        return prod(self.pooling) * lcm(*axial, *self._branch_pooling)

    @property
    def _branch_pooling(self) -> tuple[int, ...]:
        return self.encoder_pooling + self.decoder_pooling

    def frames_at(self, level: int) -> int:
        """Frames of the spectrogram that a level sees as one."""
        return prod(self.pooling[: level + 1])

    def encoder_step(self, level: int) -> int:
        """Frames of the spectrogram that a level's transformer encoders see as one."""
        return self.frames_at(level) * (self.encoder_pooling[level] if self.encoder_pooling else 1)

    def decoder_step(self, level: int) -> int:
        """Frames of the spectrogram that a level's transformer decoders see as one."""
        return self.frames_at(level) * (self.decoder_pooling[level] if self.decoder_pooling else 1)

    @property
    def axial_sizes(self) -> tuple[tuple[int, ...], ...]:
        """`axial_pooling`, of every block."""
        return self.axial_pooling or ((1,) * len(AXIAL_LAYERS),) * self.axial

    @property
    def deepest_channels(self) -> int:
        """Channels below the last encoder level, what its transformers extract among them."""
        return self.channels[-1] + (self.extracted[-1] if self.encoders[-1] else 0)

    def positions_at(self, level: int) -> int:
        """Frequency positions of a level, unheard ones too; level 0 is the finest."""
        return sum(bins // stride for bins, stride in self.bands) >> level

    def heard_at(self, level: int) -> int:
        """Frequency positions of a level that are heard."""
        return sum(bins // stride for bins, stride in self.heard_bands) >> level

    @property
    def heard_bins(self) -> int:
        """Bins that are heard."""
        return self.heard or self.n_fft // 2

    @property
    def heard_bands(self) -> tuple[tuple[int, int], ...]:
        """`bands` as far as they are heard; the last may be shorter."""
        heard, left = [], self.heard_bins
        for bins, stride in self.bands:
            if left > 0:
                heard.append((min(bins, left), stride))
            left -= bins
        return tuple(heard)


PUBLISHED = FrameTransformerConfig()

# For two CPU cores: fine positions where the bass is, coarse ones where there is only air.
SMALL = FrameTransformerConfig(
    bands=((128, 1), (256, 2), (640, 5)),
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

# Also for two CPU cores, and better: fewer positions with more channels, and at the deepest level
# attention over whole maps.
AXIAL = replace(
    SMALL,
    n_fft=4096,
    bands=((256, 4), (512, 8), (1280, 40)),
    channels=(48, 72, 88),
    encoders=(0, 1, 1),
    decoders=(0, 1),
    extracted=(0, 2, 8),
    axial=4,
    axial_heads=3,
    reach=255,
)

# Far less work, and nearly the same voice: frames overlap by three quarters, so all levels can do
# with every second, much of the core with every fourth, and the last layers of its blocks are
# hardly missed.
POOLED = replace(
    AXIAL,
    pooling=(2, 1, 1),
    axial_pooling=((2, 1, 2, 0), (1, 1, 2, 0), (1, 2, 2, 0), (2, 2, 2, 0)),
    chunk=1120,
    context=32,
)

# Less work again where it is not missed: above 12 kHz, inside levels and feed-forward layers, and
# in half of the attention along positions. What the default checkpoint is.
LIGHT = replace(
    POOLED,
    heard=1088,
    unheard_offset=2.0,
    inner=(24, 32, 40),
    squeezed=(32, 32),
    decoder_pooling=(1, 2),
    axial_pooling=((2, 1, 4, 0), (1, 1, 2, 0), (1, 2, 4, 0), (2, 2, 2, 0)),
    axial_inner=96,
    context=16,
)
