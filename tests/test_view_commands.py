"""The difference has a view when asked for, and the views can be saved as a picture."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.window import MainWindow
from core.stems import Stem
from tests.test_window import drop, wait_until_separated, write_song

pytestmark = pytest.mark.usefixtures("no_loudspeaker")


def test_the_difference_is_the_stem_that_after_does_not_show(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(window, write_song(tmp_path / "song.wav", seconds=2))
    wait_until_separated(window, qtbot)
    view = window.song_view.difference
    assert view.isHidden()
    window.actions_.difference.trigger()
    assert not view.isHidden()
    assert window.settings.shows_difference
    assert (view.stem, view.title) == (Stem.VOCALS, "Difference · Vocals")
    window.actions_.vocals.trigger()
    assert (view.stem, view.title) == (Stem.INSTRUMENTAL, "Difference · Instrumental")
    assert view.viewport is window.song_view.before.viewport


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    answer = (str(path), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: answer)


def test_the_views_are_saved_as_a_picture(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(window, write_song(tmp_path / "song.wav", seconds=2))
    wait_until_separated(window, qtbot)
    choose(monkeypatch, tmp_path / "views")
    window.actions_.save_picture.trigger()
    picture = QImage(str(tmp_path / "views.png"))
    assert picture.size() == window.song_view.size() * 2
    colours = {picture.pixel(x, picture.height() // 2) for x in range(0, picture.width(), 7)}
    assert len(colours) > 3
    assert window.settings.picture_folder == tmp_path


def test_a_picture_that_cannot_be_saved_is_told_in_a_sentence(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(window, write_song(tmp_path / "song.wav", seconds=2))
    wait_until_separated(window, qtbot)
    (tmp_path / "views.png").write_bytes(b"mine")
    choose(monkeypatch, tmp_path / "views")
    window.actions_.save_picture.trigger()
    assert "views.png" in window.banner.text.text()
    assert (tmp_path / "views.png").read_bytes() == b"mine"
