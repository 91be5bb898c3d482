"""How the song in the window stands, in the words of the queue."""

from app.phase import Message, Phase
from app.queue_items import Status
from app.song import Song


def standing(phase: Phase, song: Song | None, message: Message | None) -> tuple[Status, str]:
    """Return the status of the song that is open, and why it failed if it did."""
    if phase is Phase.OPENING:
        return Status.READING, ""
    unfinished = song is not None and not song.finished
    if phase is Phase.SEPARATING or (phase is Phase.RETAKING and unfinished):
        return Status.SEPARATING, ""
    if song is not None and song.finished:
        return Status.DONE, ""
    if message is not None and message.is_error:
        return Status.FAILED, message.text
    if song is not None and song.ready.total:
        return Status.CANCELLED, ""
    return Status.WAITING, ""
