"""Copies a report for support, which takes a moment, while the window goes on."""

import threading

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from app.actions import Actions
from app.report import full_report
from app.session import Session


class ReportCommands(QObject):
    """Puts the report on the clipboard when it is asked for."""

    copied = Signal()
    _gathered = Signal(str)

    def __init__(self, actions: Actions, session: Session, parent: QObject | None = None) -> None:
        """Connect the action."""
        super().__init__(parent)
        self._action, self._session = actions.copy_report, session
        self._thread: threading.Thread | None = None
        self._gathered.connect(self._on_gathered)
        actions.on(actions.copy_report, self._on_copy_report)

    def close(self) -> None:
        """Wait for a report that is being gathered."""
        if self._thread is not None:
            self._thread.join()

    @Slot()
    def _on_copy_report(self) -> None:
        self._action.setEnabled(False)
        # Not a daemon: one that is still importing torch while Python ends can crash it.
        self._thread = threading.Thread(target=self._gather, name="report")
        self._thread.start()

    def _gather(self) -> None:
        self._gathered.emit(full_report())

    @Slot(str)
    def _on_gathered(self, report: str) -> None:
        self._action.setEnabled(True)
        QGuiApplication.clipboard().setText(report)
        self.copied.emit()
        self._session.tell(
            self.tr("The report is on the clipboard; it names no folders."), is_error=False
        )
