"""What the packages are made of: a wheel that is always the same, icons, desktop and man page."""

import configparser
import os
import plistlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent
LINUX = ROOT / "packaging" / "linux"
Script = Callable[[str], ModuleType]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """Imports a script of packaging/, which is no package."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    monkeypatch.syspath_prepend(ROOT / "packaging" / "frozen")
    before = set(sys.modules)
    yield import_module
    for name in set(sys.modules) - before:
        path = getattr(sys.modules[name], "__file__", None)
        if path and Path(path).is_relative_to(ROOT / "packaging"):
            del sys.modules[name]


@pytest.fixture(scope="module")
def desktop() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]  # keys are case-sensitive here
    parser.read(LINUX / "vocal-remover.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture(scope="module")
def commit() -> str:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("a wheel is built from a commit, and this is no git checkout")
    return git("rev-parse", "HEAD")


@pytest.fixture(scope="module")
def wheels(commit: str, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel of one commit, built twice, by users whose new files have different modes."""
    folder = tmp_path_factory.mktemp("wheels")
    program = """
import sys
from pathlib import Path
sys.path.insert(0, "packaging")
from build_wheel import build_wheel
print(build_wheel(Path(sys.argv[1]), commit=sys.argv[2]))
"""
    built = []
    for umask in (0o022, 0o077):
        command = [sys.executable, "-c", program, str(folder / f"{umask:o}"), commit]
        done = subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, text=True, umask=umask
        )
        built.append(Path(done.stdout.strip()))
    return built


class TestWheel:
    def test_the_same_commit_gives_the_same_wheel(self, wheels: list[Path]) -> None:
        assert wheels[0].read_bytes() == wheels[1].read_bytes()

    def test_everything_that_the_program_opens_is_inside(
        self, wheels: list[Path], commit: str
    ) -> None:
        names = set(zipfile.ZipFile(wheels[0]).namelist())
        shipped = git("ls-tree", "-r", "--name-only", commit, "resources").splitlines()
        assert {name for name in shipped if not name.endswith(".ts")} <= names
        assert {"resources/default.safetensors", "resources/style.qss"} <= names
        assert not [name for name in names if name.startswith(("tests/", "packaging/", "build/"))]


@pytest.mark.usefixtures("qapp")  # else Qt is left without widgets for the tests after it
def test_icons_are_drawn_in_every_size(script: Script, tmp_path: Path) -> None:
    icons = script("icons")
    made = icons.make_icons(tmp_path)
    for size, path in made.png.items():
        with Image.open(path) as image:
            assert image.size == (size, size)
            opacity = image.convert("RGBA").getchannel("A")
            assert opacity.getpixel((0, 0)) == 0  # round corners
            assert opacity.getpixel((size // 2, size // 2)) == 255
    with Image.open(made.ico) as image:
        assert image.info["sizes"] == {(size, size) for size in icons.ICO_SIZES}
    with Image.open(made.icns) as image:
        sides = {width * scale for width, _, scale in image.info["sizes"]}
        assert sides >= {32, 64, 128, 256, 512, 1024}


def test_the_desktop_opens_songs_with_it(desktop: configparser.SectionProxy) -> None:
    assert desktop["Exec"].endswith("%F")
    types = desktop["MimeType"].rstrip(";").split(";")
    assert {"audio/flac", "audio/mpeg", "audio/mp4", "audio/x-wav", "audio/ogg"} <= set(types)
    assert len(types) == len(set(types))


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="the validator is missing")
def test_the_desktop_file_is_valid() -> None:
    told = subprocess.run(
        ["desktop-file-validate", LINUX / "vocal-remover.desktop"], capture_output=True, text=True
    )
    assert (told.returncode, told.stdout) == (0, "")


@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="the validator is missing")
def test_the_software_centres_entry_is_valid() -> None:
    (metainfo,) = LINUX.glob("*.metainfo.xml")
    told = subprocess.run(
        ["appstreamcli", "validate", "--no-net", metainfo], capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="the linter is missing")
def test_the_shell_scripts_hold_no_known_mistake() -> None:
    scripts = [ROOT / ".ci" / "run", *(ROOT / "packaging").rglob("*.sh")]
    told = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True)
    assert len(scripts) > 1 and told.returncode == 0, told.stdout


