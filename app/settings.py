"""What the program remembers between runs, with its types."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from app.languages import LANGUAGES
from core.ensemble import CheckpointChoice, Combination
from core.formats import Quality
from core.low_end import DEFAULT_HZ, HIGHEST_HZ, LOWEST_HZ
from core.naming import DEFAULT_NAMES
from core.stems import Stem


class Settings:
    """The preferences, each a typed property over one QSettings."""

    def __init__(self, store: QSettings | None = None) -> None:
        """Use a store, by default the user's own."""
        self._store = store or QSettings()

    @property
    def separates_at_once(self) -> bool:
        """Whether a song is separated as soon as it is opened."""
        return self._flag("separates_at_once", default=True)

    @separates_at_once.setter
    def separates_at_once(self, value: bool) -> None:
        self._store.setValue("separates_at_once", value)

    @property
    def language(self) -> str:
        """The code of the window's language; empty for the system's."""
        value = str(self._store.value("language", ""))
        return value if value in LANGUAGES else ""

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("language", value)

    @property
    def volume(self) -> float:
        """The volume slider, 0 to 1."""
        return min(1.0, max(0.0, self._number("volume", 1.0)))

    @volume.setter
    def volume(self, value: float) -> None:
        self._store.setValue("volume", value)

    @property
    def matches_loudness(self) -> bool:
        """Whether mixture, instrumental and vocals are played equally loud."""
        return self._flag("matches_loudness", default=False)

    @matches_loudness.setter
    def matches_loudness(self, value: bool) -> None:
        self._store.setValue("matches_loudness", value)

    @property
    def shows_mixer(self) -> bool:
        """Whether the mixer is shown."""
        return self._flag("shows_mixer", default=False)

    @shows_mixer.setter
    def shows_mixer(self, value: bool) -> None:
        self._store.setValue("shows_mixer", value)

    @property
    def shows_dropouts(self) -> bool:
        """Whether dropouts are marked and listed."""
        return self._flag("shows_dropouts", default=False)

    @shows_dropouts.setter
    def shows_dropouts(self, value: bool) -> None:
        self._store.setValue("shows_dropouts", value)

    @property
    def checkpoints(self) -> CheckpointChoice | None:
        """The checkpoints to separate with; none for the one that comes with the program."""
        lines = str(self._store.value("checkpoints/files", "")).splitlines()
        paths = tuple(Path(line) for line in lines if line)
        if not paths or not all(path.is_file() for path in paths):
            return None
        name = str(self._store.value("checkpoints/combination", Combination.MEAN))
        known = name in set(Combination)
        return CheckpointChoice(paths, Combination(name) if known else Combination.MEAN)

    @checkpoints.setter
    def checkpoints(self, value: CheckpointChoice | None) -> None:
        paths = value.paths if value else ()
        self._store.setValue("checkpoints/files", "\n".join(map(str, paths)))
        combination = value.combination if value else Combination.MEAN
        self._store.setValue("checkpoints/combination", str(combination))

    @property
    def shows_takes(self) -> bool:
        """Whether the takes are shown."""
        return self._flag("shows_takes", default=False)

    @shows_takes.setter
    def shows_takes(self, value: bool) -> None:
        self._store.setValue("shows_takes", value)

    @property
    def shows_low_end_meter(self) -> bool:
        """Whether the low-end meter is shown."""
        return self._flag("shows_low_end_meter", default=False)

    @shows_low_end_meter.setter
    def shows_low_end_meter(self, value: bool) -> None:
        self._store.setValue("shows_low_end_meter", value)

    @property
    def low_end_hz(self) -> float:
        """The frequency below which the low end was last kept."""
        return min(HIGHEST_HZ, max(LOWEST_HZ, self._number("low_end_hz", DEFAULT_HZ)))

    @low_end_hz.setter
    def low_end_hz(self, value: float) -> None:
        self._store.setValue("low_end_hz", value)

    @property
    def shows_difference(self) -> bool:
        """Whether what lies between before and after has a view of its own."""
        return self._flag("shows_difference", default=False)

    @shows_difference.setter
    def shows_difference(self, value: bool) -> None:
        self._store.setValue("shows_difference", value)

    @property
    def picture_folder(self) -> Path:
        """Where a picture was last saved."""
        return self._folder("picture_folder", Path.home())

    @picture_folder.setter
    def picture_folder(self, value: Path) -> None:
        self._store.setValue("picture_folder", str(value))

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size, as Qt saves them."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def open_folder(self) -> Path:
        """Where a song was last chosen."""
        return self._folder("open_folder", Path.home())

    @open_folder.setter
    def open_folder(self, value: Path) -> None:
        self._store.setValue("open_folder", str(value))

    @property
    def export_stems(self) -> tuple[Stem, ...]:
        """The stems that were last exported."""
        names = str(self._store.value("export/stems", "instrumental,vocals")).split(",")
        return tuple(stem for stem in Stem if stem.value in names)

    @export_stems.setter
    def export_stems(self, value: tuple[Stem, ...]) -> None:
        self._store.setValue("export/stems", ",".join(stem.value for stem in value))

    @property
    def export_format(self) -> str:
        """The name of the last file format, see core.formats.FileFormat."""
        return str(self._store.value("export/format", "WAV"))

    @export_format.setter
    def export_format(self, value: str) -> None:
        self._store.setValue("export/format", value)

    @property
    def export_depth(self) -> str:
        """The name of the last bit depth: "INT16", "INT24" or "FLOAT32"."""
        return str(self._store.value("export/depth", "INT24"))

    @export_depth.setter
    def export_depth(self, value: str) -> None:
        self._store.setValue("export/depth", value)

    @property
    def export_quality(self) -> str:
        """The name of the last quality of lossy formats: "SMALL", "HIGH" or "HIGHEST"."""
        name = str(self._store.value("export/quality", Quality.HIGH.name))
        return name if name in Quality.__members__ else Quality.HIGH.name

    @export_quality.setter
    def export_quality(self, value: str) -> None:
        self._store.setValue("export/quality", value)

    @property
    def export_sidecar(self) -> bool:
        """Whether the last export also saved how it was made."""
        return self._flag("export/sidecar", default=False)

    @export_sidecar.setter
    def export_sidecar(self, value: bool) -> None:
        self._store.setValue("export/sidecar", value)

    @property
    def export_folder(self) -> Path | None:
        """The last export folder; none to write beside the song."""
        value = str(self._store.value("export/folder", ""))
        return Path(value) if value else None

    @export_folder.setter
    def export_folder(self, value: Path | None) -> None:
        self._store.setValue("export/folder", str(value) if value else "")

    @property
    def export_names(self) -> str:
        """The template of the last names, see StemNames."""
        return str(self._store.value("export/names", DEFAULT_NAMES.template))

    @export_names.setter
    def export_names(self, value: str) -> None:
        self._store.setValue("export/names", value)

    def _flag(self, key: str, *, default: bool) -> bool:
        # An INI file gives "true" back as text.
        return str(self._store.value(key, default)).lower() == "true"

    def _number(self, key: str, default: float) -> float:
        try:
            return float(str(self._store.value(key, default)))
        except ValueError:
            return default

    def _folder(self, key: str, default: Path) -> Path:
        folder = Path(str(self._store.value(key, "")))
        return folder if folder.is_absolute() and folder.is_dir() else default
