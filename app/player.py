"""Owns the playback position and the audio device; a silent clock stands in where there is none."""

import logging
import time
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from app.portaudio import load_sounddevice
from app.rendering import Renderer
from app.song import Song
from app.sound_source import Hearing

BLOCK_SIZE = 1024
LATENCY_SECONDS = 0.15
LOST_SECONDS = 3.0  # without a block asked for, after which a device counts as lost

log = logging.getLogger(__name__)


class Player(QObject):
    """Plays the song; the window asks for the position on a timer, nothing is signalled."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Open nothing yet: the first song does."""
        super().__init__(parent)
        self.renderer = Renderer()
        self.note = ""
        """One sentence if there is no sound, else empty."""
        self._stream: Any = None
        self._lost: Any = None  # it may ask for a block yet, and must not be gone then
        self._rate = 0
        self._latency = 0.0
        self._rendered_at = 0.0
        self._clock = QTimer(self)
        self._clock.setInterval(20)
        self._clock.timeout.connect(self._on_tick)
        self._owed = 0.0

    def load(self, song: Song | None) -> None:
        """Take a song, stopped at its start. Opens the device if its rate is a new one."""
        self.renderer.load(song)
        if song is not None and song.rate != self._rate:
            self._open(song.rate)

    @property
    def playing(self) -> bool:
        """Whether the song moves on."""
        return self.renderer.playing

    @property
    def volume(self) -> float:
        """The slider's place, 0 to 1; the gain is its square."""
        return float(self.renderer.gain) ** 0.5

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 1."""
        self.renderer.gain = volume**2

    def hear(self, heard: Hearing) -> None:
        """Switch to a stem or a mix, without a gap."""
        self.renderer.heard = heard

    def toggle(self) -> None:
        """Play or pause; at the end, play from the start."""
        song = self.renderer.song
        if song is None:
            return
        if not self.playing and self.renderer.next_position >= song.length:
            self.seek(0)
        self.renderer.playing = not self.playing

    def seek(self, position: int) -> None:
        """Go to a sample of the song, within its bounds."""
        song = self.renderer.song
        if song is not None:
            self.renderer.seek(min(max(0, position), song.length))

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Repeat the samples [start, stop), from the start if playback is elsewhere."""
        self.renderer.loop = loop
        if loop and not loop[0] <= self.renderer.next_position < loop[1]:
            self.seek(loop[0])

    @property
    def latency(self) -> float:
        """How many seconds later a block is heard than it is rendered."""
        return self._latency

    def position(self) -> int:
        """The next sample to be played: where work for the listener is due."""
        return self.renderer.next_position

    def heard(self) -> int:
        """The sample that is heard now: the position without what waits in the device."""
        renderer = self.renderer
        at = renderer.next_position
        if not renderer.playing or not renderer.is_settled:
            return at
        since = min(time.monotonic() - self._rendered_at, BLOCK_SIZE / max(1, self._rate))
        at += int((since - self._latency) * self._rate)
        if at >= renderer.origin:
            return at
        if renderer.came_from is None:
            return renderer.origin
        return max(0, renderer.came_from - (renderer.origin - at))

    def watch(self) -> None:
        """Fall back to the silent clock if the device has gone; called on the window's timer.

        Some sound systems do not tell that a device is unplugged; it just asks for nothing more.
        """
        stream = self._stream
        silent_for = time.monotonic() - self._rendered_at
        if stream is not None and (not stream.active or silent_for > LOST_SECONDS):
            log.warning("the audio device stopped")
            self._lost = stream
            self._silence(self.tr("The audio device stopped: playback is silent."))

    def close(self) -> None:
        """Close the device."""
        self._clock.stop()
        if self._stream is not None:
            self._stream.close(ignore_errors=True)
            self._stream = None
        self._rate = 0

    def _open(self, rate: int) -> None:
        self.close()
        self._rate = rate
        self._rendered_at = time.monotonic()
        try:
            # Without PortAudio's library the import itself fails.
            sounddevice = load_sounddevice()
            try:
                self._stream = sounddevice.OutputStream(
                    samplerate=rate,
                    blocksize=BLOCK_SIZE,
                    channels=2,
                    dtype="float32",
                    latency=LATENCY_SECONDS,
                    callback=self._on_block,
                )
                self._stream.start()
            except (sounddevice.PortAudioError, ValueError) as error:
                raise OSError(str(error)) from error
        except (ImportError, OSError) as error:
            log.warning("no sound: %s", error)
            self._stream = None
            self._silence(self.tr("No audio device was found: playback is silent."))
            return
        self._latency = float(self._stream.latency)
        self.note = ""
        log.info("sound at %d Hz, latency %.3f s", rate, self._latency)

    def _silence(self, note: str) -> None:
        self._stream = None
        self._latency = 0.0
        self._rendered_at = time.monotonic()
        self._owed = 0.0
        self.note = note
        self._clock.start()

    def _on_block(self, out: np.ndarray, count: int, times: object, status: object) -> None:
        if self._stream is None:  # it was taken for lost
            out.fill(0.0)
            return
        self.renderer.render(out)
        self._rendered_at = time.monotonic()

    @Slot()
    def _on_tick(self) -> None:
        now = time.monotonic()
        self._owed += min(1.0, now - self._rendered_at) * self._rate
        self._rendered_at = now
        out = np.empty((BLOCK_SIZE, 2), np.float32)
        while self._owed >= BLOCK_SIZE:
            self.renderer.render(out)
            self._owed -= BLOCK_SIZE