def test_every_platform_knows_it_by_one_name(script: Script) -> None:
    platforms = script("platforms")
    (metainfo,) = LINUX.glob("*.metainfo.xml")
    root = ElementTree.parse(metainfo).getroot()
    assert root.findtext("id") == platforms.APP_ID == metainfo.name.removesuffix(".metainfo.xml")
    assert root.findtext("launchable") == "vocal-remover.desktop"
    assert platforms.info_plist("1.2.3")["CFBundleIdentifier"] == platforms.APP_ID


def test_finder_is_told_that_it_opens_songs(script: Script) -> None:
    keys = plistlib.loads(plistlib.dumps(script("platforms").info_plist("1.2.3")))
    assert keys["CFBundleShortVersionString"] == "1.2.3"
    assert "public.audio" in keys["CFBundleDocumentTypes"][0]["LSItemContentTypes"]


def test_entitlements_are_a_property_list_of_switches() -> None:
    text = (ROOT / "packaging" / "macos" / "entitlements.plist").read_bytes()
    assert set(plistlib.loads(text).values()) == {True}


def test_windows_is_told_the_version(script: Script, tmp_path: Path) -> None:
    path = script("platforms").version_resource(tmp_path / "v.txt", "1.2.3", "vocal-remover")
    text = path.read_text("utf-8")
    assert "filevers=(1, 2, 3, 0)" in text
    assert 'StringStruct("ProductVersion", "1.2.3")' in text
    compile(text, "version", "eval")


def test_the_manual_page_tells_every_option(script: Script, tmp_path: Path) -> None:
    from app.cli import commands

    page = script("man_page").man_page("1.2.3")
    for name, command in script("typer.main").get_command(commands).commands.items():
        for option in command.params:
            for spelt in option.opts if option.opts[0].startswith("-") else ():
                assert spelt.replace("-", "\\-") in page, f"{name} {spelt}"
    if shutil.which("man"):
        (tmp_path / "page.1").write_text(page, encoding="utf-8")
        told = subprocess.run(
            ["man", "--warnings", "-E", "UTF-8", "-l", tmp_path / "page.1"],
            capture_output=True,
            text=True,
        )
        assert told.stderr == ""


class TestLicencesOfTheSystemsLibraries:
    @pytest.mark.skipif(not shutil.which("dpkg-query"), reason="this is no Debian")
    def test_a_library_comes_with_its_packages_licence(self, script: Script) -> None:
        (library,) = Path("/usr/lib").glob("*-linux-gnu/libz.so.1")
        notices = script("system_notices").system_notices(["/opt/other.so", str(library)])
        assert [notice.name for notice in notices] == ["zlib1g"]
        assert notices[0].version and "Mark Adler" in notices[0].texts[0]

    @pytest.mark.parametrize(
        ("text", "licence"),
        [
            ("Files: *\nLicense: GPL-2+\n\nFiles: a\nLicense: MIT\n", "GPL-2+"),
            ("It may be used by anybody.\n", "in its text"),
        ],
    )
    def test_what_a_package_names_first_is_its_licence(
        self, script: Script, text: str, licence: str
    ) -> None:
        assert script("system_notices").main_licence(text) == licence


