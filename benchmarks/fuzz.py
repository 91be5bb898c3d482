"""Runs damaged files of every format through the program, from file to stems, and counts.

Run from the checkout: `python -m benchmarks.fuzz [--seed 0] [--count 20000]`. Nothing but a refusal
in one sentence or a result may come of a file: at an unexpected error the run ends with status 1
and tells the file's number, which `--only NUMBER` makes again. `--write` puts the counts into
docs/reliability.md. Some of the songs are separated with a tiny untrained network and saved.
"""

import argparse
import json
import logging
import os
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.fuzz_files import DamagedSong, damaged_song, intact_songs
from benchmarks.reliability import table, write
from core import decoding_process
from core.audio import Audio, probe, spool_audio
from core.decoding import BLOCK
from core.devices import choose_device
from core.errors import VocalRemoverError
from core.export import export_stems
from core.export_plan import ExportPlan
from core.formats import OutputFormat
from core.scratch import FOLDER_VARIABLE
from core.separation import separate
from core.separator import Separator
from core.stems import Stem

HUNG, CRASHED, GREEDY = "decoder hung", "decoder crashed", "decoder out of memory"
READ, PARTLY, REFUSED = "read", "read in part", "refused"
FAILED = "program failed"
OUTCOMES = (READ, PARTLY, REFUSED, CRASHED, HUNG, GREEDY, FAILED)
_SAYINGS = {
    "busy without end": HUNG,
    "crashed the decoder": CRASHED,
    "too much memory": GREEDY,
    "all its memory": GREEDY,
}


