"""The commands that make and measure checkpoints: prepare, sing, train, evaluate, publish.

What they need is imported when they run: every start of the window goes through here.
"""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from core.ensemble import CheckpointChoice, Combination

ENSEMBLE_HELP = "What several checkpoints are combined by."
MISSING = "Training needs packages that are not installed: pip install '.[training]'."


def prepare(
    target: Annotated[Path, typer.Option("--output", "-o", help="Folder for the shards.")],
    instrumentals: Annotated[
        list[Path] | None, typer.Option(help="Folder of music without a voice; repeatable.")
    ] = None,
    vocals: Annotated[
        list[Path] | None, typer.Option(help="Folder of voices alone; repeatable.")
    ] = None,
    pairs: Annotated[
        list[Path] | None,
        typer.Option(help="Folder of songs, each with vocals and accompaniment; repeatable."),
    ] = None,
) -> None:
    """Turn folders of audio into shards to train on."""
    from rich.console import Console

    from core.training.shards import prepare as write_shards

    console = Console(stderr=True)
    write_shards(
        target,
        instrumentals=instrumentals or [],
        vocals=vocals or [],
        pairs=pairs or [],
        progress=lambda text: console.print(text, markup=False, highlight=False),
    )


def sing(
    folder: Annotated[Path, typer.Argument(help="Folder of recordings, one voice at a time.")],
    target: Annotated[Path, typer.Option("--output", "-o", help="Folder for the new ones.")],
    copies: Annotated[int, typer.Option(min=1, help="Singers for each recording.")] = 3,
    speech: Annotated[
        bool, typer.Option("--speech", help="They are speech: make melodies of them.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Another one gives other singers.")] = 0,
) -> None:
    """Let other singers sing recordings, to train on."""
    from rich.console import Console

    from core.audio import find_songs
    from core.training.singers import make_singers

    console = Console(stderr=True)
    make_singers(
        find_songs([folder]),
        target,
        copies=copies,
        melody=speech,
        seed=seed,
        progress=lambda text: console.print(text, markup=False, highlight=False),
    )


