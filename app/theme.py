"""The program's colours, dark and light, as a palette and a style sheet that follow the system."""

from dataclasses import dataclass, fields

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from core.resources import resource_path
from core.stems import Stem


@dataclass(frozen=True)
class Theme:
    """Colours by what they are for, as #rrggbb."""

    is_dark: bool
    window: str
    surface: str
    raised: str
    hover: str
    border: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    mixture: str
    instrumental: str
    vocals: str
    danger: str

    def of(self, stem: Stem) -> str:
        """The colour that stands for a stem."""
        return {
            Stem.MIXTURE: self.mixture,
            Stem.INSTRUMENTAL: self.instrumental,
            Stem.VOCALS: self.vocals,
        }[stem]


DARK = Theme(
    is_dark=True,
    window="#0f1116",
    surface="#161920",
    raised="#1f232c",
    hover="#2a2f3b",
    border="#2a2f3a",
    text="#eceef3",
    muted="#9aa2b1",
    accent="#56d0b8",
    accent_hover="#74dfca",
    on_accent="#04211b",
    mixture="#8793ab",
    instrumental="#56d0b8",
    vocals="#ff8fac",
    danger="#ff8078",
)

LIGHT = Theme(
    is_dark=False,
    window="#eef0f4",
    surface="#ffffff",
    raised="#ffffff",
    hover="#e6e9ef",
    border="#d3d8e1",
    text="#181b21",
    muted="#5a6272",
    accent="#0a7564",
    accent_hover="#085f52",
    on_accent="#ffffff",
    mixture="#8a95a8",
    instrumental="#0a8873",
    vocals="#c2325c",
    danger="#b3261e",
)


class Look(QObject):
    """Applies the theme to the application and again whenever the system's scheme changes."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        """Take over the application's style."""
        super().__init__(application)
        self._application = application
        application.setStyle("Fusion")
        self.theme = DARK
        self._apply(application.styleHints().colorScheme())
        application.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._apply(scheme)
        self.changed.emit()

    def _apply(self, scheme: Qt.ColorScheme) -> None:
        self.theme = LIGHT if scheme is Qt.ColorScheme.Light else DARK
        self._application.setPalette(palette(self.theme))
        self._application.setStyleSheet(style_sheet(self.theme))


def palette(theme: Theme) -> QPalette:
    """The palette for whatever the style sheet leaves alone."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.raised,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.danger,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Accent: theme.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        faint = QColor(theme.muted)
        faint.setAlphaF(0.5)
        made.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet with the theme's colours in the places of `@name`."""
    sheet = resource_path("style.qss").read_text(encoding="utf-8")
    sheet = sheet.replace("@scheme", "dark" if theme.is_dark else "light")
    sheet = sheet.replace("@icons", resource_path("icons").as_posix())
    # The longest names first, so that @accent does not eat @accent_hover.
    for field in sorted(fields(theme), key=lambda each: -len(each.name)):
        sheet = sheet.replace(f"@{field.name}", str(getattr(theme, field.name)))
    return sheet


def theme_of(colours: QPalette) -> Theme:
    """The theme a widget's palette comes from."""
    return DARK if colours.color(QPalette.ColorRole.Window).lightnessF() < 0.5 else LIGHT
