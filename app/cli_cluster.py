"""Songs separated on a cluster that runs already: several machines that share their folders."""

import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from app import cli_steps
from app.cli_plan import Request, Task
from app.cli_report import Outcome, Reporter
from core.ensemble import CheckpointChoice
from core.errors import ClusterError
from core.files import parts_of, remove_parts
from core.naming import shown_name

if TYPE_CHECKING:
    from distributed import Client, Future

    from core.separator import Separator

PATIENCE_SECONDS = 20
"""To wait for the scheduler before saying that nobody answers."""

_log = logging.getLogger(__name__)
_turn = threading.Lock()


@dataclass(frozen=True)
class Order:
    """What a worker has to know beside the song.

    Attributes:
        run: names the whole run, so that what a worker that died has left can be found.
        checkpoint: to use; files that lie at the same place on every machine.
        device: as on the command line.
        keep_low_end_hz: None keeps nothing.
    """

    run: str
    checkpoint: CheckpointChoice
    device: str
    keep_low_end_hz: float | None


def separate_on_cluster(
    address: str,
    tasks: list[Task],
    request: Request,
    reporter: Reporter,
    cancelled: Callable[[], bool],
) -> int:
    """Let the workers of a Dask cluster separate songs, each of them once.

    A song whose worker dies is given to another one. What the first had written of it is
    replaced: nobody else's files can be there, since the tasks were planned where none were.

    Args:
        address: of the scheduler, such as tcp://10.0.0.1:8786.
        tasks: whose paths mean the same files on every machine.
        request: what to do with them.
        reporter: hears of every song once, in the order they end.
        cancelled: once true, songs that nobody has begun are withdrawn.

    Returns:
        How many songs were written.

    Raises:
        ClusterError: the scheduler does not answer, or Dask is not installed.
    """
    try:
        from distributed import Client, Future, wait
    except ImportError as error:
        raise ClusterError("--cluster needs Dask: pip install 'vocal-remover[cluster]'.") from error
    order = Order(secrets.token_hex(6), request.checkpoint, request.device, request.keep_low_end_hz)
    try:
        client = Client(address, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError) as error:
        raise ClusterError(f"No Dask scheduler answers at {address}.") from error
    written, waiting = 0, dict[Future, Task]()
    with client:
        reporter.note(_strength(len(client.scheduler_info(n_workers=-1)["workers"])))
        for number, task in enumerate(tasks):
            key = f"separate-{order.run}-{number}"
            waiting[client.submit(separate_song, _absolute(task), order, key=key)] = task
        withdrawn = False
        while waiting:
            if cancelled() and not withdrawn:
                withdrawn = True
                _withdraw(client, waiting, reporter)
                continue
            with suppress(TimeoutError):
                wait(list(waiting), timeout=1, return_when="FIRST_COMPLETED")
            for future in [future for future in waiting if future.done()]:
                outcome = _outcome(future, waiting.pop(future))
                reporter.finish(outcome)
                written += outcome.status == "written"
    for folder in {path.parent for task in tasks for path in task.paths}:
        remove_parts(folder, order.run)
    return written


def separate_song(task: Task, order: Order) -> Outcome:
    """Take one song through all steps, on a worker; another may have begun with it and died."""
    task = replace(task, plan=replace(task.plan, overwrite=True))

    def silent(fraction: float) -> None:
        pass

    # A song at a time, however many threads the worker has: it uses all cores.
    with _turn, parts_of(order.run):
        try:
            separator = _separator(order.checkpoint, order.device)
            read = cli_steps.read(task, progress=silent, cancelled=_never)
            separated = cli_steps.separate(
                task, read, separator, note=_log.info, progress=silent, cancelled=_never
            )
            return cli_steps.save(
                task,
                separated,
                keep_low_end_hz=order.keep_low_end_hz,
                progress=silent,
                cancelled=_never,
            )
        except cli_steps.FAILURES as error:
            return cli_steps.failed(task, error)


@cache
def _separator(checkpoint: CheckpointChoice, device: str) -> "Separator":
    from core.checkpoint import load_chosen
    from core.devices import choose_device
    from core.separator import Separator

    return Separator(load_chosen(checkpoint), device=choose_device(device))


def _never() -> bool:
    return False


def _absolute(task: Task) -> Task:
    """The task for a process that runs in another folder."""
    plan = replace(task.plan, folder=task.plan.folder.absolute())
    picture = task.picture.absolute() if task.picture else None
    return replace(task, song=task.song.absolute(), plan=plan, picture=picture)


def _withdraw(client: "Client", waiting: "dict[Future, Task]", reporter: Reporter) -> None:
    """Take back the songs that no worker has begun."""
    begun = {key for keys in client.processing().values() for key in keys}
    for future in [future for future in waiting if future.key not in begun]:
        future.cancel()
        reporter.finish(Outcome(waiting.pop(future).song, cancelled=True))
    if waiting:
        reporter.note("The songs that were begun are finished first.")


def _outcome(future: "Future", task: Task) -> Outcome:
    """What a worker said of a song, told of the path that the user gave."""
    if future.status == "finished":
        said: Outcome = future.result()
        return replace(said, song=task.song)
    if future.cancelled():
        return Outcome(task.song, error=f"The cluster gave up “{shown_name(task.song)}”.")
    error = future.exception()
    return Outcome(
        task.song,
        error=f"The cluster could not separate “{shown_name(task.song)}”: {error}",
    )


def _strength(workers: int) -> str:
    if not workers:
        return "The cluster has no workers yet; the songs wait for one."
    return f"Using a cluster of {workers} {'worker' if workers == 1 else 'workers'}."
