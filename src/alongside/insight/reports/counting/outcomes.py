"""Finding who answered before and after, and what changed between."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from alongside.calc.instruments import Instrument, Scale, Subject
from alongside.calc.outcomes.paired import PairedChange, paired_change
from alongside.insight.reports.basis import AnswersRow, Basis, days
from alongside.insight.reports.counting.families import Supported, supported
from alongside.insight.reports.counting.tally import Tally
from alongside.records.measures.models import Occasion
from alongside.records.people.models import Membership

# Questions asked at the door often come shortly before the place; older answers are those of an earlier time.
ASKED_BEFORE = timedelta(days=31)
CLASSES = ("both", "only_start", "only_after", "neither")


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """What changed on one scale of an instrument."""

    instrument: Instrument
    scale: Scale
    change: PairedChange

    @property
    def whose(self) -> str:
        """Whose scores these are, as the count of them is named: carers or children."""
        return "children" if self.instrument.subject is Subject.CHILD else "carers"

    @property
    def key(self) -> str:
        """How the counts and figures of this scale are named."""
        return f"{self.instrument.key}.{self.scale.key}"


def count_outcomes(basis: Basis, instruments: Iterable[Instrument], tally: Tally) -> list[ScaleChange]:
    """Give what changed on every scale of each instrument that anybody answered."""
    whom = {
        Subject.CARER: supported(basis, Membership.Part.CARER),
        Subject.CHILD: supported(basis, Membership.Part.CHILD),
    }
    answered = _by_whom(basis.answers)
    changes: list[ScaleChange] = []
    for instrument in instruments:
        pairs = [before_and_after(answered[one.person, instrument.key], one) for one in whom[instrument.subject]]
        if any(before or after for before, after in pairs):
            changes += [_change(instrument, scale, pairs, tally) for scale in instrument.scales]
    return changes


def of_one_meaning(
    basis: Basis, instruments: Sequence[Instrument], scales: Mapping[tuple[str, str], frozenset[str]]
) -> tuple[Basis, tuple[str, ...]]:
    """Leave out the scores on scales that meant something else by the edition that was answered; say of what.

    ``scales`` are those that mean the same, by key and edition.
    """
    own = {one.key: {scale.key for scale in one.scales} for one in instruments}
    kept = [
        row._replace(scores={key: value for key, value in row.scores.items() if key in known})
        for row in basis.answers
        for known in (scales.get((row.instrument, row.edition), frozenset[str]()),)
    ]
    apart = {
        row.instrument
        for row, left in zip(basis.answers, kept, strict=True)
        if (row.scores.keys() - left.scores.keys()) & own.get(row.instrument, set())
    }
    return basis._replace(answers=kept), tuple(one.title for one in instruments if one.key in apart)


def _by_whom(rows: Iterable[AnswersRow]) -> dict[tuple[str, str], list[AnswersRow]]:
    """Part answers by whom they are about; of what several carers said of a child, those of who was asked first."""
    found: dict[tuple[str, str], list[AnswersRow]] = defaultdict(list)
    said_by: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda row: (row.answered_on, row.key)):
        whom = (row.child or row.person, row.instrument)
        if said_by.setdefault(whom, row.person) == row.person:
            found[whom].append(row)
    return found


Pair = tuple[AnswersRow | None, AnswersRow | None]


def before_and_after(rows: list[AnswersRow], whom: Supported) -> Pair:
    """Give the last answers about somebody at review or at the end, and the last at the start before those."""
    since = (days(whom.first) - ASKED_BEFORE).isoformat()
    recent = sorted((row for row in rows if row.answered_on >= since), key=lambda row: (row.answered_on, row.key))
    starts = [row for row in recent if row.occasion == Occasion.START]
    afters = [row for row in recent if row.occasion != Occasion.START]
    after = afters[-1] if afters else None
    earlier = [row for row in starts if after is None or row.answered_on < after.answered_on]
    return (earlier[-1] if earlier else None, after)


def _change(instrument: Instrument, scale: Scale, pairs: list[Pair], tally: Tally) -> ScaleChange:
    """Part the people by which of the two scores there are, and set beside each other those who have both."""
    scores = [scores_of(scale, *pair) for pair in pairs]
    classes = Counter(_class_of(*both) for both in scores)
    change = paired_change(*zip(*scores, strict=True), higher_is_better=scale.higher_is_better)
    found = ScaleChange(instrument, scale, change)
    tally.also(found.whose, found.key, {kind: classes[kind] for kind in CLASSES})
    return found


def scores_of(scale: Scale, before: AnswersRow | None, after: AnswersRow | None) -> tuple[float | None, float | None]:
    """The two scores; scores of two editions cannot be set beside each other, so they count as neither."""
    if before and after and before.edition != after.edition:
        return None, None
    return (before.scores.get(scale.key) if before else None, after.scores.get(scale.key) if after else None)


def _class_of(before: float | None, after: float | None) -> str:
    if before is not None and after is not None:
        return "both"
    if before is not None:
        return "only_start"
    return "neither" if after is None else "only_after"
