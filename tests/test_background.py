"""Work beside the window is replaced, stopped and waited for."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.background import Background
from core.errors import Cancelled, OutputError

PATIENCE_MS = 10_000


def wait(stop: Callable[[], bool]) -> str:
    """Go on until stopped."""
    while not stop():
        threading.Event().wait(0.005)
    raise Cancelled


def test_what_it_returns_arrives_in_the_windows_thread(qtbot: QtBot) -> None:
    work = Background("test")
    seen: list[tuple[object, bool]] = []
    here = QThread.currentThread()
    work.finished.connect(lambda result: seen.append((result, QThread.currentThread() is here)))
    work.ask(lambda stop: threading.current_thread() is threading.main_thread())
    assert work.busy
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    assert seen == [(False, True)]
    assert not work.busy


def test_what_is_asked_for_later_takes_its_place(qtbot: QtBot) -> None:
    work = Background("test")
    seen: list[object] = []
    work.finished.connect(seen.append)
    work.ask(wait, at_once=True)
    work.ask(lambda stop: "early")
    work.ask(lambda stop: "late", at_once=True)
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    qtbot.wait(400)
    assert seen == ["late"]
    work.close()


def test_of_stopped_work_nothing_is_heard(qtbot: QtBot) -> None:
    work = Background("test")
    seen: list[object] = []
    work.finished.connect(seen.append)
    work.ask(wait, at_once=True)
    work.close()
    assert not work.busy
    qtbot.wait(50)
    assert seen == []


def test_work_that_fails_gives_nothing(qtbot: QtBot) -> None:
    def fail(stop: Callable[[], bool]) -> None:
        raise OutputError("The disk is full.")

    work = Background("test")
    seen: list[object] = []
    work.finished.connect(seen.append)
    work.ask(fail, at_once=True)
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    assert seen == [None]
