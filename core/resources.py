"""Where the files that come with the program are, installed, in a checkout or frozen."""

import sys
from pathlib import Path


def resource_path(name: str) -> Path:
    """The path of a shipped file, such as "default.safetensors"."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources" / name


def default_checkpoint_path() -> Path:
    """The checkpoint that is used when no other is named."""
    return resource_path("default.safetensors")
