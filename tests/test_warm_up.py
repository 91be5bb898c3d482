"""Torch is loaded ahead of the first song, and gets in nobody's way."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import warm_up
from app.session import Phase, Session
from app.warm_up import WarmUp

ROOT = Path(__file__).parent.parent

# In a process of its own, since this one has loaded torch already.
_SHOW_THE_WINDOW = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from app.settings import Settings
from app.theme import Look
from app.window import MainWindow

sys.modules["sounddevice"] = None
application = QApplication([])
settings = Settings(QSettings(sys.argv[1] + "/settings.ini", QSettings.Format.IniFormat))
window = MainWindow(Look(application), settings=settings, checkpoint=Path("none"))
window.show()
assert "torch" not in sys.modules
deadline = time.monotonic() + 60
while not window.warm_up.begun and time.monotonic() < deadline:
    application.processEvents()
"""


def run_python(program: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_closing_the_window_during_the_import_waits_for_it(tmp_path: Path) -> None:
    program = f"""{_SHOW_THE_WINDOW}
assert not hasattr(sys.modules.get("core.separation"), "separate")
window.close()
assert "torch" in sys.modules and hasattr(sys.modules["core.separation"], "separate")
"""
    run_python(program, tmp_path)


def test_a_song_can_be_opened_during_the_import(tmp_path: Path) -> None:
    program = f"""{_SHOW_THE_WINDOW}
import numpy, soundfile
song = Path(sys.argv[1]) / "song.wav"
soundfile.write(song, numpy.zeros((44100, 2)), 44100)
window.open([song])
while window.session.song is None and time.monotonic() < deadline:
    application.processEvents()
assert window.session.info.title == "song"
window.close()
"""
    run_python(program, tmp_path)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm_up, "PAUSE_MS", 1)


@pytest.mark.usefixtures("quick")
def test_a_song_that_is_being_opened_comes_first(qtbot: QtBot) -> None:
    session = Session(separates_at_once=lambda: False)
    session.work.phase = Phase.OPENING
    warmed = WarmUp(session)
    warmed.begin()
    qtbot.wait(50)
    assert not warmed.begun
    session.work.phase = Phase.READY
    qtbot.waitUntil(lambda: warmed.begun)
    warmed.finish()


@pytest.mark.usefixtures("quick")
def test_a_window_that_is_closed_at_once_loads_nothing(qtbot: QtBot) -> None:
    warmed = WarmUp(Session(separates_at_once=lambda: False))
    warmed.begin()
    warmed.finish()
    qtbot.wait(50)
    assert not warmed.begun


@pytest.mark.usefixtures("quick")
def test_a_window_shown_again_loads_nothing_twice(qtbot: QtBot) -> None:
    warmed = WarmUp(Session(separates_at_once=lambda: False))
    for _ in range(2):
        warmed.begin()
        qtbot.waitUntil(lambda: warmed.begun)
    warmed.finish()
