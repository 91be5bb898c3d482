"""Times other separators beside this one: same song, same run, turn by turn, so that ratios hold.

    python -m benchmarks.rivals --song song.mp3 --threads 2 \\
        --command 'name=python inference.py --input {song} --output_dir {folder}'

Each command runs as a process of its own; `{song}` and `{folder}` stand for the song and an empty
folder. `cd FOLDER &&` in front of a command says where it runs. Ratios are of medians; above 1,
this program is that many times faster.
"""

import argparse
import json
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.figures import load, machine
from benchmarks.processes import ROOT, CommandFailed, Cost, run
from benchmarks.separating import separate_command, song_seconds

OURS = "vocal-remover"


@dataclass(frozen=True)
class Contender:
    """A separator's name and command, with `{song}` and `{folder}` in it."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT

    def filled(self, song: Path, folder: Path) -> list[str]:
        """The command for a song."""
        places = {"{song}": str(song.resolve()), "{folder}": str(folder)}
        words = list(self.command)
        for place, value in places.items():
            words = [word.replace(place, value) for word in words]
        return words


def contender(text: str) -> Contender:
    """Read `NAME=COMMAND` or `NAME=cd FOLDER && COMMAND`, as a shell splits words.

    Raises:
        ValueError: it is neither, or its quotes do not match.
    """
    name, equals, command = text.partition("=")
    words = shlex.split(command)
    folder = ROOT
    if words[:1] == ["cd"] and words[2:3] == ["&&"]:
        folder, words = Path(words[1]), words[3:]
    if not (name and equals and words):
        raise ValueError(f"“{text}” is not NAME=COMMAND.")
    return Contender(name, tuple(words), folder)


def in_turn(
    contenders: list[Contender], song: Path, *, runs: int, threads: int | None
) -> dict[str, list[Cost]]:
    """Run all commands once, then all again, `runs` times.

    Raises:
        CommandFailed: one of them failed.
    """
    costs: dict[str, list[Cost]] = {each.name: [] for each in contenders}
    for number in range(runs):
        for each in contenders:
            with tempfile.TemporaryDirectory() as folder:
                command = each.filled(song, Path(folder))
                cost = run(command, folder=each.folder, threads=threads)
            costs[each.name].append(cost)
            print(
                f"run {number + 1}, {each.name}: {cost.seconds:.2f} s, "
                f"{cost.cpu_seconds:.2f} s of processor, {cost.peak_mib:.0f} MiB",
                file=sys.stderr,
            )
    return costs


def summary(costs: dict[str, list[Cost]], *, ours: str, seconds: float) -> dict[str, dict]:
    """Medians of each contender, and how many times faster and smaller `ours` is."""

    def medians(of: list[Cost]) -> tuple[float, float, float]:
        return (
            median(cost.seconds for cost in of),
            median(cost.cpu_seconds for cost in of),
            median(cost.peak_mib for cost in of),
        )

    own = medians(costs[ours])
    said = {}
    for name, of in costs.items():
        wall, cpu, peak = medians(of)
        said[name] = {
            "seconds": round(wall, 3),
            "cpu_seconds": round(cpu, 3),
            "peak_mib": round(peak),
            "x_real_time": round(seconds / wall, 2),
            "slower_than_ours": round(wall / own[0], 2),
            "more_processor_than_ours": round(cpu / own[1], 2),
            "more_memory_than_ours": round(peak / own[2], 2),
        }
    return said


def main() -> None:
    """Read the commands, time them in turn and print medians and ratios as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--song", type=Path, required=True)
    parser.add_argument("--command", type=contender, action="append", default=[])
    parser.add_argument("--checkpoint", type=Path, help="of this program; else the default one")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, help="for the numeric libraries of all alike")
    options = parser.parse_args()
    before, seconds = load(), song_seconds(options.song)
    command = separate_command(["{song}"], "{folder}", checkpoint=options.checkpoint)
    contenders = [Contender(OURS, tuple(command)), *options.command]
    try:
        costs = in_turn(contenders, options.song, runs=options.runs, threads=options.threads)
    except CommandFailed as error:
        sys.exit(str(error))
    report = {
        "song_seconds": round(seconds, 2),
        "threads": options.threads,
        "runs": options.runs,
        "machine": machine(),
        "load": [before, load()],
        "separators": summary(costs, ours=OURS, seconds=seconds),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
