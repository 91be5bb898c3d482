"""Stems are made again from their sidecar, bit for bit, or it is said what differs."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from mutagen.flac import FLAC
from typer.testing import CliRunner, Result

from app.cli import commands
from core.again import check_plan, find_song, load_again, make_again
from core.audio import read_audio
from core.checkpoint import load_checkpoint
from core.devices import choose_device
from core.errors import CheckpointError, InputError
from core.export import export_stems
from core.export_plan import ExportPlan
from core.formats import BitDepth, FileFormat, OutputFormat
from core.mix import Mix
from core.parallel import run_all
from core.provenance import computation_of, origin_of
from core.separation import Separation
from core.separator import Separator
from core.sidecar import Sidecar
from core.sidecar_reading import read_sidecar
from core.stems import Stem
from core.takes import Region, Take, TakenVocals, TakeSettings, separate_region
from tests.songs import noise, write_song
from tests.tiny import TINY_PUBLISHED, tiny_checkpoint

BOTH = (Stem.INSTRUMENTAL, Stem.VOCALS)


@pytest.fixture
def song(tmp_path: Path) -> Path:
    song = write_song(tmp_path / "A song.flac", noise(150_000))
    tags = FLAC(song)
    tags["artist"] = "Somebody"
    tags.save()
    return song


@pytest.fixture(autouse=True)
def _threads() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def separated(song: Path, checkpoint: Path, folder: Path, *options: str) -> Path:
    """Separate on the command line and return the sidecar."""
    words = ["separate", str(song), "--checkpoint", str(checkpoint), "--device", "cpu"]
    result = run(*words, "-o", folder, "--sidecar", *options)
    assert result.exit_code == 0, result.output
    (sidecar,) = folder.glob("*.json")
    assert str(sidecar) in result.output
    return sidecar


@pytest.mark.parametrize(
    "options",
    [
        ["--bit-depth", "16"],
        ["--format", "flac"],
        ["--bit-depth", "32f", "--keep-low-end", "150"],
        ["--format", "mp3", "--quality", "small"],
        ["--format", "m4a"],
        ["--format", "alac"],
        ["--format", "opus", "--vocal-level=-6"],
        ["--format", "ogg", "--sample", "1"],
        ["--stem", "vocals", "--names", "{artist} {stem}"],
    ],
    ids=" ".join,
)
def test_the_files_are_the_same_bit_for_bit(
    tmp_path: Path, song: Path, checkpoint: Path, options: list[str]
) -> None:
    sidecar = separated(song, checkpoint, tmp_path / "then", *options)
    result = run("again", sidecar, "-o", tmp_path / "now", "--checkpoint", checkpoint)
    assert result.exit_code == 0, result.output
    assert "the same as then, bit for bit" in result.output
    assert contents(tmp_path / "now") == contents(tmp_path / "then")


def test_arithmetic_and_threads_are_those_of_then(tmp_path: Path, song: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path)
    for number, (dtype, threads) in enumerate([(torch.float32, 2), (torch.bfloat16, 1)]):
        torch.set_num_threads(threads)
        separator = Separator(checkpoint, device=choose_device("cpu"), dtype=dtype)
        sidecar = exported(song, separator, tmp_path / f"then {number}", threads=threads)
        torch.set_num_threads(3 - threads)
        plan = check_plan(sidecar, song, tmp_path / f"now {number}", overwrite=False)
        made = make_again(sidecar, song, plan, [checkpoint.path])
        assert made.identical == dict.fromkeys(BOTH, True) and not made.differences
        assert torch.get_num_threads() == 3 - threads


def exported(
    song: Path,
    separator: Separator,
    folder: Path,
    *,
    threads: int,
    takes: tuple[TakeSettings, ...] = (),
) -> Sidecar:
    """Separate and save a song as the window does."""
    mixture = read_audio(song)
    separation = Separation(separator, mixture)
    run_all(separation, threads=threads)
    made = []
    for number, settings in enumerate(takes):
        region = Region(20_000 * (number + 1), 20_000 * (number + 1) + 15_000)
        vocals = separate_region(separator, mixture, region, settings)
        made.append(Take(region, settings, vocals))
    taken = TakenVocals(separation.vocals, made, mixture.rate) if made else separation.vocals
    origin = origin_of(song, mixture, taken, computation_of(separator, separation))
    output = OutputFormat(FileFormat.FLAC, BitDepth.INT24)
    plan = ExportPlan(BOTH, output, folder, mix=Mix(keep_low_end_hz=120.0), sidecar=True)
    report = export_stems(song, mixture, taken, plan, origin=origin)
    assert report.sidecar is not None
    return read_sidecar(report.sidecar)


def test_takes_are_made_again_too(tmp_path: Path, song: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path)
    separator = Separator(checkpoint, device=choose_device("cpu"), dtype=torch.float32)
    settings = (TakeSettings(strength=1.5), TakeSettings(augmented=True))
    torch.set_num_threads(1)
    sidecar = exported(song, separator, tmp_path / "then", threads=1, takes=settings)
    assert len(sidecar.takes) == 2
    plan = check_plan(sidecar, song, tmp_path / "now", overwrite=False)
    made = make_again(sidecar, song, plan, [checkpoint.path])
    assert made.identical == dict.fromkeys(BOTH, True) and not made.differences
    assert contents(tmp_path / "now") == contents(tmp_path / "then")


def test_another_song_is_refused_and_nothing_is_written(
    tmp_path: Path, song: Path, checkpoint: Path
) -> None:
    sidecar = separated(song, checkpoint, tmp_path / "then")
    write_song(song, noise(150_001))
    result = run("again", sidecar, "-o", tmp_path / "now", "--checkpoint", checkpoint)
    assert result.exit_code == 1
    assert "“A song.flac” is not the song of the sidecar" in result.output
    assert contents(tmp_path / "now") == {}


def test_another_checkpoint_is_refused_by_name(
    tmp_path: Path, song: Path, checkpoint: Path
) -> None:
    sidecar = separated(song, checkpoint, tmp_path / "then")
    result = run("again", sidecar, "-o", tmp_path / "now")
    assert result.exit_code == 1
    digest = load_checkpoint(checkpoint).sha256[:12]
    assert f"(sha256 {digest}…), which this is not" in " ".join(result.output.split())
    assert contents(tmp_path / "now") == {}


def test_the_right_checkpoint_is_found_among_several(tmp_path: Path, checkpoint: Path) -> None:
    other = tiny_checkpoint(tmp_path, TINY_PUBLISHED).path
    song = write_song(tmp_path / "song.wav", noise(50_000))
    sidecar = read_sidecar(separated(song, checkpoint, tmp_path / "then"))
    found = load_again(sidecar, [other, checkpoint])
    assert found.path == checkpoint
    with pytest.raises(CheckpointError):
        load_again(sidecar, [other])


def test_other_tags_are_told_and_the_files_are_not_called_the_same(
    tmp_path: Path, song: Path, checkpoint: Path
) -> None:
    sidecar = separated(song, checkpoint, tmp_path / "then")
    tags = FLAC(song)
    tags["artist"] = "Somebody else"
    tags.save()
    result = run("again", sidecar, "-o", tmp_path / "now", "--checkpoint", checkpoint)
    assert result.exit_code == 1
    assert "The song's tags or cover were others then." in result.output
    assert "Not the same files as then: Instrumental, Vocals." in result.output
    for name in ("A song (Vocals).wav", "A song (Instrumental).wav"):
        then, now = (read_audio(tmp_path / folder / name) for folder in ("then", "now"))
        assert np.array_equal(then.samples[:, :], now.samples[:, :])


@pytest.mark.parametrize("name", ["torch", "soundfile", "vocal-remover"])
def test_other_versions_are_told(tmp_path: Path, song: Path, checkpoint: Path, name: str) -> None:
    sidecar = separated(song, checkpoint, tmp_path / "then")
    content = json.loads(sidecar.read_text(encoding="utf-8"))
    content["versions"][name] = "0.0.1"
    sidecar.write_text(json.dumps(content), encoding="utf-8")
    result = run("again", sidecar, "-o", tmp_path / "now", "--checkpoint", checkpoint)
    assert result.exit_code == 0, result.output  # the bits are what counts
    assert f"{name} was 0.0.1 then and is " in result.output


def test_files_that_are_there_are_kept(tmp_path: Path, song: Path, checkpoint: Path) -> None:
    sidecar = separated(song, checkpoint, tmp_path / "then")
    before = contents(tmp_path / "then")
    result = run("again", sidecar, "--checkpoint", checkpoint)
    assert result.exit_code == 1 and "exists already" in result.output
    assert contents(tmp_path / "then") == before
    result = run("again", sidecar, "--checkpoint", checkpoint, "--overwrite")
    assert result.exit_code == 0, result.output
    assert contents(tmp_path / "then") == before


def test_the_song_is_looked_for_beside_the_sidecar_and_above(
    tmp_path: Path, song: Path, checkpoint: Path
) -> None:
    path = separated(song, checkpoint, tmp_path / "then")
    sidecar = read_sidecar(path)
    assert find_song(sidecar, path).resolve() == song.resolve()
    moved = song.rename(tmp_path / "moved.flac")
    with pytest.raises(InputError, match="name it with --song"):
        find_song(sidecar, path)
    words: list[str | Path] = ["-o", tmp_path / "now", "--checkpoint", checkpoint, "--song", moved]
    result = run("again", path, *words)
    assert "The song was called “A song.flac” then." in result.output
    beside = moved.rename(tmp_path / "then" / "A song.flac")
    assert find_song(sidecar, path) == beside


def test_a_broken_sidecar_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text("{}")
    result = run("again", tmp_path / "s.json")
    assert result.exit_code == 1
    assert "“s.json” is no sidecar of this program" in result.output
