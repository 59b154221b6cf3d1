"""Whether one family's work had what its programme is made of, worked out from plain facts of ordinary records.

A programme's data file names its active ingredients, and each of them a rule of :data:`RULES`; so a new programme needs
no code. Every rule answers yes, no, or not yet: nothing is held against work that has not come that far.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.calc.verdicts import Verdict
from alongside.core.base.clocks import add_working_days
from alongside.core.base.days import in_words
from alongside.records.programmes.rules.clock import WEEK, Stop, days_counted, time_ends

GROUP, PEER, ENTITLEMENTS, ADVICE, PLANS = "group", "peer", "entitlements", "advice", "plans"


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One thing that a programme is made of, and by when: a session, a number of weeks, or before the work ends."""

    rule: str
    words: str
    why: str
    by_session: int | None = None
    within_weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Had:
    """One session: the day, and who had it with the family."""

    on: date
    worker: str


@dataclass(frozen=True, slots=True)
class Work:
    """What the records say of one family in one programme. ``given`` maps each kind of help to its first day."""

    today: date
    started_on: date
    ended_on: date | None = None
    stops: tuple[Stop, ...] = ()
    referred_on: date | None = None
    first_contact_on: date | None = None
    first_contact_days: int = 5
    sessions: tuple[Had, ...] = ()
    goal_on: date | None = None
    goals_at_once: int = 0
    strength_on: date | None = None
    review_weeks: int = 12
    reviews: tuple[date, ...] = ()
    given: Mapping[str, date] = field(default_factory=dict)
    therapy_meant: bool = False
    therapy_on: date | None = None
    weeks_at_least: int | None = None

    @property
    def last(self) -> date:
        """The last day that counts."""
        return min(self.ended_on or self.today, self.today)

    @property
    def weeks(self) -> int:
        """How many weeks the clock has run."""
        return days_counted(self.started_on, self.last, self.stops) // WEEK

    def session_of(self, day: date) -> int:
        """How many sessions there had been by the end of a day."""
        return sum(had.on <= day for had in self.sessions)


Rule = Callable[[Work, Ingredient], Verdict]


def judge(work: Work, ingredient: Ingredient) -> Verdict:
    """Say whether the work had an ingredient."""
    return RULES[ingredient.rule](work, ingredient)


def _same_worker(work: Work, ingredient: Ingredient) -> Verdict:
    held = Counter(had.worker for had in work.sessions)
    if len(held) > 1:
        counts = ", ".join(f"{worker} {number}" for worker, number in held.most_common())
        return Verdict(False, f"{len(held)} workers had sessions with them: {counts}.")
    if len(work.sessions) > 1:
        return Verdict(True, f"All {len(work.sessions)} sessions were with {work.sessions[0].worker}.")
    return Verdict(None, "There have not been two sessions yet.")


def _first_contact(work: Work, ingredient: Ingredient) -> Verdict:
    asked = work.referred_on or work.started_on
    due = add_working_days(asked, work.first_contact_days)
    if work.first_contact_on is not None:
        met = work.first_contact_on <= due
        return Verdict(met, f"First in touch on {in_words(work.first_contact_on)}; it was due by {in_words(due)}.")
    if work.last > due:
        return Verdict(False, f"Nobody was in touch by {in_words(due)}.")
    return Verdict(None, f"Due by {in_words(due)}.")


def _goal(work: Work, ingredient: Ingredient) -> Verdict:
    return _done_by(work, ingredient, work.goal_on, "A goal was agreed", "No goal is agreed")


def _one_goal(work: Work, ingredient: Ingredient) -> Verdict:
    if work.goals_at_once > 1:
        return Verdict(False, f"{work.goals_at_once} goals are worked on at once.")
    if work.goal_on is None:
        return Verdict(None, "No goal is agreed yet.")
    return Verdict(True, "One goal at a time.")


def _strengths(work: Work, ingredient: Ingredient) -> Verdict:
    return _done_by(work, ingredient, work.strength_on, "A strength was written down", "No strength is written down")


def _review(work: Work, ingredient: Ingredient) -> Verdict:
    due = time_ends(work.started_on, work.review_weeks, work.stops)
    done = next((day for day in sorted(work.reviews) if day > work.started_on), None)
    if done is not None:
        met = due is None or done <= due + timedelta(days=WEEK)  # a week's grace: people are ill, and schools break up
        return Verdict(met, f"Reviewed on {in_words(done)}" + (f"; it was due by {in_words(due)}." if due else "."))
    if due is None:
        return Verdict(None, "The review waits while the work is paused.")
    if work.ended_on is not None and work.ended_on < due:
        return Verdict(None, "The work ended before a review was due.")
    if work.last > due + timedelta(days=WEEK):
        return Verdict(False, f"No review by {in_words(due)}, when it was due.")
    return Verdict(None, f"Due by {in_words(due)}.")


def _given(done: str, undone: str, *kinds: str) -> Rule:
    def rule(work: Work, ingredient: Ingredient) -> Verdict:
        first = min((work.given[kind] for kind in kinds if kind in work.given), default=None)
        return _done_by(work, ingredient, first, done, undone)

    return rule


def _therapy(work: Work, ingredient: Ingredient) -> Verdict:
    if not work.therapy_meant:
        return Verdict(None, "What was bought has no therapy beside it.")
    return _done_by(
        work, ingredient, work.therapy_on, "Therapeutic sessions began", "No therapeutic session is recorded"
    )


def _long_enough(work: Work, ingredient: Ingredient) -> Verdict:
    if work.weeks_at_least is None:
        return Verdict(None, "The programme sets no least number of weeks.")
    if work.weeks >= work.weeks_at_least:
        return Verdict(True, f"{work.weeks} weeks of at least {work.weeks_at_least}.")
    if work.ended_on is not None:
        return Verdict(False, f"It ended after {work.weeks} weeks; at least {work.weeks_at_least} are meant.")
    return Verdict(None, f"{work.weeks} weeks of at least {work.weeks_at_least} so far.")


def _done_by(work: Work, ingredient: Ingredient, on: date | None, done: str, undone: str) -> Verdict:
    """Judge something by its first day, against the session or the number of weeks by which it was to be done."""
    by_session, within = ingredient.by_session, ingredient.within_weeks
    if on is not None:
        session, weeks = work.session_of(on), days_counted(work.started_on, on, work.stops) // WEEK
        late = (by_session is not None and session > by_session) or (within is not None and weeks >= within)
        when = f", by session {session}" if by_session is not None and session else ""
        return Verdict(not late, f"{done} on {in_words(on)}{when}.")
    over = work.ended_on is not None
    if by_session is not None:
        over = over or len(work.sessions) > by_session
    if within is not None:
        over = over or work.weeks >= within
    return Verdict(False if over else None, f"{undone}." if over else f"{undone} yet.")


RULES: dict[str, Rule] = {
    "same_worker": _same_worker,
    "first_contact_in_time": _first_contact,
    "goal_agreed": _goal,
    "one_goal_at_a_time": _one_goal,
    "strengths_recorded": _strengths,
    "review_on_time": _review,
    "group_offered": _given("A group was offered", "No group was offered", GROUP),
    "peer_support_offered": _given("Peer support was offered", "No peer support was offered", PEER, GROUP),
    "entitlements_checked": _given("Entitlements were checked", "Entitlements were not checked", ENTITLEMENTS),
    "advice_recorded": _given("Advice was given", "No advice is recorded", ADVICE),
    "plans_followed": _given("The children's plans were asked about", "Nobody asked about the children's plans", PLANS),
    "therapy_beside": _therapy,
    "long_enough": _long_enough,
}
