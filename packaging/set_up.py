"""Set-up of this checkout: system libraries, `.venv` and the pinned dependencies, done once.

Run as `python3 packaging/set_up.py run` (what the program needs), `... test` (and the checks) or
`... build` (what the packages are made of and by, in `build/venv` so that nothing else gets in).
It runs on a bare Python, so it imports nothing beyond the standard library.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements"
VENV = ROOT / ".venv"
BUILD_VENV = ROOT / "build" / "venv"
KINDS = ("run", "test", "build")
OLDEST, NEWEST = (3, 11), (3, 13)
TORCH_INDEX = "https://download.pytorch.org/whl"
# What torch.txt's release is built for, beside what the package index itself offers.
CUDA_BUILD, ROCM_BUILD, CPU_BUILD = "cu130", "rocm7.2", "cpu"

QT_LIBRARIES = (
    "libegl1",
    "libgl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
)
WINDOW_LIBRARIES = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
)
SOUND_LIBRARIES = ("libportaudio2",)
# museval, by which checkpoints are measured, does not import without it.
TEST_TOOLS = ("ffmpeg",)


class SetUpError(Exception):
    """Set-up cannot go on; its message tells the user what to do."""


def say(sentence: str) -> None:
    """Tell the user what happens; stdout is left to the program that follows."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def suits(version: tuple[int, int]) -> bool:
    return OLDEST <= version <= NEWEST


def other_python() -> str | None:
    """The newest suitable Python on the PATH beside the one that runs this."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # A version manager's shim may stand for a Python that is not there.
        if found and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0:
            return found
    return None


def go_on_with_a_suitable_python() -> None:
    """Return if this Python suits; else run this script again with one that does.

    Raises:
        SetUpError: there is none.
    """
    here = sys.version_info[:2]
    if suits(here):
        return
    found = other_python()
    if found is None:
        raise SetUpError(
            f"Python {here[0]}.{here[1]} was found, and 3.11, 3.12 or 3.13 is needed. Install one, "
            "or name it: make run PYTHON=/path/to/python3.13"
        )
    raise SystemExit(subprocess.run([found, *sys.argv]).returncode)


def is_installed(package: str) -> bool:
    """Whether Debian's package is there, under its own name or that of the 64-bit time change."""
    wanted = [package, package + "t64"]
    shown = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${db:Status-Status}\n", *wanted],
        capture_output=True,
        text=True,
    )
    return "installed" in shown.stdout.split()


def missing_packages(kind: str) -> list[str]:
    """The Debian packages still to be installed for one of KINDS; none without apt."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        return []
    wanted = [*QT_LIBRARIES, *WINDOW_LIBRARIES, *SOUND_LIBRARIES]
    if kind == "test":
        wanted.extend(TEST_TOOLS)
    missing = [package for package in wanted if not is_installed(package)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info[1]}-venv")
    return missing


def install_system_packages(kind: str) -> None:
    """Install what is missing with apt, or say what to install and go on."""
    missing = missing_packages(kind)
    if not missing:
        return
    as_root = root_prefix()
    if as_root is None:
        say("Some system packages are missing, and this needs root or sudo. Please run:")
        say("    sudo apt-get install " + " ".join(missing))
        return
    say("Installing system packages: " + " ".join(missing))
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_MODE=l"]
    # A fresh machine may be busy with its own upgrades.
    apt = [*as_root, *quiet, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    output = ""
    # An update that fails for some other source need not keep these from being installed.
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
        done = subprocess.run(
            [*apt, *step],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        output += done.stdout
    if done.returncode:
        say(output)
        say("That failed; set-up goes on. Please run: apt-get install " + " ".join(missing))


def root_prefix() -> list[str] | None:
    """How to run a command as root, or None where that is not possible without asking."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None


