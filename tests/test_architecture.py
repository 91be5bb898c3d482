"""What may import what."""

import pkgutil
import subprocess
import sys
from pathlib import Path

import shiboken6
from PySide6.QtCore import qVersion

import app
import core

ROOT = Path(__file__).parent.parent
# All else in core is numpy alone, so that the first picture does not wait for torch.
TORCH_PREFIXES = tuple(
    f"core.{name}."
    for name in (
        "again",
        "card",
        "cascaded_files",
        "checkpoint",
        "devices",
        "estimator",
        "models",
        "parallel",
        "pickled_weights",
        "precision",
        "separation",
        "separator",
        "shortage",
        "stft",
        "strength",
        "stretches",
        "training",
        "weights_child",
    )
)


def modules_of(package: object) -> list[str]:
    """The dotted names of a package and of all that lies in it."""
    path, name = package.__path__, package.__name__  # type: ignore[attr-defined]
    found = pkgutil.walk_packages(path, prefix=f"{name}.")
    return [name, *(module.name for module in found)]


def run_python(program: str) -> None:
    """Run a fresh Python; its traceback is the failure's text."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr


def test_every_core_module_imports_where_there_is_no_gui_and_no_sound() -> None:
    program = f"""
import importlib, sys
for absent in ("PySide6", "shiboken6", "pyqtgraph", "sounddevice"):
    sys.modules[absent] = None
for name in {modules_of(core)!r}:
    importlib.import_module(name)
    assert "app" not in sys.modules, f"{{name}} imports app"
"""
    run_python(program)


def import_without_torch(names: list[str]) -> None:
    """Import modules in one fresh process and fail at the first that loads torch."""
    run_python(f"""
import importlib, sys
for name in {names!r}:
    importlib.import_module(name)
    assert "torch" not in sys.modules, f"{{name}} loads torch"
""")


def test_what_the_first_picture_needs_does_not_load_torch() -> None:
    names = modules_of(core)
    numpy_only = [name for name in names if not f"{name}.".startswith(TORCH_PREFIXES)]
    assert "core.spectrogram" in numpy_only
    import_without_torch(numpy_only)


def test_importing_the_program_does_not_load_torch() -> None:
    import_without_torch([name for name in modules_of(app) if name != "app.__main__"])


def test_qt_is_older_than_the_release_that_drops_references() -> None:
    version = tuple(int(part) for part in qVersion().split(".")[:2])
    assert (6, 8) <= version < (6, 12)
    assert tuple(shiboken6.__version_info__[:2]) == version


def test_packaging_is_no_package_and_cannot_shadow_the_one_on_pypi() -> None:
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_the_first_picture_does_not_wait_for_ffmpeg() -> None:
    run_python("import sys, app.cli, app.gui; assert 'av' not in sys.modules")
