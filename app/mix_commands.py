"""What the mixer's actions do: show it, undo and redo."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.actions import Actions
from app.compare_commands import CompareCommands
from app.mixer_panel import MixerPanel
from app.player import Player
from app.session import Session
from app.settings import Settings


class MixCommands(QObject):
    """Carries the mixer's actions out on the session."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        player: Player,
        panel: MixerPanel,
        *,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        """Connect the actions; `panel` is shown when asked for, dialogs stand over `parent`."""
        super().__init__(parent)
        self.compare = CompareCommands(actions, session, player, settings=settings, window=parent)
        self._actions, self._session = actions, session
        self._panel, self._settings = panel, settings
        # A meter would give away what plays in a blind test.
        self.compare.hid.connect(panel.meter.setHidden)
        actions.on(actions.mixer, self._on_mixer)
        actions.on(actions.undo, session.history.undo)
        actions.on(actions.redo, session.history.redo)
        actions.mixer.setChecked(settings.shows_mixer)

    def refresh(self) -> None:
        """Hear and show the session's mix, and what can be undone."""
        self.compare.refresh()
        session, actions, history = self._session, self._actions, self._session.history
        actions.undo.setEnabled(history.canUndo())
        actions.redo.setEnabled(history.canRedo())
        undo, redo = history.undoText(), history.redoText()
        actions.undo.setText(
            self.tr("Undo {change}").format(change=undo) if undo else self.tr("Undo")
        )
        actions.redo.setText(
            self.tr("Redo {change}").format(change=redo) if redo else self.tr("Redo")
        )
        self._panel.setVisible(actions.mixer.isChecked() and session.song is not None)
        self._panel.refresh(enabled=session.song is not None)

    @Slot()
    def _on_mixer(self) -> None:
        self._settings.shows_mixer = self._actions.mixer.isChecked()
        self.refresh()
