"""What a checkpoint is, in words."""

from PySide6.QtCore import QCoreApplication, QLocale

from core.library import TITLES, CheckpointCard

translate = QCoreApplication.translate
_CONTEXT = "CheckpointText"


def facts(card: CheckpointCard) -> list[tuple[str, str]]:
    """What is known of a checkpoint: headings and texts; what nobody said is left out."""
    number = QLocale()
    found = [
        (translate(_CONTEXT, "Architecture"), architecture_text(card)),
        (translate(_CONTEXT, "Weights"), number.toString(card.parameters)),
        (translate(_CONTEXT, "Trained by"), card.fields.get("trained_with", "")),
        (translate(_CONTEXT, "Trained on"), card.fields.get("training_data", "")),
        (translate(_CONTEXT, "Hours of audio"), card.fields.get("audio_hours", "")),
        (translate(_CONTEXT, "Measured"), scores_text(card)),
        (translate(_CONTEXT, "Licence"), card.fields.get("licence", "")),
        (translate(_CONTEXT, "Size"), number.formattedDataSize(card.size, 1)),
        (translate(_CONTEXT, "SHA-256"), card.sha256),
        (translate(_CONTEXT, "SHA-256 of the original"), card.fields.get("original_sha256", "")),
    ]
    return [(heading, text) for heading, text in found if text]


def architecture_text(card: CheckpointCard) -> str:
    """The kind of network; of an ensemble, how many of which."""
    if not card.members:
        return TITLES[card.architecture]
    kinds = ", ".join(dict.fromkeys(TITLES.get(name, name) for name in card.members))
    text = translate(_CONTEXT, "Ensemble of {count} ({kinds}), {combination}")
    how = combination_text(card.combination)
    return text.format(count=len(card.members), kinds=kinds, combination=how)


def combination_text(combination: str) -> str:
    """What several networks are combined by."""
    return {
        "mean": translate(_CONTEXT, "mean"),
        "min": translate(_CONTEXT, "quietest instrumental"),
        "max": translate(_CONTEXT, "loudest instrumental"),
    }.get(combination, combination)


def scores_text(card: CheckpointCard) -> str:
    """Scores over songs whose true stems are known; empty if nobody measured."""
    scores = card.scores
    if not {"gain", "low_gain", "quiet_3db"} <= set(scores):
        return ""
    text = translate(
        _CONTEXT, "{gain} dB better than the mixture, {low} dB below 250 Hz; dropouts {share} %"
    )
    number = QLocale()
    return text.format(
        gain=number.toString(scores["gain"], "f", 2),
        low=number.toString(scores["low_gain"], "f", 2),
        share=number.toString(100 * scores["quiet_3db"], "f", 1),
    )
