"""The voice in stretches of a song, computed in as many pieces as memory asks for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

import numpy as np
import torch

from core.devices import DeviceChoice
from core.errors import DeviceError
from core.samples import Samples
from core.separator import Place, Separator
from core.shortage import give_back, is_lost_device, is_out_of_memory

MOST_AT_ONCE = 8  # stretches in a batch: more were not faster, and take memory
FADE = 4096  # samples at the network's rate over which two chunks, or pieces of one, are joined
_FEWEST_FRAMES = 16  # of a piece: with less, nearly all that is computed is context

# Told, not raised; errors, so that the window can say them in its language.
_IN_PIECES = DeviceError("There is too little memory; going on in smaller pieces.")
_LOST = DeviceError(
    "The graphics card cannot be used any more; going on with the CPU, which takes longer."
)
_TOO_SMALL = DeviceError(
    "The graphics card has too little memory; going on with the CPU, which takes longer."
)

_log = logging.getLogger(__name__)


class Estimator:
    """Runs a separator over stretches of a signal, with context around them.

    Where memory runs out, stretches are computed in ever smaller pieces, joined as chunks are,
    and at last on the CPU; each step is told in a sentence. It lasts for this signal only: for
    the next, another program may have given memory back.
    """

    def __init__(self, separator: Separator, *, tell: Callable[[str], None]) -> None:
        """Take a separator; `tell` hears a sentence when less memory has to do."""
        self._separator, self._tell = separator, tell
        self._pieces = 1
        self._most_at_once = MOST_AT_ONCE
        self._loudest: tuple[float, ...] | None = None
        self._lock = threading.Lock()

    def voice(self, signal: Samples, low: int, high: int) -> np.ndarray:
        """Estimate the voice in samples [low, high) of a signal at the network's rate.

        Args:
            signal: (2, samples); beyond its ends it is heard as its mirror image.
            low, high: within the signal.

        Returns:
            (2, high - low), float32.

        Raises:
            MemoryError: not even the smallest piece fits into the computer's memory.
        """
        while True:
            state = (self._pieces, self._separator)
            try:
                return self._in_pieces(signal, low, high)
            except (MemoryError, RuntimeError) as error:
                if not (is_out_of_memory(error) or is_lost_device(error)):
                    raise
                lost = is_lost_device(error)
                _log.info("%s", error)
            # Only here: what the error holds on to is the memory that lacks.
            with self._lock:
                if state == (self._pieces, self._separator):  # else another thread saw to it
                    self._back_off(frames=(high - low) // self._separator.config.hop, lost=lost)

    def voices(
        self, signal: Samples, spans: Sequence[tuple[int, int]]
    ) -> list[tuple[np.ndarray, int]]:
        """Estimate the voice in several stretches, as many at once as are alike and have room.

        Args:
            signal: see `voice`.
            spans: the first sample of each, and the one after its last.

        Returns:
            What `voice` returns of each, and with how many it was computed, itself included.

        Raises:
            MemoryError: not even the smallest piece of one fits into the computer's memory.
        """
        alike: dict[int, list[int]] = {}
        for number, (low, high) in enumerate(spans):
            first, last = self._with_context(low, high)
            alike.setdefault(last - first, []).append(number)
        found: dict[int, tuple[np.ndarray, int]] = {}
        for numbers in alike.values():
            while numbers:
                group = numbers[: self._most_at_once if self._pieces == 1 else 1]
                several = [spans[number] for number in group]
                voices = self._at_once(signal, several) if len(group) > 1 else None
                if voices is None:  # there is room for fewer, or for a part of one
                    group = group[:1]
                    voices = [self.voice(signal, *several[0])]
                for number, voice in zip(group, voices, strict=True):
                    found[number] = voice, len(group)
                del numbers[: len(group)]
        return [found[number] for number in range(len(spans))]

    def free(self) -> None:
        """Give back the memory that is held for the next stretch."""
        give_back(self._separator.device.device)

    def _in_pieces(self, signal: Samples, low: int, high: int) -> np.ndarray:
        unit = self._unit
        size = -(-max((high - low) // self._pieces, FADE) // unit) * unit
        voice = np.zeros((2, high - low), np.float32)
        for start in range(low, high, size):
            stop = min(start + size, high)
            first = start - FADE // 2 if start > low else low
            last = min(stop + FADE // 2, high)
            part = self._whole(signal, first, last)
            part *= fade(first, last, start=start, stop=stop, begins=low, ends=high)
            voice[:, first - low : last - low] += part
        return voice

    def _whole(self, signal: Samples, low: int, high: int) -> np.ndarray:
        """The voice in [low, high), seen with context; frames stay on the song's grid."""
        first, last = self._with_context(low, high)
        place = Place(first, signal.shape[1], self._loudest_bins(signal))
        voice = self._separator.vocals(np.ascontiguousarray(mirrored(signal, first, last)), place)
        return voice[:, low - first : high - first]

    def _at_once(
        self, signal: Samples, spans: Sequence[tuple[int, int]]
    ) -> list[np.ndarray] | None:
        """The voices in stretches of one length, or None where they take too much memory."""
        reaches = [self._with_context(*span) for span in spans]
        loudest = self._loudest_bins(signal)
        places = [Place(first, signal.shape[1], loudest) for first, _ in reaches]
        try:
            mixtures = np.stack([mirrored(signal, *reach) for reach in reaches])
            voices = self._separator.vocals_together(mixtures, places)
        except (MemoryError, RuntimeError) as error:
            if not (is_out_of_memory(error) or is_lost_device(error)):
                raise
            _log.info("%s", error)
            lost = is_lost_device(error)
        else:
            both = zip(voices, spans, reaches, strict=True)
            return [voice[:, low - at : high - at] for voice, (low, high), (at, _) in both]
        give_back(self._separator.device.device)
        with self._lock:
            # A card that is lost is left when the first of the stretches is tried alone.
            if not lost and len(spans) <= self._most_at_once:  # else another thread saw to it
                self._most_at_once = len(spans) // 2
                self._tell(str(_IN_PIECES))
        return None

    def _with_context(self, low: int, high: int) -> tuple[int, int]:
        """The samples that the network sees for those in [low, high)."""
        context = self._separator.config.context * self._separator.config.hop
        first = (low - context) // self._unit * self._unit
        return first, -(-(high + context) // self._unit) * self._unit

    def _loudest_bins(self, signal: Samples) -> tuple[float, ...]:
        """See `Separator.loudest_bins`; measured once."""
        with self._lock:
            if self._loudest is None:
                self._loudest = self._separator.loudest_bins(signal)
            return self._loudest

    @property
    def _unit(self) -> int:
        """Samples that stay together, see `core.ensemble.Framing`."""
        return self._separator.config.hop * self._separator.config.alignment

    def _back_off(self, *, frames: int, lost: bool) -> None:
        device = self._separator.device.device
        give_back(device)
        if not lost and frames // (2 * self._pieces) >= _FEWEST_FRAMES:
            self._pieces *= 2
            self._tell(str(_IN_PIECES))
        elif device.type != "cpu":
            self._tell(str(_LOST if lost else _TOO_SMALL))
            choice = DeviceChoice(torch.device("cpu"), "Using the CPU.")
            self._separator = Separator(self._separator.checkpoint, device=choice)
            self._pieces = self._most_at_once = 1  # small pieces cost time, and there may be room
        else:
            raise MemoryError("not even a piece of the smallest size can be separated")


def mirrored(signal: Samples, first: int, last: int) -> np.ndarray:
    """(channels, last - first) of a signal that goes on as its mirror image beyond its ends.

    Excerpts start at full level, and silence beside it would be taken for a sudden change.
    """
    channels, length = signal.shape
    if first >= 0 and last <= length:
        return signal[:, first:last]
    at = np.arange(first, last)
    if length < 2:
        found = np.zeros((channels, last - first), np.float32)
        found[:, at == 0] = signal[:, 0:1]
        return found
    at %= 2 * (length - 1)
    at = np.where(at < length, at, 2 * (length - 1) - at)
    low = int(at.min())
    return signal[:, low : int(at.max()) + 1][:, at - low]


def fade(first: int, last: int, *, start: int, stop: int, begins: int, ends: int) -> np.ndarray:
    """(last - first,): one, with ramps over FADE samples where another stretch adjoins.

    The ramps never touch zero, and those of two neighbours sum to one.

    Args:
        first, last: the samples.
        start, stop: the borders, in the middle of the ramps.
        begins, ends: of the whole, where nothing adjoins.
    """
    gains = np.ones(last - first, dtype=np.float32)
    rising = (np.arange(FADE, dtype=np.float32) + 0.5) / FADE
    if start > begins:
        gains[:FADE] *= rising[: len(gains)]
    if stop < ends:
        behind = last - (stop - FADE // 2)
        gains[-behind:] *= rising[::-1][:behind]
    return gains
