"""Faults of songs, decoders, devices and programs: each provokes one and tells what came of it."""

import os
import shutil
import signal
import subprocess
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.fault_place import Outcome, Place
from tests.songs import tones, write_song


def second_goes_on(outcome: Outcome, place: Place) -> Outcome:
    """The first song fails in one sentence, the second is saved."""
    outcome.problems += place.wrote_nothing_of("first")
    outcome.problems += place.wrote("second")
    if outcome.status != 1:
        outcome.problems.append(f"the exit status is {outcome.status}")
    return outcome


def both_written(outcome: Outcome, place: Place) -> Outcome:
    """Nothing was lost."""
    outcome.problems += place.wrote("first", "second")
    if outcome.status:
        outcome.problems.append(f"the exit status is {outcome.status}")
    return outcome


def target_removed(place: Place) -> Outcome:
    outcome = place.separate(trigger=("chunk", "remove-folder", str(place.out)))
    return outcome if not outcome.status else second_goes_on(outcome, place)


def target_removed_while_saving(place: Place) -> Outcome:
    place.out.mkdir()
    outcome = place.separate(trigger=("export", "remove-folder", str(place.out)))
    return outcome if not outcome.status else second_goes_on(outcome, place)


def target_is_a_file(place: Place) -> Outcome:
    place.out.write_text("mine", encoding="utf-8")
    done = place.command()
    ran = subprocess.run(
        done, env=place.environment(), capture_output=True, text=True, timeout=300, check=False
    )
    kept = place.out.read_text(encoding="utf-8") == "mine"
    place.out.unlink()
    outcome = place.check(ran)
    outcome.problems += [] if kept else ["the file was changed"]
    return outcome


def input_removed_while_separating(place: Place) -> Outcome:
    return both_written(place.separate(trigger=("chunk", "delete", str(place.first))), place)


def input_cut_short_while_reading(place: Place) -> Outcome:
    outcome = place.separate(trigger=("block", "truncate", str(place.first)))
    outcome.problems += place.wrote("second")
    stems = list(place.out.glob("first (*"))
    # What was decoded is used, and said; so these may be shorter than the song was.
    outcome.problems = [text for text in outcome.problems if "first" not in text]
    if len(stems) not in (0, 2):
        outcome.problems.append(f"{len(stems)} stems")
    return outcome


def input_replaced_while_reading(place: Place) -> Outcome:
    outcome = place.separate(trigger=("block", "replace", str(place.first)))
    outcome.problems = [text for text in outcome.problems if "first" not in text]
    outcome.problems += place.wrote("second")
    return outcome


def input_unplugged_in_the_window(place: Place) -> Outcome:
    fault = ("chunk", "delete", str(place.second))
    outcome = place.window(fault=fault)
    outcome.problems += place.wrote("first") + place.wrote_nothing_of("second")
    return outcome


def decoder_crashes(place: Place) -> Outcome:
    outcome = place.separate(trigger=("block", "crash-decoder"))
    outcome.problems += place.wrote("second")
    return outcome


def decoder_crashes_in_the_window(place: Place) -> Outcome:
    outcome = place.window(fault=("block", "crash-decoder"))
    outcome.problems += place.wrote("second")
    return outcome


def gpu_lost(place: Place) -> Outcome:
    return both_written(place.separate(trigger=("chunk", "lose-gpu")), place)


def gpu_lost_in_the_window(place: Place) -> Outcome:
    outcome = place.window(fault=("chunk", "lose-gpu"))
    outcome.problems += place.wrote("first", "second")
    return outcome


def memory_runs_out(place: Place) -> Outcome:
    outcome = place.separate(trigger=("chunk", "limit-memory", "24"))
    if outcome.status:
        outcome.problems += place.wrote_nothing_of("first")
    else:
        outcome.problems += place.wrote("first", "second")
    return outcome


def sound_device_lost(place: Place) -> Outcome:
    outcome = place.window(fault=("play", "lose-sound"))
    outcome.problems += place.wrote("first", "second")
    return outcome


