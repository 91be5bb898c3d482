"""What every test runs under: no screen, one thread, the same random numbers."""

from __future__ import annotations

import os
import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

# Read when Qt and the numeric libraries load, so set before any test imports them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.queue_items import QueueFile
    from app.settings import Settings
    from app.window import MainWindow
    from core.cache import Cache


@pytest.fixture(scope="session", autouse=True)
def _one_torch_thread() -> None:
    """Two busy threads on two cores make torch slower, and sums depend on their number."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session", autouse=True)
def _own_scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test leaves a temporary file in the user's folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOCAL_REMOVER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _seeds() -> None:
    """Every test starts from the same random state, whatever ran before it."""
    import torch

    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)


@pytest.fixture
def no_loudspeaker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the machine's sound device."""
    monkeypatch.setitem(sys.modules, "sounddevice", None)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a tiny network."""
    from tests.tiny import tiny_checkpoint

    return tiny_checkpoint(tmp_path_factory.mktemp("checkpoint")).path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Preferences of the test alone."""
    from PySide6.QtCore import QSettings

    from app.settings import Settings

    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def cache() -> Cache | None:
    """What the window keeps separations in: nothing, unless a test module says otherwise."""
    return None


@pytest.fixture
def queue_file() -> QueueFile | None:
    """What the window keeps its queue in, likewise."""
    return None


@pytest.fixture
def window(
    qtbot: QtBot,
    qapp: QApplication,
    checkpoint: Path,
    settings: Settings,
    no_loudspeaker: None,
    cache: Cache | None,
    queue_file: QueueFile | None,
) -> Iterator[MainWindow]:
    """The window, with a tiny network and without sound."""
    from app.player import Player
    from app.theme import Look
    from app.window import MainWindow

    made = MainWindow(
        Look(qapp),
        settings=settings,
        player=Player(),
        checkpoint=checkpoint,
        cache=cache,
        queue_file=queue_file,
    )
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def go_on(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The window's separations wait after their first chunk until this is set.

    Else a fast worker, or a busy machine that is late to draw, has the song finished before the
    test comes in between.
    """
    from core.chunks import Chunk
    from core.separation import Separation

    event = threading.Event()
    run = Separation.run

    def held(separation: Separation, chunk: Chunk) -> tuple[int, int]:
        if any(map(separation.done, range(len(separation.chunks)))):
            event.wait(60)
        return run(separation, chunk)

    monkeypatch.setattr(Separation, "run", held)
    yield event
    event.set()
