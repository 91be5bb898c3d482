"""Provokes every fault that the program must survive and writes the table of what happened.

Run from the checkout: `python -m benchmarks.faults [--only WORD] [--write]`, or `make faults`,
which writes the table into docs/reliability.md. As root it makes small disks and remounts them
read-only; otherwise it limits the size of files and takes rights away. The exit status is 0 only if
all is well.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import fault_cases as cases
from benchmarks.fault_cases import COMMAND_LINE, WINDOW, Fault
from benchmarks.fault_place import Outcome, Place
from benchmarks.reliability import table, write

_LONGEST = 160  # characters of what was said

FAULTS = (
    Fault(
        "disk full for temporary files",
        COMMAND_LINE,
        "a disk of 2 MB",
        cases.full_disk_for_temporary_files,
        "temporary files",
    ),
    Fault(
        "disk full while stems are written",
        COMMAND_LINE,
        "a disk of 2 MB",
        cases.full_disk_for_stems,
        "disk is full",
    ),
    Fault(
        "disk full while stems are written",
        WINDOW,
        "a disk of 2 MB",
        cases.full_disk_in_the_window,
        "disk is full",
    ),
    Fault(
        "disk full for settings, queue and log",
        WINDOW,
        "a home of 1 MB, filled",
        cases.full_disk_for_settings_queue_and_log,
    ),
    Fault(
        "target folder removed while separating",
        COMMAND_LINE,
        "removed at the second chunk",
        cases.target_removed,
    ),
    Fault(
        "target folder removed before saving",
        COMMAND_LINE,
        "removed as saving begins",
        cases.target_removed_while_saving,
    ),
    Fault(
        "target folder made read-only",
        COMMAND_LINE,
        "remounted or without rights at the second chunk",
        cases.target_made_read_only,
        "read-only",
    ),
    Fault(
        "target folder is a file",
        COMMAND_LINE,
        "a file of that name",
        cases.target_is_a_file,
        "not a folder",
    ),
    Fault(
        "song removed while it is separated",
        COMMAND_LINE,
        "deleted at the second chunk",
        cases.input_removed_while_separating,
    ),
    Fault(
        "song cut short while it is read",
        COMMAND_LINE,
        "truncated at the third block",
        cases.input_cut_short_while_reading,
        "first.wav",
    ),
    Fault(
        "song replaced while it is read",
        COMMAND_LINE,
        "overwritten at the third block",
        cases.input_replaced_while_reading,
        "first.wav",
    ),
    Fault(
        "song of the queue unplugged",
        WINDOW,
        "deleted while the one before is separated",
        cases.input_unplugged_in_the_window,
        "does not exist",
    ),
    Fault(
        "decoder crashes",
        COMMAND_LINE,
        "SIGSEGV at the third block",
        cases.decoder_crashes,
        "crashed the decoder",
    ),
    Fault(
        "decoder crashes",
        WINDOW,
        "SIGSEGV at the third block",
        cases.decoder_crashes_in_the_window,
    ),
    Fault(
        "decoding process taken away",
        COMMAND_LINE,
        "SIGKILL two seconds after the start",
        cases.killed_decoder_at_rest,
    ),
    Fault(
        "graphics card lost",
        COMMAND_LINE,
        "injected at the second chunk",
        cases.gpu_lost,
        "going on with the CPU",
    ),
    Fault(
        "graphics card lost",
        WINDOW,
        "injected at the second chunk",
        cases.gpu_lost_in_the_window,
        "going on with the CPU",
    ),
    Fault(
        "memory runs out",
        COMMAND_LINE,
        "24 MB more allowed from the second chunk on",
        cases.memory_runs_out,
        "memory",
    ),
    Fault(
        "sound device lost while playing",
        WINDOW,
        "a device that stops",
        cases.sound_device_lost,
        "audio device stopped",
    ),
    Fault(
        "no sound device",
        WINDOW,
        "a system without PortAudio",
        cases.no_sound_device,
        "No audio device",
    ),
    Fault("comma as decimal mark", WINDOW, "de_DE.UTF-8", cases.comma_decimals),
    Fault(
        "names: " + ", ".join(cases.NAMES),
        COMMAND_LINE,
        "songs of these names",
        cases.odd_names,
    ),
    Fault(
        "the same names",
        WINDOW,
        "songs of these names",
        cases.odd_names_in_the_window,
    ),
    Fault(
        "links in a circle",
        COMMAND_LINE,
        "a song that links to itself, a folder to its parent",
        cases.link_loops,
        "loop.wav",
    ),
    Fault(
        "empty file, text, missing file, pipe",
        COMMAND_LINE,
        "named as songs",
        cases.input_is_no_song,
        "is empty",
    ),
    Fault(
        "two copies of the program on the same songs",
        COMMAND_LINE,
        "started together",
        cases.two_at_once,
        "exists already",
    ),
    Fault(
        "killed, then started again",
        COMMAND_LINE,
        "SIGKILL at the second chunk",
        cases.killed,
        "Going on with",
    ),
    Fault(
        "Ctrl-C",
        COMMAND_LINE,
        "SIGINT at the second chunk",
        cases.interrupted,
        "Cancelled",
    ),
    Fault(
        "whoever reads the output ends first",
        COMMAND_LINE,
        "standard output closed",
        cases.reader_gone,
    ),
    Fault(
        "checkpoint cut short",
        COMMAND_LINE,
        "half of it",
        cases.checkpoint_cut_short,
        "checkpoint",
    ),
    Fault(
        "checkpoint changed",
        COMMAND_LINE,
        "one bit",
        cases.checkpoint_changed,
        "damaged",
    ),
    Fault(
        "checkpoint that claims exabytes",
        COMMAND_LINE,
        "in its header",
        cases.checkpoint_of_gigabytes,
        "checkpoint",
    ),
    Fault("settings damaged", WINDOW, "nonsense in every line", cases.settings_damaged),
    Fault("queue file damaged", WINDOW, "cut off, no text", cases.queue_damaged),
    Fault("kept separations damaged", WINDOW, "64 bytes in each", cases.cache_damaged),
    Fault(
        "clock jumps back and forth by a year",
        COMMAND_LINE,
        "injected from the second chunk on",
        cases.clock_turned_back,
    ),
    Fault("home read-only", WINDOW, "remounted, or without rights", cases.home_read_only),
    Fault(
        "no folder for temporary files",
        COMMAND_LINE,
        "a file in its place",
        cases.no_place_for_temporary_files,
        "temporary files",
    ),
)


def provoke(fault: Fault) -> Outcome:
    """Provoke a fault in a place of its own; what was not said counts as a problem."""
    with tempfile.TemporaryDirectory(prefix="fault-") as folder:
        outcome = fault.run(Place(Path(folder)))
        outcome.said = [line.replace(folder, "…") for line in outcome.said]
    if fault.says is not None and fault.says not in outcome.sentence:
        outcome.problems.append(f"it did not say “{fault.says}”")
    return outcome


def row(fault: Fault, outcome: Outcome) -> list[str]:
    """A line of the table."""
    said = outcome.sentence.replace("|", "\\|").replace("\n", " ")
    said = said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
    verdict = "as it should" if not outcome.problems else "**" + "; ".join(outcome.problems) + "**"
    return [fault.name, fault.where, fault.provoked, said or "nothing", verdict]


def main() -> int:
    """Read the options, provoke the faults and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="faults with it in their name")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    options = parser.parse_args()
    rows, failed = [], 0
    for fault in FAULTS:
        if options.only not in f"{fault.name} {fault.where}":
            continue
        began = time.monotonic()
        outcome = provoke(fault)
        failed += bool(outcome.problems)
        rows.append(row(fault, outcome))
        print(f"{time.monotonic() - began:5.0f} s  " + " | ".join(rows[-1]), flush=True)
    text = table(["fault", "where", "how", "what it said", "what happened"], rows)
    if options.write:
        verdict = "all as they should" if not failed else f"{failed} not as they should"
        write("faults", f"{len(rows)} faults, {verdict}.\n\n{text}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
