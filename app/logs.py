"""The log file: what happened, without any sound and without the folders that songs lie in."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

from app.privacy import without_folders

LONGEST_LOG = 1_000_000  # bytes
_SHOWN = 60_000  # characters


_started: list[logging.Handler] = []


def log_path() -> Path:
    """The file that is written now."""
    return user_log_path("vocal-remover", appauthor=False) / "vocal-remover.log"


class _WithoutFolders(logging.Formatter):
    """Writes lines, tracebacks among them, that may be shown to anybody."""

    def format(self, record: logging.LogRecord) -> str:
        return without_folders(super().format(record))


def start_logging(path: Path, *, terminal: bool = False) -> None:
    """Log to a file that starts anew at a megabyte; one old one is kept. Ends an earlier logging.

    Nothing that befalls the file befalls the program: where it cannot be written there is none.

    Args:
        path: the file.
        terminal: whether warnings go to standard error too, as plain sentences.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    while _started:
        former = _started.pop()
        root.removeHandler(former)
        former.close()
    logging.raiseExceptions = False  # a full disk must not fill the terminal
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            path, maxBytes=LONGEST_LOG, backupCount=1, encoding="utf-8", errors="replace"
        )
    except OSError:
        terminal = terminal or sys.stderr is not None
    else:
        line = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
        file.setFormatter(_WithoutFolders(line))
        _add(file)
    if terminal:
        said = logging.StreamHandler()
        said.setLevel(logging.WARNING)
        said.setFormatter(logging.Formatter("%(message)s"))
        _add(said)


def _add(handler: logging.Handler) -> None:
    logging.getLogger().addHandler(handler)
    _started.append(handler)


def log_text(path: Path, *, longest: int = _SHOWN) -> str:
    """The end of the log, at most `longest` characters, for people to read and copy."""
    for handler in logging.getLogger().handlers:
        handler.flush()
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-longest:]
    except OSError as error:
        return without_folders(str(error))
