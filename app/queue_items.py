"""The songs of the queue as they stand, and the file in which they outlive the program."""

import json
import logging
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from platformdirs import user_state_path

from core.errors import OutputError
from core.export_plan import ExportPlan, ExportReport
from core.files import new_file

VERSION = 1

log = logging.getLogger(__name__)


class Status(Enum):
    """What has become of a song in the queue."""

    WAITING = "waiting"
    READING = "reading"
    SEPARATING = "separating"
    SAVING = "saving"
    DONE = "done"
    SAVED = "saved"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        """Whether it is worked on."""
        return self in (Status.READING, Status.SEPARATING, Status.SAVING)

    @property
    def is_success(self) -> bool:
        """Whether all that was wanted is done."""
        return self in (Status.DONE, Status.SAVED)


@dataclass(frozen=True)
class Item:
    """A song in the queue.

    Attributes:
        path: where it lies, absolute; no two items share it.
        status: what has become of it.
        reason: why it failed, one sentence.
        share: how much of what goes on is done, 0 to 1.
        seconds_left: how long that will still take, where it is known.
        plan: what to save of it; names and, if empty, the folder are filled in song by song.
        saved: what was saved of it, since the program started.
    """

    path: Path
    status: Status = Status.WAITING
    reason: str = ""
    share: float = 0.0
    seconds_left: float | None = None
    plan: ExportPlan | None = None
    saved: ExportReport | None = None


def default_queue_file() -> Path:
    """Where this user's queue is kept."""
    return user_state_path("vocal-remover", appauthor=False) / "queue.json"


class QueueFile:
    """The queue on disk; nothing that befalls it befalls the program."""

    def __init__(self, path: Path) -> None:
        """Use a file, which is made when there is something to keep."""
        self._path = path
        self._kept = ""

    def load(self) -> tuple[Item, ...]:
        """Return the songs that were kept; what was worked on waits again."""
        try:
            text = self._path.read_text(encoding="utf-8")
            kept = json.loads(text)
            if kept["version"] != VERSION:
                raise ValueError(f"version {kept['version']}")
            items = [
                Item(Path(song["path"]), Status(song["status"]), str(song["reason"]))
                for song in kept["songs"]
            ]
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("The queue that was kept cannot be read: %s", error)
            return ()
        self._kept = text
        return tuple({item.path: item for item in items}.values())

    def save(self, items: tuple[Item, ...]) -> None:
        """Keep the songs, if they are not kept so already; the file changes whole or not at all."""
        songs = [
            {
                "path": str(item.path),
                "status": (Status.WAITING if item.status.is_active else item.status).value,
                "reason": item.reason,
            }
            for item in items
        ]
        # ASCII, so that names which are no text survive.
        text = json.dumps({"version": VERSION, "songs": songs}, indent=1)
        if text == self._kept:
            return
        self._kept = text
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with new_file(self._path, overwrite=True) as file:
                file.write(text.encode())
        except (OSError, OutputError) as error:
            log.warning("The queue could not be kept: %s", error)
