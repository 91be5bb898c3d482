"""What the playback actions do: play, move, loop, and choose what is heard and how loud."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup

from app.actions import Actions
from app.player import Player
from app.session import Session
from app.settings import Settings
from app.views.viewport import Viewport
from core.stems import Stem

SHORTEST_LOOP_SECONDS = 0.1


class PlaybackCommands(QObject):
    """Carries the playback actions out on the player."""

    moved = Signal()
    """The playhead or the volume is elsewhere."""
    loop_changed = Signal()

    def __init__(
        self,
        actions: Actions,
        session: Session,
        player: Player,
        viewport: Viewport,
        *,
        settings: Settings,
        parent: QObject,
    ) -> None:
        """Connect the actions."""
        super().__init__(parent)
        self._actions, self._session, self._player = actions, session, player
        self._viewport, self._settings = viewport, settings
        self._stems = {
            actions.mixture: Stem.MIXTURE,
            actions.instrumental: Stem.INSTRUMENTAL,
            actions.vocals: Stem.VOCALS,
        }
        self._seconds = {
            actions.back: -5.0,
            actions.forward: 5.0,
            actions.back_little: -1.0,
            actions.forward_little: 1.0,
            actions.to_start: float("-inf"),
        }
        self._volume_steps = {actions.louder: 0.05, actions.quieter: -0.05}
        actions.on(actions.play, self._on_play)
        actions.on(actions.loop, self._on_loop)
        actions.on(actions.loop_in, self._on_loop_in)
        actions.on(actions.loop_out, self._on_loop_out)
        group = QActionGroup(self)
        for action in self._stems:
            group.addAction(action)
            action.triggered.connect(self._on_stem_chosen)
        for action in self._seconds:
            action.triggered.connect(self._on_step)
        for action in self._volume_steps:
            action.triggered.connect(self._on_volume_step)

    def refresh(self) -> None:
        """Enable and check the actions as session and player stand."""
        actions, has_song = self._actions, self._session.song is not None
        for action, stem in self._stems.items():
            action.setChecked(stem is self._session.stem)
            action.setEnabled(has_song)
        for action in (actions.play, actions.loop, actions.loop_in, actions.loop_out):
            action.setEnabled(has_song)
        for action in self._seconds:
            action.setEnabled(has_song)
        actions.loop.setChecked(self._player.renderer.loop is not None)

    @Slot(object)
    def seek(self, sample: int) -> None:
        """Go to a sample of the song."""
        self._player.seek(sample)
        self.moved.emit()

    @Slot(object)
    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Repeat the samples [start, stop); no loop where they are too few to be meant."""
        shortest = round(self._viewport.rate * SHORTEST_LOOP_SECONDS)
        if loop and loop[1] - loop[0] < shortest:
            loop = None
        self._player.set_loop(loop)
        self.loop_changed.emit()

    @Slot(float)
    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 1, and remember it."""
        self._player.set_volume(min(1.0, max(0.0, volume)))
        self._settings.volume = self._player.volume
        self.moved.emit()

    @Slot()
    def _on_play(self) -> None:
        self._player.toggle()
        self.moved.emit()

    @Slot()
    def _on_step(self) -> None:
        action, song = self.sender(), self._session.song
        if isinstance(action, QAction) and song is not None:
            step = self._seconds[action] * song.rate
            at = self._player.heard() + step if step > float("-inf") else 0
            self.seek(round(at))
            self._viewport.follow(self._player.heard())

    @Slot()
    def _on_stem_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._session.choose(self._stems[action])

    @Slot()
    def _on_loop(self) -> None:
        if self._session.song is None or self._player.renderer.loop:
            self.set_loop(None)
        else:
            view = self._viewport
            self.set_loop((round(view.start), round(view.start + view.span)))

    @Slot()
    def _on_loop_in(self) -> None:
        if self._session.song is not None:
            start = self._player.heard()
            loop = self._player.renderer.loop
            stop = loop[1] if loop and loop[1] > start else self._session.song.length
            self.set_loop((start, stop))

    @Slot()
    def _on_loop_out(self) -> None:
        loop = self._player.renderer.loop
        stop = self._player.heard()
        self.set_loop((loop[0] if loop and loop[0] < stop else 0, stop))

    @Slot()
    def _on_volume_step(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.set_volume(self._player.volume + self._volume_steps[action])
