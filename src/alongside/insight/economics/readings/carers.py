"""What carers' answers before and after say, as a quarter's report pairs them: points gained, and who is better off."""

from collections.abc import Sequence
from datetime import date

from alongside.calc.economics.distributions import Normal
from alongside.calc.instruments import Instrument, Scale
from alongside.calc.outcomes.paired import paired_change
from alongside.calc.outcomes.reliable import ReliableChange, reliable_change
from alongside.insight.economics.readings.judged import PRACTITIONERS, judged
from alongside.insight.economics.readings.reading import ROUNDED, TOO_FEW, Reading, nothing, share, shown
from alongside.insight.economics.readings.records import LIFE, Living, Records
from alongside.insight.reports.basis import AnswersRow, Basis, EnrolmentRow, MemberRow, Terms
from alongside.insight.reports.counting.families import supported
from alongside.insight.reports.counting.outcomes import Pair, before_and_after, scores_of
from alongside.insight.reports.telling.figures import decimal
from alongside.records.people.models import Membership

SATISFIED = "satisfied"
NO_COMPARISON = "Before and after without a comparison group: some of it would have come anyway."
BEFORE_AFTER = 1
"""The level of a change without a comparison, on the Maryland scale."""


def points(records: Records) -> Reading:
    """How many points of life satisfaction carers gained, with the standard error of that mean; by a frozen cohort
    where one was judged by it.
    """
    if found := judged(records, f"{LIFE}.{SATISFIED}"):
        return found
    return _before_and_after(records)


def _before_and_after(records: Records) -> Reading:
    instrument, pairs = _answered(records).get(LIFE, (None, []))
    scale = next((one for one in instrument.scales if one.key == SATISFIED), None) if instrument else None
    before, after = _scores(scale, pairs) if scale else ([], [])
    change = paired_change(before, after, higher_is_better=True)
    number = shown(change.n)
    if not number or not change.sd_change or change.mean_change is None:
        return nothing(f"{TOO_FEW}: carers who said how satisfied they are with life before and after.")
    mean, error = round(change.mean_change, 1) + 0.0, max(round(change.sd_change / change.n**0.5, 2), 0.01)
    words = (
        f"From the start to the last review or the end, the life satisfaction of carers who were supported "
        f"{records.span.words} went from {change.mean_before:.1f} to {change.mean_after:.1f} of ten, a change of "
        f"{decimal(mean)} (standard error {error:.2f}); {number:,} carers answered both times, {ROUNDED}. "
        f"{NO_COMPARISON}"
    )
    return Reading(Normal(mean, error), words, _grade(records), BEFORE_AFTER)


def better_off(records: Records) -> Reading:
    """Which share of the carers changed for the better by more than a scale's error: the one most of them answered."""
    tried = [
        (found.n, instrument.title, scale, found)
        for instrument, pairs in _answered(records).values()
        for scale in instrument.scales
        if (found := _reliably(scale, pairs)) and found.sd
    ]
    if not tried:
        return nothing("No questionnaire of which the exactness is published was answered both times.")
    number, title, scale, found = max(tried, key=lambda one: one[0])
    made = share(found.better, number - found.better)
    if made is None:
        return nothing(
            f"{TOO_FEW}: carers who are better off by {scale.title.lower()} ({title}), or those who are not."
        )
    spread = "published for it" if scale.exactness.sd else "of these carers at the start"
    words = (
        f"{made.events:,} of {made.of:,} carers who were supported {records.span.words} and answered both times are "
        f"better off by more than the scale's own error ({title}; reliability {scale.exactness.reliability:g}, "
        f"standard deviation {spread}); both numbers {ROUNDED}. {NO_COMPARISON}"
    )
    return Reading(made, words, _grade(records), BEFORE_AFTER)


def _grade(records: Records) -> int:
    return max(PRACTITIONERS, records.grade)


def _reliably(scale: Scale, pairs: Sequence[Pair]) -> ReliableChange | None:
    known = scale.exactness
    if known.reliability is None:
        return None
    before, after = _scores(scale, pairs)
    more = {"reliability": known.reliability, "higher_is_better": scale.higher_is_better, "sd": known.sd}
    return reliable_change(before, after, **more)  # type: ignore[arg-type]


def _scores(scale: Scale, pairs: Sequence[Pair]) -> tuple[list[float | None], list[float | None]]:
    both = [scores_of(scale, *pair) for pair in pairs]
    return [before for before, _ in both], [after for _, after in both]


def _answered(records: Records) -> dict[str, tuple[Instrument, list[Pair]]]:
    """The carers' answers to each questionnaire that a reading uses, as pairs of before and after."""
    rows: dict[tuple[str, str], list[AnswersRow]] = {}
    for one in records.answers:
        on = one.on.isoformat()
        row = AnswersRow(str(one.id), str(one.case), str(one.person), *one[3:6], on, one.scores)
        rows.setdefault((row.person, row.instrument), []).append(row)
    carers = supported(_basis(records), Membership.Part.CARER)
    return {
        key: (instrument, [before_and_after(rows.get((one.person, key), []), one) for one in carers])
        for key, instrument in records.instruments.items()
    }


def _basis(records: Records) -> Basis:
    """The places and people of these days, as a report counts them."""
    span, terms = records.span, Terms(0, 0, 0)

    def by(day: date | None) -> str | None:
        return day.isoformat() if day and day <= span.last else None

    places = [
        EnrolmentRow(
            str(one.id), str(one.case), str(one.household), one.started_on.isoformat(), by(one.ended_on), None, None
        )
        for one in records.places
    ]

    def member(one: Living) -> MemberRow:
        return MemberRow(str(one.id), str(one.household), str(one.person), one.part, by(one.since), by(one.until))

    members = [member(one) for one in records.living]
    return Basis(span.first.isoformat(), span.last.isoformat(), terms, [], places, members, [], [], [], [])
