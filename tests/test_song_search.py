"""Songs in folders are found beside the window, one drop after the other."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import song_search
from app.song_search import SongSearch

PATIENCE_MS = 10_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "music"
    made.mkdir()
    for name in ("a.wav", "b.mp3", "c.txt"):
        (made / name).touch()
    return made


def test_files_are_taken_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    song = tmp_path / "song.wav"
    song.touch()
    search, found = SongSearch(), list[Path]()
    search.search([song], found.extend)
    assert found == [song] and not search.busy


def test_folders_are_searched_in_another_thread(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    find = song_search.find_songs

    def watched(*args: object, **options: object) -> list[Path]:
        threads.append(threading.current_thread())
        return find(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(song_search, "find_songs", watched)
    search, found = SongSearch(), list[Path]()
    search.search([folder], found.extend)
    assert search.busy and not found
    qtbot.waitUntil(lambda: not search.busy, timeout=PATIENCE_MS)
    assert [path.name for path in found] == ["a.wav", "b.mp3"]
    assert len(threads) == 1 and threads[0] is not threading.main_thread()


def test_a_second_drop_waits_for_the_first(folder: Path, qtbot: QtBot) -> None:
    search, found = SongSearch(), list[str]()
    search.search([folder], lambda songs: found.append(f"folder {len(songs)}"))
    search.search([folder / "a.wav"], lambda songs: found.append(songs[0].name))
    qtbot.waitUntil(lambda: not search.busy, timeout=PATIENCE_MS)
    assert found == ["folder 2", "a.wav"]


def test_a_search_that_is_given_up_gives_nothing(folder: Path, qtbot: QtBot) -> None:
    search, found = SongSearch(), list[Path]()
    search.search([folder], found.extend)
    search.stop()
    assert not search.busy
    qtbot.wait(100)
    assert found == []
    search.search([folder], found.extend)
    qtbot.waitUntil(lambda: len(found) == 2, timeout=PATIENCE_MS)
    search.close()


def test_what_is_not_there_and_empty_folders_are_told(tmp_path: Path, qtbot: QtBot) -> None:
    search, refused = SongSearch(), list[str]()
    search.refused.connect(refused.append)
    search.search([tmp_path / "gone.wav"], lambda songs: None)
    search.search([tmp_path], lambda songs: None)
    qtbot.waitUntil(lambda: len(refused) == 2, timeout=PATIENCE_MS)
    assert refused == ["“gone.wav” does not exist.", "No songs were found there."]
