"""Provokes every fault that the program must survive and writes the table of what happened.

Run from the checkout: `python -m benchmarks.faults --write`, or `make faults`, which writes the
table into docs/reliability.md; `--only "disk filled"` runs those with these words in their name.
As root it makes small disks and remounts them read-only; otherwise it limits the size of files and
takes rights away. The exit status is 0 only if all is well.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fault_list import FAULTS, Fault
from benchmarks.fault_place import NotTried, Outcome, Place
from benchmarks.reliability import table, write

_LONGEST = 160  # characters of what was said


def provoke(fault: Fault) -> Outcome:
    """Provoke a fault in a place of its own; what was not said counts as a problem."""
    with tempfile.TemporaryDirectory(prefix="fault-") as folder:
        try:
            outcome = fault.run(Place(Path(folder)))
        except NotTried as error:
            return Outcome(0, [f"(not tried: {error})"])
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


def chosen(words: Sequence[str]) -> list[Fault]:
    """The faults with any of these words in their name or place, in any case; all without words."""
    return [
        fault
        for fault in FAULTS
        if not words
        or any(word.casefold() in f"{fault.name}, {fault.where}".casefold() for word in words)
    ]


def main() -> int:
    """Read the options, provoke the faults and tell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="WORDS",
        help="faults with these words in their name; may be given again",
    )
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    options = parser.parse_args()
    if options.only and options.write:
        parser.error("--write needs all faults, so it does not go with --only.")
    faults = chosen(options.only)
    if not faults:
        parser.error(f"no fault has “{'” or “'.join(options.only)}” in its name.")
    rows, failed = [], 0
    for fault in faults:
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
