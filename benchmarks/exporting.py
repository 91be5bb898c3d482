"""Measures how long the stems of a separated song take to be saved, read back and checked."""

import argparse
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from core.audio import read_audio
from core.export import export_stems
from core.export_plan import ExportPlan
from core.formats import BitDepth, FileFormat, OutputFormat
from core.stems import Stem


def seconds_to_export(song: Path, file_format: FileFormat) -> float:
    """Save both stems with 24 bits; half of the song stands for its voice."""
    mixture = read_audio(song)
    vocals = 0.5 * mixture.samples[:, :]
    with TemporaryDirectory() as folder:
        plan = ExportPlan(
            (Stem.INSTRUMENTAL, Stem.VOCALS),
            OutputFormat(file_format, BitDepth.INT24),
            Path(folder),
        )
        began = time.perf_counter()
        export_stems(song, mixture, vocals, plan)
        return time.perf_counter() - began


def main() -> None:
    """Save a song in each format and print the seconds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("song", type=Path)
    song = parser.parse_args().song
    print(json.dumps({kind.value: seconds_to_export(song, kind) for kind in _LOSSLESS}))


_LOSSLESS = (FileFormat.WAV, FileFormat.FLAC)

if __name__ == "__main__":
    main()
