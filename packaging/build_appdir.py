"""Lays out build/AppDir for an AppImage and for Flatpak, from the frozen program in dist/."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

from build_deb import NAME, lay_out

ROOT = Path(__file__).resolve().parent.parent


def build_appdir(tree: Path, frozen: Path) -> Path:
    """Put the program below `tree` as it would be below /, and at its top what AppImage wants."""
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(tree, frozen, metadata.version(NAME))
    share = tree / "usr" / "share"
    shutil.copyfile(share / "applications" / f"{NAME}.desktop", tree / f"{NAME}.desktop")
    icon = share / "icons" / "hicolor" / "256x256" / "apps" / f"{NAME}.png"
    shutil.copyfile(icon, tree / f"{NAME}.png")
    (tree / ".DirIcon").symlink_to(f"{NAME}.png")
    run = tree / "AppRun"
    run.write_text(f'#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/usr/bin/{NAME}" "$@"\n')
    run.chmod(0o755)
    return tree


if __name__ == "__main__":
    build_appdir(ROOT / "build" / "AppDir", ROOT / "dist" / NAME)
