"""What the check of a result found, in the user's language."""

from PySide6.QtCore import QCoreApplication

from app.song_view import stem_name
from core.clock import clock_text
from core.flaws import Flaw, FlawKind, ResultCheck

translate = QCoreApplication.translate
SHOWN = 3
"""Flaws named one by one in the banner."""


def check_text(check: ResultCheck) -> str:
    """A plain pass, or what is wrong and where."""
    if check.passed:
        return translate("Check", "Result check passed.")
    text = [flaw_text(flaw, check.rate) for flaw in check.flaws[:SHOWN]]
    more = len(check.flaws) - SHOWN
    if more > 0:
        text.append(translate("Check", "And {count} more.").format(count=more))
    return translate("Check", "Result check: {flaws}").format(flaws=" ".join(text))


def flaw_text(flaw: Flaw, rate: int) -> str:
    """One sentence on one flaw."""
    if flaw.kind is FlawKind.OFFSET and flaw.stem is not None:
        text = translate("Check", "{stem}: {samples} samples late.")
        return text.format(stem=stem_name(flaw.stem), samples=flaw.amount)
    text = {
        FlawKind.LENGTH: translate("Check", "{stem}: wrong length, by {samples} samples."),
        FlawKind.NOT_FINITE: translate("Check", "{stem}: no numbers from {start} to {stop}."),
        FlawKind.SILENT: translate("Check", "{stem}: silent, though the song is not."),
        FlawKind.EMPTY: translate("Check", "{stem}: empty from {start} to {stop}."),
        FlawKind.SEAM: translate("Check", "{stem}: a step at {start}."),
        FlawKind.POLARITY: translate("Check", "The sum of the stems is upside down."),
        FlawKind.OFFSET: translate("Check", "The sum of the stems is {samples} samples late."),
    }[flaw.kind]
    return text.format(
        stem=stem_name(flaw.stem) if flaw.stem else "",
        samples=flaw.amount,
        start=clock_text(flaw.start / rate, decimals=2),
        stop=clock_text(flaw.stop / rate, decimals=2),
    )
