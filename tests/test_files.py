"""Files appear whole or not at all, and what a killed program left is cleared up."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.files import new_file, parts_of, remove_abandoned_parts

needs_locks = pytest.mark.skipif(sys.platform == "win32", reason="there only age tells")

WRITES = """
import sys, time
from pathlib import Path
from core.files import new_file
with new_file(Path(sys.argv[1]), overwrite=False) as file:
    file.write(b"half of it")
    file.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


def parts(folder: Path) -> list[Path]:
    return list(folder.glob(".vocal-remover-*.part"))


@needs_locks
def test_what_a_killed_program_left_is_removed_and_what_a_living_one_writes_is_kept(
    tmp_path: Path,
) -> None:
    target = tmp_path / "song.wav"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(target)],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None and writer.stdout.readline() == b"writing\n"
    remove_abandoned_parts(tmp_path)
    assert len(parts(tmp_path)) == 1
    writer.kill()
    writer.communicate()
    assert len(parts(tmp_path)) == 1 and not target.exists()
    remove_abandoned_parts(tmp_path)
    assert parts(tmp_path) == []


@needs_locks
def test_a_part_of_this_program_is_kept_until_it_has_its_name(tmp_path: Path) -> None:
    target = tmp_path / "song.wav"
    with new_file(target, overwrite=False) as file:
        file.write(b"all of it")
        remove_abandoned_parts(tmp_path)
    assert target.read_bytes() == b"all of it"
    assert parts(tmp_path) == []


def test_files_of_others_and_parts_of_a_named_run_are_left_alone(tmp_path: Path) -> None:
    others = [".vocal-remover-0123456789abcdef.part.wav", "vocal-remover-0123456789abcdef.part"]
    for name in others:
        (tmp_path / name).touch()
    with parts_of("run"), pytest.raises(KeyError), new_file(tmp_path / "a", overwrite=False):
        raise KeyError
    (tmp_path / ".vocal-remover-run-0123456789abcdef.part").touch()
    remove_abandoned_parts(tmp_path)
    remove_abandoned_parts(tmp_path / "not there")
    assert len(list(tmp_path.iterdir())) == 3
