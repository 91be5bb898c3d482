"""Torch is loaded so that other threads go on meanwhile, and all is as before afterwards."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run_python(program: str) -> None:
    """In a process of its own, since this one has loaded torch already."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="reads what the system has loaded")
def test_the_libraries_are_loaded_before_the_import_holds_the_interpreter() -> None:
    run_python(
        """
import sys
from pathlib import Path
from app import torch_loading
torch_loading._load_libraries()
assert "libtorch_cpu.so" in Path("/proc/self/maps").read_text()
assert "torch" not in sys.modules
"""
    )


def test_the_collector_and_the_interpreter_go_on_as_before() -> None:
    run_python(
        """
import gc, sys
before = gc.isenabled(), sys.getswitchinterval()
from app.torch_loading import load_torch
load_torch()
assert (gc.isenabled(), sys.getswitchinterval()) == before
assert gc.get_freeze_count() > 100_000
"""
    )


def test_threads_that_load_at_once_all_find_it_loaded() -> None:
    run_python(
        """
import sys, threading
from app.torch_loading import load_torch
found = []
def load():
    load_torch()
    found.append(hasattr(sys.modules["core.separation"], "separate"))
threads = [threading.Thread(target=load) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert found == [True] * 3
"""
    )


def test_what_is_not_installed_is_told_by_the_import() -> None:
    run_python(
        """
import gc, sys
sys.modules["torch"] = None
from app.torch_loading import load_torch
try:
    load_torch()
except ImportError:
    assert gc.isenabled()
else:
    raise AssertionError
"""
    )


@pytest.mark.skipif(sys.platform != "linux", reason="reads what the system has loaded")
def test_libraries_can_be_begun_with_ahead() -> None:
    run_python(
        """
import sys, time
from pathlib import Path
from app.torch_loading import load_libraries_ahead, load_torch
load_libraries_ahead()
ends = time.monotonic() + 60
while "libtorch_cpu.so" not in Path("/proc/self/maps").read_text():
    assert time.monotonic() < ends
    time.sleep(0.01)
assert "torch" not in sys.modules
load_torch()
assert sys.modules["torch"].ones(2).sum() == 2
"""
    )


def test_what_only_compilers_ask_for_waits_for_them() -> None:
    run_python(
        """
import sys
from app.torch_loading import load_torch
load_torch()
import torch
from core.checkpoint import load_checkpoint
from core.resources import default_checkpoint_path
network = load_checkpoint(default_checkpoint_path()).only.build()
network.eval()(torch.ones(1, 2, 2049, 32, dtype=torch.complex64))
assert "torch._meta_registrations" not in sys.modules
import torch._meta_registrations
double = torch.compile(lambda x: 2 * x, backend="eager")
assert double(torch.ones(2)).tolist() == [2.0, 2.0]
"""
    )
