"""Channels are grouped as they are heard together."""

import pytest

from core.layouts import channel_groups


@pytest.mark.parametrize(
    ("channels", "groups"),
    [
        (1, [(0,)]),
        (2, [(0, 1)]),
        (3, [(0, 1), (2,)]),
        (4, [(0, 1), (2, 3)]),
        (5, [(0, 1), (2,), (3, 4)]),
        (6, [(0, 1), (2,), (4, 5)]),
        (8, [(0, 1), (2,), (4, 5), (6, 7)]),
        (9, [(0, 1), (2, 3), (4, 5), (6, 7), (8,)]),
        (10, [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]),
    ],
)
def test_usual_layouts_are_known_and_others_paired(
    channels: int, groups: list[tuple[int, ...]]
) -> None:
    assert channel_groups(channels) == groups


@pytest.mark.parametrize("channels", range(1, 17))
def test_no_channel_is_in_two_groups(channels: int) -> None:
    members = [channel for group in channel_groups(channels) for channel in group]
    assert len(set(members)) == len(members)
    assert set(members) <= set(range(channels))


def test_a_caller_cannot_change_the_layouts() -> None:
    channel_groups(6).clear()
    assert channel_groups(6) != []