def comma_decimals(place: Place) -> Outcome:
    places = place.folder / "locales"
    places.mkdir()
    made = (
        shutil.which("localedef") is not None
        and not subprocess.run(
            ["localedef", "-i", "de_DE", "-f", "UTF-8", str(places / "de_DE.UTF-8")],
            capture_output=True,
            check=False,
        ).returncode
    )
    more = {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    if made:
        more["LOCPATH"] = str(places)
    outcome = place.window(fault=(), **more)
    outcome.problems += place.wrote("first", "second")
    return outcome


NAMES = {
    "emoji": "first \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3a4",
    "combining marks": unicodedata.normalize("NFD", "Ça déjà vu ñ"),
    "right to left": "שלום עליכם مرحبا",
    "255 bytes": "x" * 251,
    "trailing dots and a space": "song... ",
    "a line break": "one\ntwo",
    "a leading dash": "-o song",
    "no text at all": os.fsdecode(b"caf\xe9 \xff"),
    "device of another system": "CON",
}


def _oddly_named(place: Place) -> list[Path]:
    song = write_song(place.folder / "song.wav", tones(20_000))
    return [
        Path(shutil.copy(song, place.folder / "songs" / f"{name}.wav")) for name in NAMES.values()
    ]


def odd_names(place: Place) -> Outcome:
    songs = _oddly_named(place)
    outcome = place.separate(*songs)
    found = len(list(place.out.iterdir()))
    if outcome.status or found != 2 * len(songs):
        outcome.problems.append(f"{found} stems of {len(songs)} songs")
    return outcome


def odd_names_in_the_window(place: Place) -> Outcome:
    songs = _oddly_named(place)
    outcome = place.window(*songs)
    found = len(list(place.out.iterdir()))
    if found != 2 * len(songs):
        outcome.problems.append(f"{found} stems of {len(songs)} songs")
    return outcome


def link_loops(place: Place) -> Outcome:
    loop = place.folder / "loop.wav"
    loop.symlink_to(loop)
    inside = place.folder / "songs" / "up"
    inside.symlink_to(place.folder / "songs")
    outcome = place.separate(loop, place.folder / "songs")
    outcome.problems += place.wrote("first", "second")
    return outcome


def two_at_once(place: Place) -> Outcome:
    place.out.mkdir()
    runs = [
        subprocess.Popen(place.command(), env=place.environment(), stdout=-1, stderr=-1, text=True)
        for _ in range(2)
    ]
    outcomes = []
    for run in runs:
        output, errors = run.communicate(timeout=300)
        done = subprocess.CompletedProcess([], run.returncode, output, errors)
        outcomes.append(place.check(done))
    both = Outcome(0, list(dict.fromkeys(line for one in outcomes for line in one.said)))
    both.problems = [problem for one in outcomes for problem in one.problems]
    both.problems += place.wrote("first", "second")
    return both


def killed(place: Place) -> Outcome:
    first = place.separate(trigger=("chunk", "kill"))
    first.problems = [text for text in first.problems if "signal 9" not in text]
    again = place.separate()
    again.problems += first.problems
    return both_written(again, place)


def killed_in_the_window(place: Place) -> Outcome:
    first = place.window(fault=("chunk", "kill"))
    unexpected = [text for text in first.problems if text not in _OF_A_KILL]
    again = window_all_saved(place)
    again.problems += unexpected
    return again


_OF_A_KILL = ("it was ended by signal 9", "the window ended without a word")


def two_windows_at_once(place: Place) -> Outcome:
    with ThreadPoolExecutor(2) as windows:
        one, other = windows.map(lambda _: place.window(), range(2))
    both = Outcome(0, list(dict.fromkeys([*one.said, *other.said])))
    both.problems = [*one.problems, *other.problems, *place.wrote("first", "second")]
    return both


def interrupted(place: Place) -> Outcome:
    outcome = place.separate(trigger=("chunk", "interrupt"))
    outcome.problems += place.wrote_nothing_of("first")
    return outcome


def reader_gone(place: Place) -> Outcome:
    """Whoever reads what is printed ends first, as `head` does."""
    run = subprocess.Popen(
        place.command(), env=place.environment(), stdout=-1, stderr=-1, text=True
    )
    assert run.stdout is not None and run.stderr is not None
    run.stdout.close()
    errors = run.stderr.read()
    done = subprocess.CompletedProcess([], run.wait(300), "", errors)
    outcome = place.check(done)
    outcome.problems += place.wrote("first", "second")
    return outcome


def settings_damaged(place: Place) -> Outcome:
    (place.folder / "settings.ini").write_bytes(
        b"[General]\ngeometry=@ByteArray(\\x1)\nvolume=@Variant(\\0\\0)\n\xff\xfe\nlow_end_hz=nan\n"
        b"separates_at_once=perhaps\nlanguage=xx\n[export]\nfolder=\0\nformat=EXE\ndepth=7\n"
    )
    return window_all_saved(place)


def queue_damaged(place: Place) -> Outcome:
    queue = place.home / "xdg_state_home" / "vocal-remover" / "queue.json"
    queue.parent.mkdir(parents=True)
    queue.write_bytes(b'{"version": 1, "songs": [{"path": 7, "status": "\xff')
    return window_all_saved(place)


def cache_damaged(place: Place) -> Outcome:
    first = place.window()
    for path in place.scratch.rglob("*"):
        if path.is_file():
            data = bytearray(path.read_bytes())
            data[len(data) // 2 : len(data) // 2 + 64] = os.urandom(64)
            path.write_bytes(data)
    shutil.rmtree(place.out)
    outcome = window_all_saved(place)
    outcome.problems += first.problems
    return outcome


def window_all_saved(place: Place) -> Outcome:
    outcome = place.window()
    outcome.problems += place.wrote("first", "second")
    return outcome


def clock_turned_back(place: Place) -> Outcome:
    return both_written(place.separate(trigger=("chunk", "clock")), place)


def no_sound_device(place: Place) -> Outcome:
    outcome = place.window(fault=("silent",))
    outcome.problems += place.wrote("first", "second")
    return outcome


def input_is_no_song(place: Place) -> Outcome:
    empty = place.folder / "empty.wav"
    empty.touch()
    text = place.folder / "text.mp3"
    text.write_text("la la la", encoding="utf-8")
    odd: list[Path | str] = [empty, text, place.folder / "missing.flac"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(place.folder / "pipe.wav")
        odd.append(place.folder / "pipe.wav")
    outcome = place.separate(*odd, place.second)
    outcome.problems += place.wrote("second")
    return outcome


def killed_decoder_at_rest(place: Place) -> Outcome:
    """The system takes the decoding process away between two songs."""
    run = subprocess.Popen(
        place.command(), env=place.environment(), stdout=-1, stderr=-1, text=True
    )
    time.sleep(2)
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = (status.parent / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
            if int(words[1]) == run.pid and b"decoding_child" in status.read_bytes():
                os.kill(int(status.parent.name), signal.SIGKILL)
        except OSError:
            continue
    output, errors = run.communicate(timeout=300)
    outcome = place.check(subprocess.CompletedProcess([], run.returncode, output, errors))
    outcome.problems += place.wrote("second")
    return outcome
