"""Which arithmetic a network is fastest in: measured once on a machine, and remembered."""

import hashlib
import json
import logging
import platform
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import torch

from core.errors import OutputError
from core.files import new_file
from core.scratch import cache_folder

CHOICES = {"float32": torch.float32, "bfloat16": torch.bfloat16}
_ROUNDS = 2

_log = logging.getLogger(__name__)


def fastest_dtype(
    device_type: str, *, network: str, run: Callable[[torch.dtype], object]
) -> torch.dtype:
    """bfloat16 where it is faster than float32.

    On the CPU the network itself is measured, since it is not made of matrix products alone: some
    processors have fast ones in bfloat16 but must convert at everything else. That takes about a
    second, once for each network and machine; what came out is kept in the user's cache. Nothing
    is measured where bfloat16 is only emulated: trying it took eight seconds on such a processor.

    Args:
        device_type: torch's name: cpu, cuda or mps.
        network: names the network and its weights.
        run: runs the network on a short stretch, in the arithmetic that it is given.
    """
    if device_type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    if device_type != "cpu" or emulates_bfloat16():
        return torch.float32
    path = cache_folder() / "arithmetic.json"
    key = f"{network} {_machine()}"
    known = _remembered(path)
    if (name := known.get(key, "")) in CHOICES:
        return CHOICES[name]
    seconds = _measured(run)
    name = min(seconds, key=seconds.__getitem__)
    _log.info("arithmetic: %s, of %s seconds", name, seconds)
    # A folder that takes no files costs the next start a second, no more.
    with suppress(OutputError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with new_file(path, overwrite=True) as file:
            file.write(json.dumps(known | {key: name}, indent=1).encode())
    return CHOICES[name]


def emulates_bfloat16() -> bool:
    """Whether torch says of this processor that it has no products in bfloat16."""
    return bool(
        torch.backends.mkldnn.is_available() and not torch.ops.mkldnn._is_mkldnn_bf16_supported()
    )


def _measured(run: Callable[[torch.dtype], object]) -> dict[str, float]:
    """Seconds of processor in each arithmetic, the best of several turns.

    One thread, and its own time alone: what else runs on the machine does not decide.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    best = dict.fromkeys(CHOICES, float("inf"))
    try:
        for dtype in CHOICES.values():
            run(dtype)  # the first run also prepares
        for _ in range(_ROUNDS):
            for name, dtype in CHOICES.items():
                began = time.thread_time()
                run(dtype)
                best[name] = min(best[name], time.thread_time() - began)
    finally:
        torch.set_num_threads(threads)
    return best


def _remembered(path: Path) -> dict[str, str]:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _machine() -> str:
    """What the outcome depends on beside the network: home folders are shared between machines."""
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as file:
            lines = {line for line in file if line.startswith(("model name", "flags"))}
    except OSError:
        lines = {platform.processor(), platform.machine()}
    facts = (torch.__version__, torch.backends.cpu.get_cpu_capability(), *sorted(lines))
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]
