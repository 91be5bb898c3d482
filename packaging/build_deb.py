"""Makes a Debian package of the frozen program, in dist/: with desktop file, icons and man page."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from build_wheel import git
from icons import make_icons
from man_page import man_page

ROOT = Path(__file__).resolve().parent.parent
NAME = "vocal-remover"
LINUX = ROOT / "packaging" / "linux"
# Which package brings a library that the frozen program leaves to the system.
PACKAGES = {
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libmvec.so.1": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libasound.so.2": "libasound2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
}
CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: The Vocal Remover contributors <noreply@localhost>
Installed-Size: {kilobytes}
Depends: {depends}
Section: sound
Priority: optional
Description: hear a song without its voice, and save the stems
 Drop a song on the window and hear it without the voice: the program separates
 it into instrumental and vocals while you listen, shows the spectrograms before
 and after, and saves stems that are as long as the original and sum back to it.
 .
 Everything is computed on this computer. Python, Qt and torch (for the CPU) are
 inside the package.
"""


def lay_out(tree: Path, frozen: Path, version: str) -> None:
    """Put the frozen folder and what the desktop wants below `tree`, as they will be installed."""
    library = tree / "usr" / "lib" / NAME
    shutil.copytree(frozen, library, symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = tree / "usr" / "share"
    _copy(LINUX / f"{NAME}.desktop", share / "applications")
    (metainfo,) = LINUX.glob("*.metainfo.xml")
    _copy(metainfo, share / "metainfo")
    hicolor = share / "icons" / "hicolor"
    for size, path in make_icons(ROOT / "build" / "icons").png.items():
        _copy(path, hicolor / f"{size}x{size}" / "apps", f"{NAME}.png")
    source = ROOT / "resources" / "icons" / f"{NAME}.svg"
    _copy(source, hicolor / "scalable" / "apps")
    _copy(ROOT / "LICENSE", share / "doc" / NAME, "copyright")
    pages = {share / "man" / "man1" / f"{NAME}.1.gz": man_page(version)}
    pages[share / "doc" / NAME / "changelog.gz"] = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode(), mtime=0))


def depends(tree: Path) -> str:
    """What the package needs of the system, by what its libraries are linked against.

    Raises:
        KeyError: they need a library that PACKAGES does not know.
    """
    needed: set[str] = set()
    brought: set[str] = set()
    glibc = (2, 0)
    for path in tree.rglob("*"):
        if path.is_symlink() or not path.is_file() or path.open("rb").read(4) != b"\x7fELF":
            brought.update([path.name] if path.is_symlink() else [])
            continue
        brought.add(path.name)
        told = subprocess.run(["objdump", "-p", path], capture_output=True, text=True).stdout
        needed.update(re.findall(r"NEEDED\s+(\S+)", told))
        brought.update(re.findall(r"SONAME\s+(\S+)", told))
        versions = re.findall(r"GLIBC_(\d+)\.(\d+)", told)
        glibc = max([glibc, *((int(major), int(minor)) for major, minor in versions)])
    packages = {PACKAGES[library] for library in needed - brought}
    packages.discard("libc6")
    return ", ".join([f"libc6 (>= {glibc[0]}.{glibc[1]})", *sorted(packages)])


def build_deb(frozen: Path, folder: Path) -> Path:
    """Make the package of the folder that PyInstaller made; returns its path in `folder`."""
    number = metadata.version(NAME)
    architecture = _told("dpkg", "--print-architecture")
    tree = ROOT / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(tree, frozen, number)
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*")) // 1024
    control = CONTROL.format(
        name=NAME,
        version=number,
        architecture=architecture,
        kilobytes=kilobytes,
        depends=depends(tree),
    )
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    target = folder / f"{NAME}_{number}_{architecture}.deb"
    date = git("log", "-1", "--format=%ct").decode().strip()
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", tree, target],
        env={**os.environ, "SOURCE_DATE_EPOCH": date},
        check=True,
    )
    shutil.rmtree(tree)
    return target


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.stdout.write(f"{build_deb(ROOT / 'dist' / NAME, ROOT / 'dist')}\n")
