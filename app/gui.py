"""Starts the window."""

import gc
import logging
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.application import Application
from app.crash_hook import CrashHook
from app.icons import program_icon
from app.languages import use_language
from app.logs import log_path, start_logging
from app.queue_items import QueueFile, default_queue_file
from app.settings import Settings
from app.theme import Look
from app.unfinished import offer_unfinished
from app.window import MainWindow
from core.cache import Cache, default_folder
from core.decoding import warm_up

log = logging.getLogger(__name__)


def run(songs: list[Path]) -> int:
    """Show the window, open `songs` in it and return the exit status when it is closed."""
    start_logging(log_path())
    warm_up()
    QCoreApplication.setOrganizationName("vocal-remover")
    QCoreApplication.setApplicationName("vocal-remover")
    application = Application(sys.argv[:1])
    settings = Settings()
    use_language(application, settings.language)
    application.setWindowIcon(program_icon())
    hook = CrashHook()
    hook.install()
    cache = Cache(default_folder())
    window = MainWindow(
        Look(application),
        settings=settings,
        cache=cache,
        queue_file=QueueFile(default_queue_file()),
    )
    hook.crashed.connect(window.on_crash)
    application.songs_opened.connect(window.open)
    window.show()
    gc.freeze()  # the window and all modules live for good
    gc.enable()
    offer_unfinished(window.session, cache.unfinished())
    if songs:
        window.open(songs)
    log.info("window shown")
    return application.exec()
