"""Stands in for PortAudio: takes blocks from the player at a loudspeaker's pace, counts gaps."""

import threading
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np


class PortAudioError(Exception):
    """Never raised; the player names it."""


class OutputStream:
    """Asks for a block whenever one has been heard, ahead of time by its latency.

    As PortAudio's, its thread needs Python's interpreter for the callback alone, and what it gets
    later than its latency allows is a gap in the sound.

    Attributes:
        gaps: blocks that came too late so far; after each, the thread starts counting anew.
    """

    def __init__(
        self,
        *,
        samplerate: float,
        blocksize: int,
        channels: int,
        dtype: str,
        latency: float,
        callback: Callable[[np.ndarray, int, object, object], None],
    ) -> None:
        """Prepare, as sounddevice.OutputStream does."""
        self.latency, self.gaps = latency, 0
        self._block_seconds = blocksize / samplerate
        self._out = np.zeros((blocksize, channels), dtype)
        self._callback = callback
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._play, name="loudspeaker", daemon=True)

    @property
    def active(self) -> bool:
        """Whether it plays."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Play."""
        self._thread.start()

    def close(self, ignore_errors: bool = True) -> None:
        """Stop, and wait for the block under way."""
        self._stop.set()
        self._thread.join()

    def _play(self) -> None:
        asked = time.perf_counter()
        while not self._stop.wait(max(0.0, asked - time.perf_counter())):
            self._callback(self._out, len(self._out), None, None)
            now = time.perf_counter()
            if now > asked + self.latency:
                self.gaps += 1
                asked = now
            asked += self._block_seconds


class Loudspeaker(ModuleType):
    """What `import sounddevice` finds instead."""

    PortAudioError = PortAudioError

    def __init__(self) -> None:
        """Nothing plays yet."""
        super().__init__("sounddevice")
        self._streams: list[OutputStream] = []

    @property
    def gaps(self) -> int:
        """Blocks that came too late, of all streams together."""
        return sum(stream.gaps for stream in self._streams)

    def OutputStream(self, **options: Any) -> OutputStream:
        """Open a stream; its name and arguments are sounddevice's."""
        self._streams.append(OutputStream(**options))
        return self._streams[-1]
