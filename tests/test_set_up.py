"""Set-up: its lock files, what it says when it cannot go on, and how make calls it."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements"


@pytest.fixture
def set_up() -> ModuleType:
    """The script, loaded by its path since packaging/ is no package."""
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "packaging" / "set_up.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("version", "expected"),
    [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)],
)
def test_pythons_from_3_11_to_3_13_suit(
    set_up: ModuleType, version: tuple[int, int], expected: bool
) -> None:
    assert set_up.suits(version) is expected


def test_without_a_suitable_python_it_says_what_to_do(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    monkeypatch.setattr(sys, "argv", ["set_up.py", "run"])
    monkeypatch.setenv("PATH", "")
    assert set_up.main() == 1
    assert "Python 3.10 was found, and 3.11, 3.12 or 3.13 is needed" in capsys.readouterr().err


def test_an_unknown_task_is_refused(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["set_up.py", "fly"])
    assert set_up.main() == 2
    assert "run|test" in capsys.readouterr().err


def test_where_there_is_no_apt_no_package_is_missing(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert set_up.missing_packages("test") == []


def test_a_package_counts_under_its_name_since_the_time_change(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dpkg = tmp_path / "dpkg-query"
    dpkg.write_text('#!/bin/sh\ncase "$*" in *libglib2.0-0t64*) echo installed;; esac\n')
    dpkg.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert set_up.is_installed("libglib2.0-0")
    assert not set_up.is_installed("libegl1")


class TestTorchBuild:
    """Each machine gets the one build that its graphics card can use."""

    @pytest.fixture
    def has(self, monkeypatch: pytest.MonkeyPatch) -> set[str]:
        """The paths that exist here."""
        paths: set[str] = set()
        monkeypatch.setattr(Path, "exists", lambda path: path.as_posix() in paths)
        monkeypatch.setattr(sys, "platform", "linux")
        return paths

    def test_without_a_card_it_is_the_cpus(self, set_up: ModuleType, has: set[str]) -> None:
        assert set_up.torch_build("run") == "cpu"

    def test_for_nvidia_it_is_the_package_indexs(self, set_up: ModuleType, has: set[str]) -> None:
        has.add("/proc/driver/nvidia/version")
        assert set_up.torch_build("run") == ""

    def test_for_amd_it_is_rocms(self, set_up: ModuleType, has: set[str]) -> None:
        has.add("/dev/kfd")
        assert set_up.torch_build("run").startswith("rocm")

    def test_on_windows_nvidia_needs_its_own(
        self, set_up: ModuleType, has: set[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setenv("SYSTEMROOT", "C:/Windows")
        assert set_up.torch_build("run") == ""
        has.add("C:/Windows/System32/nvcuda.dll")
        assert set_up.torch_build("run").startswith("cu")

    def test_packages_for_others_are_made_for_the_cpu(
        self, set_up: ModuleType, has: set[str]
    ) -> None:
        has.update({"/proc/driver/nvidia/version", "/dev/kfd"})
        assert set_up.torch_build("build") == "cpu"

    def test_on_macos_one_build_has_everything(
        self, set_up: ModuleType, has: set[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "platform", "darwin")
        assert set_up.torch_build("run") == ""


def test_without_root_and_sudo_it_names_the_packages_and_goes_on(
    set_up: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    for tool in ("apt-get", "dpkg-query"):
        (tmp_path / tool).write_text("#!/bin/sh\n")
        (tmp_path / tool).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    set_up.install_system_packages("run")
    assert "sudo apt-get install libegl1 libgl1" in capsys.readouterr().err


def test_the_stamp_changes_with_the_lock_file(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "requirements"
    shutil.copytree(REQUIREMENTS, folder)
    monkeypatch.setattr(set_up, "REQUIREMENTS", folder)
    before = set_up.stamp_key("run")
    assert set_up.stamp_key("run") == before
    with (folder / "run.txt").open("a") as lock:
        lock.write("one-more==1.0\n")
    assert set_up.stamp_key("run") != before


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("song", ["plain.mp3", 'it\'s a "take" $2 (live) ☔.flac'])
def test_make_run_hands_the_song_on_as_typed(tmp_path: Path, song: str) -> None:
    checkout = tmp_path / "a checkout"
    (checkout / "packaging").mkdir(parents=True)
    (checkout / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", checkout)
    (checkout / "packaging" / "set_up.py").touch()
    python = checkout / ".venv" / "bin" / "python"
    python.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    python.chmod(0o755)
    shown = subprocess.run(
        ["make", "--no-print-directory", "run", f"SONG={song}", f"PYTHON={sys.executable}"],
        cwd=checkout,
        env={name: value for name, value in os.environ.items() if name != "MAKEFLAGS"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.splitlines() == ["-m", "app", song]


@pytest.mark.parametrize("name", ["run.txt", "test.txt", "build.txt"])
class TestLockFile:
    def test_brings_neither_torch_nor_cuda(self, name: str) -> None:
        text = (REQUIREMENTS / name).read_text()
        assert re.findall(r"^(?:torch|nvidia|cuda|triton)\S*", text, re.MULTILINE) == []

    def test_pins_every_package_with_its_hashes(self, name: str) -> None:
        text = (REQUIREMENTS / name).read_text()
        pins = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
        assert pins
        for pin in pins:
            assert "==" in pin.splitlines()[0]
            assert "--hash=sha256:" in pin

    def test_names_no_host(self, name: str) -> None:
        assert "://" not in (REQUIREMENTS / name).read_text()


@pytest.mark.parametrize("other", ["test.txt", "build.txt"])
def test_the_lock_files_pin_the_same_versions(other: str) -> None:
    run, more = (
        set(re.findall(r"^[a-z]\S*==\S+", (REQUIREMENTS / name).read_text(), re.MULTILINE))
        for name in ("run.txt", other)
    )
    assert run <= more
