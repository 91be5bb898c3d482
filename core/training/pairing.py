"""Any voice over any instrumental, by index: N x M pairs cost no memory."""

from dataclasses import dataclass
from math import gcd


@dataclass(frozen=True)
class Pairing:
    """All pairs of `instrumentals` and `vocals`, in an order that looks random.

    Pair i is found by arithmetic alone: an affine permutation of the N x M grid, so that every
    pair comes once before any comes twice.

    Attributes:
        instrumentals: how many instrumentals there are.
        vocals: how many vocals there are.
        seed: of the order.
    """

    instrumentals: int
    vocals: int
    seed: int = 0

    def __len__(self) -> int:
        return self.instrumentals * self.vocals

    def __getitem__(self, index: int) -> tuple[int, int]:
        """(instrumental, vocal) of a pair; indices past the end begin the next round."""
        size = len(self)
        step = _coprime(int(size * 0.6180339887) + 2 * self.seed, size)
        place = (index * step + self.seed * 7919) % size
        return divmod(place, self.vocals)


def _coprime(near: int, size: int) -> int:
    """The first number from `near` on that shares no factor with `size`."""
    step = max(near, 1)
    while gcd(step, size) != 1:
        step += 1
    return step
