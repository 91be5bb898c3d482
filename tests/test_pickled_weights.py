"""Pickled weights are read, and nothing else in a pickle happens."""

import io
import pickle
import subprocess
import sys
import time
import zipfile
from collections import OrderedDict
from pathlib import Path

import pytest
import torch

from core.checkpoint import load_checkpoint
from core.errors import CheckpointError
from core.pickled_weights import read_pickled
from tests.hostile_weights import Trap, saved, trapped_zip, with_pickle


def test_weights_come_back(tmp_path: Path) -> None:
    state = OrderedDict(
        a=torch.randn(3, 4), b=torch.arange(5), c=torch.randn(2, 2).half(), d=torch.tensor(7)
    )
    path = tmp_path / "weights.pth"
    path.write_bytes(saved(state))
    found = read_pickled(path)
    assert set(found) == set(state)
    assert all(torch.equal(found[name], state[name]) for name in state)


def test_weights_of_before_version_1_6_come_back(tmp_path: Path) -> None:
    path = tmp_path / "old.pth"
    torch.save({"a": torch.ones(4)}, path, _use_new_zipfile_serialization=False)
    assert path.read_bytes()[:1] == b"\x80"
    assert torch.equal(read_pickled(path)["a"], torch.ones(4))


def test_code_in_a_pickle_does_not_run(tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    path = tmp_path / "trap.pth"
    for content in (
        pickle.dumps(Trap(sprung), protocol=2),
        trapped_zip(sprung),
        saved({"x": torch.zeros(2), "y": Trap(sprung)}),
    ):
        path.write_bytes(content)
        with pytest.raises(CheckpointError, match="refused|is damaged"):
            load_checkpoint(path)
        assert not sprung.exists()
    path.write_bytes(saved({"x": torch.zeros(2), "y": Trap(sprung)}))
    with pytest.raises(CheckpointError, match="might run code: it is refused"):
        load_checkpoint(path)
    # The trap works where nobody guards against it.
    torch.load(path, weights_only=False)
    assert sprung.exists()


@pytest.mark.parametrize(
    "value", [[torch.zeros(2)], {"a": torch.zeros(1), "b": "text"}, {3: torch.zeros(2)}]
)
def test_what_is_no_state_is_told(tmp_path: Path, value: object) -> None:
    path = tmp_path / "odd.pth"
    path.write_bytes(saved(value))
    with pytest.raises(CheckpointError, match="does not hold the weights"):
        read_pickled(path)


def bomb() -> bytes:
    """A small file whose tensor unpacks to 64 GB of zeros, were all of it read."""
    size = 2**32
    buffer = io.BytesIO()
    small = saved({"x": torch.zeros(3)})
    with (
        zipfile.ZipFile(io.BytesIO(small)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if "/data/" not in name:
                content = old.read(name)
                if name.endswith("data.pkl"):
                    content = content.replace(b"K\x03", b"\x8a\x05" + size.to_bytes(5, "little"))
                new.writestr(name, content)
            else:
                with new.open(name, "w", force_zip64=True) as record:
                    for _ in range(64):
                        record.write(bytes(2**20))
    return buffer.getvalue()


def huge_view() -> bytes:
    """A state with one number that claims to be 400 billion."""
    view = torch.zeros(1).expand(100_000, 4_000_000)
    return saved({"x": view})


def test_files_that_ask_for_the_machines_memory_are_refused_in_little_time(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pth"
    for content in (bomb(), huge_view()):
        assert len(content) < 2**20
        path.write_bytes(content)
        start = time.monotonic()
        with pytest.raises(CheckpointError, match="damaged"):
            read_pickled(path)
        assert time.monotonic() - start < 100


def test_damage_is_told(tmp_path: Path) -> None:
    path = tmp_path / "torn.pth"
    whole = saved({"x": torch.randn(100)})
    for content in (
        whole[: len(whole) // 2],
        whole[:30] + bytes(200) + whole[230:],
        b"PK\x03\x04",
        b"\x80",
        with_pickle(whole, b"\x80\x02}q\x00" * 400),
    ):
        path.write_bytes(content)
        with pytest.raises(CheckpointError, match="damaged|refused|weights"):
            read_pickled(path)


def test_too_large_a_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.pth"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(2**31)
    with pytest.raises(CheckpointError, match="too large"):
        read_pickled(path)


@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up by Linux's own means")
def test_the_process_that_reads_can_neither_write_nor_open_files(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("secret", encoding="utf-8")
    script = f"""
import sys
from pathlib import Path
from core.weights_child import _give_up_rights
written = Path({str(tmp_path / "written")!r}).open("wb")
_give_up_rights(1000)
try:
    written.write(b"x" * 100)
    written.flush()
except OSError:
    print("cannot write")
try:
    bytearray(2**33)
except MemoryError:
    print("cannot take memory")
try:
    Path({str(target)!r}).read_text()
except PermissionError:
    print("cannot open")
"""
    done = subprocess.run(
        [sys.executable, "-c", "import signal; signal.signal(signal.SIGXFSZ, 1)\n" + script],
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout.splitlines()
    assert "cannot write" in said, done.stderr
    assert "cannot take memory" in said
    # Kernels without Landlock leave this one out.
    assert "cannot open" in said or not Path("/sys/kernel/security/landlock").exists()
