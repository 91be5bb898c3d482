"""The window: lays out the views and connects what the user does to session and player."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.actions import Actions
from app.banner import Banner
from app.dialogs import AboutDialog, DetailsDialog
from app.empty_view import EmptyView
from app.export_dialog import ExportDialog
from app.header import Header
from app.logs import log_path, log_text
from app.menus import fill_menus
from app.player import Player
from app.session import Phase, Session
from app.settings import Settings
from app.song_view import SongView
from app.status import Status, result_text
from app.theme import Look
from app.transport import Transport
from app.views.viewport import Viewport
from app.worker import Worker, WorkerThread
from core.songs import AUDIO_SUFFIXES
from core.stems import Stem

TICK_MS = 16


class MainWindow(QMainWindow):
    """Holds the session, the player and the worker's thread for the life of the program."""

    def __init__(
        self,
        look: Look,
        *,
        settings: Settings | None = None,
        player: Player | None = None,
        checkpoint: Path | None = None,
    ) -> None:
        """Build the window; nothing is opened yet."""
        super().__init__()
        self.look = look
        self.settings = settings or Settings()
        self.player = player or Player(self)
        self.session = Session(
            separates_at_once=self._separates_at_once,
            position=self.player.position,
            playing=self._is_playing,
            parent=self,
        )
        self.worker = Worker(checkpoint)
        self.thread_of_worker = WorkerThread(self.worker, self)
        self.session.asked.connect(self.worker.do)
        self.worker.reported.connect(self.session.take)
        self.viewport = Viewport(self)
        self.actions_ = Actions(self)
        self._lay_out()
        self._connect()
        fill_menus(self.menuBar(), self.actions_)
        self.player.set_volume(self.settings.volume)
        self.actions_.at_once.setChecked(self.settings.separates_at_once)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._was_playing = False
        self._on_look_changed()
        if not self.restoreGeometry(self.settings.geometry):
            self.resize(1280, 820)

    def open(self, paths: list[Path]) -> None:
        """Open the first song of files and folders."""
        self.session.open(paths)

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Vocal Remover"))
        self.setAcceptDrops(True)
        self.header = Header(self.actions_)
        self.banner = Banner(self.actions_)
        self.empty = EmptyView(self.actions_.open)
        self.song_view = SongView(self.viewport)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.song_view)
        self.transport = Transport(self.actions_)
        self.status = Status()
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(10)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.transport)
        layout.addWidget(self.status)
        self.setCentralWidget(centre)
        # Else the first button would have it, and a frame around it.
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        centre.setFocus()

    def _connect(self) -> None:
        self.session.changed.connect(self.refresh)
        self.look.changed.connect(self._on_look_changed)
        self.viewport.changed.connect(self._on_view_changed)
        self.song_view.sought.connect(self._on_sought)
        self.song_view.loop_drawn.connect(self._on_loop_drawn)
        self.transport.volume_moved.connect(self._on_volume_moved)
        actions, on = self.actions_, self.actions_.on
        on(actions.open, self._on_open)
        on(actions.open_next, self.session.open_next)
        on(actions.separate, self.session.separate)
        on(actions.cancel, self.session.cancel)
        on(actions.export, self._on_export)
        on(actions.at_once, self._on_at_once)
        on(actions.quit, self._on_quit)
        on(actions.play, self._on_play)
        on(actions.loop, self._on_loop)
        on(actions.loop_in, self._on_loop_in)
        on(actions.loop_out, self._on_loop_out)
        on(actions.low_end, self.viewport.toggle_low_end)
        on(actions.fit, self.viewport.fit)
        on(actions.zoom_in, self._on_zoom_in)
        on(actions.zoom_out, self._on_zoom_out)
        on(actions.full_screen, self._on_full_screen)
        on(actions.show_folder, self._on_show_folder)
        on(actions.details, self._on_details)
        on(actions.dismiss, self.session.dismiss)
        on(actions.about, self._on_about)
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
        group = QActionGroup(self)
        for action in self._stems:
            group.addAction(action)
            action.triggered.connect(self._on_stem_chosen)
        for action in self._seconds:
            action.triggered.connect(self._on_step)
        for action in self._volume_steps:
            action.triggered.connect(self._on_volume_step)

    @Slot()
    def refresh(self) -> None:
        """Redraw everything from session, player and viewport."""
        session, actions = self.session, self.actions_
        song = session.song
        if song is not self.player.renderer.song:
            self.player.load(song)
        self.player.listen_to(session.stem)
        self.pages.setCurrentIndex(0 if session.phase is Phase.EMPTY else 1)
        self.header.setVisible(session.phase is not Phase.EMPTY)
        self.header.refresh(session)
        self.song_view.refresh(session, self.player.renderer.loop)
        self.transport.setVisible(session.phase is not Phase.EMPTY)
        self._refresh_banner()
        for action, stem in self._stems.items():
            action.setChecked(stem is session.stem)
            action.setEnabled(song is not None)
        needs_song = (
            actions.play, actions.loop, actions.loop_in, actions.loop_out, actions.low_end,
            actions.fit, actions.zoom_in, actions.zoom_out, *self._seconds,
        )  # fmt: skip
        for action in needs_song:
            action.setEnabled(song is not None)
        can_separate = song is not None and not song.finished and session.phase is Phase.READY
        actions.separate.setEnabled(can_separate)
        actions.separate.setVisible(not session.busy)
        actions.cancel.setEnabled(session.busy and not session.cancelling)
        actions.cancel.setVisible(session.busy)
        actions.export.setEnabled(song is not None and session.phase is not Phase.EXPORTING)
        actions.open_next.setEnabled(bool(session.waiting))
        actions.loop.setChecked(self.player.renderer.loop is not None)
        actions.low_end.setChecked(self.viewport.low_end)
        title = self.tr("Vocal Remover")
        self.setWindowTitle(f"{session.info.title} – {title}" if session.info else title)
        self._refresh_playback()

    def _refresh_banner(self) -> None:
        session = self.session
        actions = self.actions_
        message, exported = session.message, session.exported
        text = message.text if message else (result_text(exported) if exported else "")
        is_error = bool(message and message.is_error)
        self.banner.show_text(
            text, is_error=is_error, has_folder=exported is not None and message is None
        )
        actions.show_folder.setEnabled(exported is not None)
        actions.dismiss.setEnabled(bool(text))

    def _refresh_playback(self) -> None:
        """Redraw what moves while the song plays."""
        player, song = self.player, self.session.song
        playing = player.playing
        if playing != self._timer.isActive():
            (self._timer.start if playing else self._timer.stop)()
        if playing != self._was_playing:
            self._was_playing = playing
            self.actions_.play.setText(self.tr("Pause") if playing else self.tr("Play"))
            self.actions_.set_icon(self.actions_.play, "pause" if playing else "play")
            self.actions_.tint(self.look.theme)
        heard = player.heard()
        self.song_view.show_playhead(heard)
        if song is not None:
            self.transport.show_time(heard, song.length, song.rate)
        self.transport.show_volume(player.volume)
        self.status.refresh(self.session, player)

    @Slot()
    def _on_tick(self) -> None:
        self.player.watch()
        if not self.player.renderer.loop:
            self.viewport.follow(self.player.heard())
        self._refresh_playback()

    @Slot()
    def _on_look_changed(self) -> None:
        self.actions_.tint(self.look.theme)
        self.transport.tint()
        self.refresh()

    @Slot()
    def _on_view_changed(self) -> None:
        self.actions_.low_end.setChecked(self.viewport.low_end)

    @Slot()
    def _on_open(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Open songs"),
            str(self.settings.open_folder),
            self.tr("Songs ({patterns});;All files (*)").format(patterns=patterns),
        )
        if names:
            self.settings.open_folder = Path(names[0]).parent
            self.open([Path(name) for name in names])

    @Slot()
    def _on_export(self) -> None:
        if self.session.song is None:
            return
        dialog = ExportDialog(self.session.song, self.settings, self)
        if dialog.exec() and dialog.plan is not None:
            self.session.export(dialog.plan)

    @Slot()
    def _on_at_once(self) -> None:
        self.settings.separates_at_once = self.actions_.at_once.isChecked()

    @Slot()
    def _on_quit(self) -> None:
        self.close()

    @Slot()
    def _on_play(self) -> None:
        self.player.toggle()
        self._refresh_playback()

    @Slot(object)
    def _on_sought(self, sample: int) -> None:
        self.player.seek(sample)
        self._refresh_playback()

    @Slot()
    def _on_step(self) -> None:
        action, song = self.sender(), self.session.song
        if isinstance(action, QAction) and song is not None:
            step = self._seconds[action] * song.rate
            at = self.player.heard() + step if step > float("-inf") else 0
            self._on_sought(round(at))
            self.viewport.follow(self.player.heard())

    @Slot()
    def _on_stem_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.session.choose(self._stems[action])

    @Slot()
    def _on_loop(self) -> None:
        song = self.session.song
        if song is None or self.player.renderer.loop:
            self._set_loop(None)
        else:
            view = self.viewport
            self._set_loop((round(view.start), round(view.start + view.span)))

    @Slot()
    def _on_loop_in(self) -> None:
        if self.session.song is not None:
            start = self.player.heard()
            loop = self.player.renderer.loop
            stop = loop[1] if loop and loop[1] > start else self.session.song.length
            self._set_loop((start, stop))

    @Slot()
    def _on_loop_out(self) -> None:
        loop = self.player.renderer.loop
        stop = self.player.heard()
        self._set_loop((loop[0] if loop and loop[0] < stop else 0, stop))

    @Slot(object)
    def _on_loop_drawn(self, loop: tuple[int, int]) -> None:
        self._set_loop(loop)

    def _set_loop(self, loop: tuple[int, int] | None) -> None:
        shortest = self.viewport.rate // 10
        if loop and loop[1] - loop[0] < shortest:
            loop = None
        self.player.set_loop(loop)
        self.refresh()

    @Slot(float)
    def _on_volume_moved(self, volume: float) -> None:
        self.player.set_volume(min(1.0, max(0.0, volume)))
        self.settings.volume = self.player.volume
        self.transport.show_volume(self.player.volume)

    @Slot()
    def _on_volume_step(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._on_volume_moved(self.player.volume + self._volume_steps[action])

    @Slot()
    def _on_zoom_in(self) -> None:
        self._zoom(0.5)

    @Slot()
    def _on_zoom_out(self) -> None:
        self._zoom(2.0)

    def _zoom(self, factor: float) -> None:
        view, at = self.viewport, self.player.heard()
        inside = view.start <= at <= view.start + view.span
        view.zoom(factor, at if inside else view.start + view.span / 2)

    @Slot()
    def _on_full_screen(self) -> None:
        (self.showNormal if self.isFullScreen() else self.showFullScreen)()

    @Slot()
    def _on_show_folder(self) -> None:
        if self.session.exported is not None:
            folder = next(iter(self.session.exported.paths.values())).parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def _on_details(self) -> None:
        DetailsDialog(log_text(log_path()), self).exec()

    @Slot()
    def _on_about(self) -> None:
        try:
            number = version("vocal-remover")
        except PackageNotFoundError:
            number = self.tr("in development")
        AboutDialog(version=number, checkpoint=self.session.checkpoint, parent=self).exec()

    @Slot(str)
    def on_crash(self, sentence: str) -> None:
        """Show that something unexpected happened."""
        self.session.tell(sentence)

    def _separates_at_once(self) -> bool:
        return self.settings.separates_at_once

    def _is_playing(self) -> bool:
        return self.player.playing

    def _invite(self, inviting: bool) -> None:
        for part in (self.empty, self.header, self.song_view):
            part.invite(inviting)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._invite(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop inviting."""
        self._invite(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self._invite(False)
        urls = event.mimeData().urls()
        self.open([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work, wait for the chunk under way, and close the device."""
        self.settings.geometry = self.saveGeometry()
        self._timer.stop()
        self.session.close()
        self.hide()
        self.player.close()
        self.thread_of_worker.finish()
        super().closeEvent(event)
