"""What the song and help actions do: open, separate, export, and tell about the program."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions import Actions
from app.dialogs import AboutDialog, DetailsDialog
from app.export_dialog import ExportDialog
from app.logs import log_path, log_text
from app.report_commands import ReportCommands
from app.session import Phase, Session
from app.settings import Settings
from core.songs import AUDIO_SUFFIXES


class SongCommands(QObject):
    """Carries out on the session what is asked for, with dialogs where there is more to ask."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        settings: Settings,
        window: QWidget,
        report: ReportCommands,
    ) -> None:
        """Connect the actions; dialogs stand over `window`."""
        super().__init__(window)
        self._actions, self._session = actions, session
        self._settings, self._window = settings, window
        self._report = report
        on = actions.on
        on(actions.open, self._on_open)
        on(actions.open_next, session.intake.open_next)
        on(actions.separate, session.separate)
        on(actions.cancel, session.cancel)
        on(actions.export, self._on_export)
        on(actions.at_once, self._on_at_once)
        on(actions.quit, self._on_quit)
        on(actions.show_folder, self._on_show_folder)
        on(actions.details, self._on_details)
        on(actions.dismiss, session.dismiss)
        on(actions.about, self._on_about)
        actions.at_once.setChecked(settings.separates_at_once)

    def refresh(self) -> None:
        """Enable and show the actions as the session stands."""
        session, actions = self._session, self._actions
        song = session.song
        can_separate = song is not None and not song.finished and session.phase is Phase.READY
        actions.separate.setEnabled(can_separate)
        actions.separate.setVisible(not session.busy)
        works = session.busy or session.intake.search.busy
        actions.cancel.setEnabled(works and not session.work.stopping)
        actions.cancel.setVisible(works)
        actions.export.setEnabled(song is not None and session.phase is not Phase.EXPORTING)
        actions.open_next.setEnabled(bool(session.intake.following))
        actions.show_folder.setEnabled(session.exported is not None)
        actions.dismiss.setEnabled(session.message is not None or session.exported is not None)

    @Slot()
    def _on_open(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open songs"),
            str(self._settings.open_folder),
            self.tr("Songs ({patterns});;All files (*)").format(patterns=patterns),
        )
        if names:
            self._settings.open_folder = Path(names[0]).parent
            self._session.open([Path(name) for name in names])

    @Slot()
    def _on_export(self) -> None:
        if self._session.song is None:
            return
        mix = self._session.mixing.saved
        dialog = ExportDialog(self._session.song, self._settings, self._window, mix=mix)
        if dialog.exec() and dialog.plan is not None:
            self._session.export(dialog.plan)

    @Slot()
    def _on_at_once(self) -> None:
        self._settings.separates_at_once = self._actions.at_once.isChecked()

    @Slot()
    def _on_quit(self) -> None:
        self._window.close()

    @Slot()
    def _on_show_folder(self) -> None:
        if self._session.exported is not None:
            folder = next(iter(self._session.exported.paths.values())).parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def _on_details(self) -> None:
        dialog = DetailsDialog(log_text(log_path()), self._window)
        dialog.report.clicked.connect(self._actions.copy_report.trigger)
        self._report.copied.connect(dialog.on_report_copied)
        dialog.exec()

    @Slot()
    def _on_about(self) -> None:
        try:
            number = version("vocal-remover")
        except PackageNotFoundError:
            number = self.tr("in development")
        checkpoint = self._session.checkpoint
        AboutDialog(version=number, checkpoint=checkpoint, parent=self._window).exec()
