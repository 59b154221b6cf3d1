"""The words for what changed for carers, in numbers, in a chart and with what they cannot show."""

from collections.abc import Sequence
from itertools import groupby

from alongside.calc.instruments import Instrument
from alongside.calc.outcomes.paired import PairedChange, Verdict
from alongside.insight.reports.counting.outcomes import ScaleChange
from alongside.insight.reports.telling.figures import HIDDEN, NOTHING, Design, Figure, decimal, whole
from alongside.insight.reports.telling.writer import About, Chart, Mark, Section, Table, Writer

NO_COMPARISON = (
    "There is no comparison group, so these changes cannot be put down to the service alone "
    "(level 1 of 5 on the Maryland scale)."
)
NOBODY = "Nobody has answered the questions yet. What changed for carers will stand here after the first reviews."
APART = (
    "“{}” was answered by editions whose scales differ in range or direction. Only scores on a scale as its latest "
    "edition has it are counted; any other is left out, as the two cannot be put together."
)
FIGURES = ("Mean before", "Mean after", "Mean change", "95% interval", "Effect size d_av")
ROWS = ("answers", "enrolments", "members")


def write_outcomes(writer: Writer, changes: Sequence[ScaleChange], apart: Sequence[str]) -> Section:
    """What changed for carers and children, instrument by instrument."""
    tables = []
    for _, group in groupby(changes, key=lambda found: found.instrument.key):
        scales = list(group)
        instrument = scales[0].instrument
        rows = tuple((found.scale.title, _row(writer, found)) for found in scales)
        caption = f"{instrument.title}: before and after"
        columns = ("What", scales[0].whose.capitalize(), *FIGURES)
        tables.append(Table(f"outcomes-{instrument.key}", caption, columns, rows, _chart(writer, instrument, scales)))
    words = tuple(APART.format(title) for title in apart)
    if not tables:
        return Section("changes", "What changed for carers", words=(*words, NOBODY))
    whose = " and ".join(sorted({found.whose for found in changes}))
    return Section("changes", f"What changed for {whose}", (NO_COMPARISON, *words), tuple(tables))


def _both(found: ScaleChange) -> str:
    return f"{found.whose}.{found.key}.both"


def _from_to(figures: Sequence[Figure]) -> str:
    """Say how many of each scale in one go, from the numbers that are shown beneath and no others."""
    shown = sorted({figure.number for figure in figures if figure.number is not None})
    if not shown:
        return HIDDEN
    return whole(shown[0]) if len(shown) == 1 else f"{whole(shown[0])} to {whole(shown[-1])}"


def _row(writer: Writer, found: ScaleChange) -> tuple[str, ...]:
    change, both, answers = found.change, _both(found), f"{found.whose}.{found.key}"
    withheld = writer.few(both)
    left_out = (
        ("Score at the start only: missing after", f"{answers}.only_start"),
        ("Score afterwards only: missing before", f"{answers}.only_after"),
        ("No score either time, or two different editions", f"{answers}.neither"),
    )

    def figure(part: str, words: str, text: str, method: str) -> str:
        text = HIDDEN if withheld else text
        title = f"{found.scale.title}: {words}"
        about = _about(found, method)
        return writer.add(f"{found.key}.{part}", title, text, about, numerator=text, of=both, left_out=left_out)

    about = _about(found, PAIRS, unit=found.whose)
    return (
        writer.count(
            both, f"{found.scale.title}: {found.whose} with both scores", about, of=found.whose, left_out=left_out
        ),
        figure("before", "mean before", decimal(change.mean_before), "Mean of the earlier scores."),
        figure("after", "mean after", decimal(change.mean_after), "Mean of the later scores."),
        figure("change", "mean change", decimal(change.mean_change), change.method),
        figure("interval", "95% interval", _interval(change), change.method),
        figure("effect", "effect size", decimal(change.d_av, 2), EFFECT),
    )


PAIRS = (
    "The last answers about each at review or at the end, by the last day counted, beside the last at the start "
    "before those. Answers from more than 31 days before support began belong to an earlier time and are left out."
)
EFFECT = (
    "d_av: the mean change divided by the average spread, that is the square root of the mean of the two variances, "
    "before and after (Cumming 2012)."
)


def _about(found: ScaleChange, method: str, unit: str = "") -> About:
    scale = found.scale
    better = "higher" if scale.higher_is_better else "lower"
    return About(
        f"{found.whose.capitalize()} supported in the period with a score on this scale both times.",
        method,
        unit or f"points from {scale.minimum:g} to {scale.maximum:g}, {better} is better",
        ROWS,
        Design.BEFORE_AFTER,
    )


def _interval(change: PairedChange) -> str:
    if change.ci_low is None:
        return NOTHING
    return f"{decimal(change.ci_low)} to {decimal(change.ci_high)}"


def _chart(writer: Writer, instrument: Instrument, scales: Sequence[ScaleChange]) -> Chart:
    """Draw every scale of one instrument on one line, better always to the right."""
    shown = {found.key: _ends(found) for found in scales if not writer.few(_both(found))}
    reach = max((abs(end) for ends in shown.values() for end in ends if end is not None), default=0.0) or 1.0

    def place(end: float | None) -> float | None:
        return None if end is None else round(50 + 46 * end / reach, 1)

    marks = []
    for found in scales:
        low, middle, high = shown.get(found.key, (None, None, None))
        words = _words(found.change, middle) if found.key in shown else HIDDEN
        marks.append(Mark(found.scale.title, words, place(low), place(middle), place(high)))
    numbers = _from_to([writer.figures[_both(found)] for found in scales])
    whose = scales[0].whose
    people = f"{numbers} of {writer.say(whose)} {whose} have a score both at the start and at review or at the end."
    return Chart(instrument.title, people, tuple(marks))


def _ends(found: ScaleChange) -> tuple[float | None, float | None, float | None]:
    """The interval and the mean in rounded points of improvement, as the table says them."""
    change = found.change
    ends = [None if end is None else round(end, 1) for end in (change.ci_low, change.mean_change, change.ci_high)]
    if found.scale.higher_is_better:
        return ends[0], ends[1], ends[2]
    low, middle, high = (None if end is None else -end for end in reversed(ends))
    return low, middle, high


def _words(change: PairedChange, improvement: float | None) -> str:
    if improvement is None:
        return NOTHING
    if change.verdict is Verdict.UNSURE:
        return f"{decimal(improvement)}, unsure"
    return f"{decimal(abs(improvement))} {change.verdict.value}"
