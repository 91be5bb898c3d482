"""The doctor reports everything, and what is missing is said rather than raised."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import doctor
from tests.tiny import tiny_checkpoint

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = ["Versions", "Devices", "Codecs", "Audio output", "Checkpoint", "Window"]


def section(lines: list[str], title: str) -> str:
    start = lines.index(title) + 1
    end = next((n for n in range(start, len(lines)) if lines[n] in SECTIONS), len(lines))
    return "\n".join(lines[start:end])


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return list(doctor.report())


def test_every_section_says_something(lines: list[str]) -> None:
    assert [line for line in lines if not line.startswith(" ")] == SECTIONS
    assert all(section(lines, title) for title in SECTIONS)


def test_versions_devices_and_codecs_are_named(lines: list[str]) -> None:
    assert f"Python {sys.version_info.major}." in section(lines, "Versions")
    assert "torch " in section(lines, "Versions")
    assert "cpu" in section(lines, "Devices")
    assert "Using " in section(lines, "Devices")
    assert "libsndfile 1." in section(lines, "Codecs")
    assert "libavcodec" in section(lines, "Codecs")


def test_qt_is_asked_for_its_platform(lines: list[str]) -> None:
    assert "Qt's platform is offscreen" in section(lines, "Window")


def test_the_default_checkpoint_is_described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = tiny_checkpoint(tmp_path)
    monkeypatch.setattr("core.resources.default_checkpoint_path", lambda: checkpoint.path)
    said = section(list(doctor.report()), "Checkpoint")
    assert checkpoint.name in said
    assert f"sha256 {checkpoint.sha256}" in said


_WITHOUT = """
import importlib.metadata, os, sys
from pathlib import Path
for name in sys.argv[1:]:
    sys.modules[name] = None
import core.resources
core.resources.default_checkpoint_path = lambda: Path("/no/where.safetensors")
os.environ.update(QT_QPA_PLATFORM="xcb", DISPLAY=":987", WAYLAND_DISPLAY="")
from app.doctor import report
print("\\n".join(report()))
"""


def test_it_works_without_sound_display_checkpoint_or_torch() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", _WITHOUT, "sounddevice", "torch"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    said = outcome.stdout.splitlines()
    assert "torch cannot be loaded" in section(said, "Devices")
    assert "Nothing can be played" in section(said, "Audio output")
    assert "There is no default checkpoint" in section(said, "Checkpoint")
    if sys.platform.startswith("linux"):
        assert "The window cannot open here" in section(said, "Window")
