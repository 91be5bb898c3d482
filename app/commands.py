"""What all the actions do: one object for each group of them, on one session and one player."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.checkpoint_commands import CheckpointCommands
from app.finding_commands import FindingCommands
from app.mix_commands import MixCommands
from app.playback_commands import PlaybackCommands
from app.queue_commands import QueueCommands
from app.redrawing import Redrawing
from app.report_commands import ReportCommands
from app.song_commands import SongCommands
from app.take_commands import TakeCommands
from app.view_commands import ViewCommands
from core.cache import Cache
from core.library import Library, default_library
from core.resources import default_checkpoint_path

if TYPE_CHECKING:
    from app.window import MainWindow


class Commands(QObject):
    """Builds the commands of a window and keeps them up to date with it."""

    def __init__(self, window: MainWindow, cache: Cache | None) -> None:
        """Connect the actions of a window that is laid out; `cache` is what can be cleared."""
        super().__init__(window)
        self._session = window.session
        actions, session, player = window.actions_, window.session, window.player
        settings, song_view = window.settings, window.song_view
        self.report = ReportCommands(actions, session, window)
        self.songs = SongCommands(actions, session, settings, window, self.report)
        self.playback = PlaybackCommands(
            actions, session, player, window.viewport, settings=settings, parent=window
        )
        self.views = ViewCommands(
            actions, session, player, song_view, settings=settings, window=window
        )
        self.mixer = MixCommands(
            actions, session, player, window.mixer_panel, settings=settings, parent=window
        )
        self.queue = QueueCommands(
            actions, session, window.queue_panel, settings=settings, cache=cache, window=window
        )
        self.takes = TakeCommands(
            actions, session, player, self.playback, song_view, settings=settings, window=window
        )
        self.findings = FindingCommands(
            actions, session, self.playback, song_view, settings=settings, window=window
        )

        self.checkpoints = CheckpointCommands(
            actions,
            session,
            player,
            self.playback,
            library=Library(default_library(), default_checkpoint_path()),
            settings=settings,
            window=window,
        )
        self.checkpoints.chosen.connect(window.worker.use)
        self.checkpoints.begin()
        self.redrawing = Redrawing(window.viewport, self)
        self.redrawing.drawn.connect(self._on_drawn)
        self._views = song_view
        # Both about places in the song: one behind the other, so that there is room for the queue.
        window.tabifyDockWidget(self.findings.panel, self.takes.panel)

    def refresh(self) -> None:
        """Enable and check the actions as the session stands; the mixer is redrawn on its own."""
        self.songs.refresh()
        self.views.refresh(has_song=self._session.song is not None)
        self.findings.refresh()
        self.takes.refresh()
        self._redraw()
        self.playback.refresh()

    def close(self) -> None:
        """End what runs on its own."""
        self.mixer.compare.close()
        self.findings.close()
        self.report.close()
        self.redrawing.close()
        self.checkpoints.close()

    def _redraw(self) -> None:
        self.redrawing.want(self._session.song, self._session.mixing.saved)

    @Slot()
    def _on_drawn(self) -> None:
        for view in self._views.views:
            view.update()
        self._redraw()
