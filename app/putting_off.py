"""Lets an import go on without a module that it asks for and hardly anybody uses."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def putting_off(name: str) -> Iterator[None]:
    """Within, let an import of a module find something that loads it once it is used.

    The standard library's `LazyLoader` does not serve here: whatever looks through all modules, as
    `inspect` does for a line of source, would load it.

    Args:
        name: of a module of a package, such as "package.module". Afterwards it is as if it had
            never been imported, so that who imports it then gets it, or it was used and is there.
    """
    if name in sys.modules:
        yield
        return
    stand_in = _StandIn(name)
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        _leave(stand_in)


class _StandIn(ModuleType):
    """Is taken for a module; what is asked of it is answered by that."""

    def __getattr__(self, attribute: str) -> object:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        _leave(self)
        return getattr(importlib.import_module(self.__name__), attribute)


def _leave(stand_in: _StandIn) -> None:
    """Forget it, wherever it still stands for the module."""
    name = stand_in.__name__
    package, _, last = name.rpartition(".")
    if sys.modules.get(name) is stand_in:
        del sys.modules[name]
    owner = sys.modules.get(package)
    if owner is not None and vars(owner).get(last) is stand_in:
        delattr(owner, last)
