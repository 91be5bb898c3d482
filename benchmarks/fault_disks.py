"""Faults of disks and folders: each provokes one and tells what came of it."""

import subprocess
from pathlib import Path

from benchmarks.fault_cases import both_written, second_goes_on, window_all_saved
from benchmarks.fault_place import Outcome, Place, needed_disk, small_disk

FILLING = "filling"  # the file that takes all room


def full_disk_for_temporary_files(place: Place) -> Outcome:
    with small_disk(place.scratch, 2) as mounted:
        if not mounted:
            return _limited_files(place)
        return second_goes_on(place.separate(), place)


def full_disk_for_stems(place: Place) -> Outcome:
    with small_disk(place.out, 2) as mounted:
        if not mounted:
            return _limited_files(place)
        return second_goes_on(place.separate(), place)


def _limited_files(place: Place) -> Outcome:
    """Where no disk can be mounted, the system lets no file grow beyond a megabyte."""
    limited = ["sh", "-c", 'ulimit -f 2048; exec "$@"', "sh", *place.command()]
    done = subprocess.run(
        limited, env=place.environment(), capture_output=True, text=True, timeout=300, check=False
    )
    return second_goes_on(place.check(done), place)


def full_disk_in_the_window(place: Place) -> Outcome:
    with needed_disk(place.out, 2):
        outcome = place.window()
        outcome.problems += place.wrote_nothing_of("first") + place.wrote("second")
        return outcome


def full_disk_for_settings_queue_and_log(place: Place) -> Outcome:
    with small_disk(place.home, 1) as mounted:
        if mounted:
            (place.home / "filling").write_bytes(bytes(2**20 - 4_096))
        outcome = place.window()
        outcome.problems += place.wrote("first", "second")
        return outcome


def target_made_read_only(place: Place) -> Outcome:
    with small_disk(place.out, 50):
        outcome = place.separate(trigger=("chunk", "read-only", str(place.out)))
        outcome.problems += place.wrote_nothing_of("first") + place.wrote_nothing_of("second")
        if not place.out.is_mount():
            place.out.chmod(0o700)
        return outcome


def home_read_only(place: Place) -> Outcome:
    with small_disk(place.home, 1) as mounted:
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(place.home)], check=True)
        else:
            place.home.chmod(0o500)
        outcome = window_all_saved(place)
        place.home.chmod(0o700) if not mounted else None
        return outcome


def no_place_for_temporary_files(place: Place) -> Outcome:
    place.scratch.rmdir()
    place.scratch.write_text("a file where the folder should be", encoding="utf-8")
    outcome = place.separate()
    outcome.problems += place.wrote_nothing_of("first")
    return outcome


def disk_filled_while_decoding(place: Place) -> Outcome:
    return _goes_on_with_room(place, "block", place.scratch)


def disk_filled_while_separating(place: Place) -> Outcome:
    return _goes_on_with_room(place, "chunk", place.scratch)


def disk_filled_while_stems_are_written(place: Place) -> Outcome:
    return _goes_on_with_room(place, "write", place.out)


def disk_filled_in_the_window(place: Place) -> Outcome:
    with needed_disk(place.out, 20):
        outcome = place.window(fault=("write", "fill-disk", str(place.out / FILLING)))
        (place.out / FILLING).unlink()
        outcome.problems = _but_for_the_filling(outcome) + place.wrote_nothing_of("first")
        return outcome


def target_made_read_only_in_the_window(place: Place) -> Outcome:
    with small_disk(place.out, 50):
        outcome = place.window(fault=("chunk", "read-only", str(place.out)))
        outcome.problems += place.wrote_nothing_of("first") + place.wrote_nothing_of("second")
        if not place.out.is_mount():
            place.out.chmod(0o700)
        return outcome


def _goes_on_with_room(place: Place, moment: str, folder: Path) -> Outcome:
    """The first song is not written while the disk is full, and is as soon as there is room."""
    with needed_disk(folder, 20):
        full = place.separate(trigger=(moment, "fill-disk", str(folder / FILLING)))
        full.problems = _but_for_the_filling(full) + place.wrote_nothing_of("first")
        full.problems += [] if full.status == 1 else [f"the exit status is {full.status}"]
        (folder / FILLING).unlink()
        # The second one may have had room for itself.
        again = place.separate(
            *(song for song in (place.first, place.second) if place.wrote(song.stem))
        )
        again.said = full.said + again.said
        again.problems += full.problems
        return both_written(again, place)


def _but_for_the_filling(outcome: Outcome) -> list[str]:
    return [text for text in outcome.problems if not text.startswith(FILLING)]
