"""A blind test counts fairly and says when guessing would not do as well."""

import random

import pytest

from app.abx import AbxTest


def answered(correct: int, wrong: int) -> AbxTest:
    test = AbxTest(random.Random(1))
    for number in range(correct + wrong):
        test.answer(x_is_a=test.x_is_a if number < correct else not test.x_is_a)
    return test


@pytest.mark.parametrize(
    ("correct", "wrong", "p_value"),
    [(0, 0, 1.0), (5, 0, 1 / 32), (9, 1, 11 / 1024), (8, 2, 56 / 1024), (0, 4, 1.0)],
)
def test_the_p_value_is_that_of_guessing(correct: int, wrong: int, p_value: float) -> None:
    test = answered(correct, wrong)
    assert (test.answers, test.correct) == (correct + wrong, correct)
    assert test.p_value == pytest.approx(p_value)
    assert test.could_tell is (p_value < 0.05)


def test_x_is_either_as_often() -> None:
    test = AbxTest(random.Random(2))
    drawn = []
    for _ in range(1000):
        drawn.append(test.x_is_a)
        test.answer(x_is_a=True)
    assert 450 < sum(drawn) < 550
