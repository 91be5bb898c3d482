"""The quicker number of threads is found, and the time left is what was seen."""

import pytest

from app.pace import Pace


def test_both_numbers_of_threads_are_tried_and_the_quicker_kept() -> None:
    pace = Pace(cores=4)
    assert pace.threads(playing=False) == 3
    pace.took(1.0, threads=3, samples=1000)
    assert pace.threads(playing=False) == 4
    pace.took(8.0, threads=4, samples=1000)
    assert pace.threads(playing=False) == 3


def test_all_cores_are_kept_where_they_are_quicker() -> None:
    pace = Pace(cores=2)
    pace.took(1.0, threads=1, samples=1000)
    pace.took(0.6, threads=2, samples=1000)
    assert pace.threads(playing=False) == 2


def test_a_core_stays_free_while_a_song_plays() -> None:
    pace = Pace(cores=4)
    pace.took(1.0, threads=3, samples=1000)
    pace.took(0.1, threads=4, samples=1000)
    assert pace.threads(playing=True) == 3


@pytest.mark.parametrize("playing", [True, False])
def test_a_single_core_is_used(playing: bool) -> None:
    pace = Pace(cores=1)
    assert pace.threads(playing=playing) == 1
    pace.took(1.0, threads=1, samples=1000)
    assert pace.threads(playing=playing) == 1


def test_the_time_left_follows_the_usual_chunk() -> None:
    pace = Pace(cores=1)
    assert pace.seconds_for(1000) is None
    for seconds in (1.0, 1.0, 9.0):
        pace.took(seconds, threads=1, samples=1000)
    assert pace.seconds_for(5000) == pytest.approx(5.0)


def test_nothing_is_tried_on_a_chunk_that_somebody_waits_for() -> None:
    pace = Pace(cores=4)
    pace.took(1.0, threads=3, samples=100)
    assert pace.threads(playing=False, awaited=True) == 3
    assert pace.threads(playing=False) == 4
    pace.took(0.5, threads=4, samples=100)
    assert pace.threads(playing=False, awaited=True) == 4
    assert pace.threads(playing=True, awaited=True) == 3
