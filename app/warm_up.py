"""Loads torch while nobody waits for it, so that the first song need not."""

import gc
import logging
import threading

from PySide6.QtCore import QObject, QTimer, Slot

from app.session import Phase, Session

PAUSE_MS = 300

log = logging.getLogger(__name__)


class WarmUp(QObject):
    """Imports what the worker needs once the window is on screen and no song is being opened.

    Imported only when the first song is separated, torch holds the interpreter for up to 0.2 s at
    a time while that song may already play, which is more than the loudspeaker's buffer lasts,
    and the first separated sound comes two seconds later. The worker itself must stay free: a
    song dropped meanwhile is shown at once.
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
    try:
        import core.separation  # noqa: F401  (it brings torch)
    except (ImportError, OSError) as error:
        # The worker meets the same when it separates, and tells.
        log.warning("torch cannot be loaded: %s", error)
        return
    # Its objects live for good; see the worker.
    gc.freeze()
    log.info("torch loaded")
