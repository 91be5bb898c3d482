"""What to save of a song, and what came of it."""

from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path

from core.flaws import ResultCheck
from core.formats import OutputFormat
from core.mix import PLAIN, Mix
from core.naming import DEFAULT_NAMES, StemNames, sidecar_path, stem_path
from core.stems import Stem


@dataclass(frozen=True)
class ExportPlan:
    """What to save of a song, and where.

    Raises:
        OutputError: two stems would get the same name.
    """

    stems: tuple[Stem, ...]
    output: OutputFormat
    folder: Path
    overwrite: bool = False
    names: StemNames = DEFAULT_NAMES
    mix: Mix = PLAIN
    """How much of the voice the instrumental holds."""
    sample_seconds: float = 0.0
    """To save no more than that, from where the voice starts; 0 saves all. See core.sample.cut."""
    sidecar: bool = False
    """Whether to save beside the stems how they were made, see core.sidecar."""

    def __post_init__(self) -> None:
        self.names.check(self.stems)

    def path(self, song: Path, stem: Stem) -> Path:
        """Return where a stem goes.

        Raises:
            OutputError: the name would be too long.
        """
        file_format = self.output.file_format
        names = self._all_names
        return stem_path(song, stem, folder=self.folder, file_format=file_format, names=names)

    @property
    def _all_names(self) -> StemNames:
        return replace(self.names, sample=self.sample_seconds > 0)

    def sidecar_path(self, song: Path) -> Path:
        """Return where the sidecar goes."""
        return sidecar_path(song, folder=self.folder, names=self._all_names)

    def paths(self, song: Path) -> list[Path]:
        """Return every file that is saved.

        Raises:
            OutputError: a name would be too long.
        """
        stems = [self.path(song, stem) for stem in self.stems]
        return [*stems, self.sidecar_path(song)] if self.sidecar else stems


@dataclass(frozen=True)
class ExportReport:
    """What was saved, and how exactly."""

    paths: dict[Stem, Path]
    gain_db: float  # applied to all stems alike so that none clips; 0.0 if none would
    clipped: int  # samples beyond full scale nevertheless
    residual_dbfs: float  # largest error of the sum of the stems, as read back; may be -inf
    is_null: bool  # whether that error is no more than rounding explains; never of lossy formats
    mix: Mix = PLAIN  # what the instrumental holds of the voice; the stems sum to that much more
    check: ResultCheck = ResultCheck()  # what else is wrong with the stems
    true_peak_dbtp: float = -inf  # of the loudest stem; above 0 a player may clip between samples
    output: OutputFormat = OutputFormat()
    rate: int = 0  # Hz, of the files
    song_rate: int = 0  # Hz; another one if the format does not hold it
    noise_db: float = -inf  # power of the residual relative to the song's: what coding costs
    delay: int = 0  # samples that the encoder put before each stem, as the files say
    offsets: dict[Stem, int] = field(default_factory=dict)  # samples late as read back, if lossy
    sidecar: Path | None = None

    @property
    def is_sound(self) -> bool:
        """Whether the stems sum to the song as their format allows, and nothing else is wrong."""
        return (self.is_null or self.output.is_lossy) and self.check.passed
