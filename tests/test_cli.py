"""The command line separates what it is given, says what it could not, and leaves no halves."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from mutagen.flac import FLAC
from typer.testing import CliRunner, Result

from app.cli import commands, main
from core.audio import read_audio
from core.errors import InputError
from core.tags import read_tags
from tests.songs import encode_song, noise, write_song
from tests.tiny import tiny_checkpoint

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_checkpoint(tmp_path_factory.mktemp("checkpoint")).path


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return write_song(tmp_path / "A song.wav", noise(44_100))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words])


def separate(checkpoint: Path, *words: str | Path) -> Result:
    return run("separate", "--checkpoint", checkpoint, "--device", "cpu", *words)


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("suffix", "codec", "rate", "channels"),
    [
        (".wav", "", 44_100, 2),
        (".flac", "", 48_000, 2),
        (".wav", "", 96_000, 2),
        (".wav", "", 8_000, 1),
        (".wav", "", 44_100, 6),
        (".mp3", "libmp3lame", 44_100, 2),
        (".m4a", "aac", 48_000, 1),
    ],
)
def test_stems_are_as_long_as_the_song_and_sum_to_it(
    tmp_path: Path, checkpoint: Path, suffix: str, codec: str, rate: int, channels: int
) -> None:
    samples = noise(rate // 2 + 7, channels=channels)
    song = tmp_path / f"song{suffix}"
    if codec:
        encode_song(song, samples, codec=codec, rate=rate)
    else:
        write_song(song, samples, rate=rate)
    result = separate(checkpoint, song, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    mixture = read_audio(song)
    assert mixture.samples.shape == samples.shape
    instrumental = read_audio(tmp_path / "out" / "song (Instrumental).wav")
    vocals = read_audio(tmp_path / "out" / "song (Vocals).wav")
    assert instrumental.samples.shape == vocals.samples.shape == mixture.samples.shape
    assert instrumental.rate == vocals.rate == rate
    assert (
        np.abs(instrumental.samples[:, :] + vocals.samples[:, :] - mixture.samples[:, :]).max()
        < 2.0**-22
    )
    assert np.abs(vocals.samples[:, :]).max() > 1e-4  # an untrained network still takes something


def test_files_lie_beside_the_song_by_default(song: Path, checkpoint: Path) -> None:
    result = separate(checkpoint, song)
    assert result.exit_code == 0
    expected = ["A song (Instrumental).wav", "A song (Vocals).wav"]
    assert files(song.parent) == [*expected, "A song.wav"]
    assert result.stdout.splitlines() == [str(song.parent / name) for name in expected]


def test_stems_format_and_depth_are_as_asked(song: Path, checkpoint: Path) -> None:
    words = ["--stem", "vocals", "--format", "flac", "--bit-depth", "16"]
    assert separate(checkpoint, song, *words).exit_code == 0
    assert files(song.parent) == ["A song (Vocals).flac", "A song.wav"]
    grid = read_audio(song.parent / "A song (Vocals).flac").samples[:, :] * 32_768
    assert np.array_equal(grid, np.rint(grid))
    assert read_tags(song.parent / "A song (Vocals).flac").first("title") == "A song (Vocals)"


def test_the_low_end_is_kept_below_the_frequency_asked_for(song: Path, checkpoint: Path) -> None:
    lows = []
    for number, words in enumerate([[], ["--keep-low-end", "200"]]):
        folder = song.parent / str(number)
        result = separate(checkpoint, song, "--stem", "vocals", "--json", "-o", folder, *words)
        assert result.exit_code == 0, result.output
        said = json.loads(result.stdout)
        assert said.get("keep_low_end_hz") == (200 if words else None)
        vocals = read_audio(folder / "A song (Vocals).wav").samples[:, :]
        lows.append(np.square(np.abs(np.fft.rfft(vocals))[:, :120]).sum())
    assert lows[1] < 0.05 * lows[0]
    assert separate(checkpoint, song, "--keep-low-end", "5000").exit_code == 2


def test_a_guide_voice_is_left_in_the_instrumental(
    song: Path, checkpoint: Path, tmp_path: Path
) -> None:
    words: list[str | Path] = [
        "--vocal-level",
        "-6",
        "--bit-depth",
        "32f",
        "--json",
        "-o",
        tmp_path / "out",
    ]
    result = separate(checkpoint, song, *words)
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["vocals_db"] == -6.0 and said["null_test_passed"]
    stems = {name: read_audio(Path(path)).samples[:, :] for name, path in said["files"].items()}
    mixture = read_audio(song).samples[:, :]
    expected = mixture - stems["vocals"] * (1 - 10 ** (-6 / 20))
    np.testing.assert_allclose(stems["instrumental"], expected, atol=1e-6)


def test_files_are_named_by_template(tmp_path: Path, checkpoint: Path) -> None:
    song = write_song(tmp_path / "01.flac", noise(5000))
    tagged = FLAC(song)
    tagged["title"], tagged["artist"] = "Back in Black", "AC/DC"
    tagged.save()
    words = ["--names", "{artist} - {title} ({stem})", "--stem", "vocals"]
    assert separate(checkpoint, song, *words).exit_code == 0
    assert files(tmp_path) == ["01.flac", "AC_DC - Back in Black (Vocals).wav"]


@pytest.mark.parametrize(
    ("template", "sentence"),
    [("{song}", "The names need {stem}"), ("{album} {stem}", "Names cannot hold {album}")],
)
def test_names_that_cannot_be_are_refused(song: Path, template: str, sentence: str) -> None:
    result = run("separate", song, "--names", template)
    assert result.exit_code == 2
    assert result.stderr.startswith(sentence) and result.stderr.count("\n") == 1


def test_floating_point_flac_is_refused(song: Path, checkpoint: Path) -> None:
    result = separate(checkpoint, song, "--format", "flac", "--bit-depth", "32f")
    assert result.exit_code == 2
    assert "FLAC holds 16 or 24 bits" in result.stderr


def test_a_tree_of_folders_is_kept(tmp_path: Path, checkpoint: Path) -> None:
    for name in ["one.wav", "b/two.wav", "b/c/three.wav"]:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        write_song(tmp_path / "in" / name, noise(5000))
    words: list[str | Path] = [tmp_path / "in", "-o", tmp_path / "out", "--stem", "vocals"]
    assert separate(checkpoint, *words).exit_code == 0
    assert files(tmp_path / "out") == [
        "b/c/three (Vocals).wav",
        "b/two (Vocals).wav",
        "one (Vocals).wav",
    ]


def test_what_an_earlier_run_wrote_is_no_song(tmp_path: Path, checkpoint: Path) -> None:
    write_song(tmp_path / "one.wav", noise(5000))
    words: list[str | Path] = [tmp_path, "-o", tmp_path / "out", "--stem", "vocals", "--overwrite"]
    for _ in range(2):
        assert separate(checkpoint, *words).exit_code == 0
    assert files(tmp_path) == ["one.wav", "out/one (Vocals).wav"]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path, checkpoint: Path) -> None:
    (tmp_path / "a.mp3").write_text("no music")
    (tmp_path / "b.mp3").touch()
    write_song(tmp_path / "c.wav", noise(5000))
    result = separate(checkpoint, tmp_path, tmp_path / "d.wav", "--stem", "vocals")
    assert result.exit_code == 1
    assert "“a.mp3” is no audio" in result.stderr
    assert "“b.mp3” is empty." in result.stderr
    assert "“d.wav” does not exist." in result.stderr
    assert (tmp_path / "c (Vocals).wav").exists()


def test_an_existing_file_is_told_and_kept_before_any_computing(song: Path) -> None:
    target = song.parent / "A song (Vocals).wav"
    target.write_bytes(b"precious")
    result = separate(Path("no such checkpoint"), song)
    assert result.exit_code == 1
    assert result.stderr == "“A song (Vocals).wav” exists already; --overwrite replaces it.\n"
    assert target.read_bytes() == b"precious"
    assert not (song.parent / "A song (Instrumental).wav").exists()


def test_an_existing_file_is_replaced_when_asked(song: Path, checkpoint: Path) -> None:
    target = song.parent / "A song (Vocals).wav"
    target.write_bytes(b"old")
    assert separate(checkpoint, song, "--overwrite").exit_code == 0
    assert read_audio(target).length == 44_100


@pytest.mark.parametrize("second", ["one.flac", "ONE.wav"])
def test_two_songs_for_one_target_are_told(tmp_path: Path, checkpoint: Path, second: str) -> None:
    write_song(tmp_path / "one.wav", noise(5000))
    (tmp_path / "b").mkdir()
    other = write_song(tmp_path / "b" / second, noise(6000))
    words: list[str | Path] = [tmp_path / "one.wav", other, "-o", tmp_path / "out", "--overwrite"]
    result = separate(checkpoint, *words)
    assert result.exit_code == 1
    assert f"“{second}” would be saved under the same name as “one.wav”" in result.stderr
    assert read_audio(tmp_path / "out" / "one (Vocals).wav").length == 5000


def test_a_song_named_twice_is_separated_once(song: Path, checkpoint: Path) -> None:
    result = separate(checkpoint, song, song.parent, "--stem", "vocals")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


def test_a_folder_without_songs_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("separate", tmp_path / "empty")
    assert (result.exit_code, result.stderr) == (1, "The folder “empty” holds no songs.\n")


def test_a_file_as_output_folder_is_told(song: Path) -> None:
    result = run("separate", song, "-o", song)
    assert result.exit_code == 1
    assert "“A song.wav” is not a folder" in result.stderr


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that takes no files")
def test_a_folder_that_takes_no_files_is_told(song: Path) -> None:
    result = run("separate", song, "-o", "/proc/self")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "could not be written" in result.stderr


def test_several_checkpoints_work_together(song: Path, checkpoint: Path, tmp_path: Path) -> None:
    from core.training.untrained import write_untrained
    from tests.tiny import TINY

    other = tmp_path / "other.safetensors"
    write_untrained(other, TINY, seed=5)
    estimates = {}
    combinations: dict[str, list[str | Path]] = {
        "one": [],
        "other": ["--checkpoint", other],
        "mean": ["--checkpoint", checkpoint, "--checkpoint", other],
        "min": ["--checkpoint", checkpoint, "--checkpoint", other, "--ensemble", "min"],
    }
    for name, words in combinations.items():
        chosen = words or ["--checkpoint", checkpoint]
        folder = tmp_path / name
        stems: list[str | Path] = ["--stem", "vocals", "--bit-depth", "32f", "--json", "-o", folder]
        result = run("separate", song, "--device", "cpu", *chosen, *stems)
        assert result.exit_code == 0, result.output
        outcome = json.loads(result.stdout.splitlines()[0])
        estimates[name] = read_audio(next(folder.iterdir())).samples[:, :]
    assert outcome["checkpoint"] == "untrained + untrained (min)"
    mean = (estimates["one"] + estimates["other"]) / 2
    assert np.abs(estimates["one"] - estimates["other"]).max() > 1e-3
    np.testing.assert_allclose(estimates["mean"], mean, atol=2e-3)
    assert np.abs(estimates["min"] - mean).max() > 1e-3


def test_a_missing_checkpoint_is_told(song: Path, tmp_path: Path) -> None:
    result = separate(tmp_path / "missing.safetensors", song)
    assert result.exit_code == 1
    assert "missing.safetensors" in result.stderr
    assert files(tmp_path) == ["A song.wav"]


def test_an_unknown_device_is_told(song: Path, checkpoint: Path) -> None:
    result = run("separate", song, "--checkpoint", checkpoint, "--device", "cuda:99")
    assert result.exit_code == 1
    assert "cuda:99" in result.stderr


def test_machines_get_one_object_per_song_and_nothing_else(
    tmp_path: Path, checkpoint: Path
) -> None:
    write_song(tmp_path / "good.wav", noise(5000), rate=48_000)
    (tmp_path / "bad.mp3").write_text("no music")
    result = separate(checkpoint, tmp_path, "--json", "--picture")
    assert result.exit_code == 1
    bad, good = (json.loads(line) for line in result.stdout.splitlines())
    assert (bad["song"], bad["status"]) == (str(tmp_path / "bad.mp3"), "failed")
    assert "bad.mp3" in bad["error"]
    assert (good["status"], good["rate"], good["samples"]) == ("written", 48_000, 5000)
    assert good["files"] == {
        stem.lower(): str(tmp_path / f"good ({stem}).wav") for stem in ("Instrumental", "Vocals")
    }
    assert good["null_test_passed"]
    assert good["residual_dbfs"] < -130
    assert Path(good["picture"]).exists()


@pytest.mark.parametrize("stem", ["instrumental", "vocals"])
def test_the_picture_is_written_when_asked(song: Path, checkpoint: Path, stem: str) -> None:
    assert separate(checkpoint, song, "--picture", "--stem", stem).exit_code == 0
    picture = song.parent / "A song (Before and After).png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    again = separate(checkpoint, song, "--picture", "--stem", stem)
    assert "exists already; --overwrite replaces it" in again.stderr


def test_a_long_name_with_emoji_and_brackets_is_separated(tmp_path: Path, checkpoint: Path) -> None:
    song = write_song(tmp_path / ("[red]" + "🎤" * 45 + ".wav"), noise(5000))
    result = separate(checkpoint, song, "--stem", "vocals")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{tmp_path / song.stem} (Vocals).wav\n"


def test_help_tells_the_commands() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert {"open", "separate", "doctor"} <= set(re.findall(r"^  (\w+)", result.stdout, re.M))


def test_an_expected_fault_is_a_sentence_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise InputError("The song is out of tune.")

    monkeypatch.setattr("app.doctor.report", fail)
    monkeypatch.setattr(sys, "argv", ["vocal-remover", "doctor"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == "The song is out of tune.\n"


_WITHOUT_HEAVY_MODULES = """
import sys
for name in ("PySide6", "shiboken6", "torch", "sounddevice", "pyqtgraph"):
    sys.modules[name] = None
