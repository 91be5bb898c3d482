"""Measures how smooth the window is while it separates and plays: timers, repaints, sound blocks.

Run from the checkout: `python benchmarks/smoothness.py [--seconds 20]`. It prints one JSON object;
times are in milliseconds, as median (p50), 99th percentile and largest. `timer` is how late a timer
of 10 ms comes (the repaints below hold it up too), `repaint` the painting of all views after a pan
or a zoom, 20 times a second, `block` the rendering of 1,024 samples of sound, and `gaps` how often
a block was rendered after its time to be heard. It needs neither a display nor a loudspeaker: a
thread takes the sound at a loudspeaker's pace.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.rendering import Renderer
from app.window import MainWindow
from benchmarks.first_sound import make_window
from benchmarks.loudspeaker import Loudspeaker
from benchmarks.separating import write_song
from core.stems import Stem

SONG_SECONDS = 900.0
TIMER_MS = 10
REPAINT_EVERY_MS = 50


class Probe(QObject):
    """Pans, zooms and switches stems, and takes the times."""

    def __init__(self, window: MainWindow) -> None:
        """Watch a window; `begin` starts."""
        super().__init__()
        self._window = window
        self.late: list[float] = []
        self.repaints: list[float] = []
        self.blocks: list[float] = []
        self._last = 0.0
        self._timer = self._make(TIMER_MS, self._on_timer)
        self._moves = self._make(REPAINT_EVERY_MS, self._on_move)
        self._moved = 0
        self._plain_render = Renderer.render

    def begin(self) -> None:
        """Start the timers and time what the player renders."""
        probe, render = self, self._plain_render

        def timed(renderer: Renderer, out: np.ndarray) -> None:
            began = time.perf_counter()
            render(renderer, out)
            probe.blocks.append(1000 * (time.perf_counter() - began))

        Renderer.render = timed  # type: ignore[method-assign]
        self._last = time.perf_counter()
        self._timer.start()
        self._moves.start()

    def end(self) -> None:
        """Stop."""
        self._timer.stop()
        self._moves.stop()
        Renderer.render = self._plain_render  # type: ignore[method-assign]

    def _make(self, interval: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    @Slot()
    def _on_timer(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - TIMER_MS))
        self._last = now

    @Slot()
    def _on_move(self) -> None:
        viewport, views = self._window.viewport, self._window.song_view.views
        self._moved += 1
        if self._moved % 20 == 0:
            self._window.session.choose(list(Stem)[self._moved // 20 % 3])
        middle = viewport.start + viewport.span / 2
        if self._moved % 2:
            viewport.pan(viewport.span / 50)
        else:
            viewport.zoom(0.8 if self._moved % 40 < 20 else 1.25, middle)
        began = time.perf_counter()
        for view in views:
            view.repaint()
        self.repaints.append(1000 * (time.perf_counter() - began))


def _summary(times: list[float]) -> dict[str, float]:
    p50, p99 = np.percentile(times, [50, 99])
    return {"p50": round(p50, 2), "p99": round(p99, 2), "max": round(max(times), 2)}


def _run(condition: object, seconds: float) -> None:
    """Let the window live until the condition holds, or for so many seconds."""
    loop, until = QEventLoop(), time.monotonic() + seconds
    while time.monotonic() < until and not (callable(condition) and condition()):
        QTimer.singleShot(20, loop, loop.quit)
        loop.exec()


def measure(*, seconds: float, checkpoint: Path | None) -> dict[str, object]:
    """Separate and play a song for so long."""
    application = QApplication(sys.argv[:1])
    before = os.getloadavg()
    sys.modules["sounddevice"] = loudspeaker = Loudspeaker()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        window = make_window(application, folder, checkpoint)
        window.resize(1440, 900)
        window.show()
        song = folder / "song.wav"
        write_song(song, SONG_SECONDS)
        window.open([song])
        session = window.session
        _run(lambda: session.song is not None and bool(session.song.ready.total), 120)
        probe = Probe(window)
        window.player.toggle()
        probe.begin()
        earlier = loudspeaker.gaps
        _run(None, seconds)
        probe.end()
        separating = session.busy
        session.cancel()
        _run(lambda: not session.busy, 60)
        window.close()
    return {
        "seconds": seconds,
        "separating_to_the_end": separating,
        "timer_late_ms": _summary(probe.late),
        "repaint_ms": _summary(probe.repaints),
        "block_ms": _summary(probe.blocks),
        "blocks": len(probe.blocks),
        "gaps": loudspeaker.gaps - earlier,
        "load_before": before,
        "load_after": os.getloadavg(),
    }


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--checkpoint", type=Path)
    options = parser.parse_args()
    print(json.dumps(measure(seconds=options.seconds, checkpoint=options.checkpoint), indent=1))


if __name__ == "__main__":
    main()
