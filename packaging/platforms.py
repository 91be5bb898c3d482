"""What Windows and macOS want to know about a program: version resources and Info.plist."""

from pathlib import Path
from typing import Any

APP_ID = "org.vocalremover.VocalRemover"
"""Reverse-DNS name of the program; the same in flatpak/ and linux/, which a test compares."""
TITLE = "Vocal Remover"
COPYRIGHT = "Copyright 2026 The Vocal Remover contributors"
DESCRIPTION = "Hear a song without its voice"

_VERSION_RESOURCE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable("040904B0", [
{strings}
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])]),
  ],
)
"""


def version_resource(path: Path, version: str, name: str) -> Path:
    """Write the resource that Explorer shows under Properties > Details; returns `path`.

    The form is the one PyInstaller reads: a Windows VERSIONINFO in Python's syntax.
    """
    parts = [int(part) for part in version.split(".")]
    numbers = tuple((*parts, 0, 0, 0)[:4])
    strings = {
        "CompanyName": "The Vocal Remover contributors",
        "FileDescription": TITLE,
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{name}.exe",
        "ProductName": TITLE,
        "ProductVersion": version,
    }
    lines = ",\n".join(f'      StringStruct("{key}", "{text}")' for key, text in strings.items())
    path.write_text(_VERSION_RESOURCE.format(numbers=numbers, strings=lines), encoding="utf-8")
    return path


def info_plist(version: str) -> dict[str, Any]:
    """The keys of Info.plist; the document types are what lets Finder open songs with it."""
    return {
        "CFBundleDisplayName": TITLE,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Song",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.audio", "public.movie"],
            }
        ],
        "CFBundleIdentifier": APP_ID,
        "CFBundleName": TITLE,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.music",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": COPYRIGHT,
        "NSPrincipalClass": "NSApplication",
    }
