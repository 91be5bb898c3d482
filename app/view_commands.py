"""What the view actions do: zoom into the song, to its low end, and back to the whole."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from app.actions import Actions
from app.player import Player
from app.views.viewport import Viewport


class ViewCommands(QObject):
    """Carries the view actions out on the viewport."""

    def __init__(
        self, actions: Actions, viewport: Viewport, player: Player, window: QMainWindow
    ) -> None:
        """Connect the actions; `window` is what fills the screen."""
        super().__init__(window)
        self._actions, self._viewport = actions, viewport
        self._player, self._window = player, window
        actions.on(actions.low_end, viewport.toggle_low_end)
        actions.on(actions.fit, viewport.fit)
        actions.on(actions.zoom_in, self._on_zoom_in)
        actions.on(actions.zoom_out, self._on_zoom_out)
        actions.on(actions.full_screen, self._on_full_screen)
        viewport.changed.connect(self._on_view_changed)

    def refresh(self, *, has_song: bool) -> None:
        """Enable and check the actions."""
        actions = self._actions
        for action in (actions.low_end, actions.fit, actions.zoom_in, actions.zoom_out):
            action.setEnabled(has_song)
        self._on_view_changed()

    @Slot()
    def _on_view_changed(self) -> None:
        self._actions.low_end.setChecked(self._viewport.low_end)

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
