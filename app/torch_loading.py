"""Loads torch in a thread while the window goes on: no other thread waits more than some ms."""

import ctypes
import gc
import importlib.util
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.putting_off import putting_off

SWITCH_SECONDS = 0.0005
"""How long Python lets this thread run while another waits; usually ten times as long."""

_COMPILERS = "torch._meta_registrations"
# How shapes follow from shapes, for torch's compilers: a quarter of the import, and nothing that
# separates asks for it. Who compiles in such a process would have to import it first.

_lock = threading.Lock()


def load_torch() -> None:
    """Import torch and all that separates; returns once that is done, by whichever thread.

    A plain import holds the interpreter up to half a second at a time, in which the window stands
    still: while the system loads torch's libraries, some hundred megabytes, and whenever the
    garbage collector looks through the hundred thousands of objects that the import makes.

    Raises:
        ImportError: torch is not there, or does not fit.
        OSError: one of its libraries cannot be loaded.
    """
    with _lock:
        if "core.separation" in sys.modules:
            return
        _load_libraries()
        with _considerate(), putting_off(_COMPILERS):
            import core.separation  # noqa: F401  (it brings torch)


def load_libraries_ahead() -> None:
    """Let the system begin with torch's libraries, in a thread, before `load_torch` is called.

    Nothing is told here where they cannot be loaded: the import tells it.
    """
    with suppress(RuntimeError):  # no room for a thread
        threading.Thread(target=_load_libraries, name="libraries", daemon=True).start()


def _load_libraries() -> None:
    """Let the system load torch's libraries while other threads run Python.

    `import` calls the system's loader with the interpreter held; a foreign function runs without
    it. What fails here fails again in the import, and is told there. On Windows torch itself
    loads them so.
    """
    if os.name != "posix":
        return
    spec = importlib.util.find_spec("torch")
    if spec is None or not spec.submodule_search_locations:
        return
    folder = Path(spec.submodule_search_locations[0]) / "lib"
    suffix = "dylib" if sys.platform == "darwin" else "so"
    load = ctypes.CDLL(None).dlopen
    load.restype, load.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_int]
    # As torch does: the first with its names for all, since the others look for them. The one
    # that speaks Python is left to the import: it must not start without the interpreter.
    load(os.fsencode(folder / f"libtorch_global_deps.{suffix}"), os.RTLD_NOW | os.RTLD_GLOBAL)
    load(os.fsencode(folder / f"libtorch.{suffix}"), os.RTLD_NOW)


@contextmanager
def _considerate() -> Iterator[None]:
    """Give other threads their turn quickly, and look for garbage only afterwards."""
    interval, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.disable()
    try:
        yield
        # These objects live for good; to look through them holds up every thread.
        gc.freeze()
    finally:
        sys.setswitchinterval(interval)
        if collects:
            gc.enable()
