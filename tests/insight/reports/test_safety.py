"""What must hold of every report: its parts add up, and nobody can work out what it withholds."""

from datetime import date, timedelta
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from alongside.insight.reports.basis import (
    AnswersRow,
    Basis,
    ContactRow,
    EnrolmentRow,
    MemberRow,
    ReferralRow,
    SpellRow,
    Terms,
    from_json,
    to_json,
)
from alongside.insight.reports.counting.tally import Tally
from alongside.insight.reports.telling.report import Heading, Report, count, write_report
from alongside.insight.reports.telling.report import from_json as report_from_json
from alongside.insight.reports.telling.report import to_json as report_to_json
from alongside.insight.reports.telling.safety import SMALLEST
from alongside.records.cases.models import Contact
from alongside.records.measures.library import instruments
from alongside.records.people.models import Arrangement, PlanStatus
from alongside.records.referrals.models import Referral

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
HEADING = Heading(
    contract="Kinship Reach, Kirklees",
    programme="Kinship Reach",
    purchaser="Kirklees",
    provider="Side by Side Kinship",
    quarter="July to September 2026",
    starts_on="2026-07-01",
    ends_on="2026-09-30",
    counted_to="2026-09-30",
    counted_on="2026-10-06",
)


def day(chance: Random, low: int = 0, high: int = 91) -> str:
    return (FIRST + timedelta(days=chance.randint(low, high))).isoformat()


def made_up(chance: Random, families: int) -> Basis:
    """Rows of so many families, any of whose facts may be missing."""
    basis = Basis("2026-07-01", "2026-09-30", Terms(60, 5, 12), [], [], [], [], [], [], [])
    outcomes, sources = Referral.Status.values, Referral.Source.values
    for number in range(families):
        referral = (
            day(chance, -20),
            chance.choice(sources),
            chance.choice(outcomes),
            chance.choice([None, day(chance)]),
        )
        if referral[0] >= basis.starts_on or referral[3]:
            basis.referrals.append(ReferralRow(f"r{number}", *referral))
        started_on = day(chance, -90)
        ended_on = chance.choice([None, max(day(chance), started_on)])
        spoken_on = chance.choice([None, day(chance, -90)])
        basis.enrolments.append(
            EnrolmentRow(
                f"e{number}", f"c{number}", f"h{number}", started_on, ended_on, day(chance, -99, -91), spoken_on
            )
        )
        _people(basis, chance, number)
        for one in range(chance.randint(0, 3)):
            channel, outcome = chance.choice(Contact.Channel.values), chance.choice(Contact.Outcome.values)
            basis.contacts.append(ContactRow(f"t{number}.{one}", f"c{number}", day(chance), channel, outcome))
    return basis


def _people(basis: Basis, chance: Random, number: int) -> None:
    home, carer = f"h{number}", f"p{number}"
    basis.members.append(MemberRow(f"m{number}", home, carer, "carer", None, None))
    for one in range(chance.randint(0, 3)):
        child = f"k{chance.randint(0, 3)}" if chance.random() < 0.1 else f"k{number}.{one}"
        basis.members.append(
            MemberRow(f"m{number}.{one}", home, child, "child", chance.choice([None, day(chance)]), None)
        )
        kind = chance.choice(Arrangement.Kind.values)
        basis.arrangements.append(SpellRow(f"a{number}.{one}", child, kind, chance.choice([None, day(chance)]), None))
        if chance.random() < 0.5:
            plan = chance.choice(PlanStatus.Kind.values)
            basis.plans.append(
                SpellRow(f"s{number}.{one}", child, plan, day(chance, -90), chance.choice([None, day(chance)]))
            )
    for occasion, low, high in (("start", -60, 20), ("review", 10, 91)):
        if chance.random() < 0.7:
            scores = {"isolation": chance.choice([None, *range(11)]), "money": chance.randint(0, 10)}
            basis.answers.append(
                AnswersRow(
                    f"w{number}{occasion}",
                    f"c{number}",
                    carer,
                    "five-domains",
                    chance.choice(["1", "1", "1", "2"]),
                    occasion,
                    day(chance, low, high),
                    scores,
                )
            )


bases = st.builds(made_up, st.randoms(use_true_random=False), st.integers(0, 40))
few = settings(max_examples=25, deadline=None)


