"""Builds the wheel of the last commit into dist/, the same bytes each time.

The commit is laid out afresh, so that neither files left lying about, nor the modes that this
checkout's files or this user's new ones happen to have, nor today's date get into it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_WHEEL = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]


def git(*arguments: str) -> bytes:
    """What git answers about this checkout."""
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


def build_wheel(folder: Path, *, python: str = sys.executable, commit: str = "HEAD") -> Path:
    """Build the wheel of `commit` into `folder` with a Python that has pip and setuptools."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "source"
        source.mkdir(mode=0o755)
        with tarfile.open(fileobj=BytesIO(git("archive", "--format=tar", commit))) as archive:
            for member in archive:
                member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
                archive.extract(member, source, filter="fully_trusted")
        built = Path(name) / "wheel"
        date = git("log", "-1", "--format=%ct", commit).decode().strip()
        subprocess.run(
            [python, *_WHEEL, built, source],
            env={**os.environ, "SOURCE_DATE_EPOCH": date},
            check=True,
            stdout=subprocess.DEVNULL,
            umask=0o022,
        )
        (wheel,) = built.glob("*.whl")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / wheel.name
        target.write_bytes(wheel.read_bytes())
    return target


if __name__ == "__main__":
    print(build_wheel(ROOT / "dist"))
