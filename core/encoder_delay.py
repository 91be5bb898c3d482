"""The samples that encoders put before a song, as finished files tell them to players."""

from typing import BinaryIO

from core.formats import FileFormat

_MP3_DECODER = 529  # samples, of every decoder; LAME's field counts the encoder's own alone
_LOOKED_AT = 4096  # bytes


def encoder_delay(file: BinaryIO, file_format: FileFormat) -> int:
    """Return the delay in samples of an MP3 or Opus file just written; others have none."""
    if file_format not in (FileFormat.MP3, FileFormat.OPUS):
        return 0
    file.seek(0)
    head = file.read(_LOOKED_AT)
    if file_format is FileFormat.OPUS:  # RFC 7845, 5.1: pre-skip
        at = head.find(b"OpusHead")
        return int.from_bytes(head[at + 10 : at + 12], "little") if at >= 0 else 0
    at = head.find(b"LAME")  # the encoder's name, and 21 bytes on, twelve bits of delay
    return (int.from_bytes(head[at + 21 : at + 24], "big") >> 12) + _MP3_DECODER if at >= 0 else 0
