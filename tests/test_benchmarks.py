"""The benchmarks' figures, reports, comparisons and processes tell the truth."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.compare import compared, comparison, ratio
from benchmarks.fault_list import COMMAND_LINE
from benchmarks.fault_place import NotTried, Outcome, Place
from benchmarks.faults import Fault, chosen, main, provoke
from benchmarks.figures import Figure, Report, ReportError, read_report, table
from benchmarks.loudspeaker import Loudspeaker
from benchmarks.processes import CommandFailed, Cost, run
from benchmarks.rivals import contender, summary
from benchmarks.separating import song_seconds, write_song

REPORT = Report(
    setting={"song": "generated", "song seconds": 240.0},
    machine={"cores": 2},
    load=(0.5, 1.25),
    figures={
        "separation": Figure("x real time", True, (10.0, 30.0, 20.0)),
        "start": Figure("s", False, (1.5, 1.0)),
    },
)


def test_a_report_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(REPORT.as_json())
    assert read_report(path) == REPORT
    assert '"median": 20.0' in path.read_text()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"figures": {"a": 1}}', '{"figures": []}'])
def test_what_is_no_report_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(ReportError, match=r"report.json is no report"):
        read_report(path)
    with pytest.raises(ReportError, match="cannot be read"):
        read_report(tmp_path / "missing.json")


def test_twice_as_good_is_a_ratio_of_two_whichever_way_is_better() -> None:
    speed = Figure("x real time", True, (10.0,))
    seconds = Figure("s", False, (10.0,))
    assert ratio(speed, replace(speed, values=(20.0,))) == 2.0
    assert ratio(seconds, replace(seconds, values=(5.0,))) == 2.0


def test_gaps_that_vanish_are_infinitely_better_and_none_stay_equal() -> None:
    gaps, none = Figure("gaps", False, (3.0,)), Figure("gaps", False, (0.0,))
    assert ratio(gaps, none) == float("inf")
    assert ratio(none, gaps) == 0.0
    assert ratio(none, none) == 1.0


def test_only_what_both_reports_measured_is_compared() -> None:
    slower = {"separation": Figure("x real time", True, (5.0,))}
    assert compared(REPORT, replace(REPORT, figures=slower)) == {"separation": 0.25}
    assert "0.25 x" in comparison(REPORT, replace(REPORT, figures=slower))


def test_reports_of_different_songs_are_not_compared() -> None:
    other = replace(REPORT, setting={"song": "generated", "song seconds": 20.0})
    with pytest.raises(ReportError, match=r"song seconds was 240.0, and is 20.0"):
        compared(REPORT, other)


def test_a_table_tells_median_range_and_unit() -> None:
    line = table(REPORT.figures).splitlines()[0].split()
    assert line == ["separation", "20.000", "(10.000", "to", "30.000)", "x", "real", "time"]


def test_the_cost_of_a_process_is_its_own() -> None:
    idle = run([sys.executable, "-c", "import time; time.sleep(0.5); print('done')"])
    assert idle.output == "done\n"
    assert idle.seconds > 0.5 > idle.cpu_seconds


def test_peak_memory_is_that_of_the_process() -> None:
    # From a small process: the one that runs the tests is large.
    program = """
