"""What the actions for many songs do: the queue, and the separations kept on disk."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.actions import Actions
from app.export_all_dialog import ExportAllDialog
from app.kept_dialog import KeptDialog
from app.queue_panel import QueuePanel
from app.session import Session
from app.settings import Settings
from core.cache import Cache


class QueueCommands(QObject):
    """Carries out on queue and cache what is asked for."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        panel: QueuePanel,
        *,
        settings: Settings,
        cache: Cache | None,
        window: QWidget,
    ) -> None:
        """Connect the actions; dialogs stand over `window`."""
        super().__init__(window)
        self._actions, self._session, self._panel = actions, session, panel
        self._settings, self._cache, self._window = settings, cache, window
        actions.on(actions.kept, self._on_kept)
        actions.on(actions.queue, self._on_queue)
        actions.on(actions.export_all, self._on_export_all)
        actions.kept.setEnabled(cache is not None)
        panel.visibilityChanged.connect(self._on_shown)
        panel.opened.connect(self._on_opened)
        panel.cancelled.connect(session.cancel)
        panel.songs.queue_model.dropped.connect(session.intake.enqueue)
        session.queue.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Enable the actions as the queue stands."""
        self._actions.export_all.setEnabled(bool(self._session.queue.items))

    @Slot()
    def _on_queue(self) -> None:
        shown = self._actions.queue.isChecked()
        self._panel.setVisible(shown)
        if shown:
            self._panel.songs.setFocus()

    @Slot(bool)
    def _on_shown(self, shown: bool) -> None:
        self._actions.queue.setChecked(shown)

    @Slot(object)
    def _on_opened(self, path: Path) -> None:
        self._session.open([path])

    @Slot()
    def _on_export_all(self) -> None:
        heard = self._session.mixing.saved
        dialog = ExportAllDialog(self._session.queue, self._settings, self._window, heard=heard)
        if dialog.exec() and dialog.plan is not None:
            self._session.queue.save_all(dialog.plan, heard=heard)
            self._panel.show()

    @Slot()
    def _on_kept(self) -> None:
        if self._cache is not None:
            KeptDialog(self._cache, self._window).exec()
