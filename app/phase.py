"""What the session does with its song, in a word, and what it tells the user."""

from dataclasses import dataclass
from enum import Enum, auto


class Phase(Enum):
    """What is being done with the song."""

    EMPTY = auto()
    OPENING = auto()
    READY = auto()
    SEPARATING = auto()
    RETAKING = auto()
    EXPORTING = auto()


@dataclass(frozen=True)
class Message:
    """A sentence in the window's banner."""

    text: str
    is_error: bool = False
