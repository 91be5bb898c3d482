"""The licences of the libraries that the frozen program takes from the Debian it is built on."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from app.licences import Notice

_SYSTEM = ("/lib/", "/usr/lib/")
_LICENCE = re.compile(r"^License:\s*(\S.*?)\s*$", re.MULTILINE)


def owners(paths: Iterable[str]) -> list[str]:
    """The Debian packages that files of the system come from, sorted, each once."""
    files = {str(Path(path).resolve()) for path in paths if path.startswith(_SYSTEM)}
    # A package may know its library by the name that its folder had before /lib became a link.
    files |= {path.removeprefix("/usr") for path in files}
    if not files or not shutil.which("dpkg-query"):
        return []
    told = subprocess.run(
        ["dpkg-query", "--search", *sorted(files)], capture_output=True, text=True
    )
    return sorted({line.split(":")[0] for line in told.stdout.splitlines()})


def main_licence(text: str) -> str:
    """The licence that a copyright file in Debian's machine-readable form names first."""
    named = _LICENCE.search(text)
    return named[1] if named else "in its text"


def system_notices(paths: Iterable[str]) -> list[Notice]:
    """One notice for each Debian package that brings one of these files, by name.

    Raises:
        OSError: a package is without its copyright file, as no package of Debian may be.
    """
    found = []
    for package in owners(paths):
        shown = ["dpkg-query", "--show", "--showformat", "${Version}\n", package]
        versions = subprocess.run(shown, check=True, capture_output=True, text=True).stdout
        text = Path(f"/usr/share/doc/{package}/copyright").read_text(encoding="utf-8")
        found.append(Notice(package, versions.splitlines()[0], main_licence(text), (text,)))
    return found
