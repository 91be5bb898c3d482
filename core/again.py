"""Stems made once more as their sidecar says, and a comparison with those it was written for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from core.audio import Audio, spool_audio
from core.cache import checkpoint_sha256
from core.checkpoint import Checkpoint, load_chosen
from core.chunks import Chunk
from core.devices import choose_device
from core.ensemble import CheckpointChoice, Combination
from core.errors import Cancelled, CheckpointError, InputError
from core.estimator import MOST_AT_ONCE
from core.export import check_targets, export_stems
from core.export_plan import ExportPlan, ExportReport
from core.naming import shown_name
from core.provenance import computation_of, origin_of, processor_of
from core.resources import default_checkpoint_path
from core.sample import cut, sample_range, separate_sample
from core.samples import Samples
from core.separation import Separation
from core.separator import Separator
from core.sidecar import Sidecar, TakeFacts, shown, song_facts, versions
from core.stem_room import check_room_for
from core.stems import Stem
from core.tags import read_tags
from core.takes import Region, Take, TakenVocals, TakeSettings, separate_region

_READ, _SEPARATED = 0.03, 0.95  # how far a song is, in time, when these steps are done


@dataclass(frozen=True)
class MadeAgain:
    """What came of it.

    Attributes:
        export: what was saved.
        identical: whether each stem's file is the one of the sidecar, byte for byte.
        differences: what differs from then, each a sentence.
    """

    export: ExportReport
    identical: dict[Stem, bool]
    differences: tuple[str, ...]


def find_song(sidecar: Sidecar, beside: Path) -> Path:
    """Look for the song beside its sidecar, a folder above it, and where the user is.

    Raises:
        InputError: it is in none of them.
    """
    name = sidecar.song.name
    for folder in (beside.parent, beside.absolute().parent.parent, Path()):
        if (folder / name).is_file():
            return folder / name
    raise InputError(
        "“{name}” lies neither beside the sidecar nor in the folder above or here; "
        "name it with --song.",
        name=name,
    )


def check_plan(sidecar: Sidecar, song: Path, folder: Path, *, overwrite: bool) -> ExportPlan:
    """The plan that made the stems, for another folder.

    Raises:
        OutputError: a file is there already, or cannot be written.
    """
    choices = sidecar.choices
    plan = ExportPlan(
        choices.stems,
        choices.output,
        folder,
        overwrite,
        choices.names,
        choices.mix,
        choices.sample_seconds,
        sidecar=True,
    )
    check_targets(song, plan)
    return plan


def load_again(sidecar: Sidecar, checkpoints: Sequence[Path]) -> Checkpoint:
    """Load the checkpoint of a sidecar.

    Args:
        sidecar: names it by its hash.
        checkpoints: files to look in; none for the default one.

    Raises:
        CheckpointError: it is another.
    """
    wanted = sidecar.computation
    paths = tuple(checkpoints) or (default_checkpoint_path(),)
    single = [path for path in paths if checkpoint_sha256(path) == wanted.checkpoint_sha256]
    try:
        combination = Combination(wanted.combination)
    except ValueError as error:
        raise CheckpointError("The sidecar names no known way to combine checkpoints.") from error
    found = load_chosen(CheckpointChoice(tuple(single[:1]) or paths, combination))
    if found.sha256 != wanted.checkpoint_sha256:
        raise CheckpointError(
            "The stems were made with the checkpoint “{name}” (sha256 {sha256}…), which this is "
            "not; name its file with --checkpoint.",
            name=wanted.checkpoint,
            sha256=wanted.checkpoint_sha256[:12],
        )
    return found


def make_again(
    sidecar: Sidecar,
    song: Path,
    plan: ExportPlan,
    checkpoints: Sequence[Path] = (),
    *,
    note: Callable[[str], None] = lambda sentence: None,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> MadeAgain:
    """Separate and save a song as its sidecar says.

    Bits depend on the samples of the song, the checkpoint, the arithmetic and, in float32, on the
    number of threads of each chunk; they are the sidecar's. They also depend on the processor or
    graphics card and on the versions of torch and the encoders: where these differ, it is told.

    Args:
        sidecar: what to do.
        song: where its song lies.
        plan: from `check_plan`.
        checkpoints: files, where it is not the default one.
        note: told what is unusual.
        progress: called with 0.0 to 1.0.
        cancelled: asked now and then.

    Raises:
        InputError: the song is another, or cannot be read.
        CheckpointError: the checkpoint is another.
        DeviceError: what computed then is not here.
        OutputError: the files cannot be written.
        Cancelled: `cancelled` said so.
    """
    mixture = spool_audio(song, progress=lambda x: progress(x * _READ), cancelled=cancelled)
    check_room_for(song, mixture, plan, signals=1)
    differences = _differences_of_song(sidecar, song, mixture)
    wanted = sidecar.computation
    device = choose_device(wanted.device or "auto")
    dtype = getattr(torch, wanted.dtype) if wanted.dtype else None
    separator = Separator(load_again(sidecar, checkpoints), device=device, dtype=dtype)
    now = processor_of(separator)
    if wanted.processor not in ("", now):
        differences.append(f"The processor computed by {wanted.processor} then and by {now} now.")
    differences += [
        f"{name} was {then} then and is {versions().get(name) or 'missing'} now."
        for name, then in sidecar.versions.items()
        if then != versions().get(name, "")
    ]
    separation = Separation(separator, mixture, chunk_frames=wanted.chunk_frames or None, tell=note)
    before = torch.get_num_threads()
    try:
        vocals, whole, first = _separated(
            sidecar, separator, separation, checkpoints, progress, cancelled
        )
    finally:
        torch.set_num_threads(before)
    computation = computation_of(separator, separation)
    origin = origin_of(song, mixture, first, computation, cancelled=cancelled)
    if origin.vocals_sha256 != sidecar.vocals_sha256:
        cause = "" if wanted.dtype else ", whose arithmetic is not known,"
        differences.append(f"The vocals{cause} came out differently by rounding or more.")
    export = export_stems(
        song,
        whole,
        vocals,
        plan,
        origin=origin,
        progress=lambda x: progress(_SEPARATED + x * (1 - _SEPARATED)),
        cancelled=cancelled,
    )
    then_hashes = {saved.stem: saved.sha256 for saved in sidecar.files}
    identical = {
        stem: _sha256(path) == then_hashes.get(stem) for stem, path in export.paths.items()
    }
    return MadeAgain(export, identical, tuple(differences))


def _separated(
    sidecar: Sidecar,
    separator: Separator,
    separation: Separation,
    checkpoints: Sequence[Path],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> tuple[Samples, Audio, Samples]:
    """The vocals to save, the song that they are of, and all of the vocals with takes."""
    mixture = separation.mixture
    threads = sidecar.computation.threads
    usual = max(threads, default=0) or torch.get_num_threads()
    torch.set_num_threads(usual)

    def tell(share: float) -> None:
        progress(_READ + share * (_SEPARATED - _READ))

    seconds = sidecar.choices.sample_seconds
    if seconds and 0 in threads:  # as the command line does, no more than the sample needs
        span = separate_sample(separation, seconds, progress=tell, cancelled=cancelled)
        whole, part = cut(mixture, separation.vocals, span)
        return part, whole, separation.vocals
    batches = _as_then(separation, threads)
    for number, batch in enumerate(batches):
        if cancelled():
            raise Cancelled
        if separation.device.type == "cuda":
            separation.run_together(batch)
        else:
            known = batch[0].index < len(threads) and threads[batch[0].index]
            torch.set_num_threads(known or usual)
            separation.run(batch[0])
        tell((number + 1) / len(batches))
    torch.set_num_threads(usual)
    vocals: Samples = separation.vocals
    if sidecar.takes:
        takes = [_take(take, mixture, separator, checkpoints, cancelled) for take in sidecar.takes]
        vocals = TakenVocals(vocals, takes, mixture.rate)
    if seconds:
        whole, part = cut(mixture, vocals, sample_range(mixture, vocals, seconds))
        return part, whole, vocals
    return vocals, mixture, vocals


def _as_then(separation: Separation, threads: Sequence[int]) -> list[list[Chunk]]:
    """The chunks as they were computed: together on a graphics card, else one by one.

    With which others a chunk shared its batch does not matter, but with how many.
    """
    if separation.device.type != "cuda":
        return [[chunk] for chunk in separation.chunks]
    alike: dict[int, list[Chunk]] = {}
    for chunk in separation.chunks:
        together = threads[chunk.index] if chunk.index < len(threads) else 1
        alike.setdefault(min(max(together, 1), MOST_AT_ONCE), []).append(chunk)
    return [
        chunks[at : at + together]
        for together, chunks in alike.items()
        for at in range(0, len(chunks), together)
    ]


def _take(
    take: TakeFacts,
    mixture: Audio,
    separator: Separator,
    checkpoints: Sequence[Path],
    cancelled: Callable[[], bool],
) -> Take:
    path = Path()
    if take.checkpoint_sha256 not in ("", separator.checkpoint.sha256):
        paths = [*checkpoints, default_checkpoint_path()]
        found = [path for path in paths if checkpoint_sha256(path) == take.checkpoint_sha256]
        if not found:
            raise CheckpointError(
                "A region was separated with another checkpoint (sha256 {sha256}…); "
                "name its file with --checkpoint too.",
                sha256=take.checkpoint_sha256[:12],
            )
        path = found[0]
        other = load_chosen(CheckpointChoice((path,)))
        separator = Separator(other, device=separator.device, dtype=separator.dtype)
    if take.stop > mixture.length:
        raise InputError("The sidecar names a region beyond the song's end.")
    region = Region(take.start, take.stop)
    settings = TakeSettings(path, take.augmented, take.strength)
    vocals = separate_region(separator, mixture, region, settings, cancelled=cancelled)
    return Take(region, settings, vocals)


def _differences_of_song(sidecar: Sidecar, song: Path, mixture: Audio) -> list[str]:
    """What differs but does not stop the work; raises an InputError at another song."""
    then, now = sidecar.song, song_facts(song.name, mixture, read_tags(song))
    if (then.rate, then.channels, then.samples, then.sha256) != (
        now.rate,
        now.channels,
        now.samples,
        now.sha256,
    ):
        raise InputError(
            "“{name}” is not the song of the sidecar: its decoded samples differ.",
            name=shown_name(song),
        )
    differences = []
    if then.name != shown(song.name):
        differences.append(f"The song was called “{then.name}” then.")
    if then.tags_sha256 != now.tags_sha256:
        differences.append("The song's tags or cover were others then.")
    return differences


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
