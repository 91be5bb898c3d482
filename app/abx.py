"""A blind test: X is one of two, and answers that chance would not give say that they differ."""

from __future__ import annotations

import random
from math import comb

SIGNIFICANT = 0.05
ENOUGH_ANSWERS = 5
"""With fewer, chance alone is right every time too often to tell anything."""


class AbxTest:
    """Counts the answers; X is drawn anew for each."""

    def __init__(self, rng: random.Random | None = None) -> None:
        """Draw the first X, by default from the system's randomness."""
        self._rng = rng or random.SystemRandom()
        self.x_is_a = self._draw()
        self.answers = 0
        self.correct = 0

    def answer(self, *, x_is_a: bool) -> None:
        """Say what X is; the next X is drawn."""
        self.answers += 1
        self.correct += x_is_a == self.x_is_a
        self.x_is_a = self._draw()

    @property
    def p_value(self) -> float:
        """How often guessing would be right at least this many times, 0 to 1.

        The upper tail of the binomial distribution with an even chance.
        """
        n = self.answers
        return sum(comb(n, k) for k in range(self.correct, n + 1)) / 2**n

    @property
    def could_tell(self) -> bool:
        """Whether the answers are too good for guessing."""
        return self.p_value < SIGNIFICANT

    def _draw(self) -> bool:
        return self._rng.random() < 0.5
