"""Under which licences the libraries stand that the program is made of, with their texts.

A checkout or an installed wheel asks the installed packages. A frozen program has none left to
ask, so its build writes the same notices into `resources/third-party.json`.
"""

from __future__ import annotations

import json
import re
import sysconfig
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    distribution,
    packages_distributions,
)
from pathlib import Path

from app.ffmpeg_libraries import told
from app.portaudio import load_sounddevice
from core.resources import resource_path

PROGRAM = "vocal-remover"
_LICENCE_FILE = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_CODE = {".py", ".pyc", ".pyi", ".h", ".so", ".json"}
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True)
class Notice:
    """One library, its licence in short, and the texts that must go with it."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class _Inside:
    """A library that a Python package brings along in binary form, and that has its own licence."""

    name: str
    package: str
    version: Callable[[], str]
    licence: str
    standard_texts: tuple[str, ...]


def notices() -> list[Notice]:
    """Everything this program is made of beside itself, by name."""
    saved = resource_path("third-party.json")
    if saved.exists():
        read = json.loads(saved.read_text(encoding="utf-8"))
        return [Notice(**{**each, "texts": tuple(each["texts"])}) for each in read]
    return collect(_required(_direct()))


def save_notices(path: Path, modules: set[str], more: Iterable[Notice] = ()) -> None:
    """Write the notices of the packages that bring these top-level modules, and `more`, as JSON."""
    owners = packages_distributions()
    names = {name for module in modules for name in owners.get(module, ())} - {PROGRAM}
    found = sorted([*collect(names), *more], key=lambda notice: notice.name.lower())
    text = json.dumps([asdict(notice) for notice in found], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def collect(packages: Iterable[str]) -> list[Notice]:
    """The notices of installed packages, of the libraries inside them and of Python, by name."""
    names = set(packages)
    found = [_notice(each) for each in map(distribution, names) if _holds_anything(each)]
    for inside in _INSIDE:
        if inside.package in names:
            texts = [_standard_text(name) for name in inside.standard_texts]
            if inside.package == "av":
                texts.insert(0, told(distribution("av")))
            found.append(Notice(inside.name, inside.version(), inside.licence, tuple(texts)))
    found.append(_python())
    return sorted(found, key=lambda notice: notice.name.lower())


def _direct() -> list[str]:
    """The requirements that the program itself names."""
    try:
        return distribution(PROGRAM).requires or []
    except PackageNotFoundError:  # a checkout that is run without being installed
        project = tomllib.loads(resource_path("../pyproject.toml").read_text(encoding="utf-8"))
        return list(project["project"]["dependencies"])


def _required(requirements: list[str]) -> set[str]:
    """The installed packages that these lead to; extras are left out."""
    found: set[str] = set()
    waiting = list(requirements)
    while waiting:
        line = waiting.pop()
        name = re.match(r"[A-Za-z0-9._-]+", line)
        if name is None or "extra ==" in line:
            continue
        try:
            package = distribution(name[0])
        except PackageNotFoundError:  # of another platform
            continue
        if package.name not in found:
            found.add(package.name)
            waiting.extend(package.requires or [])
    return found


def _notice(package: Distribution) -> Notice:
    facts = package.metadata
    expressions = facts.get_all("License-Expression") or facts.get_all("License") or [""]
    classifiers = facts.get_all("Classifier") or []
    licence = expressions[0].partition("\n")[0] or " and ".join(
        line.removeprefix(_CLASSIFIER) for line in classifiers if line.startswith(_CLASSIFIER)
    )
    texts = []
    for file in package.files or ():
        path = Path(str(file.locate()))
        if _LICENCE_FILE.search(file.as_posix()) and path.suffix not in _CODE and path.is_file():
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
    if "LGPL-3.0" in licence and not texts:
        texts = [_standard_text("LGPL-3.0"), _standard_text("GPL-3.0")]
    return Notice(package.name, package.version, licence, tuple(dict.fromkeys(texts)))


def _holds_anything(package: Distribution) -> bool:
    """Whether it is more than a name that only asks for others, as cuda-toolkit is."""
    return any(".dist-info/" not in file.as_posix() for file in package.files or ())


def _standard_text(name: str) -> str:
    return resource_path(f"licences/{name}.txt").read_text(encoding="utf-8")


def _python() -> Notice:
    import platform

    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    texts = (text.read_text(encoding="utf-8"),) if text.exists() else ()
    return Notice("Python", platform.python_version(), "PSF-2.0", texts)


def _qt() -> str:
    from PySide6.QtCore import qVersion

    return qVersion()


def _ffmpeg() -> str:
    from av import ffmpeg_version_info

    return str(ffmpeg_version_info)


def _sndfile() -> str:
    import soundfile

    return str(soundfile.__libsndfile_version__)


def _portaudio() -> str:
    try:
        sounddevice = load_sounddevice()
    except OSError:  # PortAudio itself is not there
        return ""
    return str(sounddevice.get_portaudio_version()[1].partition(",")[0].removeprefix("PortAudio "))


_INSIDE = (
    _Inside("Qt", "PySide6_Essentials", _qt, "LGPL-3.0-only", ("LGPL-3.0", "GPL-3.0")),
    _Inside(
        # By its own account; the encoders inside it are under the GPL 2 or later.
        "FFmpeg, with x264 and x265",
        "av",
        _ffmpeg,
        "LGPL-3.0-or-later AND GPL-2.0-or-later",
        ("LGPL-3.0", "GPL-3.0", "LGPL-2.1", "permissive"),
    ),
    _Inside("libsndfile", "soundfile", _sndfile, "LGPL-2.1-or-later", ("LGPL-2.1",)),
    _Inside("PortAudio", "sounddevice", _portaudio, "MIT", ("PortAudio",)),
)
