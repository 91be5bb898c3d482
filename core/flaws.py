"""What can be wrong with separated stems, and how it is said in English."""

from dataclasses import dataclass
from enum import Enum

from core.clock import clock_text
from core.stems import Stem


class FlawKind(Enum):
    """What can be wrong."""

    LENGTH = "length"
    NOT_FINITE = "not_finite"
    SILENT = "silent"
    EMPTY = "empty"
    SEAM = "seam"
    POLARITY = "polarity"
    OFFSET = "offset"


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong, and where.

    Attributes:
        kind: what is wrong.
        stem: in which stem; none if it is their sum.
        start, stop: samples.
        amount: samples too many (LENGTH), samples too late (OFFSET), else 0.
    """

    kind: FlawKind
    stem: Stem | None
    start: int
    stop: int
    amount: int = 0


@dataclass(frozen=True)
class ResultCheck:
    """All that was found, in the order of kinds and times; nothing is a pass."""

    flaws: tuple[Flaw, ...] = ()
    rate: int = 1

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws


def flaw_text(flaw: Flaw, rate: int) -> str:
    """One plain sentence in English."""
    place, end = (clock_text(at / rate, decimals=2) for at in (flaw.start, flaw.stop))
    span = f"from {place} to {end}"
    if flaw.stem is None:
        stem, verb = "The sum of the stems", "is"
    else:
        stem, verb = f"The {flaw.stem.label.lower()}", "are" if flaw.stem is Stem.VOCALS else "is"
    has = "have" if verb == "are" else "has"
    longer = "long" if flaw.amount > 0 else "short"
    later = "late" if flaw.amount > 0 else "early"
    return {
        FlawKind.LENGTH: f"{stem} {verb} {abs(flaw.amount):,} samples too {longer}.",
        FlawKind.NOT_FINITE: f"{stem} {has} samples that are no numbers {span}.",
        FlawKind.SILENT: f"{stem} {verb} silent, though the song is not.",
        FlawKind.EMPTY: f"{stem} {verb} empty {span}, where the song is not.",
        FlawKind.SEAM: f"{stem} {has} a step at {place}.",
        FlawKind.POLARITY: f"{stem} {verb} upside down.",
        FlawKind.OFFSET: f"{stem} {verb} {abs(flaw.amount):,} samples too {later}.",
    }[flaw.kind]
