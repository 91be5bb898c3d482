"""The network, and the separations it need not make again; used by the worker's thread alone."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.torch_loading import load_torch
from core.audio import Audio, SongInfo
from core.cache import Cache, result_key
from core.computations import recalled, remember
from core.ensemble import CheckpointChoice, chosen_sha256
from core.partial import Partial, PartialFacts
from core.resources import default_checkpoint_path
from core.samples import Samples
from core.sidecar import Computation

if TYPE_CHECKING:
    from core.separation import Separation
    from core.separator import Separator

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Unfinished:
    """A song whose separation was interrupted."""

    info: SongInfo
    separation: Separation


class Engine:
    """Loads the network when it is first needed, and remembers what was separated."""

    def __init__(self, checkpoint: Path | None = None, cache: Cache | None = None) -> None:
        """Use a checkpoint file, by default the one that is shipped; `cache` keeps results."""
        self._choice = CheckpointChoice((checkpoint or default_checkpoint_path(),))
        self._cache = cache
        self._sha256 = ""
        self._made: tuple[Audio, Computation] | None = None
        self._key: tuple[Audio, str] | None = None
        self._unsaved: Partial | None = None
        self._separator: Separator | None = None
        self._other: tuple[tuple[Path, int, int] | None, Separator] | None = None
        self._aside: tuple[tuple[Path, int, int], Unfinished] | None = None
        self.device = ""
        """Where the network computes, in words, once it is loaded."""
        self.card = ("", "")
        """Name and sha256 of the checkpoint, once it is loaded."""

    def use(self, choice: CheckpointChoice) -> None:
        """Separate with other checkpoints from now on; what is under way is given up."""
        self._choice = choice
        self._separator = self._key = self._aside = None
        self._sha256, self.device, self.card = "", "", ("", "")

    def begin(
        self, mixture: Audio, song: Path, *, tell: Callable[[str], None] = lambda sentence: None
    ) -> Separation:
        """A separation, begun or gone on with; loads the network when first needed.

        Args:
            mixture: the song.
            song: where it lies, which is told when the program starts after a crash.
            tell: told in a sentence where too little memory makes it go on differently.
        """
        separator = self.separator()
        from core.separation import Separation

        self.let_go()

        def keep(facts: PartialFacts) -> Partial | None:
            if self._cache is None:
                return None
            return self._cache.begin(self._key_of(mixture), facts, song=song)

        return Separation(separator, mixture, keep=keep, tell=tell)

    def separator(self, path: Path = Path()) -> Separator:
        """The network of the songs, or that of another checkpoint, of which the last stays loaded.

        Raises:
            CheckpointError: the file cannot be used.
        """
        load_torch()  # takes seconds
        from core.checkpoint import load_checkpoint, load_chosen
        from core.devices import choose_device
        from core.separator import Separator

        if path != Path():
            stamp = _stamp(path)
            if self._other is None or self._other[0] != stamp:
                self._other = None
                other = Separator(load_checkpoint(path), device=choose_device("auto"))
                self._other = (stamp, other)
            return self._other[1]
        if self._separator is None:
            checkpoint = load_chosen(self._choice)
            device = choose_device("auto")
            log.info("%s Checkpoint %s, %s", device.reason, checkpoint.name, checkpoint.sha256)
            self._separator = Separator(checkpoint, device=device)
            self.device = device.reason
            self.card = (checkpoint.name, checkpoint.sha256)
            self._sha256 = checkpoint.sha256
            # Torch brings 200,000 objects that live for good; to look through them all holds up
            # every thread for 0.2 s, and the loudspeaker runs dry.
            gc.freeze()
        return self._separator

    def recall(self, mixture: Audio) -> Samples | None:
        """The vocals of a song that was separated before, without loading the network."""
        if self._cache is None:
            return None
        key = self._key_of(mixture)
        return self._cache.recall(key, shape=(mixture.channels, mixture.length))

    def computation(self, mixture: Audio) -> Computation:
        """How a song's vocals were computed, now or in an earlier run."""
        if self._made is not None and self._made[0] is mixture:
            return self._made[1]
        key = self._key_of(mixture)
        if self._cache is not None and (found := recalled(self._cache.folder, key)) is not None:
            return found
        name = " + ".join(path.stem for path in self._choice.paths)
        return Computation(name, self._sha256, str(self._choice.combination))

    def keep(self, separation: Separation) -> None:
        """Remember a finished separation, and give back what it took of a graphics card."""
        from core.provenance import computation_of

        computation = computation_of(self.separator(), separation)
        self._made = (separation.mixture, computation)
        if self._cache is not None:
            key = self._key_of(separation.mixture)
            if separation.partial is not None:
                self.let_go()
                kept = self._cache.finish(key, separation.partial)
                self._unsaved = None if kept else separation.partial
            else:
                kept = self._cache.keep(key, separation.vocals)
            if kept:
                remember(self._cache.folder, key, computation)
        separation.free()

    def let_go(self) -> None:
        """Remove what is on disk of a song too long to be kept: it is saved, or given up."""
        if self._unsaved is not None:
            self._unsaved.discard()
            self._unsaved = None

    def _key_of(self, mixture: Audio) -> str:
        """The song's key; that of the song before is known."""
        self._sha256 = self._sha256 or chosen_sha256(self._choice)
        if self._key is None or self._key[0] is not mixture:
            self._key = (mixture, result_key(mixture, self._sha256))
        return self._key[1]

    def put_aside(self, info: SongInfo, separation: Separation) -> None:
        """Hold on to what was separated of a song, in the place of the one before.

        What the song took of a graphics card is given back.
        """
        separation.free()
        if (stamp := _stamp(info.path)) is not None and not separation.finished:
            self._aside = (stamp, Unfinished(info, separation))

    def take_up(self, path: Path) -> Unfinished | None:
        """Give back the song that was put aside, if it is this one and its file is unchanged."""
        if self._aside is None or self._aside[0] != _stamp(path):
            return None
        unfinished = self._aside[1]
        self._aside = None
        return unfinished


def _stamp(path: Path) -> tuple[Path, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size
