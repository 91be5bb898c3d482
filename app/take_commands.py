"""What the actions for takes do: show them, separate a region again, choose, name and delete."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from app.actions import Actions
from app.phase import Phase
from app.playback_commands import PlaybackCommands
from app.player import Player
from app.session import Session
from app.settings import Settings
from app.song_view import SongView
from app.take_panel import TakePanel
from core.takes import Region


class TakeCommands(QObject):
    """Carries out on the session's takes what is asked for the region that is selected."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        player: Player,
        playback: PlaybackCommands,
        views: SongView,
        *,
        settings: Settings,
        window: QMainWindow,
    ) -> None:
        """Make the panel in `window` and connect the actions."""
        super().__init__(window)
        self._actions, self._session, self._player = actions, session, player
        self._playback, self._views, self._settings = playback, views, settings
        self.panel = TakePanel(actions.run_again, window)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.panel)
        actions.takes.setChecked(settings.shows_takes)
        actions.on(actions.takes, self._on_takes)
        actions.on(actions.run_again, self._on_run_again)
        actions.on(actions.next_take, self._on_next_take)
        self.panel.visibilityChanged.connect(self._on_visibility_changed)
        self.panel.visited.connect(self._on_visited)
        self.panel.chosen.connect(self._on_chosen)
        self.panel.renamed.connect(self._on_renamed)
        self.panel.removed.connect(self._on_removed)

    def refresh(self) -> None:
        """Show the takes as they stand."""
        session, actions, region = self._session, self._actions, self.region
        song, takes = session.song, session.takes
        shown = actions.takes.isChecked() and song is not None
        self.panel.setVisible(shown)
        can_run = session.phase in (Phase.READY, Phase.SEPARATING)
        actions.run_again.setEnabled(can_run and region is not None)
        of_region = takes.of(region) if region is not None else None
        actions.next_take.setEnabled(of_region is not None and bool(of_region.takes))
        self.panel.refresh(of_region, takes.regions, song.rate if song else 1)
        self._views.axis.show_regions(tuple(each.region for each in takes.regions))

    @property
    def region(self) -> Region | None:
        """The region that is selected: what repeats."""
        loop = self._player.renderer.loop
        return Region(*loop) if loop is not None and self._session.song is not None else None

    @Slot()
    def _on_takes(self) -> None:
        self._settings.shows_takes = self._actions.takes.isChecked()
        self.refresh()
        if self._actions.takes.isChecked():
            self.panel.raise_()
            self.panel.list.setFocus()

    @Slot(bool)
    def _on_visibility_changed(self, visible: bool) -> None:
        """Follow the panel's own button that closes it."""
        if not visible and self.panel.isHidden() and self._session.song is not None:
            self._actions.takes.setChecked(False)
            self._settings.shows_takes = False

    @Slot()
    def _on_run_again(self) -> None:
        region = self.region
        if region is not None:
            self._actions.takes.setChecked(True)
            self._settings.shows_takes = True
            self._session.run_again(region, self.panel.form.settings)
            self.panel.raise_()

    @Slot()
    def _on_next_take(self) -> None:
        if (region := self.region) is not None:
            takes = self._session.takes.of(region)
            self._session.takes.choose(region, (takes.chosen + 1) % (len(takes.takes) + 1))

    @Slot(object)
    def _on_visited(self, region: Region) -> None:
        self._playback.set_loop((region.start, region.stop))
        self._views.viewport.follow(region.start)

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        if (region := self.region) is not None:
            self._session.takes.choose(region, number)

    @Slot(int, str)
    def _on_renamed(self, number: int, name: str) -> None:
        if (region := self.region) is not None:
            self._session.takes.rename(region, number, name)

    @Slot(int)
    def _on_removed(self, number: int) -> None:
        if (region := self.region) is not None:
            self._session.takes.remove(region, number)
