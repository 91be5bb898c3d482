"""The Qt application, which desktops also hand songs to while it runs, as Finder does."""

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Gathers the songs that are opened at once, since each comes as an event of its own."""

    songs_opened = Signal(object)  # list[Path]

    def __init__(self, arguments: list[str]) -> None:
        """Be known to the desktop by the name of its desktop file."""
        super().__init__(arguments)
        self._paths: list[Path] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_pause)
        self.setApplicationDisplayName("Vocal Remover")
        # A Flatpak is installed under its longer name.
        self.setDesktopFileName(os.environ.get("FLATPAK_ID", "vocal-remover"))

    def event(self, event: QEvent) -> bool:
        """Take what asks to open a file."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._paths.append(Path(event.file()))
            self._pause.start(0)
            return True
        return super().event(event)

    @Slot()
    def _on_pause(self) -> None:
        paths, self._paths = self._paths, []
        self.songs_opened.emit(paths)
