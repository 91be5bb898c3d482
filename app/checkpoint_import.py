"""Takes checkpoints into the library in a thread of its own; that takes seconds, and torch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.error_text import error_text
from app.torch_loading import load_torch
from core.errors import VocalRemoverError
from core.library import CheckpointCard, Library


class CheckpointImport(QObject):
    """Imports files one after the other."""

    imported = Signal(object)
    """The CheckpointCard of a file that is in the library now."""
    failed = Signal(str)
    """The sentence that says why a file is not."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        """Import into a library."""
        super().__init__(parent)
        self._library = library
        self._waiting: list[Path] = []
        self._work = Background("checkpoint import", self)
        self._work.finished.connect(self._on_finished)

    @property
    def busy(self) -> bool:
        """Whether files are still to be imported."""
        return self._work.busy or bool(self._waiting)

    def take_in(self, paths: list[Path]) -> None:
        """Import these as well."""
        self._waiting += paths
        self._next()

    def close(self) -> None:
        """Stop, and wait for the thread."""
        self._waiting.clear()
        self._work.close()

    def _next(self) -> None:
        if self._waiting and not self._work.busy:
            path = self._waiting.pop(0)

            def work(cancelled: Callable[[], bool]) -> CheckpointCard | str:
                load_torch()
                try:
                    return self._library.add(path)
                except VocalRemoverError as fault:
                    return error_text(fault)

            self._work.ask(work, at_once=True)

    @Slot(object)
    def _on_finished(self, result: CheckpointCard | str | None) -> None:
        if isinstance(result, CheckpointCard):
            self.imported.emit(result)
        else:
            self.failed.emit(result or self.tr("There is not enough memory for this."))
        self._next()
