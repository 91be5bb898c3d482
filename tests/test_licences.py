"""Every part of the program is named with its licence and the text that must go with it."""

import json
from importlib.metadata import distribution
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import licences
from app.dialogs import AboutDialog
from app.ffmpeg_libraries import UNKNOWN, libraries_inside
from app.licences import Notice, notices


@pytest.fixture(scope="module")
def found() -> dict[str, Notice]:
    return {notice.name: notice for notice in notices()}


def test_every_part_has_a_version_a_licence_and_a_text(found: dict[str, Notice]) -> None:
    for notice in found.values():
        assert notice.version, notice.name
        assert notice.texts and all(text.strip() for text in notice.texts), notice.name


@pytest.mark.parametrize(
    ("name", "licence", "words"),
    [
        ("PySide6_Essentials", "LGPL-3.0", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("Qt", "LGPL-3.0", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("FFmpeg, with x264 and x265", "GPL-2.0", "GNU GENERAL PUBLIC LICENSE"),
        ("libsndfile", "LGPL-2.1", "Version 2.1, February 1999"),
        ("PortAudio", "MIT", "Ross Bencina"),
        ("mutagen", "GPL-2.0", "GNU GENERAL PUBLIC LICENSE"),
        ("torch", "BSD-3-Clause", "Facebook"),
        ("numpy", "BSD-3-Clause", "NumPy Developers"),
    ],
)
def test_the_libraries_that_ask_for_it_are_told(
    found: dict[str, Notice], name: str, licence: str, words: str
) -> None:
    assert licence in found[name].licence
    assert any(words in text for text in found[name].texts)


def test_every_library_that_comes_with_ffmpeg_is_told(found: dict[str, Notice]) -> None:
    inside = libraries_inside(distribution("av"))
    if not inside:
        pytest.skip("this PyAV uses FFmpeg of the system")
    text = found["FFmpeg, with x264 and x265"].texts[0]
    assert {"opus", "x264", "x265"} <= set(inside)
    assert all(f"{name}: " in text for name in inside)
    assert UNKNOWN not in text


def test_tools_of_developers_are_no_part_of_the_program(found: dict[str, Notice]) -> None:
    assert not {"pytest", "ruff", "mypy", "vocal-remover"} & set(found)


def test_a_package_that_only_asks_for_others_is_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "only_a_name-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: only-a-name\nVersion: 1.0\n")
    (folder / "RECORD").write_text(f"{folder.name}/METADATA,,\n{folder.name}/RECORD,,\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert [notice.name for notice in licences.collect({"only-a-name"})] == ["Python"]


def test_a_frozen_program_shows_what_its_build_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "third-party.json"
    more = Notice("zlib", "1.3", "Zlib", ("as is",))
    licences.save_notices(path, {"soundfile", "_soundfile_data", "os"}, [more])
    assert [each["name"] for each in json.loads(path.read_text("utf-8"))] == [
        *("libsndfile", "Python", "soundfile", "zlib"),
    ]
    shipped = licences.resource_path
    monkeypatch.setattr(
        licences, "resource_path", lambda name: path if name == path.name else shipped(name)
    )
    assert notices()[-1] == more


def test_the_about_window_shows_them_and_the_training_data(qtbot: QtBot) -> None:
    dialog = AboutDialog(version="1.2", checkpoint=("", ""))
    qtbot.addWidget(dialog)
    view = dialog.licences
    assert view.list.topLevelItemCount() == 0  # nothing is read before it is seen
    dialog.pages.setCurrentWidget(view)
    dialog.show()
    assert "Kevin MacLeod" in view.text.toPlainText()
    assert "CC BY-SA 4.0" in view.text.toPlainText()
    rows = [view.list.topLevelItem(row) for row in range(view.list.topLevelItemCount())]
    qt = next(row for row in rows if row is not None and row.text(0) == "Qt")
    view.list.setCurrentItem(qt)
    assert qt.text(2) == "LGPL-3.0-only"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in view.text.toPlainText()
