"""The window speaks the languages it offers, completely, and fits in them."""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.export_all_dialog import ExportAllDialog
from app.language_menu import LanguageMenu
from app.languages import ENGLISH, LANGUAGES, best_language, use_language
from app.settings import Settings
from app.window import MainWindow
from core.resources import resource_path
from tests.songs import tones, write_song

ROOT = Path(__file__).parent.parent
TRANSLATED = [code for code in LANGUAGES if code != ENGLISH]
SMALL = (1024, 700)
RATE = 44_100

Messages = dict[tuple[str, str], str]


def texts_of(language: str) -> Path:
    return resource_path("translations") / f"vocal-remover_{language}.ts"


def read_texts(path: Path) -> Messages:
    """Translations by context and source; empty where one is missing or was not looked over."""
    read: Messages = {}
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            finished = "type" not in translation.attrib
            key = context.findtext("name", ""), message.findtext("source", "")
            read[key] = (translation.text or "") if finished else ""
    return read


@pytest.fixture
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """A language that the program was started in."""
    before = QLocale()
    installed = use_language(qapp, request.param)
    yield request.param
    for translator in installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_window_is_translated(language: str, tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("pyside6-lupdate is not installed beside this Python")
    copy = Path(shutil.copy(texts_of(language), tmp_path))
    errors = tmp_path / "error_texts.py"
    subprocess.run([sys.executable, ROOT / "packaging" / "error_texts.py", errors], check=True)
    sources = [*sorted(str(path) for path in (ROOT / "app").rglob("*.py")), str(errors)]
    subprocess.run(
        [tool, "-noobsolete", "-locations", "none", *sources, "-ts", str(copy)],
        check=True,
        capture_output=True,
    )
    texts = read_texts(copy)
    assert len(texts) > 200
    missing = [key for key, text in texts.items() if not text]
    assert not missing, "`make translations`, then translate these"
    assert texts == read_texts(texts_of(language)), "`make translations` removes texts that left"


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    for (context, source), text in read_texts(texts_of(language)).items():
        fields = [sorted(re.findall(r"\{[^}]*\}|%\w|</?\w+>", each)) for each in (source, text)]
        assert fields[0] == fields[1], (context, source)
        assert source.count("&") == text.count("&"), (context, source)
        assert source.count("\n") == text.count("\n"), (context, source)
        assert source.endswith("…") is text.endswith("…"), (context, source)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_texts_are_those_that_were_written(language: str) -> None:
    compiled = QTranslator()
    assert compiled.load(str(texts_of(language).with_suffix(".qm")))
    for (context, source), text in read_texts(texts_of(language)).items():
        assert compiled.translate(context, source) == text, "`make translations` compiles them"


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["de-AT", "de", "en"], "de"),
        (["ja_JP"], "ja"),
        (["en-GB", "de"], "en"),
        (["fr-FR", "de-DE"], "de"),
        (["tlh", "C"], "en"),
        ([], "en"),
    ],
)
def test_the_first_known_language_of_the_system_is_taken(wanted: list[str], language: str) -> None:
    assert best_language(wanted) == language


MENUS = {
    "en": ["&Song", "&Edit", "&Playback", "&View", "&Help"],
    "de": ["&Song", "&Bearbeiten", "&Wiedergabe", "&Ansicht", "&Hilfe"],
    "ja": ["曲(&S)", "編集(&E)", "再生(&P)", "表示(&V)", "ヘルプ(&H)"],
}


@pytest.mark.parametrize("spoken", LANGUAGES, indirect=True)
def test_the_menus_are_in_the_language_that_was_chosen(spoken: str, window: MainWindow) -> None:
    menus = [action.text() for action in window.menuBar().actions()]
    assert menus == MENUS[spoken]
    keys = [text[text.index("&") + 1] for text in menus]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("spoken", TRANSLATED, indirect=True)
def test_a_text_of_a_base_class_is_translated_too(
    spoken: str, window: MainWindow, settings: Settings, qtbot: QtBot
) -> None:
    dialog = ExportAllDialog(window.session.queue, settings, window)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == {"de": "Exportieren", "ja": "書き出し"}[spoken]


@pytest.mark.parametrize("spoken", LANGUAGES, indirect=True)
def test_no_button_is_clipped_in_a_small_window(
    spoken: str, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.resize(*SMALL)
    window.open([write_song(tmp_path / "A Song.wav", tones(RATE))])
    qtbot.waitUntil(
        lambda: window.session.song is not None and window.session.song.finished, timeout=30_000
    )
    window.actions_.mixer.trigger()
    window.actions_.low_end_meter.trigger()
    QApplication.processEvents()
    assert (window.width(), window.height()) == SMALL
    assert_no_button_is_clipped(window)
    # All that and the queue beside it is more than a small window holds: it may grow.
    window.actions_.queue.trigger()
    QApplication.processEvents()
    assert_no_button_is_clipped(window)


@pytest.mark.parametrize("spoken", LANGUAGES, indirect=True)
@pytest.mark.parametrize("panel", ["queue", "takes"])
def test_a_panel_at_the_side_fits_in_a_small_window(
    spoken: str, panel: str, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([write_song(tmp_path / "A Song.wav", tones(RATE))])
    qtbot.waitUntil(
        lambda: window.session.song is not None and window.session.song.finished, timeout=30_000
    )
    getattr(window.actions_, panel).trigger()
    window.resize(*SMALL)
    QApplication.processEvents()
    assert (window.width(), window.height()) == SMALL
    assert_no_button_is_clipped(window)


def assert_no_button_is_clipped(window: MainWindow) -> None:
    buttons = [each for each in window.findChildren(QAbstractButton) if each.isVisible()]
    assert len(buttons) > 10
    for button in buttons:
        # Mute and solo are single letters, whose least width the style sheet says.
        if not button.property("small"):
            assert button.width() >= button.sizeHint().width(), button.text()
        corner = button.mapTo(window, button.rect().bottomRight())
        assert window.rect().contains(corner), button.text()


def test_a_language_without_words_is_english(window: MainWindow, qapp: QApplication) -> None:
    before = QLocale()
    assert use_language(qapp, "tlh") == []
    QLocale.setDefault(before)
    assert QCoreApplication.translate("Menus", "&Song") == "&Song"


def test_a_chosen_language_is_remembered_and_says_when_it_comes(
    window: MainWindow, settings: Settings
) -> None:
    (menu,) = window.findChildren(LanguageMenu)
    assert [action.text() for action in menu.actions()] == [
        "System",
        "English",
        "Deutsch",
        "日本語",
    ]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False]
    menu.actions()[2].trigger()
    assert settings.language == "de"
    assert window.banner.text.text().endswith("when Vocal Remover starts again.")
    assert not window.banner.property("error")


def test_a_remembered_language_that_there_is_not_is_the_systems(settings: Settings) -> None:
    settings.language = "tlh"
    assert settings.language == ""
