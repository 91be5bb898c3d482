"""Which device computes, and why, in words."""

from dataclasses import dataclass

import torch

from core.errors import DeviceError


@dataclass(frozen=True)
class DeviceChoice:
    """A device and the reason it was taken, as one sentence for the user."""

    device: torch.device
    reason: str


def _cuda_name(index: int) -> str:
    return f"cuda:{index} ({torch.cuda.get_device_name(index)})"


def _why_no_cuda() -> str:
    if torch.version.cuda is None and torch.version.hip is None:
        return "this build of torch computes on the CPU only"
    return "torch finds no graphics card it can compute on"


def available_devices() -> list[str]:
    """What torch can compute on here, in words, the preferred first."""
    found = [_cuda_name(index) for index in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        found.append("mps (Apple GPU)")
    return [*found, f"cpu ({torch.backends.cpu.get_cpu_capability()})"]


def choose_device(name: str = "auto") -> DeviceChoice:
    """Find the device called `name`: auto, cpu, mps, cuda or cuda:N.

    Raises:
        DeviceError: there is no such device here, or no such name.
    """
    cards = torch.cuda.device_count()
    if name == "cpu":
        return DeviceChoice(torch.device("cpu"), "Using the CPU, as asked.")
    if name == "auto":
        if cards:
            return DeviceChoice(torch.device("cuda:0"), f"Using {_cuda_name(0)}.")
        if torch.backends.mps.is_available():
            return DeviceChoice(torch.device("mps"), "Using mps (Apple GPU).")
        return DeviceChoice(torch.device("cpu"), f"Using the CPU: {_why_no_cuda()}.")
    if name == "mps":
        if torch.backends.mps.is_available():
            return DeviceChoice(torch.device("mps"), "Using mps (Apple GPU), as asked.")
        raise DeviceError("There is no Apple GPU here that torch can use.")
    kind, _, index = name.partition(":")
    if kind != "cuda" or not (index or "0").isdecimal():
        raise DeviceError(
            "There is no device called {name}; use auto, cpu, mps or cuda:N.", name=name
        )
    wanted = int(index or "0")
    if not cards:
        raise DeviceError("{name} cannot be used: {reason}.", name=name, reason=_why_no_cuda())
    if wanted >= cards:
        raise DeviceError(
            "There is no {name}: the graphics cards here end at cuda:{last}.",
            name=name,
            last=cards - 1,
        )
    return DeviceChoice(torch.device(f"cuda:{wanted}"), f"Using {_cuda_name(wanted)}, as asked.")
