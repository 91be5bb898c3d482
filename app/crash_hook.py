"""The hook that writes a crash into the log and tells the window."""

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


class CrashHook(QObject):
    """Stands in for sys.excepthook: logs and signals, from whatever thread."""

    crashed = Signal(str)

    def install(self) -> None:
        """Take the place of Python's own hook."""
        sys.excepthook = self._on_crash

    def _on_crash(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        log.critical("unexpected", exc_info=(kind, error, traceback))
        self.crashed.emit(
            self.tr("Something went wrong that should not have; the details say more.")
        )
