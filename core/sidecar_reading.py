"""Sidecars read back: every field is checked, since a stranger may have written them."""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from math import inf, isfinite
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from core.errors import InputError, OutputError
from core.naming import shown_name
from core.sidecar import SCHEMA, Computation, Sidecar

_LARGEST = 2**20  # bytes
_LONGEST_TEXT = 4096  # letters
_MOST = 100_000  # entries of a list; ten hours have some thousand chunks


def read_sidecar(path: Path) -> Sidecar:
    """Read a sidecar.

    Raises:
        InputError: it cannot be read, is none, or says what cannot be; the sentence says which.
    """
    name = shown_name(path)
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError("“{name}” cannot be read: {reason}.", name=name, reason=reason) from error
    try:
        if len(content) > _LARGEST:
            raise ValueError("it is too large")
        found = json.loads(content.decode(), parse_constant=_refuse)
        if isinstance(found, dict) and found.get("schema") not in (SCHEMA, None):
            raise ValueError("a newer program wrote it")
        sidecar = _build(Sidecar, found, "it")
    except (ValueError, RecursionError, OutputError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(
            "“{name}” is no sidecar of this program, or it is damaged: {reason}.",
            name=name,
            reason=reason.rstrip("."),
        ) from error
    assert isinstance(sidecar, Sidecar)
    return sidecar


def computation_from(found: object) -> Computation:
    """The part of a sidecar that says how vocals were computed, from what JSON holds.

    Raises:
        ValueError: it is something else.
    """
    computation = _build(Computation, found, "it")
    assert isinstance(computation, Computation)
    return computation


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _build(kind: Any, found: object, where: str) -> object:
    """Turn what JSON holds into what a type asks for, or raise a ValueError that says where."""
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(kind, found, where)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType and NoneType in inner:
        return None if found is None else _build(inner[0], found, where)
    if origin is tuple and isinstance(found, list) and len(found) <= _MOST:
        return tuple(_build(inner[0], each, where) for each in found)
    if origin is dict and isinstance(found, dict) and len(found) <= _MOST:
        return {_text(key, where): _build(inner[1], each, where) for key, each in found.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        if isinstance(found, str) and found in {each.value for each in kind}:
            return kind(found)
    elif kind is str:
        return _text(found, where)
    elif kind is float:
        if found is None:
            return -inf
        if isinstance(found, (int, float)) and not isinstance(found, bool) and _fits(found):
            return float(found)
    elif isinstance(found, bool):
        if kind is bool:
            return found
    elif kind is int and isinstance(found, int) and abs(found) < 2**63:
        return found
    raise ValueError(f"“{where}” is not what it should be")


def _build_dataclass(kind: Any, found: object, where: str) -> object:
    if not isinstance(found, dict):
        raise ValueError(f"“{where}” is not what it should be")
    types = get_type_hints(kind)
    names = {field.name for field in dataclasses.fields(kind)}
    if missing := sorted(names - found.keys()):
        raise ValueError(f"“{missing[0]}” is missing")
    if unknown := sorted(found.keys() - names):
        raise ValueError(f"“{unknown[0][:80]}” is unknown")
    return kind(**{name: _build(types[name], found[name], name) for name in names})


def _text(found: object, where: str) -> str:
    if not isinstance(found, str) or len(found) > _LONGEST_TEXT or "\0" in found:
        raise ValueError(f"“{where}” is not what it should be")
    try:
        found.encode()
    except UnicodeEncodeError as error:  # half of a pair of surrogates
        raise ValueError(f"“{where}” is no text") from error
    return found


def _fits(number: float) -> bool:
    try:
        return isfinite(float(number))
    except OverflowError:
        return False