class TestUnicodeTables:
    NAMES = ("a/pool.res", "a/coll/de.res", "a/brkitr/th.dict", "a/big5.cnv", "a/unit/de.res")

    @pytest.fixture
    def tables(self, script: Script) -> ModuleType:
        return script("unicode_tables")

    def test_an_archive_packed_again_is_the_same(self, tables: ModuleType) -> None:
        header = b"\x20\x00\xda\x27".ljust(12, b"\0") + b"CmnD" + bytes(16)
        filled = {name: name.encode().ljust(32, b"\0") for name in self.NAMES}
        data = tables.pack(header, filled)
        assert tables.unpack(data) == (header, dict(sorted(filled.items())))
        assert tables.pack(*tables.unpack(data)) == data
        assert list(tables.unpack(tables.trimmed(data))[1]) == ["a/coll/de.res", "a/pool.res"]

    def test_what_is_no_archive_is_refused(self, tables: ModuleType) -> None:
        with pytest.raises(ValueError, match="no tables of ICU"):
            tables.unpack(bytes(100))

    @pytest.mark.skipif(
        sys.platform != "linux" or not (shutil.which("ld") and shutil.which("as")),
        reason="libraries are linked on Linux, by binutils",
    )
    def test_names_are_sorted_as_before(self, tables: ModuleType, tmp_path: Path) -> None:
        from PySide6 import QtCore

        (library,) = (Path(QtCore.__file__).parent / "Qt" / "lib").glob("libicudata.so.*")
        smaller = tmp_path / library.name
        tables.trim_library(library, smaller, tmp_path / "work")
        assert smaller.stat().st_size < library.stat().st_size / 3
        program = """
import functools
from PySide6.QtCore import QCollator, QLocale
for language in ("de_DE", "ja_JP", "sv_SE"):
    collator = QCollator(QLocale(language))
    words = ["Zug", "Ärger", "Bär", "東京", "アイス", "いぬ", "ö", "z"]
    print(ascii(sorted(words, key=functools.cmp_to_key(collator.compare))))
print("maps", str(SMALLER) in open("/proc/self/maps").read())
"""
        told = {
            loaded: subprocess.run(
                [sys.executable, "-c", program.replace("SMALLER", repr(str(smaller)))],
                env={**os.environ, "LD_PRELOAD": loaded},
                capture_output=True,
                text=True,
                check=True,
            ).stdout.splitlines()
            for loaded in ("", str(smaller))
        }
        before, after = told.values()
        assert (before.pop(), after.pop()) == ("maps False", "maps True")
        assert before == after
        assert before[0] != before[2]  # Swedish sorts ä and ö last, so the tables are truly read


class TestFrozenParts:
    @pytest.fixture
    def parts(self, script: Script) -> ModuleType:
        return script("parts")

    @pytest.mark.parametrize(
        ("path", "kept"),
        [
            ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
            ("PySide6/plugins/platforms/qwindows.dll", True),
            ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
            ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
            ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
            ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
            ("PySide6/Qt/lib/libQt6Core.so.6", True),
            ("PySide6/Qt/lib/libQt6Network.so.6", False),
            ("PySide6/QtNetwork.abi3.so", False),
            ("PySide6/QtWidgets.abi3.so", True),
            ("PySide6/QtNetwork.pyd", False),
            ("PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", False),
            ("PySide6/Qt6Qml.dll", False),
            ("PySide6/Qt6Gui.dll", True),
            ("PySide6/Qt/translations/qtbase_de.qm", True),
            ("PySide6/Qt/translations/qtbase_fi.qm", False),
            ("torch/lib/libtorch_cpu.so", True),
            ("resources/default.safetensors", True),
        ],
    )
    def test_of_qt_only_what_the_window_uses(
        self, parts: ModuleType, path: str, kept: bool
    ) -> None:
        assert parts.keeps((path, "/x/" + path, "BINARY")) is kept

    def test_libraries_that_nothing_needs_any_more_stay_out(self, parts: ModuleType) -> None:
        entries = [
            ("numpy/core.so", "/p/numpy/core.so", "EXTENSION"),
            ("numpy.libs/blas.so", "/p/numpy.libs/blas.so", "BINARY"),
            ("av.libs/blas.so", "/p/av.libs/blas.so", "BINARY"),
            ("libfortran.so", "/usr/lib/libfortran.so", "BINARY"),
            ("libgtk.so", "/usr/lib/libgtk.so", "BINARY"),
            ("libstdc++.so.6", "/usr/lib/libstdc++.so.6", "BINARY"),
            ("blas.so", "numpy.libs/blas.so", "SYMLINK"),
            ("gone.so", "numpy.libs/gone.so", "SYMLINK"),
        ]
        linked = {
            "/p/numpy/core.so": ["blas.so", "libstdc++.so.6"],
            "/p/numpy.libs/blas.so": ["libfortran.so"],
            "/usr/lib/libgtk.so": ["blas.so"],
        }
        kept = parts.reachable(entries, lambda path: linked.get(path, []))
        kept = parts.without_loose_links(kept)
        assert [target for target, _, _ in kept] == [
            *("numpy/core.so", "numpy.libs/blas.so", "av.libs/blas.so", "libfortran.so", "blas.so"),
        ]
