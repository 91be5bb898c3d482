"""Nothing leaves the computer: neither the window nor the command line opens a connection."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import soundfile

ROOT = Path(__file__).parent.parent
WATCH = """
import socket, sys
from pathlib import Path

tried = []

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        tried.append(event)
    elif event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        tried.append(event)

sys.addaudithook(watch)
song, home = (Path(argument) for argument in sys.argv[1:])
"""
COMMAND_LINE = """
from app.cli import main
sys.argv = ["vocal-remover", "separate", str(song), "-o", str(home / "stems")]
try:
    main()
except SystemExit as end:
    assert end.code == 0
assert len(list((home / "stems").iterdir())) == 2
assert not tried, tried
"""
WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.gui import run
from app.window import MainWindow

class Ended:
    finished = False

def look():
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and window.session.song is not None:
            if window.session.song.finished:
                Ended.finished = True
                window.close()

shown = MainWindow.showEvent

def show(self, event):
    shown(self, event)
    self.timer = QTimer(self)
    self.timer.timeout.connect(look)
    self.timer.start(100)

MainWindow.showEvent = show
assert run([song]) == 0
assert Ended.finished
assert not tried, tried
maps = Path("/proc/self/maps")
if maps.exists():  # Qt could do it too, but the library for it is never loaded
    assert "Qt6Network" not in maps.read_text()
"""


def run(program: str, home: Path) -> None:
    song = home / "song.wav"
    noise = np.random.default_rng(1).normal(0, 0.1, (44_100, 2))
    soundfile.write(song, noise, 44_100)
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", WATCH + program, song, home],
        cwd=ROOT,
        env={**kept, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_command_line_opens_no_connection(tmp_path: Path) -> None:
    run(COMMAND_LINE, tmp_path)


def test_the_window_opens_no_connection(tmp_path: Path) -> None:
    run(WINDOW, tmp_path)


def test_the_watch_sees_a_connection(tmp_path: Path) -> None:
    run("socket.socket(socket.AF_INET).close()\nassert tried == ['socket.__new__']", tmp_path)
