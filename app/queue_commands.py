"""What the actions for many songs do: the queue, and the separations kept on disk."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.actions import Actions
from app.kept_dialog import KeptDialog
from core.cache import Cache


class QueueCommands(QObject):
    """Carries out on queue and cache what is asked for."""

    def __init__(self, actions: Actions, cache: Cache | None, window: QWidget) -> None:
        """Connect the actions; dialogs stand over `window`."""
        super().__init__(window)
        self._cache, self._window = cache, window
        actions.on(actions.kept, self._on_kept)
        actions.kept.setEnabled(cache is not None)

    @Slot()
    def _on_kept(self) -> None:
        if self._cache is not None:
            KeptDialog(self._cache, self._window).exec()
