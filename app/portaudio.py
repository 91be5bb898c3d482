"""PortAudio, but not where starting it would end the program."""

import ctypes
import sys
from types import ModuleType


def load_sounddevice() -> ModuleType:
    """Import sounddevice, which starts PortAudio.

    Raises:
        ImportError: the package is not installed.
        OSError: PortAudio is not installed, or ALSA's configuration names no device at all, at
            which PortAudio's start ends the process by a failed assertion.
    """
    if sys.platform == "linux" and "sounddevice" not in sys.modules and not _alsa_has_devices():
        raise OSError("ALSA's configuration names no device")
    import sounddevice

    return sounddevice


def _alsa_has_devices() -> bool:
    """Whether ALSA's configuration defines sound devices; True where there is no ALSA."""
    try:
        alsa = ctypes.CDLL("libasound.so.2")
        alsa.snd_config_update()
        root = ctypes.c_void_p.in_dll(alsa, "snd_config")
        found = ctypes.c_void_p()
        return alsa.snd_config_search(root, b"pcm", ctypes.byref(found)) >= 0
    except (OSError, AttributeError, ValueError):
        return True
