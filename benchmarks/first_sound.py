"""Measures how long a song that is dropped on the warm window takes to its first separated sound.

Run from the checkout: `python benchmarks/first_sound.py [--runs 5] [--seconds 240]`. It prints one
JSON object; times are in seconds. It needs neither a display nor a loudspeaker.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEventLoop, QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.player import Player
from app.settings import Settings
from app.theme import Look
from app.window import MainWindow
from benchmarks.separating import write_song
from core.cache import Cache

PATIENCE_MS = 300_000


def make_window(application: QApplication, folder: Path, checkpoint: Path | None) -> MainWindow:
    """A window whose preferences and kept separations are in `folder` alone."""
    store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    return MainWindow(
        Look(application),
        settings=Settings(store),
        player=Player(),
        checkpoint=checkpoint,
        cache=Cache(folder / "kept"),
    )


class Stopwatch(QObject):
    """Times what the window knows of the song that was dropped last."""

    def __init__(self, window: MainWindow) -> None:
        """Watch a window."""
        super().__init__()
        self._window, self._loop = window, QEventLoop()
        self._began, self._ends_when_idle = 0.0, False
        self._times: dict[str, float] = {}
        window.session.changed.connect(self._on_changed)

    def drop(self, song: Path) -> dict[str, float]:
        """Open a song; return when it could be heard, seen and heard separated, in seconds."""
        self._times, self._ends_when_idle = {}, False
        self._began = time.perf_counter()
        self._window.open([song])
        self._wait()
        times = dict(self._times)
        self._ends_when_idle = True
        self._window.session.cancel()
        self._wait()
        return times

    def _wait(self) -> None:
        QTimer.singleShot(PATIENCE_MS, self._loop, self._loop.quit)
        self._loop.exec()

    @Slot()
    def _on_changed(self) -> None:
        session = self._window.session
        song, now = session.song, time.perf_counter() - self._began
        if song is not None:
            self._times.setdefault("heard", now)
            if song.drawn:
                self._times.setdefault("seen", now)
            if song.ready.total:
                self._times.setdefault("separated", now)
        done = not session.busy if self._ends_when_idle else "separated" in self._times
        if done or session.message is not None:
            self._loop.quit()


def measure(*, runs: int, seconds: float, checkpoint: Path | None) -> dict[str, object]:
    """Warm a window up with one song, then drop another `runs` times."""
    application = QApplication(sys.argv[:1])
    before = os.getloadavg()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        window = make_window(application, folder, checkpoint)
        window.show()
        stopwatch = Stopwatch(window)
        write_song(folder / "warm-up.wav", 30.0)
        stopwatch.drop(folder / "warm-up.wav")
        results = []
        for run in range(runs):
            # Each under a name of its own: what is separated of a song is kept for the next time.
            song = folder / f"song {run}.wav"
            write_song(song, seconds)
            results.append(stopwatch.drop(song))
            song.unlink()
        window.close()
    return {
        "song_seconds": seconds,
        "runs": results,
        "median": {
            key: round(statistics.median(result[key] for result in results), 3)
            for key in ("heard", "seen", "separated")
        },
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "load_before": before,
        "load_after": os.getloadavg(),
    }


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--checkpoint", type=Path)
    options = parser.parse_args()
    report = measure(runs=options.runs, seconds=options.seconds, checkpoint=options.checkpoint)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
