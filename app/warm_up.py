"""Loads torch while nobody waits for it, so that the first song need not."""

import logging
import threading
import time

from PySide6.QtCore import QObject, QTimer, Slot

from app.session import Phase, Session
from app.torch_loading import load_torch

PAUSE_MS = 300

log = logging.getLogger(__name__)


class WarmUp(QObject):
    """Imports what the worker needs once the window is on screen and no song is being opened.

    Imported only when the first song is separated, torch would keep its first separated sound
    waiting for two seconds. The worker itself must stay free: a song dropped meanwhile is shown
    at once.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Load nothing yet."""
        super().__init__(parent)
        self._session = session
        # Not a daemon: one that is still importing while Python ends can crash it.
        self._thread = threading.Thread(target=_import_torch, name="warm-up")
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_pause)

    @property
    def begun(self) -> bool:
        """Whether torch is being loaded, or is loaded."""
        return self._thread.ident is not None

    @property
    def finished(self) -> bool:
        """Whether torch is loaded, or cannot be."""
        return self.begun and not self._thread.is_alive()

    def begin(self) -> None:
        """Load torch at the next pause; once."""
        if not self.begun:
            self._timer.start()

    def finish(self) -> None:
        """Begin no more, and wait for what has begun."""
        self._timer.stop()
        if self.begun:
            self._thread.join()

    @Slot()
    def _on_pause(self) -> None:
        if self._session.phase is not Phase.OPENING:
            self._timer.stop()
            self._thread.start()


def _import_torch() -> None:
    began = time.monotonic()
    try:
        load_torch()
    except (ImportError, OSError) as error:
        # The worker meets the same when it separates, and tells.
        log.warning("torch cannot be loaded: %s", error)
        return
    log.info("torch loaded in %.1f s", time.monotonic() - began)
