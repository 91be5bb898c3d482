"""Lets the frozen program find PortAudio, which is asked for by name, among its own libraries."""

import ctypes.util
import sys
from pathlib import Path

_find_elsewhere = ctypes.util.find_library


def find_library(name: str) -> str | None:
    """The path of a library in the program's folder, else what the system has."""
    own = sorted(Path(sys._MEIPASS).glob(f"lib{name}.so*"))  # type: ignore[attr-defined]
    return str(own[0]) if own else _find_elsewhere(name)


ctypes.util.find_library = find_library
