"""A checkpoint's scores as a table for the terminal."""

from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from core.measures import DropoutCounts
    from core.training.evaluate import BssScores, SongScores


def score_table(results: list["SongScores"]) -> Table:
    """One row a song and one for the mean; dB and per cent."""
    from core.measures import mean_scores
    from core.training.evaluate import SongScores, all_dropouts, mean_bss

    mean = SongScores(
        "mean", mean_scores([r.scores for r in results]), mean_bss(results), all_dropouts(results)
    )
    table = Table(
        title="dB; share of sung windows with too quiet an instrumental; BSS Eval v4 last"
    )
    headings = (
        "song",
        "gain",
        "low",
        "quiet 3",
        "quiet 6",
        "SDR voice/rest",
        "voice SDR/SIR/SAR",
        "rest SDR/SIR/SAR",
    )
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "song" else "right", no_wrap=True)
    for row in [*results, mean]:
        table.add_row(
            row.name,
            f"{row.scores.gain:+.2f}",
            f"{row.scores.low_gain:+.2f}",
            f"{row.scores.quiet_3db:.1%}",
            f"{row.scores.quiet_6db:.1%}",
            f"{row.scores.vocals_sdr:.1f} / {row.scores.instrumental_sdr:.1f}",
            *_bss_cells(row.bss),
            end_section=row is results[-1],
        )
    return table


def dropout_line(counts: "DropoutCounts") -> str:
    """How the dropout report compares with the true stems, in a sentence."""
    if counts.precision is None or counts.recall is None:
        return f"Dropout report: {counts.listed} windows listed, {counts.true} truly sag."
    return (
        f"Dropout report: precision {counts.precision:.0%}, recall {counts.recall:.0%} "
        f"({counts.right} of {counts.listed} listed windows of 0.4 s sag by more than 3 dB; "
        f"{counts.true} do in all)."
    )


def _bss_cells(bss: "BssScores | None") -> tuple[str, str]:
    """SDR, SIR and SAR of the voice and of the rest."""
    if bss is None:
        return "-", "-"
    voice = (bss.vocals_sdr, bss.vocals_sir, bss.vocals_sar)
    rest = (bss.instrumental_sdr, bss.instrumental_sir, bss.instrumental_sar)
    first, second = (" / ".join(f"{value:.1f}" for value in stem) for stem in (voice, rest))
    return first, second
