"""The log file, and the hook that writes a crash into it and tells the window."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtCore import QObject, Signal

LONGEST_LOG = 1_000_000
_SHOWN = 60_000

log = logging.getLogger(__name__)


def log_path() -> Path:
    """The file that is written now."""
    return user_log_path("vocal-remover", appauthor=False) / "vocal-remover.log"


def start_logging(path: Path) -> None:
    """Log to a file that starts anew at a megabyte; three old ones are kept."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=LONGEST_LOG, backupCount=3, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)


def log_text(path: Path) -> str:
    """The end of the log, for people to read and copy."""
    for handler in logging.getLogger().handlers:
        handler.flush()
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-_SHOWN:]
    except OSError as error:
        return str(error)


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