class _Sayings(logging.Handler):
    """What the log says of the file at hand."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@dataclass
class Run:
    """What came of the files so far."""

    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    separated: int = 0
    killers: list[tuple[int, str, str]] = field(default_factory=list)  # number, kind, outcome
    slowest: tuple[float, int] = (0.0, -1)  # seconds, number

    def add(self, song: DamagedSong, outcome: str, seconds: float) -> None:
        self.outcomes[song.kind][outcome] += 1
        self.slowest = max(self.slowest, (seconds, song.number))
        if outcome in (CRASHED, HUNG, GREEDY, FAILED):
            self.killers.append((song.number, song.kind, outcome))


def outcome_of(path: Path, sayings: _Sayings) -> tuple[str, Audio | None]:
    """Open a file as the program does, and say what came of it.

    Raises:
        AssertionError: what was read is no song.
    """
    sayings.said.clear()
    mixture: Audio | None = None
    told = ""
    try:
        info = probe(path)
        mixture = spool_audio(path)
        assert mixture.length > 0
        # A damaged header may say another rate than the frames behind it.
        assert mixture.rate == info.rate or mixture.damage is not None
        for start in range(0, mixture.length, BLOCK):
            block = mixture.samples[:, start : start + BLOCK]
            assert block.dtype == np.float32 and np.isfinite(block).all()
    except VocalRemoverError as error:
        told = str(error)
        assert told.startswith("“") and told.endswith(".") and "\n" not in told, told
    everything = " ".join([told, *sayings.said])
    for saying, outcome in _SAYINGS.items():
        if saying in everything:
            return outcome, mixture
    if mixture is None:
        return REFUSED, None
    return (PARTLY if "what could be decoded is used" in everything else READ), mixture


def save_stems(path: Path, mixture: Audio, separator: Separator) -> None:
    """Separate and save a song beside itself, and remove the stems again.

    Raises:
        AssertionError: the stems are no stems of it.
    """
    vocals = separate(separator, mixture)
    plan = ExportPlan((Stem.INSTRUMENTAL, Stem.VOCALS), OutputFormat(), path.parent)
    try:
        report = export_stems(path, mixture, vocals, plan)
    except VocalRemoverError as error:
        assert str(error).endswith("."), error
        return
    assert report.is_null, report
    for stem in report.paths.values():
        stem.unlink()


def fuzz(options: argparse.Namespace, folder: Path) -> Run:
    """Run the files of a seed."""
    from tests.tiny import tiny_checkpoint

    separator = Separator(tiny_checkpoint(folder), device=choose_device("cpu"))
    intact = folder / "intact"
    intact.mkdir()
    songs = {kind: path for kind, path in intact_songs(intact).items() if options.kinds in kind}
    sayings = _Sayings()
    logging.getLogger().addHandler(sayings)
    logging.getLogger().setLevel(logging.WARNING)
    for kind, path in songs.items():
        assert outcome_of(path, sayings)[0] in (READ, PARTLY), kind
    run = Run()
    numbers = [options.only] if options.only is not None else range(options.count)
    for number in numbers:
        song = damaged_song(songs, seed=options.seed, number=number, mends_ogg=options.mend_ogg)
        path = folder / f"song {number}{song.suffix}"
        path.write_bytes(song.data)
        began = time.monotonic()
        try:
            outcome, mixture = outcome_of(path, sayings)
            short = mixture is not None and mixture.seconds < 5 and mixture.channels <= 8
            if mixture is not None and short and number // len(songs) % options.separate_every == 0:
                save_stems(path, mixture, separator)
                run.separated += 1
        except Exception:  # what this looks for: it is told, and the other files go on
            outcome = FAILED
            print(f"{number}, {song.kind}:", traceback.format_exc(), flush=True)
        run.add(song, outcome, time.monotonic() - began)
        if options.only is not None:
            Path(path.name).write_bytes(song.data)
            print(f"{path.name}, {song.kind}: {outcome}: {sayings.said}")
        path.unlink()
        if number % 1_000 == 999:
            print(number + 1, dict(sum(run.outcomes.values(), Counter())), flush=True)
    return run


def section(run: Run, options: argparse.Namespace, memory: dict[str, float]) -> str:
    """What docs/reliability.md says of a run."""
    total = sum(run.outcomes.values(), Counter[str]())
    program, decoder = memory["program"], memory["decoder"]
    rows = [
        [kind, str(counts.total()), *(str(counts[outcome] or "") for outcome in OUTCOMES)]
        for kind, counts in sorted(run.outcomes.items())
    ]
    rows.append(["**all**", str(total.total()), *(str(total[outcome]) for outcome in OUTCOMES)])
    killers = ", ".join(f"{number} ({kind}: {how})" for number, kind, how in run.killers[:40])
    return "\n".join(
        [
            f"`python -m benchmarks.fuzz --seed {options.seed} --count {options.count} "
            f"--separate-every {options.separate_every}`: "
            f"{total.total():,} damaged files of {len(run.outcomes)} kinds, each opened, decoded "
            f"and its tags read, {run.separated:,} of those that could be read also separated and "
            "saved as stems that passed the null test.",
            "",
            f"Files that the program itself failed at: {total[FAILED]}; each other one gave a "
            "result or one sentence. "
            f"Slowest file: {run.slowest[0]:.1f} s (number {run.slowest[1]}); time limit for one "
            f"step of a decoder: {options.patience:.0f} s. Peak memory: {program:.0f} MiB "
            f"the program, {decoder:.0f} MiB the decoding process.",
            "",
            f"Files whose decoding crashed, hung or was refused memory: {killers or 'none'}.",
            "",
            table(["kind", "files", *OUTCOMES], rows),
        ]
    )


def main() -> int:
    """Read the options, run the files, print what came of them and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument(
        "--only",
        type=int,
        metavar="NUMBER",
        help="this file alone, which is kept",
    )
    parser.add_argument("--kinds", default="", metavar="WORD", help="kinds with it in their name")
    parser.add_argument("--mend-ogg", action="store_true", help="let Ogg's checksums be right")
    parser.add_argument("--patience", type=float, default=20.0, help="seconds for a decoder's step")
    parser.add_argument("--separate-every", type=int, default=10, help="round of all kinds")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    options = parser.parse_args()
    decoding_process.patience = options.patience
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        os.environ[FOLDER_VARIABLE] = name
        run = fuzz(options, Path(name))
    decoding_process.end_all()
    memory = {
        "program": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "decoder": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }
    text = section(run, options, memory)
    print(text)
    print(json.dumps({"seconds": time.monotonic() - began, "killers": run.killers}))
    if options.write:
        write("fuzz", text)
    return 1 if any(counts[FAILED] for counts in run.outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
