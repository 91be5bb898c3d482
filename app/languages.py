"""The languages of the window: which there are, which is meant, and its words for Qt."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.resources import resource_path

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch", "ja": "日本語"}
"""ISO 639 codes, each with the language's own name for itself; the source is in English."""


def use_language(application: QCoreApplication, chosen: str) -> list[QTranslator]:
    """Have all texts that are made from now on in a language.

    Args:
        application: what the translators belong to.
        chosen: a code of LANGUAGES; empty for the system's language.

    Returns:
        What was installed: none for English. The texts of Qt's own buttons and keys are part of it
        where they come with Qt.
    """
    language = chosen or best_language(QLocale.system().uiLanguages())
    if chosen:
        # Sizes and numbers are to look like the words beside them.
        QLocale.setDefault(QLocale(chosen))
    if language == ENGLISH:
        return []
    folders = {
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        "vocal-remover": str(resource_path("translations")),
    }
    installed = []
    for name, folder in folders.items():
        translator = QTranslator(application)
        if translator.load(f"{name}_{language}", folder):
            application.installTranslator(translator)
            installed.append(translator)
    return installed


def best_language(wanted: Iterable[str]) -> str:
    """The first of some locale names, such as "de-AT", that there are words for, else English."""
    codes = (name.replace("_", "-").split("-")[0].lower() for name in wanted)
    return next((code for code in codes if code in LANGUAGES), ENGLISH)
