"""What the actions for dropouts and the low end do: show them, go to one, keep what is low."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from app.actions import Actions
from app.inspection import Inspection
from app.playback_commands import PlaybackCommands
from app.session import Session
from app.settings import Settings
from app.song_view import SongView
from app.views.dropout_panel import DropoutPanel
from core.dropouts import Dropout

LEAD_SECONDS = 1.0
"""How much is heard before a dropout."""


class FindingCommands(QObject):
    """Has a song looked over while anything shows what was found, and shows it."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        playback: PlaybackCommands,
        views: SongView,
        *,
        settings: Settings,
        window: QMainWindow,
    ) -> None:
        """Make the panel of the dropouts in `window` and connect the actions."""
        super().__init__(window)
        self._actions, self._session, self._playback = actions, session, playback
        self._views, self._settings = views, settings
        self.inspection = Inspection(self)
        self.panel = DropoutPanel(window)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.panel)
        actions.dropouts.setChecked(settings.shows_dropouts)
        actions.low_end_meter.setChecked(settings.shows_low_end_meter)
        actions.on(actions.dropouts, self._on_dropouts)
        actions.on(actions.low_end_meter, self._on_low_end_meter)
        self.inspection.changed.connect(self.refresh)
        self.panel.chosen.connect(self._on_dropout_chosen)
        self.panel.visibilityChanged.connect(self._on_visibility_changed)
        views.low_end.switched.connect(self._on_switched)
        views.low_end.retuned.connect(self._on_retuned)

    @Slot()
    def refresh(self) -> None:
        """Show what the session's song has, as far as it is asked for."""
        session, actions, views = self._session, self._actions, self._views
        song, mix = session.song, session.mixing.mix
        lists, meters = actions.dropouts.isChecked(), actions.low_end_meter.isChecked()
        wanted = song if lists or meters else None
        self.inspection.want(wanted, keep_low_end_hz=mix.keep_low_end_hz)
        findings = self.inspection.findings
        self.panel.setVisible(lists and song is not None)
        views.dropouts.setVisible(lists)
        views.low_end.setVisible(meters)
        dropouts = findings.dropouts if findings else None
        views.dropouts.show_dropouts(dropouts or ())
        self.panel.show_dropouts(dropouts, song.rate if song else 1, self._waiting_text())
        views.low_end.meter.show_shares(findings.shares if findings else None)
        views.low_end.show_keeping(
            mix.keep_low_end_hz, else_hz=self._settings.low_end_hz, enabled=song is not None
        )

    def close(self) -> None:
        """Stop the work."""
        self.inspection.close()

    def _waiting_text(self) -> str:
        if self.inspection.busy:
            return self.tr("Looking for dropouts…")
        return self.tr("They are listed once the song is separated.")

    @Slot()
    def _on_dropouts(self) -> None:
        self._settings.shows_dropouts = self._actions.dropouts.isChecked()
        self.refresh()
        self.panel.raise_()

    @Slot(bool)
    def _on_visibility_changed(self, visible: bool) -> None:
        """Follow the panel's own button that closes it."""
        if not visible and self.panel.isHidden() and self._session.song is not None:
            self._actions.dropouts.setChecked(False)
            self._on_dropouts()

    @Slot()
    def _on_low_end_meter(self) -> None:
        self._settings.shows_low_end_meter = self._actions.low_end_meter.isChecked()
        self.refresh()

    @Slot(object)
    def _on_dropout_chosen(self, dropout: Dropout) -> None:
        song = self._session.song
        if song is not None:
            at = max(0, dropout.start - round(LEAD_SECONDS * song.rate))
            self._playback.seek(at)
            self._views.viewport.follow(at)

    @Slot(bool)
    def _on_switched(self, keeps: bool) -> None:
        mixing = self._session.mixing
        hertz = self._settings.low_end_hz if keeps else None
        text = self.tr("Keep Low End") if keeps else self.tr("Give Low End Back to Voice")
        mixing.change(replace(mixing.mix, keep_low_end_hz=hertz), text)

    @Slot(float)
    def _on_retuned(self, hertz: float) -> None:
        self._settings.low_end_hz = hertz
        mixing = self._session.mixing
        if mixing.mix.keep_low_end_hz is not None:
            text = self.tr("Change Frequency of Low End")
            mixing.change(replace(mixing.mix, keep_low_end_hz=hertz), text)
