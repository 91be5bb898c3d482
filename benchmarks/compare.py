"""Compares two reports of the benchmarks as ratios: `python -m benchmarks.compare OLD NEW`."""

import argparse
import sys
from pathlib import Path

from benchmarks.figures import Figure, Report, ReportError, read_report


def ratio(old: Figure, new: Figure) -> float:
    """How many times better the new median is: above 1 is better, whatever the unit.

    A figure that fell to nothing counts as infinitely better or worse; two nothings are equal.
    """
    better, worse = (new, old) if new.higher_is_better else (old, new)
    if worse.median == 0:
        return 1.0 if better.median == 0 else float("inf")
    return better.median / worse.median


def compared(old: Report, new: Report) -> dict[str, float]:
    """Ratios of the figures that both reports have.

    Raises:
        ReportError: they were made with other songs, checkpoints or lengths.
    """
    for name in sorted(old.setting.keys() | new.setting.keys()):
        if old.setting.get(name) != new.setting.get(name):
            raise ReportError(
                f"The reports do not compare: {name} was {old.setting.get(name)}, "
                f"and is {new.setting.get(name)}."
            )
    return {
        name: ratio(old.figures[name], figure)
        for name, figure in new.figures.items()
        if name in old.figures
    }


def comparison(old: Report, new: Report) -> str:
    """One line a figure: name, old and new median, unit, and the ratio.

    Raises:
        ReportError: see `compared`.
    """
    ratios = compared(old, new)
    width = max(map(len, ratios), default=0)
    lines = [
        f"{name:<{width}}  {old.figures[name].median:10.3f} -> {new.figures[name].median:10.3f} "
        f"{new.figures[name].unit:<12}  {how_much:6.2f} x"
        for name, how_much in ratios.items()
    ]
    return "\n".join([*lines, "Above 1 is better."])


def main() -> None:
    """Read two reports and print how the second compares with the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    options = parser.parse_args()
    try:
        print(comparison(read_report(options.old), read_report(options.new)))
    except ReportError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
