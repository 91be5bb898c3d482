"""What is done with checkpoints: look at them, use, import and compare them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.actions import Actions
from app.checkpoint_dialog import CheckpointDialog
from app.checkpoint_import import CheckpointImport
from app.phase import Phase
from app.playback_commands import PlaybackCommands
from app.player import Player
from app.session import Session
from app.settings import Settings
from core.ensemble import CheckpointChoice
from core.library import CheckpointCard, Library
from core.takes import Region, TakeSettings

COMPARED_SECONDS = 12
"""How much is separated to compare checkpoints where no region is selected."""


class CheckpointCommands(QObject):
    """Carries out what is asked for about the library of checkpoints."""

    chosen = Signal(object)
    """The CheckpointChoice to separate with from now on."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        player: Player,
        playback: PlaybackCommands,
        *,
        library: Library,
        settings: Settings,
        window: QWidget,
    ) -> None:
        """Connect the action; dialogs stand over `window`."""
        super().__init__(window)
        self._actions, self._session, self._player = actions, session, player
        self._playback, self._library = playback, library
        self._settings, self._window = settings, window
        self._importing = CheckpointImport(library, self)
        self._to_run: list[CheckpointCard] = []
        self._running: CheckpointCard | None = None
        self._region: Region | None = None
        self.dialog: CheckpointDialog | None = None
        actions.on(actions.checkpoints, self._on_checkpoints)
        session.changed.connect(self._go_on_comparing)

    @property
    def choice(self) -> CheckpointChoice:
        """What separates songs."""
        return self._settings.checkpoints or CheckpointChoice((self._library.shipped,))

    def begin(self) -> None:
        """Use what was chosen in an earlier run of the program."""
        if self._settings.checkpoints is not None:
            self.chosen.emit(self._settings.checkpoints)

    def close(self) -> None:
        """Stop importing."""
        self._importing.close()

    def take_in(self, paths: list[Path]) -> None:
        """Import dropped checkpoints, and use the last of them."""
        self._importing.imported.connect(self._on_dropped)
        self._importing.failed.connect(self._on_drop_failed)
        self._session.tell(self.tr("The checkpoint is being looked at…"), is_error=False)
        self._importing.take_in(paths)

    @Slot()
    def _on_checkpoints(self) -> None:
        song = self._session.song
        self.dialog = CheckpointDialog(
            self._library,
            self._importing,
            self.choice,
            self._window,
            can_compare=song is not None and song.finished,
        )
        self.dialog.used.connect(self._on_used)
        self.dialog.compared.connect(self._on_compared)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    @Slot(object)
    def _on_used(self, choice: CheckpointChoice) -> None:
        shipped = CheckpointChoice((self._library.shipped,))
        self._settings.checkpoints = None if choice.paths == shipped.paths else choice
        self.chosen.emit(choice)
        if self._session.info is not None:
            # Its stems are those of other networks.
            self._session.open([self._session.info.path])

    @Slot(object)
    def _on_dropped(self, card: CheckpointCard) -> None:
        self._leave_drop()
        self._on_used(CheckpointChoice((card.path,)))
        text = self.tr("“{name}” separates songs from now on; Song > Checkpoints changes that.")
        self._session.tell(text.format(name=card.name), is_error=False)

    @Slot(str)
    def _on_drop_failed(self, sentence: str) -> None:
        self._leave_drop()
        self._session.tell(sentence)

    def _leave_drop(self) -> None:
        if not self._importing.busy:
            self._importing.imported.disconnect(self._on_dropped)
            self._importing.failed.disconnect(self._on_drop_failed)

    @Slot(object)
    def _on_compared(self, cards: list[CheckpointCard]) -> None:
        song, loop = self._session.song, self._player.renderer.loop
        if song is None:
            return
        if loop is None:
            length = min(COMPARED_SECONDS * song.rate, song.length)
            start = min(self._player.position(), song.length - length)
            loop = (start, start + length)
            self._playback.set_loop(loop)
        self._region, self._running, self._to_run = Region(*loop), None, list(cards)
        self._go_on_comparing()

    @Slot()
    def _go_on_comparing(self) -> None:
        """Run the region with the next checkpoint; when all are done, begin the blind test."""
        region, takes = self._region, self._session.takes
        if region is None or self._session.phase is not Phase.READY:
            return
        self._region = None  # naming a take comes back here
        if self._running is not None:
            made, card = takes.of(region).takes, self._running
            self._running = None
            if not made or made[-1].take.settings.checkpoint != card.path:
                return  # it failed; the banner says why
            takes.rename(region, len(made), card.name)
        if not self._to_run:
            self._actions.blind_test.trigger()
            return
        self._region, self._running = region, self._to_run.pop(0)
        self._session.run_again(region, TakeSettings(checkpoint=self._running.path))
