"""What of torch goes into the frozen program: what it loads to separate, and nothing to compile."""

from pathlib import Path

from PyInstaller.utils.hooks import (
    PY_DYLIB_PATTERNS,
    collect_dynamic_libs,
    get_package_paths,
    is_module_satisfies,
)

assert is_module_satisfies("torch >= 2.6")


def reads_its_source(path: Path) -> bool:
    """Whether a module of torch looks at its own source while it is imported."""
    text = path.read_text(encoding="utf-8")
    overloads = "_jit_internal" in text and "_overload" in text
    return overloads or "install_config_module(sys" in text


_FOLDER = Path(get_package_paths("torch")[1])
_SOURCES = sorted(path for path in _FOLDER.rglob("*.py") if reads_its_source(path))
module_collection_mode = {"torch": "pyz"}
for _path in _SOURCES:
    _name = ".".join(("torch", *_path.relative_to(_FOLDER).with_suffix("").parts))
    module_collection_mode[_name.removesuffix(".__init__")] = "pyz+py"
# Only what imports reach: the compiler, exporters, tests and headers stay out.
hiddenimports = ["torch._C", "torchgen"]
_NOT_NEEDED = ("test", "backend_with_compiler", "aoti_custom_ops")
binaries = [
    (source, target)
    for source, target in collect_dynamic_libs(
        "torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"]
    )
    if not any(word in Path(source).name for word in _NOT_NEEDED)
]

# Asked for by path when torch is loaded.
_MANAGER = _FOLDER / "bin" / "torch_shm_manager"
if _MANAGER.exists():  # not on Windows
    binaries.append((str(_MANAGER), "torch/bin"))
