"""The check of separated stems: what is wrong with them as numbers, and at which times."""

import numpy as np

from core.alignment import Alignment
from core.flaws import Flaw, FlawKind, ResultCheck
from core.samples import Samples
from core.seams import SeamFinder
from core.stems import Stem

MOST_LISTED = 20
"""Flaws of one kind; more than these say nothing new."""

_SILENT = 2.0**-16  # peak; half a step of 16 bits
_SOUNDING = 1e-3  # RMS of a mixture that is not silent, -60 dBFS
_EMPTY_SECONDS = 2.0  # a network never gives zeros for that long; a chunk left out does
_PIECE = 2**16  # samples that are looked at in one go


class ResultChecker:
    """Looks at instrumental and vocals beside their mixture, block after block, from the start."""

    def __init__(self, rate: int) -> None:
        """Prepare for a song with a sample rate in Hz."""
        self._rate = rate
        self._at = 0
        self._flaws: list[Flaw] = []
        self._peaks = {Stem.INSTRUMENTAL: 0.0, Stem.VOCALS: 0.0}
        self._power = 0.0
        self._empty_since: dict[Stem, int | None] = dict.fromkeys(self._peaks)
        self._seams = SeamFinder(rate)
        self._alignment = Alignment()

    def add(
        self,
        instrumental: np.ndarray,
        vocals: np.ndarray,
        mixture: np.ndarray,
        *,
        whole: np.ndarray | None = None,
        uncoded: np.ndarray | None = None,
    ) -> None:
        """Look at the next block.

        Args:
            instrumental, vocals, mixture: (channels, samples).
            whole: what the stems are meant to sum to; left out, the mixture.
            uncoded: the vocals before a lossy format changed them, in which steps are looked
                for; left out, the vocals.
        """
        blocks = {Stem.INSTRUMENTAL: instrumental, Stem.VOCALS: vocals}
        power = float(np.mean(np.square(mixture, dtype=np.float64))) if mixture.size else 0.0
        sounding = np.sqrt(power) > _SOUNDING
        for stem, block in blocks.items():
            blocks[stem] = self._finite(stem, block)
            peak = float(np.abs(blocks[stem]).max(initial=0.0))
            self._peaks[stem] = max(self._peaks[stem], peak)
            self._follow_empty(stem, is_empty=peak == 0.0 and sounding)
        self._power += power * mixture.shape[-1]
        vocals = blocks[Stem.VOCALS] if uncoded is None else uncoded
        self._note_seams(self._seams.add(vocals, mixture))
        total = blocks[Stem.INSTRUMENTAL] + blocks[Stem.VOCALS]
        self._alignment.add(total, mixture if whole is None else whole)
        self._at += mixture.shape[-1]

    def finish(
        self,
        *,
        lengths: dict[Stem, int] | None = None,
        offsets: dict[Stem, int] | None = None,
    ) -> ResultCheck:
        """Tell what was found.

        Args:
            lengths: samples of each stem's file, where they were counted.
            offsets: samples that each stem's file is late, where they were measured.
        """
        for stem, late in (offsets or {}).items():
            if late:
                self._note(FlawKind.OFFSET, stem, *self._alignment.span, late)
        for stem, length in (lengths or {}).items():
            if length != self._at:
                ends = sorted((length, self._at))
                self._note(FlawKind.LENGTH, stem, ends[0], ends[1], length - self._at)
        for stem, peak in self._peaks.items():
            self._follow_empty(stem, is_empty=False)
            if peak < _SILENT and self._power > _SOUNDING**2 * max(1, self._at):
                self._flaws = [flaw for flaw in self._flaws if flaw.stem is not stem]
                self._note(FlawKind.SILENT, stem, 0, self._at)
        self._note_seams(self._seams.finish())
        self._compare()
        order = list(FlawKind)
        self._flaws.sort(key=lambda flaw: (order.index(flaw.kind), flaw.start))
        return ResultCheck(tuple(self._flaws), self._rate)

    def _note(
        self, kind: FlawKind, stem: Stem | None, start: int, stop: int, amount: int = 0
    ) -> None:
        if sum(flaw.kind is kind for flaw in self._flaws) < MOST_LISTED:
            self._flaws.append(Flaw(kind, stem, start, stop, amount))

    def _finite(self, stem: Stem, block: np.ndarray) -> np.ndarray:
        """The block with zeros for what is no number."""
        good = np.isfinite(block)
        if good.all():
            return block
        bad = np.flatnonzero(~good.all(axis=0))
        start, stop = self._at + int(bad[0]), self._at + int(bad[-1]) + 1
        self._note(FlawKind.NOT_FINITE, stem, start, stop)
        return np.where(good, block, 0.0)

    def _follow_empty(self, stem: Stem, *, is_empty: bool) -> None:
        """Follow blocks of zeros, and note those that last."""
        since = self._empty_since[stem]
        if is_empty and since is None:
            self._empty_since[stem] = self._at
        elif not is_empty and since is not None:
            self._empty_since[stem] = None
            if self._at - since >= _EMPTY_SECONDS * self._rate:
                self._note(FlawKind.EMPTY, stem, since, self._at)

    def _note_seams(self, steps: list[int]) -> None:
        for sample in steps:
            self._note(FlawKind.SEAM, Stem.VOCALS, sample, sample + 1)

    def _compare(self) -> None:
        """Note a sum that is upside down or late."""
        late, upside_down = self._alignment.measure()
        if upside_down:
            self._note(FlawKind.POLARITY, None, *self._alignment.span)
        if late:
            self._note(FlawKind.OFFSET, None, *self._alignment.span, late)


def check_result(mixture: Samples, vocals: Samples, rate: int) -> ResultCheck:
    """Check a separation; the instrumental is the mixture less the vocals.

    Args:
        mixture, vocals: (channels, samples), float32.
        rate: Hz.
    """
    if vocals.shape != mixture.shape:
        lengths = sorted((vocals.shape[-1], mixture.shape[-1]))
        more = vocals.shape[-1] - mixture.shape[-1]
        flaw = Flaw(FlawKind.LENGTH, Stem.VOCALS, lengths[0], lengths[1], more)
        return ResultCheck((flaw,), rate)
    checker = ResultChecker(rate)
    for start in range(0, mixture.shape[-1], _PIECE):
        block = slice(start, start + _PIECE)
        whole, voice = mixture[:, block], vocals[:, block]
        checker.add(whole - voice, voice, whole)
    return checker.finish()
