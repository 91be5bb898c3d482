"""Songs that the desktop hands to the running program arrive together."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# There can be one application in a process, and the other tests have theirs.
PROGRAM = """
from PySide6.QtGui import QFileOpenEvent
from app.application import Application

application = Application([])
application.songs_opened.connect(lambda songs: print([song.as_posix() for song in songs]))
for name in ("/songs/one.flac", "/songs/two.mp3", ""):
    Application.sendEvent(application, QFileOpenEvent(name))
application.processEvents()
print(application.desktopFileName())
"""


def run(**environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_songs_that_are_opened_at_once_come_as_one_list() -> None:
    assert run()[0] == "['/songs/one.flac', '/songs/two.mp3']"


def test_the_desktop_knows_the_window_by_its_desktop_file() -> None:
    assert run()[1] == "vocal-remover"
    assert run(FLATPAK_ID="org.example.Songs")[1] == "org.example.Songs"
