"""Which songs the command line separates, where their files go, and what is refused at once."""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from core.audio import SongInfo, find_songs, likely_length, probe
from core.ensemble import CheckpointChoice
from core.errors import InputError, OutputError, VocalRemoverError
from core.export import check_targets
from core.export_plan import ExportPlan
from core.files import check_target
from core.formats import OutputFormat
from core.mix import Mix
from core.naming import StemNames, picture_path, shown_name
from core.stem_room import check_stem_room
from core.stems import Stem


@dataclass(frozen=True)
class Request:
    """What `separate` was asked to do."""

    paths: list[Path]  # songs, and folders of them
    folder: Path | None  # for the files; None is beside each song
    stems: tuple[Stem, ...]
    output: OutputFormat
    names: StemNames  # what the songs' tags say is put in song by song
    overwrite: bool
    numbered: bool  # where a file exists, all of the song's get the first number that is free
    picture: bool
    keep_low_end_hz: float | None  # None keeps nothing
    vocals_db: float  # of the voice in the instrumental; -inf is off
    sample_seconds: float  # 0 writes whole songs
    device: str
    checkpoint: CheckpointChoice
    sidecar: bool = False  # whether to write beside the stems how they were made


@dataclass(frozen=True)
class Task:
    """A song that can be read and whose files can be written."""

    song: Path
    plan: ExportPlan
    picture: Path | None

    @property
    def paths(self) -> list[Path]:
        """Every file that will be written."""
        saved = self.plan.paths(self.song)
        return [*saved, self.picture] if self.picture else saved


@dataclass(frozen=True)
class Refusal:
    """A song, or a path without songs, and the sentence that says why."""

    song: Path
    reason: str


def planned(request: Request) -> Iterator[Task | Refusal]:
    """Check everything that can be checked without computing, one song after the other."""
    taken: dict[str, Path] = {}
    for found in _songs(request):
        if isinstance(found, Refusal):
            yield found
            continue
        song, folder = found
        try:
            info = probe(song)
            task = _task(info, folder, request, taken)
            _claim(task, taken)
            _check_files(task)
            _check_room(task, info, request)
        except (VocalRemoverError, OSError) as error:
            yield Refusal(song, str(error))
        else:
            yield task


def _task(info: SongInfo, folder: Path, request: Request, taken: dict[str, Path]) -> Task:
    song = info.path
    request.output.check_channels(info.channels)
    names = replace(request.names, title=info.title, artist=info.artist)
    plan = ExportPlan(
        request.stems,
        request.output,
        folder,
        request.overwrite,
        names,
        mix=Mix(vocals_db=request.vocals_db),
        sample_seconds=request.sample_seconds,
        sidecar=request.sidecar,
    )
    task = Task(song, plan, picture_path(song, folder=folder) if request.picture else None)
    if request.numbered:
        numbers = (_numbered(task, number) for number in count(1))
        return next(numbered for numbered in numbers if _is_free(numbered, taken))
    return task


def _numbered(task: Task, number: int) -> Task:
    plan = replace(task.plan, names=replace(task.plan.names, number=number))
    if task.picture is None:
        return replace(task, plan=plan)
    picture = picture_path(task.song, folder=plan.folder, number=number)
    return replace(task, plan=plan, picture=picture)


def _is_free(task: Task, taken: dict[str, Path]) -> bool:
    return not any(os.path.lexists(path) or _key(path) in taken for path in task.paths)


def _songs(request: Request) -> Iterator[tuple[Path, Path] | Refusal]:
    """Yield each song once, with the folder that its files go to."""
    seen: set[Path] = set()
    for path in request.paths:
        try:
            found = _without_earlier_stems(find_songs([path]), path, request.folder)
        except InputError as error:
            yield Refusal(path, str(error))
            continue
        if not found:
            yield Refusal(path, f"The folder “{shown_name(path)}” holds no songs.")
        for song in found:
            if song.resolve() in seen:
                continue
            seen.add(song.resolve())
            if request.folder is None:
                yield song, song.parent
            else:
                below = song.parent.relative_to(path) if path.is_dir() else Path()
                yield song, request.folder / below


def _without_earlier_stems(songs: list[Path], path: Path, folder: Path | None) -> list[Path]:
    """Leave out what an earlier run wrote, where its folder lies inside the one searched."""
    if folder is None or path.resolve() not in folder.resolve().parents:
        return songs
    return [song for song in songs if folder.resolve() not in song.resolve().parents]


def _claim(task: Task, taken: dict[str, Path]) -> None:
    for path in task.paths:
        other = taken.setdefault(_key(path), task.song)
        if other != task.song:
            raise OutputError(
                f"“{shown_name(task.song)}” would be saved under the same name as "
                f"“{shown_name(other)}”; rename one, or separate it to another folder."
            )


def _key(path: Path) -> str:
    """Return the path as file systems see it that ignore case and how accents are composed."""
    return unicodedata.normalize("NFC", str(Path.cwd() / path)).casefold()


def _check_files(task: Task) -> None:
    overwrite = task.plan.overwrite
    for path in task.paths:
        if not overwrite and os.path.lexists(path):
            raise OutputError(f"“{shown_name(path)}” exists already; --overwrite replaces it.")
    check_targets(task.song, task.plan)
    if task.picture is not None:
        check_target(task.picture, overwrite=overwrite)


def _check_room(task: Task, info: SongInfo, request: Request) -> None:
    check_stem_room(
        task.song,
        task.plan,
        channels=info.channels,
        rate=info.rate,
        length=likely_length(task.song, info),
        signals=3 if request.keep_low_end_hz is not None else 2,
    )
