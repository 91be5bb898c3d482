"""Stems are named after their song, within what file systems allow."""

import os
from pathlib import Path

import pytest

from core.errors import OutputError
from core.formats import FileFormat
from core.naming import (
    StemNames,
    picture_path,
    shown_name,
    song_of_stem,
    stem_path,
)
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


def named(template: str, *, title: str = "Tune", artist: str = "Band") -> str:
    names = StemNames(template, title=title, artist=artist)
    return names.name(Path("in/file.mp3"), Stem.VOCALS, ending=".wav")


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{artist} - {title} ({stem})", "Band - Tune (Vocals).wav"),
        ("{stem} of {song}", "Vocals of file.wav"),
        ("{stem}", "Vocals.wav"),
        ("  {title}, just {title}  ", "Tune, just Tune.wav"),
        ("take {1", "take {1.wav"),
        ("nul", "_nul.wav"),
        ("con.{title}", "_con.Tune.wav"),
        ("console", "console.wav"),
    ],
)
def test_a_template_says_how_stems_are_named(template: str, name: str) -> None:
    assert named(template) == name


def test_what_no_file_name_can_hold_is_replaced() -> None:
    assert named("{artist}/{title}", artist="AC/DC", title='Why?\n"Now"') == "AC_DC_Why___Now_.wav"


def test_fields_inside_a_title_are_taken_as_they_stand() -> None:
    assert named("{title}", title="{stem} {x}") == "{stem} {x}.wav"


def test_without_tags_the_file_gives_the_title_and_the_artist_is_unknown() -> None:
    assert named("{artist} - {title}", title=" ", artist="") == "Unknown Artist - file.wav"


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("", "The names of the files are empty."),
        ("  ", "The names of the files are empty."),
        (
            "{song} {album}",
            "Names cannot hold {album}; the fields are {song}, {title}, {artist} and {stem}.",
        ),
        ("{} {stem}", "Names cannot hold {}; "),
        ("{ song }", "Names cannot hold { song }; "),
    ],
)
def test_a_wrong_template_is_told_in_a_sentence(template: str, sentence: str) -> None:
    with pytest.raises(OutputError) as told:
        StemNames(template)
    assert str(told.value).startswith(sentence)


def test_several_stems_need_names_of_their_own() -> None:
    names = StemNames("{song}")
    names.check((Stem.VOCALS,))
    with pytest.raises(OutputError, match="The names need {stem}"):
        names.check((Stem.VOCALS, Stem.INSTRUMENTAL))


@pytest.mark.parametrize(
    "template", ["{title} ({stem})", "{title} {title} {stem}", "{stem} {artist} {title}", "{title}"]
)
def test_what_the_tags_say_is_shortened_and_the_rest_kept(template: str) -> None:
    name = named(template, title="漢" * 300, artist="b" * 200)
    assert 255 - 3 * 2 <= len(name.encode()) <= 255
    assert ("{stem}" in template) == ("Vocals" in name)


def test_a_template_longer_than_a_name_is_told() -> None:
    with pytest.raises(OutputError, match="The names of the files are too long"):
        named("{stem}" + "x" * 300)
    with pytest.raises(OutputError, match="The names of the files are too long"):
        named("{song}" + "x" * 252)


def test_a_number_follows_the_name() -> None:
    song, names = Path("in/A song.mp3"), StemNames(number=2)
    assert names.name(song, Stem.VOCALS, ending=".wav") == "A song (Vocals) (2).wav"
    picture = picture_path(song, folder=Path("out"), number=3)
    assert picture == Path("out/A song (Before and After) (3).png")


def test_a_numbered_name_is_not_too_long_either() -> None:
    song = Path("x" * 300 + ".wav")
    assert len(StemNames(number=10).name(song, Stem.VOCALS, ending=".wav")) == 255
    assert len(picture_path(song, folder=Path("out"), number=10).name) == 255


def test_the_picture_is_named_after_the_song_too() -> None:
    path = picture_path(Path("in/A song.mp3"), folder=Path("out"))
    assert path == Path("out/A song (Before and After).png")


@pytest.mark.parametrize(
    ("name", "song"),
    [
        ("one (Instrumental).wav", "one"),
        ("one (Vocals).flac", "one"),
        ("one (Vocals) (2).wav", "one"),
        ("one (Live) (Vocals) (12).flac", "one (Live)"),
        ("one (2).wav", None),
        ("one (Vocals).mp3", "one"),
        ("one (Vocals).txt", None),
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
