"""What the command line says while it separates: for people, or as JSON for machines."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from app.export_sentences import check_sentences, export_as_json, sentences
from core.export_plan import ExportReport
from core.naming import shown_name

_LONGEST_NAME = 40  # letters beside the progress bar


@dataclass(frozen=True)
class Outcome:
    """What became of one song."""

    song: Path
    error: str = ""
    cancelled: bool = False
    export: ExportReport | None = None
    picture: Path | None = None
    facts: dict[str, str | int | float] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """`written`, `failed` or `cancelled`."""
        if self.cancelled:
            return "cancelled"
        return "failed" if self.error else "written"


class Reporter(Protocol):
    """Hears of everything while songs are separated."""

    def note(self, text: str) -> None:
        """Say something that concerns no single song."""

    def start(self, song: Path, *, number: int, songs: int) -> None:
        """A song begins."""

    def progress(self, fraction: float) -> None:
        """The song has come this far, 0.0 to 1.0."""

    def finish(self, outcome: Outcome) -> None:
        """A song has ended, or was refused before it began."""


class TextReporter:
    """Lines on standard output, errors and a progress bar on standard error."""

    def __init__(self) -> None:
        self._output = Console(highlight=False, markup=False, soft_wrap=True)
        self._errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        self._bar = _progress_bar(self._errors)
        self._task = self._bar.add_task("", total=1.0, visible=False)
        self._shown = Path()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def note(self, text: str) -> None:
        self._errors.print(text)

    def start(self, song: Path, *, number: int, songs: int) -> None:
        self._shown = song
        name = shown_name(song)
        if len(name) > _LONGEST_NAME:
            name = f"{name[: _LONGEST_NAME - 1]}…"
        label = f"{name} ({number} of {songs})" if songs > 1 else name
        if self._errors.is_terminal:
            self._bar.reset(self._task, description=label, total=1.0, visible=True)
        else:
            self._errors.print(f"Separating {label}")

    def progress(self, fraction: float) -> None:
        self._bar.update(self._task, completed=fraction)

    def finish(self, outcome: Outcome) -> None:
        self._hide(outcome.song)
        if outcome.cancelled:
            self._errors.print(f"“{shown_name(outcome.song)}” was cancelled.")
        elif outcome.error:
            self._errors.print(outcome.error, style="red")
        if outcome.export is not None and not outcome.error:
            for path in outcome.export.paths.values():
                self._output.print(_printable(path))
            for extra in (outcome.export.sidecar, outcome.picture):
                if extra is not None:
                    self._output.print(_printable(extra))
            for sentence in sentences(outcome.export):
                self._errors.print(sentence, style="dim")
            for sentence in check_sentences(outcome.export.check):
                self._errors.print(sentence, style="dim" if outcome.export.check.passed else "red")

    def _hide(self, song: Path) -> None:
        """Take the bar away, unless it shows the next song already."""
        if song == self._shown:
            self._bar.update(self._task, visible=False, refresh=True)


class JsonReporter(TextReporter):
    """One JSON object per song on standard output; the rest on standard error."""

    def finish(self, outcome: Outcome) -> None:
        if outcome.error:
            super().finish(outcome)
        self._hide(outcome.song)
        self._output.print(json.dumps(_as_json(outcome)))


def _progress_bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("elapsed,"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _as_json(outcome: Outcome) -> dict[str, object]:
    """All that is known of a song, as JSON can hold it."""
    said: dict[str, object] = {"song": str(outcome.song), "status": outcome.status}
    if outcome.error:
        said["error"] = outcome.error
    said |= outcome.facts
    export = outcome.export
    if export is not None:
        said |= export_as_json(export)
    if outcome.picture is not None:
        said["picture"] = str(outcome.picture)
    return said
