"""A system without any sound device in ALSA's configuration does not end the program."""

import ctypes.util
import subprocess
import sys

import pytest

LOAD = """
from app.portaudio import load_sounddevice
try:
    load_sounddevice()
    print("loaded")
except (ImportError, OSError) as error:
    print("refused:", error)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA is Linux's")
@pytest.mark.skipif(not ctypes.util.find_library("asound"), reason="ALSA is not installed")
@pytest.mark.parametrize("configuration", ["/dev/null", "/nowhere/alsa.conf"])
def test_an_empty_alsa_configuration_is_a_sentence_and_no_abort(configuration: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        env={"ALSA_CONFIG_PATH": configuration, "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "refused: ALSA's configuration names no device"
