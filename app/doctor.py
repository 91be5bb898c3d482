"""What support needs to know about an installation, as lines of text."""

import importlib.util
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

from app.portaudio import load_sounddevice
from core.errors import VocalRemoverError

_PACKAGES = (
    *("torch", "numpy", "soundfile", "av", "soxr", "mutagen", "safetensors", "Pillow"),
    *("PySide6-Essentials", "sounddevice"),
)
# Asked in a process of its own, since Qt ends the process where it cannot reach a display.
_ASK_QT = """
import sys
from PySide6.QtGui import QGuiApplication
print(QGuiApplication(sys.argv).platformName())
"""
_QT_TIMEOUT = 20  # seconds


def report() -> Iterator[str]:
    """Look at everything the program needs; what is missing is said, not raised.

    Yields:
        Lines, each as soon as it is known.
    """
    sections: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("Versions", _versions),
        ("Devices", _devices),
        ("Codecs", _codecs),
        ("Audio output", _audio_output),
        ("Checkpoint", _checkpoint),
        ("Window", _window),
    )
    for title, section in sections:
        yield title
        for line in section():
            yield f"  {line}"


def _versions() -> Iterator[str]:
    yield f"vocal-remover {_version('vocal-remover')}"
    yield f"Python {platform.python_version()} on {platform.platform()}"
    for package in _PACKAGES:
        yield f"{package} {_version(package)}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "is not installed"


def _devices() -> Iterator[str]:
    try:
        import torch

        from core.devices import available_devices, choose_device
    except (ImportError, OSError) as error:
        yield f"torch cannot be loaded: {error}"
        return
    try:
        yield from available_devices()
        yield choose_device("auto").reason
    except (VocalRemoverError, RuntimeError) as error:
        yield f"No device can be chosen: {error}"
    yield f"Threads: {torch.get_num_threads()} of {os.cpu_count()} cores"


def _codecs() -> Iterator[str]:
    try:
        import soundfile

        yield f"libsndfile {soundfile.__libsndfile_version__}: " + ", ".join(
            sorted(soundfile.available_formats())
        )
    except (ImportError, OSError) as error:
        yield f"libsndfile cannot be loaded: {error}"
    try:
        import av

        libraries = (f"{name} {_dotted(number)}" for name, number in av.library_versions.items())
        yield f"FFmpeg: {', '.join(libraries)}"
        wanted = ("aac", "alac", "flac", "mp3", "opus", "vorbis", "wmav2", "ac3", "ape", "wavpack")
        missing = [name for name in wanted if name not in av.codecs_available]
        yield f"FFmpeg lacks {', '.join(missing)}" if missing else "FFmpeg has all that is needed"
    except (ImportError, OSError) as error:
        yield f"FFmpeg cannot be loaded: {error}"


def _dotted(number: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in number)


def _audio_output() -> Iterator[str]:
    try:
        sounddevice = load_sounddevice()
    except (ImportError, OSError) as error:  # an OSError where PortAudio itself is missing
        yield f"Nothing can be played: {error}"
        return
    yield sounddevice.get_portaudio_version()[1]
    try:
        output = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:
        yield f"Nothing can be played: {error}"
        return
    yield (
        f"{output['name']}: {output['max_output_channels']} channels, "
        f"{output['default_samplerate']:.0f} Hz, "
        f"latency {1000 * output['default_low_output_latency']:.0f} to "
        f"{1000 * output['default_high_output_latency']:.0f} ms"
    )


def _checkpoint() -> Iterator[str]:
    from core.resources import default_checkpoint_path

    path = default_checkpoint_path()
    if not path.exists():
        yield f"There is no default checkpoint at {path}"
        return
    try:
        from core.checkpoint import load_checkpoint

        checkpoint = load_checkpoint(path)
    except (VocalRemoverError, ImportError, OSError) as error:
        yield f"The default checkpoint cannot be used: {error}"
        return
    yield f"{checkpoint.name}, {path.stat().st_size / 1e6:.1f} MB"
    yield f"sha256 {checkpoint.sha256}"
    for key, value in checkpoint.card.items():
        if key != "name":
            yield f"{key}: {value}"


def _window() -> Iterator[str]:
    settings = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
    if sys.platform.startswith("linux"):
        yield ", ".join(f"{name}={os.environ.get(name, '')}" for name in settings)
    if importlib.util.find_spec("PySide6") is None:
        yield "PySide6 is not installed; only the command line works"
    elif getattr(sys, "frozen", False):
        yield f"Qt {_version('PySide6-Essentials')}"
    else:
        yield _qt_platform()


def _qt_platform() -> str:
    try:
        asked = subprocess.run(
            [sys.executable, "-c", _ASK_QT],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_QT_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"Qt does not answer: {error}"
    if asked.returncode == 0:
        return f"Qt's platform is {asked.stdout.strip()}"
    said = [line for line in asked.stderr.splitlines() if line.strip()]
    return f"The window cannot open here: {said[0] if said else 'Qt ended without a word'}"
