"""What of torch goes into the frozen program: what it loads to separate, and nothing to compile."""

from pathlib import Path

from PyInstaller.utils.hooks import (
    PY_DYLIB_PATTERNS,
    collect_dynamic_libs,
    get_package_paths,
    is_module_satisfies,
)

assert is_module_satisfies("torch >= 2.6")

# Parts of torch are read as source while they are imported.
module_collection_mode = "pyz+py"
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
_MANAGER = Path(get_package_paths("torch")[1]) / "bin" / "torch_shm_manager"
if _MANAGER.exists():  # not on Windows
    binaries.append((str(_MANAGER), "torch/bin"))
