"""A crash anywhere is logged and told, without a dialog."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Signal, Slot
from pytestqt.qtbot import QtBot

from app.crash_hook import CrashHook
from app.logs import log_text, start_logging


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    path = tmp_path / "deep" / "the.log"
    start_logging(path)
    yield path
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


class Faulty(QObject):
    """Fails in whatever thread it lives."""

    asked = Signal()

    @Slot()
    def fail(self) -> None:
        raise ZeroDivisionError("on purpose")


@pytest.mark.qt_no_exception_capture
def test_a_crash_in_another_thread_is_logged_and_told(
    log: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    hook = CrashHook()
    hook.install()
    thread, faulty = QThread(), Faulty()
    faulty.moveToThread(thread)
    faulty.asked.connect(faulty.fail)
    thread.start()
    with qtbot.waitSignal(hook.crashed) as told:
        faulty.asked.emit()
    thread.quit()
    thread.wait()
    assert "should not have" in told.args[0]
    assert "ZeroDivisionError: on purpose" in log_text(log)


def test_a_log_that_is_not_there_is_no_crash(tmp_path: Path) -> None:
    assert "none.log" in log_text(tmp_path / "none.log")