import sys
from benchmarks.processes import run
sizes = [run([sys.executable, "-c", f"b'x' * {size << 20}"]).peak_mib for size in (0, 200)]
print(sizes[1] - sizes[0])
"""
    assert 180 < float(run([sys.executable, "-c", program]).output) < 210


def test_threads_are_handed_to_the_numeric_libraries() -> None:
    program = "import os; print(os.environ['OMP_NUM_THREADS'])"
    assert run([sys.executable, "-c", program], threads=7).output == "7\n"


def test_a_failing_command_is_told_with_its_last_words() -> None:
    with pytest.raises(CommandFailed, match=r"ended with 3:\nno such song"):
        run([sys.executable, "-c", "import sys; print('no such song', file=sys.stderr); exit(3)"])
    with pytest.raises(CommandFailed, match="no-such-program cannot be started"):
        run(["no-such-program"])


def test_a_rivals_command_is_split_as_a_shell_does_and_filled_in(tmp_path: Path) -> None:
    rival = contender("other=cd '/a b' && python 'run it.py' -i {song} --out={folder}/x")
    assert (rival.name, rival.folder) == ("other", Path("/a b"))
    song = tmp_path / "my song.mp3"
    filled = rival.filled(song, tmp_path)
    assert filled == ["python", "run it.py", "-i", str(song), f"--out={tmp_path}/x"]


@pytest.mark.parametrize("text", ["other", "=python x", "other=", "other=cd /a &&"])
def test_a_rival_without_name_or_command_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not NAME=COMMAND"):
        contender(text)


def test_rivals_are_compared_by_medians() -> None:
    ours = [Cost(2.0, 3.0, 100, ""), Cost(1.0, 2.0, 100, ""), Cost(90.0, 90.0, 100, "")]
    theirs = [Cost(20.0, 30.0, 400, ""), Cost(40.0, 30.0, 400, ""), Cost(21.0, 30.0, 400, "")]
    said = summary({"ours": ours, "theirs": theirs}, ours="ours", seconds=60.0)
    assert said["ours"]["slower_than_ours"] == 1.0
    assert said["ours"]["x_real_time"] == 30.0
    assert said["theirs"]["slower_than_ours"] == 10.5
    assert said["theirs"]["more_processor_than_ours"] == 10.0
    assert said["theirs"]["more_memory_than_ours"] == 4.0


@pytest.mark.parametrize("name", ["song.wav", "song.mp3"])
def test_the_song_of_the_benchmarks_has_the_length_asked_for(name: str, tmp_path: Path) -> None:
    song = write_song(tmp_path / name, 2.5)
    assert song_seconds(song) == pytest.approx(2.5, abs=0.06)


def played(callback: Callable[[], None], seconds: float) -> int:
    """Gaps while a loudspeaker with a latency of 50 ms asks for blocks of 10 ms."""
    loudspeaker = Loudspeaker()
    stream = loudspeaker.OutputStream(
        samplerate=1000,
        blocksize=10,
        channels=2,
        dtype="float32",
        latency=0.05,
        callback=lambda out, count, times, status: callback(),
    )
    stream.start()
    time.sleep(seconds)
    assert stream.active
    stream.close()
    return loudspeaker.gaps


def test_blocks_later_than_the_latency_are_gaps() -> None:
    assert played(lambda: None, 0.3) == 0
    assert played(lambda: time.sleep(0.08), 0.5) >= 4


def test_a_loudspeaker_asks_for_blocks_at_its_own_pace() -> None:
    blocks: list[float] = []
    played(lambda: blocks.append(time.perf_counter()), 0.5)
    assert np.mean(np.diff(blocks)) == pytest.approx(0.01, rel=0.2)


def test_faults_are_chosen_by_words_of_their_name_or_place() -> None:
    names = {(fault.name, fault.where) for fault in chosen(["DISK filled"])}
    assert len(names) == 4
    assert all(name.startswith("disk filled while") for name, _ in names)
    assert {fault.where for fault in chosen(["window"])} == {"window"}
    assert chosen(["disk filled", "clock jumps"]) == [*chosen(["disk filled"]), *chosen(["clock"])]
    assert len(chosen([])) > len(chosen(["command line"])) > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "disk", "--write"], "--write needs all faults"),
        (["--only", "earthquake"], "no fault has “earthquake” in its name"),
    ],
)
def test_some_faults_never_replace_the_table_of_all(
    options: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["faults", *options])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert said in capsys.readouterr().err


def test_a_fault_that_cannot_be_provoked_here_is_told_and_no_problem() -> None:
    def run(place: Place) -> Outcome:
        raise NotTried("no disk can be mounted")

    fault = Fault("disk full", COMMAND_LINE, "a disk", run, says="disk is full")
    outcome = provoke(fault)
    assert outcome.said == ["(not tried: no disk can be mounted)"]
    assert not outcome.problems
