"""The sentences of core's errors in the window's language."""

from PySide6.QtCore import QCoreApplication

from core.errors import VocalRemoverError

translate = QCoreApplication.translate


def error_text(error: Exception) -> str:
    """What an error says to the user; what is not one of ours speaks for itself."""
    if not isinstance(error, VocalRemoverError):
        return str(error)
    template = translate("Errors", error.template)
    fields = {
        name: error_text(value) if isinstance(value, VocalRemoverError) else value
        for name, value in error.fields.items()
    }
    return template.format(**fields) if fields else template
