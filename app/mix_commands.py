"""What the mixer's actions do: show it, undo and redo, and send the mix to the loudspeaker."""

from PySide6.QtCore import QObject, Slot

from app.actions import Actions
from app.mixer_panel import MixerPanel
from app.player import Player
from app.session import Session
from app.settings import Settings


class MixCommands(QObject):
    """Carries the mixer's actions out on the session and the player."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        player: Player,
        panel: MixerPanel,
        *,
        settings: Settings,
        parent: QObject,
    ) -> None:
        """Connect the actions; `panel` is shown when asked for."""
        super().__init__(parent)
        self._actions, self._session, self._player = actions, session, player
        self._panel, self._settings = panel, settings
        actions.on(actions.mixer, self._on_mixer)
        actions.on(actions.undo, session.history.undo)
        actions.on(actions.redo, session.history.redo)
        actions.mixer.setChecked(settings.shows_mixer)

    def refresh(self) -> None:
        """Hear the session's stem and mix, and show them."""
        session, actions, history = self._session, self._actions, self._session.history
        self._player.hear(session.mixing.hearing(session.stem))
        actions.undo.setEnabled(history.canUndo())
        actions.redo.setEnabled(history.canRedo())
        actions.undo.setText(self._named(self.tr("Undo"), history.undoText()))
        actions.redo.setText(self._named(self.tr("Redo"), history.redoText()))
        self._panel.setVisible(actions.mixer.isChecked() and session.song is not None)
        self._panel.refresh(enabled=session.song is not None)

    def _named(self, verb: str, change: str) -> str:
        return f"{verb} {change}" if change else verb

    @Slot()
    def _on_mixer(self) -> None:
        self._settings.shows_mixer = self._actions.mixer.isChecked()
        self.refresh()
