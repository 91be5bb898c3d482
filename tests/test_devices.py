"""Devices are chosen with a reason, or refused with one."""

import pytest
import torch

from core.devices import available_devices, choose_device
from core.errors import DeviceError


def test_the_cpu_can_always_be_asked_for() -> None:
    choice = choose_device("cpu")
    assert choice.device == torch.device("cpu")
    assert choice.reason.endswith(".")


def test_automatic_choice_says_why() -> None:
    choice = choose_device()
    assert choice.device.type in choice.reason.lower()


@pytest.mark.parametrize("name", ["cuda:99", "gpu", "cuda:x", ""])
def test_devices_that_are_not_here_are_refused(name: str) -> None:
    with pytest.raises(DeviceError):
        choose_device(name)


def test_without_cards_the_sentence_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    with pytest.raises(DeviceError, match="cuda:0 cannot be used: (this build|torch finds)"):
        choose_device("cuda:0")


def test_the_list_ends_with_the_cpu() -> None:
    assert available_devices()[-1].startswith("cpu")