sys.argv = ["vocal-remover", *sys.argv[1:]]
from app.cli import main
main()
"""


@pytest.mark.parametrize("words", [["--help"], ["separate", "--help"], ["separate", "nowhere.mp3"]])
def test_help_and_refusals_need_neither_torch_nor_qt(words: list[str]) -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", _WITHOUT_HEAVY_MODULES, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert outcome.returncode == (1 if "nowhere.mp3" in words else 0)
    assert "Traceback" not in outcome.stderr


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("every other system has a display")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_display")
def test_without_a_display_that_is_said() -> None:
    result = run()
    assert result.exit_code == 1
    assert result.stderr.startswith("There is no display here")


@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_song_is_separated_with_its_picture(
    song: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.resources.default_checkpoint_path", lambda: checkpoint)
    result = run(song)
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("There is no display here")
    assert files(song.parent) == [
        "A song (Before and After).png",
        "A song (Instrumental).wav",
        "A song (Vocals).wav",
        "A song.wav",
    ]


@pytest.mark.usefixtures("no_display")
def test_without_a_display_a_second_run_numbers_its_files(
    song: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.resources.default_checkpoint_path", lambda: checkpoint)
    vocals = song.parent / "A song (Vocals).wav"
    vocals.write_bytes(b"precious")
    for _ in range(2):
        assert run(song).exit_code == 0
    assert vocals.read_bytes() == b"precious"
    names = ("Before and After", "png"), ("Instrumental", "wav"), ("Vocals", "wav")
    numbered = [f"A song ({what}) ({n}).{end}" for what, end in names for n in (2, 3)]
    assert files(song.parent) == sorted(["A song.wav", vocals.name, *numbered])


@pytest.mark.usefixtures("no_display")
def test_without_a_display_songs_of_one_name_are_numbered(
    song: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.resources.default_checkpoint_path", lambda: checkpoint)
    other = write_song(song.with_suffix(".flac"), noise(5000))
    assert run(song, other).exit_code == 0
    assert read_audio(song.parent / "A song (Vocals).wav").length == 44_100
    assert read_audio(song.parent / "A song (Vocals) (2).wav").length == 5000


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path, checkpoint: Path) -> None:
    write_song(tmp_path / "long.wav", noise(120 * 44_100))
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "separate", str(tmp_path / "long.wav"), "--json"]
        + ["--checkpoint", str(checkpoint), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Separating"):
            break
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert json.loads(output)["status"] == "cancelled"
    assert "Traceback" not in errors
    assert files(tmp_path) == ["long.wav"]
