"""Random numbers of one's own, whatever else draws from torch's generators meanwhile."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

_RANDOM = (torch.rand, torch.randn, torch.randint, torch.randperm)


class Draws(TorchFunctionMode):
    """While entered, torch's random functions draw from generators that nothing else draws from.

    So two networks trained from one seed hear the same examples, though one draws for its dropout
    and the other does not. What is entered counts for its own thread only.
    """

    def __init__(self, seed: int, *, device: torch.device) -> None:
        super().__init__()
        devices = {place.type: place for place in (torch.device("cpu"), device)}
        self._generators = {
            kind: torch.Generator(place).manual_seed(seed) for kind, place in devices.items()
        }

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: object,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """See `TorchFunctionMode`: every torch function that is called passes here."""
        kwargs = dict(kwargs or {})
        if func in _RANDOM:
            kwargs["generator"] = self._generators[torch.device(kwargs.get("device", "cpu")).type]
        elif func is torch.multinomial:
            kwargs["generator"] = self._generators[args[0].device.type]
        return func(*args, **kwargs)
