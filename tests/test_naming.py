"""Stems are named after their song, within what file systems allow."""

import os
from pathlib import Path

import pytest

from core.formats import FileFormat
from core.naming import numbered_path, picture_path, shown_name, song_of_stem, stem_path
from core.stems import Stem


def stem_name(song: str, stem: Stem = Stem.INSTRUMENTAL) -> str:
    return stem_path(Path(song), stem, folder=Path("out"), file_format=FileFormat.WAV).name


@pytest.mark.parametrize(
    ("song", "stem", "file_format", "path"),
    [
        ("in/A song.mp3", Stem.INSTRUMENTAL, FileFormat.WAV, "out/A song (Instrumental).wav"),
        ("A song.mp3", Stem.VOCALS, FileFormat.FLAC, "out/A song (Vocals).flac"),
        ("Mr. Blue v1.2.flac", Stem.VOCALS, FileFormat.WAV, "out/Mr. Blue v1.2 (Vocals).wav"),
        ("no suffix", Stem.VOCALS, FileFormat.WAV, "out/no suffix (Vocals).wav"),
        (".mp3", Stem.VOCALS, FileFormat.WAV, "out/.mp3 (Vocals).wav"),
    ],
)
def test_a_stem_is_named_after_its_song(
    song: str, stem: Stem, file_format: FileFormat, path: str
) -> None:
    assert stem_path(Path(song), stem, folder=Path("out"), file_format=file_format) == Path(path)


@pytest.mark.parametrize("letter", ["x", "é", "漢", "🎤", "e\u0301", "👩\u200d🎤", "👍🏽"])
@pytest.mark.parametrize("shift", range(5))
def test_long_names_are_cut_between_characters(letter: str, shift: int) -> None:
    name = stem_name("y" * shift + letter * 300 + ".mp3")
    assert 255 - len(letter.encode()) - 3 <= len(name.encode()) <= 255
    song = name.removesuffix(" (Instrumental).wav").removeprefix("y" * shift)
    assert song == letter * (len(song) // len(letter))


def test_a_name_that_just_fits_is_kept() -> None:
    song = "x" * (255 - len(" (Instrumental).wav"))
    assert stem_name(f"{song}.mp3") == f"{song} (Instrumental).wav"


def test_no_space_is_left_where_a_name_was_cut() -> None:
    assert "  " not in stem_name("x" * 235 + " " + "y" * 100 + ".mp3")


def test_the_longest_name_can_be_created(tmp_path: Path) -> None:
    song = Path("🎤" * 60 + ".mp3")
    stem_path(song, Stem.VOCALS, folder=tmp_path, file_format=FileFormat.WAV).touch()


def test_numbering_finds_the_first_free_name(tmp_path: Path) -> None:
    path = tmp_path / "name.wav"
    assert numbered_path(path) == path
    path.touch()
    assert numbered_path(path).name == "name (2).wav"
    (tmp_path / "name (2).wav").touch()
    assert numbered_path(path).name == "name (3).wav"


def test_a_numbered_name_is_not_too_long_either(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".wav")
    path.touch()
    assert len(numbered_path(path).name) == 255


def test_the_picture_is_named_after_the_song_too() -> None:
    path = picture_path(Path("in/A song.mp3"), folder=Path("out"))
    assert path == Path("out/A song (Before and After).png")


@pytest.mark.parametrize(
    ("name", "song"),
    [
        ("one (Instrumental).wav", "one"),
        ("one (Vocals).flac", "one"),
        ("one (Vocals).mp3", None),
        ("one (Live).wav", None),
        ("one.wav", None),
    ],
)
def test_a_stem_is_known_by_its_name(name: str, song: str | None) -> None:
    assert song_of_stem(Path(name)) == song


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_any_name_can_be_shown() -> None:
    assert shown_name(Path(os.fsdecode(b"caf\xe9.mp3"))) == "caf\ufffd.mp3"
    assert shown_name(Path("/")) == "/"