def train(
    config: Annotated[Path, typer.Argument(help="TOML file, such as configs/default.toml.")],
    data: Annotated[Path, typer.Option(help="Folder that prepare wrote.")],
    run: Annotated[Path, typer.Option(help="Folder of this run; resumed if it exists.")],
    devices: Annotated[int, typer.Option(help="Devices, or CPU processes, a machine.")] = 1,
    nodes: Annotated[int, typer.Option(help="Machines.")] = 1,
    accelerator: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    minutes: Annotated[float, typer.Option(help="Stop and save after so long.")] = float("inf"),
    start: Annotated[
        Path | None, typer.Option(help="Checkpoint whose weights a new run begins with.")
    ] = None,
    teacher: Annotated[
        Path | None, typer.Option(help="Checkpoint to learn from, instead of the true voices.")
    ] = None,
) -> None:
    """Train a checkpoint, or go on training it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    try:
        from torch.utils.tensorboard import SummaryWriter

        from core.training.config import read_config
        from core.training.train import Trainer, TrainingStep
    except ImportError as error:
        typer.echo(MISSING, err=True)
        raise typer.Exit(1) from error
    settings = read_config(config)
    trainer = Trainer(
        settings,
        data=data,
        run=run,
        devices=devices,
        nodes=nodes,
        accelerator=accelerator,
        start=start,
        teacher=teacher,
    )
    if not trainer.fabric.is_global_zero:
        trainer.train(progress=lambda _: None, seconds=60 * minutes)
        return
    with (
        SummaryWriter(run / "logs") as log,
        Progress(
            TextColumn("step {task.completed:.0f} of {task.total:.0f}"),
            BarColumn(),
            TextColumn("loss {task.fields[loss]:.4f}, {task.fields[hours]:.1f} h of audio"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(stderr=True),
        ) as bar,
    ):
        task = bar.add_task("", total=settings.steps, completed=trainer.step, loss=0, hours=0)

        def show(step: TrainingStep) -> None:
            bar.update(task, completed=step.step, loss=step.loss, hours=step.audio_hours)
            log.add_scalar("loss", step.loss, step.step)
            log.add_scalar("learning rate", step.rate, step.step)
            log.add_scalar("audio hours", step.audio_hours, step.step)

        trainer.train(progress=show, seconds=60 * minutes)


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder of songs with true stems.")],
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="Left out: the default; repeatable.")
    ] = None,
    ensemble: Annotated[Combination, typer.Option(help=ENSEMBLE_HELP)] = Combination.MEAN,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda:N or mps.")] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    museval: Annotated[bool, typer.Option(help="Also museval's scores (slow).")] = True,
) -> None:
    """Measure a checkpoint on songs whose true stems are known."""
    from rich.console import Console

    from app.score_table import dropout_line, score_table
    from core.checkpoint import load_chosen
    from core.devices import choose_device
    from core.resources import default_checkpoint_path
    from core.separator import Separator
    from core.training import evaluate as evaluation

    console = Console(stderr=True)
    choice = choose_device(device)
    console.print(choice.reason, highlight=False)
    chosen = CheckpointChoice(tuple(checkpoint or [default_checkpoint_path()]), ensemble)
    separator = Separator(load_chosen(chosen), device=choice)
    started = time.monotonic()
    results = evaluation.evaluate(
        separator,
        folder,
        with_museval=museval,
        progress=lambda name: console.print(name, markup=False, highlight=False),
    )
    if as_json:
        scores = json.loads(evaluation.as_json(results))
        typer.echo(json.dumps({"sha256": separator.checkpoint.sha256, **scores}, indent=2))
    else:
        table = Console(width=140)
        table.print(score_table(results))
        table.print(dropout_line(evaluation.all_dropouts(results)), highlight=False)
        console.print(f"{time.monotonic() - started:.0f} s", highlight=False)


def publish(
    weights: Annotated[
        list[Path],
        typer.Argument(help="A run's weights.safetensors; of several, one file with all of them."),
    ],
    target: Annotated[Path, typer.Option("--output", "-o", help="The checkpoint to write.")],
    songs: Annotated[Path, typer.Option(help="Folder of songs with true stems.")],
    name: Annotated[str, typer.Option(help="What people call the checkpoint.")],
    licence: Annotated[str, typer.Option(help="Of the weights.")],
    training_data: Annotated[str, typer.Option(help="What it was trained on, in a sentence.")],
    ensemble: Annotated[Combination, typer.Option(help=ENSEMBLE_HELP)] = Combination.MEAN,
    slope: Annotated[float, typer.Option(help="Calibration: below 1 softens masks.")] = 1.0,
    offset: Annotated[
        float, typer.Option(help="Calibration: above 0 leaves more in the instrumental.")
    ] = 0.0,
) -> None:
    """Measure a run's weights, and write them as a checkpoint that says what it is."""
    from core.checkpoint import load_chosen
    from core.devices import choose_device
    from core.measures import mean_scores
    from core.separator import Separator
    from core.training.evaluate import evaluate as measure
    from core.training.publish import calibrated, card_scores
    from core.training.publish import publish as write

    checkpoint = load_chosen(CheckpointChoice(tuple(weights), ensemble))
    if (slope, offset) != (1.0, 0.0):
        checkpoint = calibrated(checkpoint, slope=slope, offset=offset)
    separator = Separator(checkpoint, device=choose_device("auto"))
    scores = mean_scores([song.scores for song in measure(separator, songs, with_museval=False)])
    write(
        checkpoint,
        target,
        name=name,
        licence=licence,
        training_data=training_data,
        scores=scores,
    )
    typer.echo(card_scores(scores))


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    for command in (prepare, sing, train, evaluate, publish):
        app.command()(command)
