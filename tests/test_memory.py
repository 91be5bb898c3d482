"""Freed pages are kept for what comes next."""

import subprocess
import sys

import pytest

PROGRAM = """
import threading
import numpy as np
from core.memory import keep_freed_pages

keep_freed_pages()
taken, done = threading.Event(), threading.Event()

def resident():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

def take():
    blocks = [np.ones(2**20) for _ in range(24)]

def first():
    take()
    taken.set()
    done.wait()

before = resident()
waiting = threading.Thread(target=first)
waiting.start()
taken.wait()
once = resident()
second = threading.Thread(target=take)
second.start()
second.join()
print(once - before, resident() - before)
done.set()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks glibc")
def test_what_one_thread_has_freed_serves_the_next() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    once, twice = (int(number) / 1024 for number in done.stdout.split())
    assert once > 180, "it was given back"
    assert twice < once + 20, "each thread keeps pages of its own"
