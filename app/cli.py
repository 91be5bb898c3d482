"""The command line: `vocal-remover` opens the window, its sub-commands work without one."""

import gc
import importlib.util
import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from app.cli_training import register
from app.logs import log_path, start_logging
from core.ensemble import CheckpointChoice, Combination
from core.errors import OutputError, VocalRemoverError
from core.formats import BitDepth, FileFormat, OutputFormat, Quality
from core.low_end import HIGHEST_HZ, LOWEST_HZ
from core.mix import HIGHEST_DB, PLAIN
from core.naming import DEFAULT_NAMES, StemNames
from core.resources import default_checkpoint_path
from core.stems import Stem

if TYPE_CHECKING:  # brings the decoders, which --help does not wait for
    from app.cli_plan import Request


class _OpenUnlessNamed(TyperGroup):
    """Runs `open` where the first word is no sub-command, so that songs can follow directly."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if not args or (args[0] not in self.commands and args[0] not in {"--help", "-h"}):
            args = ["open", *args]
        return super().parse_args(ctx, args)


commands = typer.Typer(
    cls=_OpenUnlessNamed,
    help="Take the voice out of songs. Without a command, open the window with the given songs.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class _Part(Enum):
    """What can be written of a song."""

    INSTRUMENTAL = Stem.INSTRUMENTAL.value
    VOCALS = Stem.VOCALS.value


Songs = Annotated[
    list[Path], typer.Argument(metavar="SONG", help="Audio or video files, or folders of them.")
]


@commands.command("open")
def open_window(
    songs: Annotated[list[Path] | None, typer.Argument(metavar="SONG")] = None,
) -> None:
    """Open the window; `open` may be left out."""
    if not _has_display():
        typer.echo("There is no display here, so the window cannot open.", err=True)
        if not songs:
            typer.echo("To separate songs without it: vocal-remover separate SONG...", err=True)
            raise typer.Exit(1)
        typer.echo("Separating on the command line instead.", err=True)
        raise typer.Exit(_separate_without_window(songs))
    if importlib.util.find_spec("PySide6") is None:
        typer.echo("The window needs PySide6, which is not installed.", err=True)
        raise typer.Exit(1)
    gc.disable()  # nothing that the start makes is garbage; `run` goes on looking for it
    from app.gui import run  # Qt, only where it is wanted

    raise typer.Exit(run(songs or []))


@commands.command()
def separate(
    songs: Songs,
    folder: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Default: beside each song."),
    ] = None,
    stem: Annotated[
        list[_Part] | None,
        typer.Option(
            metavar="instrumental|vocals", help="What to write; may be given twice. Default: both."
        ),
    ] = None,
    file_format: Annotated[FileFormat, typer.Option("--format")] = FileFormat.WAV,
    bit_depth: Annotated[
        BitDepth, typer.Option(help="Of WAV, FLAC and ALAC; 32f is floating point, WAV only.")
    ] = BitDepth.INT24,
    quality: Annotated[Quality, typer.Option(help="Of MP3, M4A, Opus and Ogg.")] = Quality.HIGH,
    names: Annotated[
        str,
        typer.Option(metavar="TEMPLATE", help="Fields: {song}, {title}, {artist}, {stem}."),
    ] = DEFAULT_NAMES.template,
    device: Annotated[
        str, typer.Option(metavar="auto|cpu|cuda:N|mps", help="Where to compute.")
    ] = "auto",
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Default: the one that comes along. Repeatable."),
    ] = None,
    ensemble: Annotated[
        Combination,
        typer.Option(
            help="Of several checkpoints: their mean, or in every bin the instrumental "
            "of least (min) or greatest (max) magnitude."
        ),
    ] = Combination.MEAN,
    keep_low_end: Annotated[
        float | None,
        typer.Option(
            metavar="HZ",
            min=LOWEST_HZ,
            max=HIGHEST_HZ,
            help="Below it leave everything in the instrumental, unless a voice sings there.",
        ),
    ] = None,
    vocal_level: Annotated[
        float,
        typer.Option(
            metavar="DB",
            max=HIGHEST_DB,
            show_default=False,
            help="Leave the voice in the instrumental at this level, as a guide. Default: off.",
        ),
    ] = PLAIN.vocals_db,
    sample: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            min=0.0,
            help="Write only so much, from where the voice starts; 0 writes all.",
        ),
    ] = 0.0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace existing files.")] = False,
    picture: Annotated[
        bool, typer.Option("--picture", help="Also write spectrograms of before and after.")
    ] = False,
    sidecar: Annotated[
        bool, typer.Option("--sidecar", help="Also write how they were made, for `again`.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per line and song.")
    ] = False,
    cluster: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            show_default=False,
            help="Let a Dask cluster do it; its machines find all files at the same paths.",
        ),
    ] = "",
) -> None:
    """Separate songs into instrumental and vocals.

    Folders are searched recursively; with -o their tree is kept. One bad file does not stop the
    rest. The exit status is 0 only if every song was written.
    """
    from app.cli_plan import Request

    stems = tuple(Stem(part.value) for part in dict.fromkeys(stem or _Part))
    try:
        output = OutputFormat(file_format, bit_depth, quality)
        stem_names = StemNames(names)
        stem_names.check(stems)
    except OutputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    request = Request(
        paths=songs,
        folder=folder,
        stems=stems,
        output=output,
        names=stem_names,
        overwrite=overwrite,
        numbered=False,
        picture=picture,
        keep_low_end_hz=keep_low_end,
        vocals_db=vocal_level,
        sample_seconds=sample,
        device=device,
        checkpoint=CheckpointChoice(tuple(checkpoint or [default_checkpoint_path()]), ensemble),
        sidecar=sidecar,
    )
    raise typer.Exit(_run(request, as_json=as_json, cluster=cluster))


@commands.command()
def again(
    sidecar: Annotated[
        Path, typer.Argument(metavar="SIDECAR", help="What `separate --sidecar` wrote.")
    ],
    folder: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Default: beside the sidecar."),
    ] = None,
    song: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Default: looked for beside the sidecar and above."),
    ] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Where it was not the default one. Repeatable."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace existing files.")] = False,
) -> None:
    """Make stems again as their sidecar says, and tell whether they are the same bit for bit.

    The exit status is 0 only if they are.
    """
    from app.cli_again import run_again

    status = run_again(
        sidecar, folder=folder, song=song, checkpoints=checkpoint or [], overwrite=overwrite
    )
    raise typer.Exit(status)


@commands.command()
def doctor(
    in_full: Annotated[
        bool,
        typer.Option(
            "--report", help="Everything that support needs, with the log, without folders."
        ),
    ] = False,
) -> None:
    """Print versions, devices, codecs and the audio output, for support."""
    if in_full:
        from app.report import full_report

        typer.echo(full_report(), nl=False)
        return
    from app.doctor import report

    for line in report():
        typer.echo(line)


register(commands)


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A song's name must not fail the run where the terminal lacks its letters.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    start_logging(log_path(), terminal=True)
    try:
        commands(prog_name="vocal-remover")
    except VocalRemoverError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    finally:
        gc.freeze()  # else all that torch has made is gone through once more: half a second


def _separate_without_window(songs: list[Path]) -> int:
    """Write what the window would show; whoever runs it again keeps the files of the first run."""
    from app.cli_plan import Request

    request = Request(
        paths=songs,
        folder=None if all(os.access(song.parent, os.W_OK) for song in songs) else Path(),
        stems=(Stem.INSTRUMENTAL, Stem.VOCALS),
        output=OutputFormat(),
        names=DEFAULT_NAMES,
        overwrite=False,
        numbered=True,
        picture=True,
        keep_low_end_hz=None,
        vocals_db=PLAIN.vocals_db,
        sample_seconds=0.0,
        device="auto",
        checkpoint=CheckpointChoice((default_checkpoint_path(),)),
    )
    return _run(request, as_json=False)


def _run(request: "Request", *, as_json: bool, cluster: str = "") -> int:
    from app.cli_batch import run_batch
    from app.cli_report import JsonReporter, TextReporter

    with JsonReporter() if as_json else TextReporter() as reporter:
        return run_batch(request, reporter, cluster=cluster)


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    if wanted and not wanted.startswith(("xcb", "wayland")):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
