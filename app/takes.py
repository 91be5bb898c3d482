"""The regions of the open song that were separated again, and which take of each is heard."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.song import Song
from core.samples import Samples
from core.takes import Region, Take, TakenVocals, TakeSettings

translate = QCoreApplication.translate
SONGS_REMEMBERED = 3
"""Of how many songs before the open one the takes stay in memory."""
FIRST = 0
"""The place of the first result among the takes of a region."""


@dataclass(frozen=True)
class NamedTake:
    """A take and what the user calls it."""

    name: str
    take: Take


@dataclass(frozen=True)
class RegionTakes:
    """A region and its takes, from the first on; `chosen` is 1 for that, and FIRST for none."""

    region: Region
    takes: tuple[NamedTake, ...] = ()
    chosen: int = FIRST

    @property
    def heard(self) -> Take | None:
        """The take that is chosen; none for the first result."""
        return self.takes[self.chosen - 1].take if self.chosen else None


class Takes(QObject):
    """The takes of the open song. Each change can be undone, and its history tells of it."""

    def __init__(self, history: QUndoStack, parent: QObject | None = None) -> None:
        """Begin without takes."""
        super().__init__(parent)
        self.regions: tuple[RegionTakes, ...] = ()
        self._song: Song | None = None
        self._identity: tuple[object, ...] = ()
        self._history = history
        self._left: OrderedDict[tuple[object, ...], tuple[RegionTakes, ...]] = OrderedDict()
        """The takes of the songs before, for when one of them is opened again."""

    def attend(self, song: Song | None) -> None:
        """Leave the takes of the song before for those of another, if it was open already."""
        if self.regions:
            self._left[self._identity] = self.regions
            while len(self._left) > SONGS_REMEMBERED:
                self._left.popitem(last=False)
        self._song = song
        self._identity = _identity(song) if song is not None else ()
        self.regions = self._left.pop(self._identity, ())

    def lay(self) -> None:
        """Lay the takes over vocals that have come."""
        self.show(self.regions)

    def of(self, region: Region) -> RegionTakes:
        """The takes of a region; there may be none."""
        known = (each for each in self.regions if each.region == region)
        return next(known, RegionTakes(region))

    def add(self, take: Take) -> None:
        """Keep a take and hear it."""
        before = self.of(take.region)
        takes = (*before.takes, NamedTake(_new_name(before.takes), take))
        after = replace(before, takes=takes, chosen=len(takes))
        self._change(after, translate("Takes", "Run Region Again"))

    def choose(self, region: Region, number: int) -> None:
        """Hear, and export, a take of a region, or the first result."""
        before = self.of(region)
        if number != before.chosen and 0 <= number <= len(before.takes):
            after = replace(before, chosen=number)
            self._change(after, translate("Takes", "Choose Take"), merges=True)

    def rename(self, region: Region, number: int, name: str) -> None:
        """Call a take, counted from 1, something else."""
        before, name = self.of(region), name.strip()
        if name and name != before.takes[number - 1].name:
            takes = list(before.takes)
            takes[number - 1] = replace(takes[number - 1], name=name)
            after = replace(before, takes=tuple(takes))
            self._change(after, translate("Takes", "Rename Take"))

    def remove(self, region: Region, number: int) -> None:
        """Give a take, counted from 1, up; if it was heard, the first result is again."""
        before = self.of(region)
        takes = before.takes[: number - 1] + before.takes[number:]
        chosen = before.chosen
        if chosen == number:
            chosen = FIRST
        elif chosen > number:
            chosen -= 1
        after = replace(before, takes=takes, chosen=chosen)
        self._change(after, translate("Takes", "Delete Take"))

    @property
    def heard(self) -> tuple[Take, ...]:
        """The takes that are chosen."""
        return tuple(each.heard for each in self.regions if each.heard is not None)

    def vocals_with(self, region: Region, number: int) -> Samples | None:
        """The song's vocals were another take of a region chosen; none before a separation."""
        other = replace(self.of(region), chosen=number)
        return _laid(self._song, _put(self.regions, other))

    def show(self, regions: tuple[RegionTakes, ...]) -> None:
        """Have these, and hear those of them that are chosen; for the history alone."""
        self.regions = regions
        if self._song is not None:
            self._song.vocals = _laid(self._song, regions)

    def _change(self, after: RegionTakes, text: str, *, merges: bool = False) -> None:
        regions = _put(self.regions, after)
        key = after.region if merges else None
        self._history.push(_ChangeTakes(self.show, self.regions, regions, text, merges_in=key))


def _put(regions: tuple[RegionTakes, ...], changed: RegionTakes) -> tuple[RegionTakes, ...]:
    """The regions with one of them changed; one without takes is none."""
    others = [each for each in regions if each.region != changed.region]
    both = [*others, changed] if changed.takes else others
    return tuple(sorted(both, key=lambda each: (each.region.start, each.region.stop)))


def _laid(song: Song | None, regions: tuple[RegionTakes, ...]) -> Samples | None:
    """A song's first result with the takes that are chosen."""
    if song is None or song.separated is None:
        return None
    heard = [each.heard for each in regions if each.heard is not None]
    return TakenVocals(song.separated, heard, song.rate) if heard else song.separated


def _identity(song: Song) -> tuple[object, ...]:
    """Tells songs apart, and a file from what it became when it was changed."""
    path = song.info.path
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return path.absolute(), changed, song.rate, song.mixture.channels, song.length


def _new_name(takes: tuple[NamedTake, ...]) -> str:
    """The first of “Take 1”, “Take 2” and so on that none is called."""
    called = {each.name for each in takes}
    names = (translate("Takes", "Take {number}").format(number=number) for number in count(1))
    return next(name for name in names if name not in called)


def settings_text(settings: TakeSettings) -> str:
    """How a take was made, in words."""
    parts = []
    if settings.checkpoint != Path():
        parts.append(settings.checkpoint.stem)
    if settings.augmented:
        parts.append(translate("Takes", "three pitches"))
    if settings.strength != 1.0:
        text = translate("Takes", "strength {percent} %")
        parts.append(text.format(percent=round(100 * settings.strength)))
    return ", ".join(parts) or translate("Takes", "as the first result")


class _ChangeTakes(QUndoCommand):
    def __init__(
        self,
        show: Callable[[tuple[RegionTakes, ...]], None],
        before: tuple[RegionTakes, ...],
        after: tuple[RegionTakes, ...],
        text: str,
        *,
        merges_in: Region | None,
    ) -> None:
        super().__init__(text)
        self._show, self._before, self._after = show, before, after
        self._merges_in = merges_in

    def id(self) -> int:
        """Let Qt ask `mergeWith` about every pair of these."""
        return 2

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the next choice in the same region in: they were compared."""
        if not isinstance(other, _ChangeTakes) or self._merges_in is None:
            return False
        if other._merges_in != self._merges_in:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        """Have the takes after it."""
        self._show(self._after)

    def undo(self) -> None:
        """Have the takes before it."""
        self._show(self._before)
