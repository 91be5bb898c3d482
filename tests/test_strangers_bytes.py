"""Whatever bytes a parser of ours is given, it gives a result or one sentence."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from app.privacy import without_folders
from app.queue_items import QueueFile, Status
from app.settings import Settings
from benchmarks import fuzz_files
from benchmarks.fuzz_files import damaged_song, intact_songs
from core import decoding_process
from core.checkpoint import load_checkpoint
from core.decoding_process import DecodingProcess, ProcessEnded
from core.decoding_protocol import HEAD, READY
from core.errors import CheckpointError, VocalRemoverError
from core.models.config import FrameTransformerConfig
from core.sidecar_reading import read_sidecar
from core.tags import Tags, read_tags
from tests.songs import tones, write_song
from tests.test_tags import tagged_mp3
from tests.tiny import TINY, tiny_checkpoint

few = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@few
@given(data=st.binary(max_size=300))
def test_a_file_of_settings_may_hold_anything(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(b"[General]\n" + data)
    read_all(Settings(QSettings(str(path), QSettings.Format.IniFormat)))


@few
@given(value=scalars, number=st.integers(min_value=0))
def test_any_setting_may_hold_anything(value: object, number: int, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.clear()
    preferences = Settings(store)
    names = properties()
    keys = [*names, "export/stems", "export/format", "export/depth", "export/folder"]
    store.setValue(keys[number % len(keys)], str(value).replace("\0", ""))
    read_all(preferences)


def properties() -> list[str]:
    return [name for name, kind in vars(Settings).items() if isinstance(kind, property)]


def read_all(preferences: Settings) -> None:
    for name in properties():
        getattr(preferences, name)
    assert 0 <= preferences.volume <= 1
    assert preferences.low_end_hz > 0


@few
@given(data=st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()))
def test_a_queue_file_may_hold_anything(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "queue.json"
    path.write_bytes(data)
    assert QueueFile(path).load() == ()


@few
@given(
    songs=values
    | st.lists(
        st.fixed_dictionaries({"path": scalars, "status": scalars, "reason": scalars}), max_size=3
    )
)
def test_a_queue_file_may_hold_any_songs(songs: object, tmp_path: Path) -> None:
    path = tmp_path / "queue.json"
    path.write_text(json.dumps({"version": 1, "songs": songs}), encoding="utf-8")
    for item in QueueFile(path).load():
        assert isinstance(item.path, Path) and isinstance(item.status, Status)


@few
@given(data=st.binary(max_size=300) | values.map(lambda value: json.dumps(value).encode()))
def test_a_sidecar_may_hold_anything(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "song.json"
    path.write_bytes(data)
    with pytest.raises(VocalRemoverError):
        read_sidecar(path)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_checkpoint(tmp_path_factory.mktemp("weights")).path


@few
@given(
    at=st.integers(0, 5_000),
    put=st.binary(min_size=1, max_size=40),
    keep=st.integers(0, 2_000_000),
)
def test_a_checkpoint_may_be_damaged_anywhere(
    weights: Path, tmp_path: Path, at: int, put: bytes, keep: int
) -> None:
    data = weights.read_bytes()
    path = tmp_path / "damaged.safetensors"
    damaged = (data[:at] + put + data[at + len(put) :])[:keep]
    path.write_bytes(damaged)
    if damaged != data:
        try:
            load_checkpoint(path).only.build()
        except CheckpointError as error:
            assert str(error).endswith(".")
        else:  # only its name or the like was changed
            assert at < 5_000 and len(damaged) == len(data)


@few
@given(config=st.dictionaries(st.sampled_from(list(json.loads(TINY.to_json()))), values))
def test_a_config_may_hold_anything(config: dict[str, object]) -> None:
    fields = json.loads(TINY.to_json()) | config
    try:
        FrameTransformerConfig.from_json(json.dumps(fields))
    except CheckpointError as error:
        assert str(error).endswith(".")


@few
@given(cut=st.integers(0, 4_000), put=st.binary(min_size=1, max_size=30), at=st.integers(0, 600))
def test_tags_may_be_damaged_anywhere(cut: int, put: bytes, at: int, tmp_path: Path) -> None:
    song = tagged_mp3(tmp_path)
    data = song.read_bytes()
    song.write_bytes((data[:at] + put + data[at + len(put) :])[: len(data) - cut])
    assert isinstance(read_tags(song), Tags)


@few
@given(text=st.text())
def test_any_text_can_be_stripped_of_folders(text: str) -> None:
    assert without_folders(f"'/mnt/private place/{text}'").count("private place") <= 1
    assert "private" not in without_folders("'/mnt/private/song.wav' " + text)


# Starts a process that says `garbage` where samples or a description are expected.
_ASTRAY = "import os, sys; os.write(1, bytes.fromhex(sys.argv[1])); sys.stdin.buffer.read()"


@pytest.mark.parametrize(
    "garbage",
    [
        b"J\x05\0\0\0{{{{{",
        b"J\x02\0\0\0[]",
        b"J\xff\xff\xff\xff",
        b"S\xff\xff\xff\xff" + b"\xff" * 8,
        b"S\x08\0\0\0\0\0\0\0\x01\0\0\0",
        b"P\x01\0\0\0x",
        b"anything at all",
        b"",
    ],
)
def test_a_decoding_process_that_a_file_took_over_gains_nothing(
    garbage: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = HEAD.pack(READY, 0) + garbage
    command = [sys.executable, "-c", _ASTRAY, said.hex()]
    monkeypatch.setattr(decoding_process, "_command", lambda: command)
    monkeypatch.setattr(decoding_process, "patience", 0.5)
    monkeypatch.setattr(decoding_process, "_GRACE", 0.5)
    process = DecodingProcess()
    with pytest.raises(ProcessEnded):
        list(process.blocks({"do": "decode", "library": "ffmpeg"}, Path("song.wav")))
    process.end()


def test_damaged_files_are_the_same_for_the_same_numbers(tmp_path: Path) -> None:
    songs = {"wav": write_song(tmp_path / "a.wav", tones(500))}
    songs["flac"] = write_song(tmp_path / "a.flac", tones(500))
    first, again, other = (damaged_song(songs, seed=3, number=n) for n in (7, 7, 9))
    assert first == again and first.kind == other.kind and first.data != other.data


@pytest.mark.parametrize("suffix", [".ogg", ".opus"])
def test_checksums_of_ogg_pages_can_be_made_right(tmp_path: Path, suffix: str) -> None:
    intact = write_song(tmp_path / f"a{suffix}", tones(48_000), rate=48_000).read_bytes()
    data = bytearray(intact)
    start = data.index(b"OggS", 4) + 22
    data[start : start + 4] = b"bad!"
    fuzz_files._mend_ogg(data)
    assert data == intact


def test_damaged_files_of_every_kind_give_a_result_or_one_sentence(tmp_path: Path) -> None:
    from benchmarks.fuzz import FAILED, OUTCOMES, _Sayings, outcome_of

    (tmp_path / "intact").mkdir()
    songs = intact_songs(tmp_path / "intact")
    for number in range(len(songs)):
        song = damaged_song(songs, seed=11, number=number)
        path = tmp_path / f"song{song.suffix}"
        path.write_bytes(song.data)
        outcome, mixture = outcome_of(path, _Sayings())
        assert outcome in OUTCOMES and outcome != FAILED
        assert mixture is None or mixture.length
        path.unlink()
