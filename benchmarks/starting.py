"""Measures the start: from the command to the window's first picture, and how it stalls then.

As a program of its own it shows the window, prints one JSON object and closes:
`python -m benchmarks.starting`. `seconds` is from the start of the process to the first picture,
`cpu_seconds` what of it the process computed, `stall_ms` the longest that a timer of 10 ms was late
until torch was loaded in the background, and a second more.
"""

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import run

TIMER_MS = 10
AFTERWARDS_MS = 1000
PATIENCE_SECONDS = 60.0


def measure() -> dict[str, float | bool]:
    """Start the window in a new process, warm or cold as the machine is."""
    began = time.monotonic()
    cost = run([sys.executable, "-m", "benchmarks.starting", "--began", str(began)])
    said: dict[str, float | bool] = json.loads(cost.output)
    return said


def _show(began: float) -> dict[str, float | bool]:
    """Import what the program imports, show the window and watch it."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
    from PySide6.QtWidgets import QApplication

    gc.disable()  # as the program does
    import app.cli
    import app.gui  # noqa: F401  (both are part of a start)
    from benchmarks.first_sound import make_window

    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(application, Path(folder), None)

        class Watch(QObject):
            """Takes the time of the first picture, then how late a timer comes."""

            def __init__(self) -> None:
                super().__init__()
                self.seconds, self.worst, self._last = 0.0, 0.0, 0.0
                self.cpu_seconds = 0.0
                self.torch_came_first = False
                self._timer = QTimer(self)
                self._timer.setTimerType(Qt.TimerType.PreciseTimer)
                self._timer.setInterval(TIMER_MS)
                self._timer.timeout.connect(self._on_timer)

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                # The window has painted itself and all in it when this request has been served.
                if watched is window and event.type() == QEvent.Type.UpdateRequest:
                    window.removeEventFilter(self)
                    QTimer.singleShot(0, self, self._on_pictured)
                return False

            @Slot()
            def _on_pictured(self) -> None:
                self._last = time.monotonic()
                self.seconds = self._last - began
                self.cpu_seconds = time.process_time()
                self.torch_came_first = "torch" in sys.modules
                self._timer.start()

            @Slot()
            def _on_timer(self) -> None:
                now = time.monotonic()
                self.worst = max(self.worst, 1000 * (now - self._last) - TIMER_MS)
                self._last = now
                if window.warm_up.finished or now - began > PATIENCE_SECONDS:
                    QTimer.singleShot(AFTERWARDS_MS, application.quit)

        watch = Watch()
        window.installEventFilter(watch)
        window.resize(1440, 900)
        window.show()
        gc.freeze()
        gc.enable()
        application.exec()
        window.close()
    return {
        "seconds": watch.seconds,
        "cpu_seconds": watch.cpu_seconds,
        "stall_ms": watch.worst,
        "torch_came_first": watch.torch_came_first,
    }


def main() -> None:
    """Show the window once and print the times."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--began", type=float, default=time.monotonic())
    print(json.dumps(_show(parser.parse_args().began)))


if __name__ == "__main__":
    main()
