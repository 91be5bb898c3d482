"""The song in the window: its sound, what is separated of it, and the pictures drawn of it."""

from bisect import bisect_right

from core.audio import Audio, SongInfo
from core.peaks import PeakPyramid
from core.samples import Samples
from core.spectrogram import ImagePyramid, Spectrogram
from core.stems import Stem

LOOK_SECONDS = 10
"""Length of the parts of a song whose pictures look one way or another."""


class ReadyRanges:
    """Which samples are separated; read by the audio thread while the window's thread adds."""

    def __init__(self) -> None:
        """Nothing is separated."""
        self.ranges: tuple[tuple[int, int], ...] = ()

    def add(self, start: int, stop: int) -> None:
        """Join [start, stop) to the ranges; they stay sorted and apart."""
        apart = []
        for low, high in self.ranges:
            if high < start or low > stop:
                apart.append((low, high))
            else:
                start, stop = min(low, start), max(high, stop)
        self.ranges = tuple(sorted([*apart, (start, stop)]))

    def covers(self, start: int, stop: int) -> bool:
        """Whether all of [start, stop) is separated."""
        ranges = self.ranges
        at = bisect_right(ranges, start, key=lambda span: span[0]) - 1
        return at >= 0 and stop <= ranges[at][1]

    @property
    def total(self) -> int:
        """Number of samples that are separated."""
        return sum(stop - start for start, stop in self.ranges)


class Song:
    """One opened song. Its pictures are written by the window's thread alone."""

    def __init__(self, info: SongInfo, mixture: Audio) -> None:
        """Take a song that was just read; nothing of it is drawn or separated."""
        self.info = info
        self.mixture = mixture
        self.separated: Samples | None = None
        """(channels, samples), the vocals as they were first separated: zeros where not yet, and
        none before a separation starts."""
        self.vocals: Samples | None = None
        """The vocals with the takes that are chosen."""
        self.ready = ReadyRanges()
        """What can be heard of the stems."""
        self.pictured = ReadyRanges()
        """What can be seen of them, a little later."""
        self.looks: dict[int, object] = {}
        """How each LOOK_SECONDS of the stems was drawn, if not as separated: see Redrawing."""
        self.finished = False
        self.drawing = Spectrogram(mixture.rate, mixture.length)
        self.peaks = {stem: PeakPyramid(mixture.length) for stem in Stem}
        self.images = {stem: ImagePyramid(self.drawing.rows, self.drawing.columns) for stem in Stem}
        self.drawn = 0
        """Columns of the mixture's spectrogram drawn so far, from the left."""
        self.version = 0
        """Grows with every change of a picture."""

    @property
    def length(self) -> int:
        """Samples per channel."""
        return self.mixture.length

    @property
    def rate(self) -> int:
        """Samples per second."""
        return self.mixture.rate

    @property
    def share_ready(self) -> float:
        """How much is separated, 0 to 1."""
        return 1.0 if self.finished else self.ready.total / max(1, self.length)
