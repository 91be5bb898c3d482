"""Work in a thread of its own, which the window can ask for, replace and stop at any time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from core.errors import Cancelled, VocalRemoverError

PAUSE_MS = 300
"""How long nothing else must be asked for: a dragged slider changes its mind all the time."""

Work = Callable[[Callable[[], bool]], object]
"""Is given what tells whether to stop, and may raise Cancelled."""

log = logging.getLogger(__name__)


class Background(QObject):
    """Does one thing at a time; what is asked for takes the place of what is under way."""

    finished = Signal(object)
    """What the work returned, None where it failed; of stopped work nothing is heard."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Do nothing yet; `name` is the thread's."""
        super().__init__(parent)
        self._name = name
        self._work: Work | None = None
        self._thread: _Thread | None = None
        self._ending: list[_Thread] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether something is to come of what was asked for."""
        return self._pause.isActive() or self._thread is not None

    def ask(self, work: Work, *, at_once: bool = False) -> None:
        """Do this soon, when nothing else is asked for, or at once."""
        self.stop()
        self._work = work
        if at_once:
            self._begin()
        else:
            self._pause.start()

    def stop(self) -> None:
        """Forget what was asked for; a thread that still runs ends soon."""
        self._pause.stop()
        if self._thread is not None:
            self._thread.cancel.set()
            self._ending.append(self._thread)
            self._thread = None

    def close(self) -> None:
        """Stop, and wait for the threads."""
        self.stop()
        for thread in self._ending:
            thread.wait()

    @Slot()
    def _begin(self) -> None:
        if self._work is not None:
            self._thread = _Thread(self._work, self)
            self._thread.setObjectName(self._name)
            self._thread.finished.connect(self._on_finished)
            self._thread.finished.connect(self._thread.deleteLater)
            # The worker and the loudspeaker come first.
            self._thread.start(QThread.Priority.LowPriority)
            self._work = None

    @Slot()
    def _on_finished(self) -> None:
        self._ending = [each for each in self._ending if not each.isFinished()]
        thread = self._thread
        if thread is not None and thread.isFinished():
            self._thread = None
            self.finished.emit(thread.result)


class _Thread(QThread):
    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self.cancel = threading.Event()
        self.result: object = None
        self._work = work

    def run(self) -> None:
        """Do it."""
        try:
            self.result = self._work(self.cancel.is_set)
        except Cancelled:
            pass
        except (MemoryError, VocalRemoverError):
            log.exception("%s gave up", self.objectName())
