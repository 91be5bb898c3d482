"""Sidecars say how stems were made, and a broken or hostile one is refused in one sentence."""

import dataclasses
import json
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audio import Audio
from core.errors import InputError, OutputError
from core.export import export_stems
from core.export_plan import ExportPlan
from core.formats import FileFormat, OutputFormat
from core.mix import Mix
from core.naming import StemNames, sidecar_path
from core.provenance import origin_of
from core.sidecar import Computation, Sidecar
from core.sidecar_reading import read_sidecar
from core.stems import Stem
from core.takes import Region, Take, TakenVocals, TakeSettings
from tests.songs import noise, write_song

BOTH = (Stem.INSTRUMENTAL, Stem.VOCALS)
COMPUTATION = Computation("Default", "ab" * 32, "mean", "cpu", "bfloat16", (2, 1), 128, "AVX2")


def made(folder: Path, *, file_format: FileFormat = FileFormat.WAV, **choices: object) -> Path:
    """Export a song with a sidecar and return that."""
    song = write_song(folder / "song.wav", noise(20_000))
    mixture = Audio(noise(20_000), 44_100)
    vocals = mixture.samples[:, :] / 2
    plan = ExportPlan(BOTH, OutputFormat(file_format), folder / "out", sidecar=True, **choices)  # type: ignore[arg-type]
    origin = origin_of(song, mixture, vocals, COMPUTATION)
    report = export_stems(song, mixture, vocals, plan, origin=origin)
    assert report.sidecar is not None and report.sidecar.parent == folder / "out"
    return report.sidecar


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    mix = Mix(vocals_db=-inf, low_db=-3.0, keep_low_end_hz=150.0)
    names = StemNames("{artist} - {stem}", artist="Ä/b", number=2)
    path = made(tmp_path, mix=mix, names=names)
    assert path.name == "song (Sidecar) (2).json"
    found = read_sidecar(path)
    assert found.computation == COMPUTATION
    assert found.choices.mix == mix and found.choices.names == names
    assert found.choices.output == OutputFormat()
    assert (found.song.name, found.song.rate, found.song.samples) == ("song.wav", 44_100, 20_000)
    assert found.outcome.null_test_passed and found.outcome.result_check_passed
    assert found.versions["torch"] and found.versions["python"]
    assert Sidecar.to_json(found) == path.read_text(encoding="utf-8")


