"""Runs the window without a screen on a queue of songs, with one fault in the middle, and tells.

`python -m benchmarks.fault_window FOLDER CHECKPOINT [MOMENT ACTION ARGUMENT] -- SONG...` prints one
JSON object: what became of each song and every sentence that the window showed. The first song is
the listener's, the others are the queue's; all are saved to FOLDER/out. It is started by
`python -m benchmarks.faults`.
"""

import json
import os
import sys
import types
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.crash_hook import CrashHook
from app.logs import log_path, start_logging
from app.queue_items import QueueFile, Status, default_queue_file
from app.settings import Settings
from app.theme import Look
from app.window import MainWindow
from benchmarks.fault_trigger import ACTIONS, FakeStream, arm
from core.cache import Cache, default_folder
from core.export_plan import ExportPlan
from core.formats import OutputFormat
from core.stems import Stem

PATIENCE_MS = 270_000
_ENDED = (Status.SAVED, Status.FAILED, Status.CANCELLED)


class Watcher(QObject):
    """Waits until every song has come to an end, and writes down what the window says."""

    def __init__(self, window: MainWindow) -> None:
        """Watch a window."""
        super().__init__()
        self._window, self.sentences = window, dict[str, None]()
        self.loop, self._begun = QEventLoop(), False
        window.session.changed.connect(self._on_changed)
        window.session.queue.changed.connect(self._on_changed)
        hook = CrashHook(self)
        hook.install()
        hook.crashed.connect(window.on_crash)

    @Slot()
    def _on_changed(self) -> None:
        session = self._window.session
        if session.message is not None:
            self.sentences[session.message.text] = None
        if self._window.player.note:
            self.sentences[self._window.player.note] = None
        if self._begun and all(item.status in _ENDED for item in session.queue.items):
            QTimer.singleShot(200, self.loop, self.loop.quit)

    def wait(self) -> None:
        """Wait for the end of all songs, or until patience ends."""
        self._begun = True  # what an earlier run saved is to be saved again
        QTimer.singleShot(PATIENCE_MS, self.loop, self.loop.quit)
        self.loop.exec()


def main() -> None:
    """Arm the fault, show the window, save all songs and tell what became of them."""
    split = sys.argv.index("--")
    folder, checkpoint, *fault = sys.argv[1:split]
    songs = [Path(name) for name in sys.argv[split + 1 :]]
    start_logging(log_path())
    application = QApplication(sys.argv[:1])
    settings = Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
    window = MainWindow(
        Look(application),
        settings=settings,
        checkpoint=Path(checkpoint),
        cache=Cache(default_folder()),
        queue_file=QueueFile(default_queue_file()),
    )
    watcher = Watcher(window)
    window.show()
    if fault[:1] == ["play"]:
        sys.modules["sounddevice"] = types.ModuleType("sounddevice")
        sys.modules["sounddevice"].__dict__.update(OutputStream=FakeStream, PortAudioError=OSError)
        window.session.changed.connect(lambda: window.session.song and _play(window))
        QTimer.singleShot(1_500, lambda: ACTIONS[fault[1]](""))
    elif fault == ["silent"]:
        sys.modules["sounddevice"] = None  # type: ignore[assignment]
    elif fault:
        arm(*(*fault, "")[:3])
    window.open(songs)
    plan = ExportPlan((Stem.INSTRUMENTAL, Stem.VOCALS), OutputFormat(), Path(folder) / "out")
    window.session.queue.save_all(plan)
    watcher.wait()
    items = window.session.queue.items
    told = {
        "songs": [[item.path.name, item.status.value, item.reason] for item in items],
        "sentences": list(watcher.sentences),
    }
    window.close()
    application.processEvents()
    print(json.dumps(told))


def _play(window: MainWindow) -> None:
    if not window.player.playing:
        window.player.toggle()


if __name__ == "__main__":
    main()
