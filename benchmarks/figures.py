"""Measured figures, the report that holds them, and its JSON."""

import json
import os
import platform
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path


class ReportError(Exception):
    """A file is no report, or two reports cannot be compared; the message says why."""


@dataclass(frozen=True)
class Figure:
    """One thing that was measured several times.

    Attributes:
        unit: of the values, such as "s" or "x real time".
        higher_is_better: whether more is faster.
        values: one of each run, in order.
    """

    unit: str
    higher_is_better: bool
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """What to quote: a noisy machine moves it least."""
        return statistics.median(self.values)


@dataclass(frozen=True)
class Report:
    """All figures of one run of the suite.

    Attributes:
        setting: what the figures depend on beside the code; reports with other settings do not
            compare.
        machine: what it ran on.
        load: the system's load average (of one minute) before and after; empty where the system
            has none.
    """

    setting: dict[str, str | float]
    machine: dict[str, str | int]
    load: tuple[float, ...] = ()
    figures: dict[str, Figure] = field(default_factory=dict)

    def as_json(self) -> str:
        """The report as text; medians are in it for readers, and are computed anew when read."""
        said = asdict(self)
        for name, figure in self.figures.items():
            said["figures"][name]["median"] = figure.median
        return json.dumps(said, indent=1)


def read_report(path: Path) -> Report:
    """Read what `Report.as_json` wrote.

    Raises:
        ReportError: the file cannot be read or is no report.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        figures = {
            name: Figure(said_of["unit"], said_of["higher_is_better"], tuple(said_of["values"]))
            for name, said_of in said["figures"].items()
        }
        return Report(said["setting"], said["machine"], tuple(said["load"]), figures)
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportError(f"{path} is no report of the benchmarks.") from error


def table(figures: dict[str, Figure]) -> str:
    """One line a figure: name, median, range and unit."""
    width = max(map(len, figures), default=0)
    return "\n".join(
        f"{name:<{width}}  {figure.median:10.3f}  "
        f"({min(figure.values):.3f} to {max(figure.values):.3f}) {figure.unit}"
        for name, figure in figures.items()
    )


def load() -> float | None:
    """How many processes wanted the processor in the last minute; None where it is not told."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def machine() -> dict[str, str | int]:
    """What is measured on, without names that are nobody's business."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": usable_cores(),
        "python": platform.python_version(),
    }
