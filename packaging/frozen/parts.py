"""Which parts of Qt, torch and Python go into the frozen program; measured, see README.md."""

import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]  # where it goes, where it lies, what kind it is

# What the doctor names the versions of.
NAMED_DISTRIBUTIONS = (
    *("torch", "numpy", "soundfile", "av", "soxr", "mutagen", "safetensors", "Pillow"),
    *("PySide6-Essentials", "sounddevice"),
)
EXCLUDED_MODULES = [
    # torch's compilers, exporters and tests, and what only they import.
    *("torch._inductor", "torch._dynamo", "torch.onnx", "torch.utils.tensorboard"),
    *(
        f"torch.testing._internal.{name}"
        for name in (
            *("common_cuda", "common_device_type", "common_distributed"),
            *("common_methods_invocations", "common_utils", "distributed", "opinfo"),
        )
    ),
    *("sympy", "mpmath", "networkx", "jinja2", "triton"),
    # Pictures are only ever written, as PNG.
    *("PIL._avif", "PIL._imagingcms", "PIL._webp", "PIL.ImageCms", "PIL.ImageTk", "PIL.ImageQt"),
    # Training needs its own extra, which is no part of these packages.
    *("lightning_fabric", "tensorboard", "museval", "scipy"),
    # Of Python's own library, what nothing here uses and what drags in libraries of the system.
    *("curses", "dbm", "lib2to3", "nis", "ossaudiodev", "readline", "spwd", "sqlite3", "test"),
    # There is no network to speak to, nor a file elsewhere to read.
    *("ssl", "_ssl", "fsspec"),
    # Other tools of whoever builds.
    *("IPython", "matplotlib", "pandas", "tkinter", "setuptools", "pip", "pytest", "pkg_resources"),
]
# These must fit the system's own drivers, fonts and sound server, and every desktop has them.
LEFT_TO_THE_SYSTEM = {
    *("libstdc++.so.6", "libgcc_s.so.1", "libasound.so.2", "libdbus-1.so.3", "libexpat.so.1"),
    *("libfontconfig.so.1", "libfreetype.so.6", "libX11.so.6", "libX11-xcb.so.1", "libxcb.so.1"),
    "libmvec.so.1",  # a part of the C library, and of no other than the system's own
}
QT_LIBRARIES = {"Core", "DBus", "Gui", "Svg", "WaylandClient", "Widgets", "XcbQpa"}
QT_PLUGINS = {
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platformthemes": {"qxdgdesktopportal"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "wayland-shell-integration": {"xdg-shell"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg", "qjpeg"},
}
QT_LANGUAGES = {"de", "ja"}

# Symbols that nobody links against: a fifth of torch, three quarters of PyAV and of Python.
STRIPPED = (
    *("torch/lib/libtorch*.so", "av/**/*.so", "libpython*.so*", "python3.*/lib-dynload/*.so"),
    *("PIL/*.so", "numpy/**/*.so", "safetensors/*.so", "_soundfile_data/*.so"),
)

# Loaded by name at run time, so nothing that is linked leads to them.
_LOADED_BY_NAME = ("libportaudio", "libpython", "libsndfile")

_QT_LIBRARY = re.compile(r"(?:lib)?Qt6?(\w+?)(?:\.so\.6|\.abi3\.so|\.dll|\.dylib|\.pyd)?$")
_QT_TRANSLATION = re.compile(r"[a-z_]+?_([a-z]{2}(?:_[A-Z]+)?)\.qm$")


def keeps(entry: Entry) -> bool:
    """Whether a file that PyInstaller found is needed; what is not Qt's always is."""
    path = PurePath(entry[0].replace("\\", "/"))
    if "plugins" in path.parts and "PySide6" in path.parts:
        folder = path.parts[path.parts.index("plugins") + 1]
        name = path.name.split(".")[0]
        return name.removeprefix("lib") in QT_PLUGINS.get(folder, set())
    if "PySide6" in path.parts and "translations" in path.parts:
        found = _QT_TRANSLATION.fullmatch(path.name)
        return path.name.startswith("qtbase_") and bool(found and found[1] in QT_LANGUAGES)
    library = _QT_LIBRARY.fullmatch(path.name)
    if library and ("lib" in path.parts or "PySide6" in path.parts):
        return library[1] in QT_LIBRARIES
    return True


def linked_names(path: str) -> list[str]:
    """The names of the libraries that an ELF file is linked against, itself and no further."""
    told = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=False)
    return re.findall(r"NEEDED\s+(\S+)", told.stdout)


def reachable(
    entries: list[Entry], names_linked: Callable[[str], Iterable[str]] = linked_names
) -> list[Entry]:
    """Leave out shared libraries that nothing needs any more, and those left to the system.

    Args:
        entries: what PyInstaller wants to collect.
        names_linked: the names of the libraries that the file at a path is linked against.
    """
    usable = [
        entry
        for entry in entries
        if entry[2] != "SYMLINK" and PurePath(entry[0]).name not in LEFT_TO_THE_SYSTEM
    ]
    libraries: dict[str, list[Entry]] = {}  # wheels bring some under one name, each for itself
    for entry in usable:
        if not _is_root(entry):
            libraries.setdefault(PurePath(entry[0]).name, []).append(entry)
    waiting = [entry for entry in usable if _is_root(entry)]
    kept = {entry[0] for entry in waiting}
    while waiting:
        for name in names_linked(waiting.pop()[1]):
            found = libraries.pop(name, [])
            kept.update(entry[0] for entry in found)
            waiting.extend(found)
    return [entry for entry in entries if entry[2] == "SYMLINK" or entry[0] in kept]


def without_loose_links(links: list[Entry], *others: list[Entry]) -> list[Entry]:
    """Leave out of `links` those to files that are in none of the lists."""
    there = {target for entries in (links, *others) for target, _, _ in entries}
    return [
        (target, source, kind)
        for target, source, kind in links
        if kind != "SYMLINK" or str(PurePath(target).parent / source) in there
    ]


def _is_root(entry: Entry) -> bool:
    target, source, kind = entry
    path = PurePath(target)
    return (
        kind == "EXTENSION"
        or path.name.startswith(_LOADED_BY_NAME)
        or "plugins" in path.parts
        or not (
            source.startswith(("/usr/lib", "/lib"))
            or path.parent.name.endswith(".libs")
            or path.parent.parts[-2:] == ("Qt", "lib")
        )
    )
