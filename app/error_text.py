"""The sentences of core's errors in the window's language."""

from PySide6.QtCore import QCoreApplication

from core.errors import VocalRemoverError

translate = QCoreApplication.translate


def error_text(error: Exception) -> str:
    """What an error says to the user; what is not one of ours speaks for itself."""
    if not isinstance(error, VocalRemoverError):
        return str(error)
    template = translate("Errors", error.template)
    fields = {name: _worded(name, value) for name, value in error.fields.items()}
    return template.format(**fields) if fields else template


def _worded(name: str, value: object) -> object:
    """A field in the window's language: an error in an error, or the reason that ends one."""
    if isinstance(value, VocalRemoverError):
        return error_text(value)
    return translate("Errors", value) if name == "reason" and isinstance(value, str) else value
