"""A computer that has no memory for more threads."""

import threading

import pytest


def allow_threads(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let `count` more threads be started, and say of others what Python says."""
    left, start = [count], threading._start_new_thread  # type: ignore[attr-defined]

    def start_or_refuse(*arguments: object) -> object:
        if not left[0]:
            raise RuntimeError("can't start new thread")
        left[0] -= 1
        return start(*arguments)

    monkeypatch.setattr(threading, "_start_new_thread", start_or_refuse)
