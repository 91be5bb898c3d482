"""What the view actions do: zoom in and out, show the difference, save it all as a picture."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QObject, Slot
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QFileDialog, QMainWindow

from app.actions import Actions
from app.error_text import error_text
from app.player import Player
from app.session import Session
from app.settings import Settings
from app.song_view import SongView
from core.errors import VocalRemoverError
from core.files import new_file
from core.naming import picture_path


class ViewCommands(QObject):
    """Carries the view actions out on the views."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        player: Player,
        views: SongView,
        *,
        settings: Settings,
        window: QMainWindow,
    ) -> None:
        """Connect the actions; `window` is what fills the screen."""
        super().__init__(window)
        self._actions, self._session, self._player = actions, session, player
        self._views, self._viewport = views, views.viewport
        self._settings, self._window = settings, window
        viewport = self._viewport
        actions.on(actions.low_end, viewport.toggle_low_end)
        actions.on(actions.fit, viewport.fit)
        actions.on(actions.zoom_in, self._on_zoom_in)
        actions.on(actions.zoom_out, self._on_zoom_out)
        actions.on(actions.difference, self._on_difference)
        actions.on(actions.save_picture, self._on_save_picture)
        actions.difference.setChecked(settings.shows_difference)
        actions.on(actions.full_screen, self._on_full_screen)
        viewport.changed.connect(self._on_view_changed)

    def refresh(self, *, has_song: bool) -> None:
        """Enable and check the actions."""
        actions = self._actions
        zooms = (actions.low_end, actions.fit, actions.zoom_in, actions.zoom_out)
        for action in (*zooms, actions.save_picture):
            action.setEnabled(has_song)
        self._views.difference.setVisible(actions.difference.isChecked())
        self._on_view_changed()

    @Slot()
    def _on_view_changed(self) -> None:
        self._actions.low_end.setChecked(self._viewport.low_end)

    @Slot()
    def _on_difference(self) -> None:
        shown = self._actions.difference.isChecked()
        self._settings.shows_difference = shown
        self._views.difference.setVisible(shown)

    @Slot()
    def _on_save_picture(self) -> None:
        song = self._session.song
        if song is None:
            return
        picture = self._views.picture()
        suggested = picture_path(song.info.path, folder=self._settings.picture_folder)
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the views as a picture"),
            str(suggested),
            self.tr("Pictures (*.png)"),
        )
        if not name:
            return
        path = Path(name).with_suffix(".png")
        data = QBuffer()
        data.open(QBuffer.OpenModeFlag.WriteOnly)
        QImageWriter(data, QByteArray(b"png")).write(picture)
        try:
            # The dialog has asked about the name that was typed, not about one with .png added.
            with new_file(path, overwrite=path == Path(name)) as file:
                file.write(data.data().data())
        except VocalRemoverError as error:
            self._session.tell(error_text(error))
            return
        self._settings.picture_folder = path.parent

    @Slot()
    def _on_zoom_in(self) -> None:
        self._zoom(0.5)

    @Slot()
    def _on_zoom_out(self) -> None:
        self._zoom(2.0)

    def _zoom(self, factor: float) -> None:
        view, at = self._viewport, self._player.heard()
        inside = view.start <= at <= view.start + view.span
        view.zoom(factor, at if inside else view.start + view.span / 2)

    @Slot()
    def _on_full_screen(self) -> None:
        window = self._window
        (window.showNormal if window.isFullScreen() else window.showFullScreen)()