def venv_python(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_key(kind: str) -> str:
    """A digest of all that decides what `.venv` holds."""
    digest = hashlib.sha256()
    for text in (sys.version, sys.executable, str(ROOT), torch_build(kind)):
        digest.update(text.encode())
    for path in [
        REQUIREMENTS / f"{kind}.txt",
        REQUIREMENTS / "torch.txt",
        ROOT / "pyproject.toml",
        Path(__file__),
    ]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_venv(venv: Path) -> None:
    """Make the virtual environment anew unless it is this very Python's."""
    try:
        asked = [str(venv_python(venv)), "-c", "import sys, pip; print(sys.version)"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        if answer == sys.version.strip():
            return
    except (OSError, subprocess.CalledProcessError):
        pass
    say(f"Making {venv.relative_to(ROOT)} with Python {platform.python_version()}.")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", venv])
    if made.returncode:
        raise SetUpError(
            "Python's venv package is missing: apt-get install python3-venv"
            if shutil.which("apt-get")
            else "Python could not make a virtual environment; its own message is above."
        )


def pip(venv: Path, *arguments: str | Path, quiet: bool = False) -> bool:
    """Run the virtual environment's pip, on wheels alone, and tell whether it succeeded."""
    fixed = ["--disable-pip-version-check", "--no-input", "install", "--only-binary", ":all:"]
    if not sys.stderr.isatty():
        fixed.append("--quiet")
    command = [str(venv_python(venv)), "-m", "pip", *fixed, *map(str, arguments)]
    return subprocess.run(command, capture_output=quiet).returncode == 0


def torch_build(kind: str) -> str:
    """The build of torch that suits this machine, or "" for what the package index has.

    There it brings CUDA on Linux, gigabytes that only an NVIDIA card can use, the Apple GPU on
    macOS, and the CPU alone on Windows. What is built here for others must run everywhere.
    """
    if sys.platform == "win32":
        system = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "System32"
        return CUDA_BUILD if kind != "build" and (system / "nvcuda.dll").exists() else ""
    if sys.platform != "linux":
        return ""
    # The second is where Windows shows its driver to Linux programs, the last is AMD's.
    nvidia = (Path("/proc/driver/nvidia/version"), Path("/usr/lib/wsl/lib/libcuda.so.1"))
    if kind != "build" and any(driver.exists() for driver in nvidia):
        return ""
    return ROCM_BUILD if kind != "build" and Path("/dev/kfd").exists() else CPU_BUILD


def install_torch(venv: Path, build: str) -> None:
    """Install the pinned torch in a build that `torch_build` named.

    Raises:
        SetUpError: it cannot be downloaded.
    """
    pin = (REQUIREMENTS / "torch.txt").read_text().strip()
    if not build:
        if not pip(venv, pin):
            raise SetUpError(f"pip could not install {pin}; its own message is above.")
        return
    # pip's own configuration first: an offline or mirrored machine knows better than we do.
    wanted, index = f"{pin}+{build}", f"{TORCH_INDEX}/{build}"
    if pip(venv, "--no-deps", wanted, quiet=True):
        return
    say(f"Fetching torch's {build} build from {index}")
    if not pip(venv, "--no-deps", "--index-url", index, wanted):
        raise SetUpError(
            f"This build of torch ({wanted}) could not be downloaded from {index}. Check the "
            "network, or put its wheel into a folder that pip is told of (PIP_FIND_LINKS)."
        )


def install_python_packages(kind: str) -> None:
    """Fill the virtual environment for one of KINDS, unless a stamp says that it is.

    Raises:
        SetUpError: something cannot be installed.
    """
    key = stamp_key(kind)
    venv = BUILD_VENV if kind == "build" else VENV
    stamp = venv / f"ready-to-{kind}"
    if stamp.is_file() and stamp.read_text() == key and venv_python(venv).exists():
        return
    make_venv(venv)
    say("Installing the pinned dependencies; this takes a few minutes, once.")
    lock = REQUIREMENTS / f"{kind}.txt"
    if not pip(venv, "--no-deps", "--require-hashes", "--requirement", lock):
        raise SetUpError("pip could not install the dependencies; its own message is above.")
    install_torch(venv, torch_build(kind))
    if not pip(venv, "--no-deps", "--no-build-isolation", "--quiet", "--editable", ROOT):
        raise SetUpError("pip could not install the program itself; its own message is above.")
    stamp.write_text(key)


def main() -> int:
    """Set up for sys.argv[1], one of KINDS; returns the exit status."""
    if len(sys.argv) != 2 or sys.argv[1] not in KINDS:
        say(f"usage: {shlex.quote(sys.argv[0])} {'|'.join(KINDS)}")
        return 2
    kind = sys.argv[1]
    try:
        go_on_with_a_suitable_python()
        install_system_packages(kind)
        install_python_packages(kind)
    except SetUpError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