@few
@given(bases)
def test_every_way_of_parting_the_children_adds_up_to_all_of_them(basis: Basis) -> None:
    counts = count(basis, instruments())[0].counts
    children = len({member.person for member in basis.members if member.part == "child"})
    by_kind = sum(counts[f"children.{kind}"] for kind in Arrangement.Kind.values)
    plans = ("looked_after", "child_protection", "child_in_need", "none")
    assert by_kind == counts["children"] <= children
    for when in ("start", "end"):
        assert sum(counts[f"children.{when}.{plan}"] for plan in plans) == counts["children"]
    assert counts["places.end"] <= counts["places.peak"] <= len(basis.enrolments)


@few
@given(bases)
def test_an_attacker_with_every_shown_number_cannot_pin_a_small_one(basis: Basis) -> None:
    report = write_report(HEADING, basis, instruments())
    tally = count(basis, instruments())[0]
    shown = shown_counts(report, tally)
    names = list(tally.counts)
    place = {name: at for at, name in enumerate(names)}
    sums = np.zeros((len(tally.sums), len(names)))
    for row, (total, parts) in enumerate(tally.sums):
        sums[row, place[total]] = -1
        sums[row, [place[part] for part in parts]] = 1
    bounds = [(shown[name], shown[name]) if name in shown else (0, None) for name in names]
    for name in names:
        if not 0 < tally.counts[name] < SMALLEST:
            continue
        assert name not in shown, f"{name} is small and shown"
        aim = np.zeros(len(names))
        aim[place[name]] = 1
        least = linprog(aim, A_eq=sums, b_eq=np.zeros(len(sums)), bounds=bounds)
        most = linprog(-aim, A_eq=sums, b_eq=np.zeros(len(sums)), bounds=bounds)
        assert least.status == 0
        assert most.status == 3 or -most.fun - least.fun >= SMALLEST - 1e-6, f"{name} can be worked out"


def shown_counts(report: Report, tally: Tally) -> dict[str, int]:
    """Every count that stands anywhere in the report, by its name: as a figure, as what a figure is out of, as a part
    of a share, or among the left out.
    """
    shown = {name: figure.number for name, figure in report.figures.items() if figure.number is not None}
    for name in tally.counts:
        figure = report.figures.get(name)
        if name.startswith("places.") and figure and not figure.hidden:
            shown[name] = tally.counts[name]
    for name, figure_key, words in LEFT_OUT:
        text = dict(report.figures[figure_key].exclusions)[words]
        if text != "c":
            shown[name] = int(text.replace(",", ""))
    for key in report.figures:
        if key.startswith("carers.") and key.endswith(".both"):
            for kind, (_, text) in zip(
                ("only_start", "only_after", "neither"), report.figures[key].exclusions, strict=True
            ):
                if text != "c":
                    shown[key.removesuffix("both") + kind] = int(text.replace(",", ""))
    within = report.figures["contact.within"]
    if within.numerator != "c":
        shown["families.reached.in_quarter.target.within"] = int(within.numerator.replace(",", ""))
    return shown


LEFT_OUT = (
    ("families.reached.before", "contact.within", "First spoken with before the period"),
    ("families.reached.not_yet", "contact.within", "Not spoken with yet on the last day"),
    ("families.reached.no_referral", "contact.within", "Came without a referral on record"),
    ("families.reached.in_quarter.target.beyond", "contact.within", "Spoken with later than that"),
)


@few
@given(bases)
def test_means_and_middles_of_a_few_are_withheld(basis: Basis) -> None:
    report = write_report(HEADING, basis, instruments())
    counts = count(basis, instruments())[0].counts
    for part in ("before", "after", "change", "interval", "effect"):
        figure = report.figures.get(f"five-domains.money.{part}")
        if figure and 0 < counts["carers.five-domains.money.both"] < SMALLEST:
            assert figure.hidden
    if 0 < counts["decision"] < SMALLEST:
        assert report.figures["decision.working"].hidden


@few
@given(bases)
def test_what_is_frozen_reads_back_as_it_was(basis: Basis) -> None:
    report = write_report(HEADING, basis, instruments())
    assert from_json(to_json(basis)) == basis
    assert report_from_json(report_to_json(report)) == report
