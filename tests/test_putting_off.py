"""A module that is put off is loaded by whoever uses it, and by nobody else."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.putting_off import putting_off

NAMES = ("parcel", "parcel.heavy")


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package whose import asks for a module of it, which tells that it was loaded."""
    folder = tmp_path / "parcel"
    folder.mkdir()
    (folder / "__init__.py").write_text("loaded = []\nfrom parcel import heavy\n")
    (folder / "heavy.py").write_text("import parcel\nparcel.loaded.append(__name__)\nweight = 9\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in NAMES:
        sys.modules.pop(name, None)


def test_nobody_loads_it_who_does_not_use_it() -> None:
    with putting_off("parcel.heavy"):
        parcel = importlib.import_module("parcel")
        # What looks through all modules, as `inspect` does, is no use.
        assert not hasattr(sys.modules["parcel.heavy"], "__file__")
    assert parcel.loaded == []
    assert "parcel.heavy" not in sys.modules
    assert not hasattr(parcel, "heavy")


def test_who_imports_it_afterwards_gets_it() -> None:
    with putting_off("parcel.heavy"):
        parcel = importlib.import_module("parcel")
    heavy = importlib.import_module("parcel.heavy")
    assert heavy.weight == 9
    assert parcel.heavy is heavy
    assert parcel.loaded == ["parcel.heavy"]


def test_who_uses_it_meanwhile_gets_it() -> None:
    with putting_off("parcel.heavy"):
        parcel = importlib.import_module("parcel")
        stand_in = parcel.heavy
        assert stand_in.weight == 9
        assert parcel.loaded == ["parcel.heavy"]
        assert parcel.heavy is sys.modules["parcel.heavy"] is not stand_in
    assert parcel.heavy.weight == 9
    with pytest.raises(AttributeError):
        _ = stand_in.height
    assert parcel.loaded == ["parcel.heavy"]


def test_what_is_loaded_stays() -> None:
    parcel = importlib.import_module("parcel")
    with putting_off("parcel.heavy"):
        pass
    assert parcel.heavy is sys.modules["parcel.heavy"]


def test_an_import_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "parcel" / "__init__.py").write_text("from parcel import heavy\nraise OSError\n")
    with pytest.raises(OSError), putting_off("parcel.heavy"):
        importlib.import_module("parcel")
    assert not {*NAMES} & {*sys.modules}


def test_it_need_not_be_asked_for() -> None:
    with putting_off("parcel.absent"):
        importlib.import_module("parcel")
    with pytest.raises(ImportError):
        importlib.import_module("parcel.absent")
