"""The window: lays out the views and connects what the user does to session and player."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.actions import Actions
from app.banner import Banner
from app.commands import Commands
from app.empty_view import EmptyView
from app.header import Header
from app.language_menu import LanguageMenu
from app.menus import fill_menus
from app.mixer_panel import MixerPanel
from app.player import Player
from app.queue_items import QueueFile
from app.queue_panel import QueuePanel
from app.session import Phase, Session
from app.settings import Settings
from app.song_view import SongView
from app.status import Status, result_text
from app.theme import Look
from app.transport import Transport
from app.views.viewport import Viewport
from app.warm_up import WarmUp
from app.worker import Worker, WorkerThread
from core.cache import Cache
from core.library import CHECKPOINT_SUFFIXES

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
        cache: Cache | None = None,
        queue_file: QueueFile | None = None,
    ) -> None:
        """Build the window; nothing is opened yet. `cache` and `queue_file` outlive it."""
        super().__init__()
        self.look = look
        self.settings = settings or Settings()
        self.player = player or Player(self)
        self.session = Session(
            separates_at_once=self._separates_at_once,
            position=self.player.position,
            playing=self._is_playing,
            queue_file=queue_file,
            parent=self,
        )
        self.worker = Worker(checkpoint, cache)
        self.thread_of_worker = WorkerThread(self.worker, self)
        self.session.asked.connect(self.worker.do)
        self.worker.reported.connect(self.session.take)
        self.warm_up = WarmUp(self.session, self)
        self.viewport = Viewport(self)
        self.actions_ = Actions(self)
        self._lay_out()
        self.commands = Commands(self, cache)
        self._connect()
        languages = LanguageMenu(self.session, self.settings, self)
        fill_menus(self.menuBar(), self.actions_, languages)
        self.player.set_volume(self.settings.volume)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._was_playing = False
        self._on_look_changed()
        if not self.restoreGeometry(self.settings.geometry):
            self.resize(1280, 820)

    def open(self, paths: list[Path]) -> None:
        """Open a song; several join the queue."""
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
        self.mixer_panel = MixerPanel(self.session.mixing, self.player)
        self.transport = Transport(self.actions_)
        self.status = Status()
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(10)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.mixer_panel)
        layout.addWidget(self.transport)
        layout.addWidget(self.status)
        self.setCentralWidget(centre)
        self.queue_panel = QueuePanel(self.session.queue, self.actions_.export_all, self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.queue_panel)
        # Else the first button would have it, and a frame around it.
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        centre.setFocus()

    def _connect(self) -> None:
        self.session.changed.connect(self.refresh)
        self.session.queue.changed.connect(self._on_queue_changed)
        self.look.changed.connect(self._on_look_changed)
        playback = self.commands.playback
        self.song_view.sought.connect(playback.seek)
        self.song_view.loop_drawn.connect(playback.set_loop)
        self.transport.volume_moved.connect(playback.set_volume)
        playback.moved.connect(self._refresh_playback)
        playback.loop_changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Redraw everything from session, player and viewport."""
        session = self.session
        song = session.song
        if song is not self.player.renderer.song:
            self.player.load(song)
        self.commands.mixer.refresh()
        self.pages.setCurrentIndex(0 if session.phase is Phase.EMPTY else 1)
        self.header.setVisible(session.phase is not Phase.EMPTY)
        self.header.refresh(session)
        self.song_view.refresh(session, self.player.renderer.loop)
        self.transport.setVisible(session.phase is not Phase.EMPTY)
        self._refresh_banner()
        self.commands.refresh()
        title = self.tr("Vocal Remover")
        self.setWindowTitle(f"{session.info.title} – {title}" if session.info else title)
        self._refresh_playback()

    def _refresh_banner(self) -> None:
        session = self.session
        message, exported = session.message, session.exported
        text = message.text if message else (result_text(exported) if exported else "")
        is_error = bool(message and message.is_error)
        self.banner.show_text(
            text, is_error=is_error, has_folder=exported is not None and message is None
        )

    @Slot()
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
    def _on_queue_changed(self) -> None:
        self.header.refresh(self.session)
        self.commands.songs.refresh()
        self.status.refresh(self.session, self.player)

    @Slot()
    def _on_look_changed(self) -> None:
        self.actions_.tint(self.look.theme)
        self.transport.tint()
        self.queue_panel.tint(self.look.theme)
        self.refresh()

    @Slot(str)
    def on_crash(self, sentence: str) -> None:
        """Show that something unexpected happened."""
        self.session.tell(sentence)

    def _separates_at_once(self) -> bool:
        return self.settings.separates_at_once

    def _is_playing(self) -> bool:
        return self.player.playing

    def _invite(self, inviting: bool, *, many: bool = False, checkpoint: bool = False) -> None:
        self.empty.invite(inviting)
        self.song_view.invite(inviting)
        self.header.invite(inviting, many=many, checkpoint=checkpoint)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            many = len(paths) > 1 or paths[0].is_dir()
            checkpoint = all(path.suffix.lower() in CHECKPOINT_SUFFIXES for path in paths)
            self._invite(True, many=many, checkpoint=checkpoint)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop inviting."""
        self._invite(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self._invite(False)
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        checkpoints = [path for path in paths if path.suffix.lower() in CHECKPOINT_SUFFIXES]
        if checkpoints:
            self.commands.checkpoints.take_in(checkpoints)
        songs = [path for path in paths if path not in checkpoints]
        if songs:
            self.open(songs)
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        """Get ready for the first song."""
        super().showEvent(event)
        self.warm_up.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work, wait for the chunk under way, and close the device."""
        self.settings.geometry = self.saveGeometry()
        self._timer.stop()
        self.session.close()
        self.hide()
        self.commands.close()
        self.player.close()
        self.thread_of_worker.finish()
        self.worker.end()
        self.warm_up.finish()
        super().closeEvent(event)
