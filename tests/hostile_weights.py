"""Files that want to be checkpoints and are not, for tests."""

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import torch


class Trap:
    """Makes a file when it is unpickled."""

    def __init__(self, sprung: Path) -> None:
        self.sprung = sprung

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.sprung,))


def saved(value: object) -> bytes:
    """What torch.save writes."""
    buffer = io.BytesIO()
    torch.save(value, buffer)
    return buffer.getvalue()


def with_pickle(content: bytes, replaced: bytes) -> bytes:
    """The zip that torch.save wrote, with another pickle in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, replaced if name.endswith("data.pkl") else old.read(name))
    return buffer.getvalue()


def trapped_zip(sprung: Path) -> bytes:
    """A state whose pickle runs code."""
    return with_pickle(saved({"x": torch.zeros(3)}), pickle.dumps({"x": Trap(sprung)}, protocol=2))