def test_the_hashes_are_those_of_the_files_and_of_the_decoded_samples(tmp_path: Path) -> None:
    import hashlib

    path = made(tmp_path, file_format=FileFormat.OGG)
    found = read_sidecar(path)
    for saved in found.files:
        content = (path.parent / saved.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == saved.sha256
    samples = np.ascontiguousarray(noise(20_000).T)
    assert found.song.sha256 == hashlib.sha256(samples.tobytes()).hexdigest()
    assert found.outcome.noise_db < 0 and found.outcome.null_test_passed is None


def test_other_samples_or_tags_have_other_hashes(tmp_path: Path) -> None:
    from core.sidecar import song_facts
    from core.tags import Picture, Tags

    mixture = Audio(noise(1000), 44_100)
    changed = Audio(mixture.samples[:, :].copy(), 44_100)
    changed.samples[:, :][0, 500:501] += 1e-6
    plain, other = (song_facts("a", each, Tags()).sha256 for each in (mixture, changed))
    assert plain != other
    tags = [Tags(), Tags({"title": ("x",)}), Tags(pictures=(Picture("image/png", b"x"),))]
    assert len({song_facts("a", mixture, each).tags_sha256 for each in tags}) == 3


def test_takes_are_told(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", noise(20_000))
    mixture = Audio(noise(20_000), 44_100)
    vocals = mixture.samples[:, :] / 2
    take = Take(Region(100, 9000), TakeSettings(augmented=True, strength=1.5), vocals[:, :8900])
    taken = TakenVocals(vocals, [take], 44_100)
    origin = origin_of(song, mixture, taken, COMPUTATION)
    plan = ExportPlan(BOTH, OutputFormat(), tmp_path / "out", sidecar=True)
    report = export_stems(song, mixture, taken, plan, origin=origin)
    assert report.sidecar is not None
    (found,) = read_sidecar(report.sidecar).takes
    assert (found.start, found.stop, found.augmented, found.strength) == (100, 9000, True, 1.5)
    assert found.checkpoint_sha256 == ""
    # The first estimate's hash, whatever takes lie over it.
    assert origin.vocals_sha256 == origin_of(song, mixture, vocals, COMPUTATION).vocals_sha256


def test_without_the_wish_there_is_none(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", noise(1000))
    plan = ExportPlan(BOTH, OutputFormat(), tmp_path / "out")
    report = export_stems(song, Audio(noise(1000), 44_100), noise(1000), plan)
    assert report.sidecar is None
    assert sorted(path.suffix for path in plan.folder.iterdir()) == [".wav", ".wav"]


def test_an_existing_sidecar_is_kept_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    kept = sidecar_path(tmp_path / "song.wav", folder=tmp_path / "out")
    kept.write_text("precious")
    with pytest.raises(OutputError, match="exists already"):
        made(tmp_path)
    assert [path.read_text() for path in (tmp_path / "out").iterdir()] == ["precious"]


def changed(path: Path, *place: str | int, value: object) -> Path:
    """Write a sidecar with one of its values changed."""
    content = json.loads(path.read_text(encoding="utf-8"))
    inner = content
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    target = path.with_name("changed.json")
    target.write_text(json.dumps(content), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("song", "name"), "../../etc/passwd"),
        (("song", "name"), "/etc/passwd"),
        (("song", "name"), "a\\b"),
        (("song", "name"), ".."),
        (("song", "name"), ""),
        (("song", "rate"), 0),
        (("song", "samples"), 2**80),
        (("song", "sha256"), "x" * 64),
        (("files", 0, "name"), "../stem.wav"),
        (("files", 0, "stem"), "drums"),
        (("computation", "dtype"), "__class__"),
        (("computation", "threads"), [10**9]),
        (("computation", "threads"), [True]),
        (("choices", "stems"), []),
        (("choices", "stems"), ["vocals", "vocals"]),
        (("choices", "mix", "low_db"), 1e9),
        (("choices", "mix", "keep_low_end_hz"), 1e9),
        (("choices", "output", "file_format"), "exe"),
        (("choices", "names", "template"), "{song.__class__}"),
        (("choices", "names", "number"), -1),
        (("choices", "sample_seconds"), -1),
        (("schema",), 2),
        (("schema",), "1"),
        (("extra",), 1),
        (("versions", "torch"), ["2"]),
        (("outcome",), None),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    tmp_path: Path, place: tuple[str | int, ...], value: object
) -> None:
    path = changed(made(tmp_path), *place, value=value)
    with pytest.raises(InputError) as refusal:
        read_sidecar(path)
    sentence = str(refusal.value)
    assert sentence.startswith("“changed.json” is no sidecar of this program, or it is damaged: ")
    assert sentence.endswith(".") and "\n" not in sentence


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema": NaN}',
        b'{"schema": 1' + b"0" * 5000 + b"}",
        b"0" * (2**20 + 1),
    ],
    ids=range(9),
)
def test_what_is_no_sidecar_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match="is no sidecar of this program"):
        read_sidecar(path)


def test_a_missing_sidecar_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"“s\.json” cannot be read: no such file"):
        read_sidecar(tmp_path / "s.json")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "out").mkdir()
    return made(folder).read_text(encoding="utf-8")


@given(data=st.data())
def test_any_value_in_any_place_is_taken_or_refused(whole: str, data: st.DataObject) -> None:
    import tempfile

    content = json.loads(whole)
    inner = content
    while True:
        key = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else [0]))
        if isinstance(inner[key], (dict, list)) and inner[key] and data.draw(st.booleans()):
            inner = inner[key]
            continue
        inner[key] = data.draw(_JSON)
        break
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        try:
            found = read_sidecar(path)
        except InputError as error:
            assert "\n" not in str(error)
        else:
            assert dataclasses.is_dataclass(found)
            assert found.choices.names.name(Path(found.song.name), Stem.VOCALS, ending=".wav")
