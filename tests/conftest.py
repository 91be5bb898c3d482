"""What every test runs under: no screen, one thread, the same random numbers."""

import os
import random

import numpy as np
import pytest

# Read when Qt and the numeric libraries load, so set before any test imports them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session", autouse=True)
def _one_torch_thread() -> None:
    """Two busy threads on two cores make torch slower, and sums depend on their number."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def _seeds() -> None:
    """Every test starts from the same random state, whatever ran before it."""
    import torch

    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)
