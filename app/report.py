"""All that a maintainer needs to know of an installation and of what just happened, as one text."""

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from app.doctor import report as doctor_report
from app.logs import log_path, log_text
from app.portaudio import load_sounddevice
from app.privacy import without_folders
from core.cache import default_folder
from core.scratch import scratch_folder

_LONGEST_LOG = 30_000  # characters
# What the networks' arithmetic is compiled for, of the many flags that a processor has.
_TOLD_FLAGS = (
    *("sse4_2", "avx", "avx2", "fma", "f16c", "avx512f", "avx512_bf16", "amx_bf16", "avx_vnni"),
    *("asimd", "sve", "bf16", "i8mm"),
)
_VARIABLES = ("OMP_NUM_THREADS", "LANG", "LC_ALL", "CUDA_VISIBLE_DEVICES", "VOCAL_REMOVER_CACHE")


def full_report() -> str:
    """Gather everything; takes seconds where torch is not loaded yet, and never raises.

    Folders are left out of all paths: only the names of files remain.
    """
    lines = list(doctor_report())
    sections: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("Processor", _processor),
        ("Memory and disk", _memory),
        ("Sound devices", _sound_devices),
        ("Environment", _environment),
        ("Settings", _settings),
    )
    for title, section in sections:
        lines.append(title)
        lines += [f"  {line}" for line in section()]
    lines.append("Log")
    lines += [f"  {line}" for line in log_text(log_path(), longest=_LONGEST_LOG).splitlines()]
    return without_folders("\n".join(lines)) + "\n"


def _processor() -> Iterator[str]:
    model, flags = platform.processor() or platform.machine(), ""
    try:
        if sys.platform == "darwin":
            asked = ["sysctl", "-n", "machdep.cpu.brand_string"]
            model = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        else:
            told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
            facts = dict(_fact(line) for line in reversed(told.splitlines()) if ":" in line)
            model = facts.get("model name", model)
            flags = facts.get("flags", facts.get("Features", ""))
    except OSError:
        pass  # Windows, where `platform` tells it
    yield f"{model.strip()}, {platform.machine()}, {os.cpu_count()} logical cores"
    if flags:
        yield "has " + " ".join(flag for flag in _TOLD_FLAGS if flag in flags.split())
    if torch := sys.modules.get("torch"):
        yield f"torch computes with {torch.backends.cpu.get_cpu_capability()}"


def _fact(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()


def _memory() -> Iterator[str]:
    total, free = _memory_bytes()
    if total:
        part = f", {free / 2**30:.1f} GiB of it free" if free else ""
        yield f"{total / 2**30:.1f} GiB of memory{part}"
    for what, folder in (
        ("kept separations", default_folder()),
        ("temporary files", scratch_folder()),
        ("home", Path.home()),
    ):
        try:
            existing = next(place for place in (folder, *folder.parents) if place.is_dir())
            usage = shutil.disk_usage(existing)
        except (OSError, StopIteration) as error:
            yield f"{what}: {error}"
        else:
            yield f"{what}: {usage.free / 1e9:.1f} of {usage.total / 1e9:.1f} GB are free"


def _memory_bytes() -> tuple[int, int]:
    """Memory of the machine, and what of it is free; 0 where the system does not tell."""
    if sys.platform == "win32":
        status = (ctypes.c_ulonglong * 8)(ctypes.sizeof(ctypes.c_ulonglong * 8))
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return 0, 0
        return status[1], status[2]
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        facts = dict(_fact(line) for line in told)
        return tuple(1024 * int(facts[name].split()[0]) for name in ("MemTotal", "MemAvailable"))  # type: ignore[return-value]
    except (OSError, LookupError, ValueError):
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"), 0
    except (OSError, ValueError):
        return 0, 0


def _sound_devices() -> Iterator[str]:
    try:
        sounddevice = load_sounddevice()
        found = False
        for device in sounddevice.query_devices():
            if device["max_output_channels"]:
                found = True
                rate = device["default_samplerate"]
                yield f"{device['name']}: {device['max_output_channels']} channels, {rate:.0f} Hz"
        if not found:
            yield "none"
    except (ImportError, OSError) as error:  # an OSError where PortAudio itself is missing
        yield f"PortAudio cannot be loaded: {error}"
    except sounddevice.PortAudioError as error:
        yield f"PortAudio does not answer: {error}"


def _environment() -> Iterator[str]:
    for name in _VARIABLES:
        if name in os.environ:
            yield f"{name}='{os.environ[name]}'"
    yield f"file names in {sys.getfilesystemencoding()}"


def _settings() -> Iterator[str]:
    if importlib.util.find_spec("PySide6") is None:
        yield "PySide6 is not installed, so there are none"
        return
    from PySide6.QtCore import QSettings

    store = QSettings("vocal-remover", "vocal-remover")
    for key in sorted(store.allKeys()):
        value = store.value(key)
        plain = isinstance(value, str | int | float)
        yield f"{key} = '{value}'" if plain else f"{key} is set"
