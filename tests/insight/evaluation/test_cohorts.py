"""From a question to a result: the order is enforced, people count once, and what is frozen stays."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.core.access import system
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.insight.chronology.entries import Kind, Scope
from alongside.insight.chronology.queries import story
from alongside.insight.evaluation import services
from alongside.insight.evaluation.flowing import flow_of, people_of
from alongside.insight.evaluation.models import AnalysisRun, Cohort, FrozenCohort, Protocol
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.queries import runs_of
from alongside.insight.evaluation.results import Result
from alongside.insight.evaluation.series import SERIES
from alongside.insight.evaluation.services import (
    fix_protocol,
    freeze_cohort,
    record_deviation,
    rows_of,
    run_method,
    write_protocol,
)
from alongside.insight.reports.periods import Quarter, period_of
from alongside.insight.reports.services import report_of
from alongside.records.cases.models import Case
from alongside.records.measures.library import EXAMPLE_PACK
from alongside.records.measures.licensing import declare, end_pack, load_pack
from alongside.records.measures.models import AnswerSet, Pack
from alongside.records.people.models import Arrangement, Membership, Person, Restriction
from alongside.records.programmes.models import Enrolment
from tests.cast import TODAY, Cast
from tests.insight.evaluation.cohorts import ISOLATION, defined, evaluator, frozen, promised
from tests.insight.reports.families import family

pytestmark = pytest.mark.usefixtures("clock")
MONEY = "five-domains.money"


def test_the_order_of_the_steps_cannot_be_changed(cast: Cast) -> None:
    by, cohort = evaluator(cast), defined(cast)
    with pytest.raises(Refused, match="Fix the protocol first"):
        run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=by)
    with pytest.raises(Refused, match="Fix the protocol first"):
        freeze_cohort(cohort=cohort, by=by)
    with pytest.raises(Refused, match="primary outcome"):
        fix_protocol(cohort=cohort, by=by)
    promised(cast, cohort)
    with pytest.raises(Refused, match="Freeze the cohort first"):
        run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=by)
    with pytest.raises(Refused, match="Record a deviation"):
        defined(cast, cohort=cohort, version=cohort.version)
    with pytest.raises(Refused, match="Record a deviation"):
        write_protocol(
            cohort=cohort, version=2, primary=[MONEY], secondary=[], method="paired", others=[], words="", by=by
        )
    record_deviation(cohort=cohort, words="The review came late.", reason="Illness.", by=by)
    assert cohort.deviations.count() == 1


def test_what_was_promised_frozen_or_found_stays_in_the_database_too(cast: Cast) -> None:
    cohort = frozen(cast)
    run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=evaluator(cast))
    for rows, change in (
        (Protocol.objects.filter(cohort=cohort), {"content": {}}),
        (FrozenCohort.objects.filter(cohort=cohort), {"content": b""}),
        (AnalysisRun.objects.filter(cohort=cohort), {"result": {}}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_a_result_rests_on_the_frozen_rows_whatever_is_written_later(cast: Cast) -> None:
    cohort = frozen(cast)
    held = FrozenCohort.objects.get(cohort=cohort)
    before, after = rows_of(held).before_and_after(ISOLATION)
    assert (len(before), before.mean(), after.mean()) == (12, 8.0, 6.0)
    AnswerSet.objects.filter(occasion="review").delete()
    again, _ = run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=evaluator(cast)), None
    effect = Result.from_json(again.result).effects[0]
    assert (effect.n, effect.value, effect.better) == ("12", -2.0, "better")
    assert freeze_cohort(cohort=cohort, by=evaluator(cast)) == held


def test_rows_that_are_not_those_that_were_frozen_are_refused(cast: Cast) -> None:
    held = FrozenCohort.objects.get(cohort=frozen(cast))
    held.fingerprint = "0" * 64
    with pytest.raises(ValueError, match="not the ones"):
        rows_of(held)


def test_only_what_was_promised_confirms_and_each_family_of_tests_has_its_rule(cast: Cast) -> None:
    cohort, by = frozen(cast, primary=[ISOLATION], secondary=[MONEY]), evaluator(cast)
    run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=by)
    run_method(cohort=cohort, method="paired", outcomes=[ISOLATION, MONEY], by=by)
    run_method(cohort=cohort, method="paired", outcomes=[MONEY], by=by)
    run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=by)  # the same once more is the same run
    found = runs_of(cohort)
    assert [run.standing for run, _ in found] == ["primary", "exploratory", "secondary"]
    primary = found[0][1].effects[0]
    assert primary.adjusted == primary.p


def test_people_count_once_restricted_families_not_at_all_and_nobody_is_named(cast: Cast) -> None:
    cases = [family(cast, each, scores=(8, 5)) for each in range(8)]
    Enrolment.objects.create(agency=cast.provider, case=cases[0], contract=cast.contract, started_on=date(2026, 9, 1))
    Restriction.objects.create(
        agency=cast.provider, household=cases[1].household, reason="Known", set_by=cast.morgan, review_on=TODAY
    )
    Membership.objects.filter(household=cases[2].household, part="carer").delete()
    second = Person.objects.create(agency=cast.provider, name="Second carer")
    Membership.objects.create(agency=cast.provider, household=cases[3].household, person=second, part="carer")
    AnswerSet.objects.create(
        agency=cast.provider, case=cases[3], person=second, instrument="five-domains", edition="1", occasion="review",
        answered_on=date(2026, 10, 1), mode="link", answers={}, scores={"isolation": 0},
    )  # fmt: skip
    cohort = promised(cast, defined(cast))
    held = freeze_cohort(cohort=cohort, by=evaluator(cast))
    rows = rows_of(held)
    assert len(rows) == 6
    assert rows.before_and_after(ISOLATION)[1].tolist() == [5.0] * 6
    assert rows.numbers["contacts"].tolist() == [1.0] * 6
    told = bytes(held.content) + str(held.shown).encode()
    for case in cases:
        assert case.pk.bytes not in told
        assert case.pk.hex not in rows.keys
    # Two left out, one for each reason: neither is shown, and neither can be worked out.
    assert {held.shown[name] for name in ("taken.restricted", "taken.no_carer")} == {"c"}


def test_too_few_say_so_and_show_no_figure(cast: Cast) -> None:
    cohort = frozen(cast, number=4)
    run = run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=evaluator(cast))
    result = Result.from_json(run.result)
    effect = result.effects[0]
    assert (effect.n, effect.value, effect.low, effect.p) == ("c", None, None, None)
    assert set(result.tables[0].rows[0][1:]) == {"c"}
    assert "Too few" in effect.reason


def test_a_family_set_beside_the_others_is_one_that_had_nothing_of_theirs(cast: Cast) -> None:
    from alongside.insight.evaluation.freezing.reading import Taken, first_places  # noqa: PLC0415
    from alongside.insight.evaluation.rules import Definition  # noqa: PLC0415

    ours, theirs = cast.contract.pk, cast.case.pk  # any two ids
    definition = Definition((str(ours),), date(2026, 1, 1), date(2026, 12, 31), (str(theirs),))

    def place(case: object, contract: object, on: date) -> Taken:
        return Taken(cast.case.pk, case, case, contract, "", "", None, on, None, None)  # type: ignore[arg-type]

    places = [
        place("a", theirs, date(2026, 2, 1)),
        place("a", ours, date(2026, 3, 1)),
        place("b", theirs, date(2026, 2, 1)),
        place("c", ours, date(2025, 3, 1)),
        place("c", ours, date(2026, 3, 1)),
    ]
    found = [(one.case, one.contract) for one in first_places(places, definition)]
    assert found == [("a", ours), ("b", theirs)]


def test_a_cohort_that_cannot_be_is_refused_by_its_field(cast: Cast) -> None:
    for more, field in (
        ({"contracts": []}, "contracts"),
        ({"contracts": [str(cast.case.pk)]}, "contracts"),
        ({"comparison": [str(cast.contract.pk)]}, "comparison"),
        ({"starts_until": date(2026, 6, 1)}, "starts_until"),
        ({"starts_until": date(2027, 6, 1)}, "starts_until"),
        ({"after_from_weeks": 2}, "after_from_weeks"),
        ({"after_until_weeks": 7}, "after_until_weeks"),
    ):
        with pytest.raises(Refused) as refused:
            defined(cast, **more)
        assert refused.value.field == field
    assert not Cohort.objects.exists()


def test_two_cohorts_that_lie_a_few_families_apart_are_not_both_opened(cast: Cast) -> None:
    first = frozen(cast)
    family(cast, 20, scores=(8, 5), started_on=date(2026, 7, 7))
    by = evaluator(cast)
    with pytest.raises(Refused, match="fewer than five families"):
        freeze_cohort(cohort=promised(cast, defined(cast, title="One more")), by=by)
    for number in range(21, 25):
        family(cast, number, scores=(8, 5), started_on=date(2026, 7, 7))
    freeze_cohort(cohort=promised(cast, defined(cast, title="Five more")), by=by)
    changed = AnswerSet.objects.filter(occasion="review").first()
    assert changed is not None
    AnswerSet.objects.filter(pk=changed.pk).update(scores={"isolation": 1})
    with pytest.raises(Refused, match="“Five more”"):
        freeze_cohort(cohort=promised(cast, defined(cast, title="One put right")), by=by)
    assert first.frozen_at


def test_a_cohort_of_nobody_is_not_frozen(cast: Cast) -> None:
    cohort = promised(cast, defined(cast, starts_from=date(2026, 5, 1), starts_until=date(2026, 5, 2)))
    with pytest.raises(Refused, match="nothing to freeze"):
        freeze_cohort(cohort=cohort, by=evaluator(cast))


def test_who_the_carers_are_is_counted_and_told_by_no_table_where_it_is_few(cast: Cast) -> None:
    said = [("bangladeshi", "yes")] * 6 + [("white_british", "no")] * 8 + [("", "")] * 5 + [("rather_not", "")] * 2
    for number, (ethnicity, disability) in enumerate(said):
        family(cast, number, scores=(8, 6))
        Person.objects.filter(name=f"Carer {number}").update(ethnicity=ethnicity, disability=disability)
    shown = freeze_cohort(cohort=promised(cast, defined(cast)), by=evaluator(cast)).shown
    people = dict(people_of(shown))
    assert dict(people["Ethnic group of the carer"]) == {
        "Asian or Asian British": "6", "White": "8", "Not asked, or not known": "c", "Would rather not say": "c",
    }  # fmt: skip
    assert dict(people["Disability of the carer"]) == {
        "Disabled": "6",
        "Not disabled": "8",
        "Not asked, or not known": "7",
    }
    assert dict(people["Deprivation of the authority"]) == {"Fifth 3 of 5": "21"}
    Person.objects.filter(name="Carer 20").update(ethnicity="roma")
    with pytest.raises(Refused, match="fewer than five families"):
        freeze_cohort(cohort=promised(cast, defined(cast, title="One said so since")), by=evaluator(cast))


def test_the_months_of_a_figure_are_frozen_as_the_protocol_names_it(cast: Cast) -> None:
    by, since = evaluator(cast), date(2026, 7, 1)
    for number in range(6):
        family(cast, number, started_on=date(2026, 5, 11), wait=40 if number < 2 else 4)
    families = [family(cast, number) for number in range(6, 12)]
    children = Arrangement.objects.filter(child__name__in=["Child 6.0", "Child 7.0", "Child 8.0"]).order_by(
        "child__name"
    )
    first, second, third = children
    Arrangement.objects.filter(pk__in=(first.pk, second.pk)).update(ended_on=date(2026, 8, 10))
    Arrangement.objects.create(
        agency=cast.provider, child=second.child, carer=second.carer, kind="adoption", started_on=date(2026, 8, 10)
    )
    Person.objects.filter(pk=third.child_id).update(birth_date=date(2008, 8, 10))
    Arrangement.objects.filter(pk=third.pk).update(ended_on=date(2026, 8, 20))
    Restriction.objects.create(
        agency=cast.provider, household=families[5].household, reason="Known", set_by=cast.morgan, review_on=TODAY
    )
    found = {}
    for key in SERIES:
        cohort = defined(cast, title=key)
        promised(cast, cohort, series=key, since=since, others=["interrupted"])
        held = freeze_cohort(cohort=cohort, by=by)
        found[key] = rows_of(held).series[key]
    may, july = 2026 * 12 + 4, 2026 * 12 + 6

    def month(key: str, which: int) -> tuple[int, int]:
        series = found[key]
        return int(series.of[which - series.first]), int(series.held[which - series.first])

    assert month("accepted", july) == (5, 5)
    assert month("accepted", may - 1) == (2, 0)
    assert month("reached", may) == (4, 4)
    assert month("ended", july + 1) == (13, 1), "two of Grace’s; one was followed by another order, one grew up"
    run = run_method(cohort=cohort, method="interrupted", outcomes=[], by=by)
    assert (run.standing, Result.from_json(run.result).effects[0].value) == ("planned", None)
    with pytest.raises(Refused, match="which day"):
        promised(cast, defined(cast, title="No day"), series="reached")


def test_a_questionnaire_that_the_agency_loaded_or_declared_counts_like_any(cast: Cast) -> None:
    by, calm, sdq = evaluator(cast), "calm-days.calm", "sdq.total"
    own = defined(cast, title="Their own")
    assert not {calm, sdq} & outcomes_of(own).keys()
    pack = load_pack(content=EXAMPLE_PACK.read_bytes(), by=cast.morgan)
    for key in ("calm-days", "sdq"):
        declare(instrument=key, ground="licence", reference="7", until=None, by=cast.morgan, submission=new_id())
    for number in range(6):
        _answers_of_their_own(cast, number, pack)
    cohort = promised(cast, own, primary=[calm], secondary=[sdq])
    held = freeze_cohort(cohort=cohort, by=by)
    end_pack(pack=pack, by=cast.morgan)
    rows = rows_of(held)
    assert [each.tolist() for each in rows.before_and_after(calm)] == [[3.25] * 6, [5.25] * 6]
    assert [each.tolist() for each in rows.before_and_after(sdq)] == [[20.0] * 6, [15.0] * 6], "one child, not both"
    assert "calm-days.gone" not in rows.scores
    effect = Result.from_json(run_method(cohort=cohort, method="paired", outcomes=[calm], by=by).result).effects[0]
    assert (effect.title, effect.n, effect.value) == ("Calm", "6", 2.0)
    assert "Calm" in [row.title for row in flow_of(held.shown, cohort.protocol.promised, outcomes_of(cohort)).measured]

    summer = period_of(cast.contract.starts_on, cast.contract.ends_on, Quarter(2026, 3), TODAY)
    assert summer is not None
    figures = report_of(cast.contract, summer).figures
    told = [figures[f"{name}.{part}"].text for name in (calm, sdq) for part in ("before", "after")]
    assert told == ["3.2", "5.2", "23.5", "18.5"]
    assert figures["children.sdq.total.both"].text == "12"
    case = Case.objects.get(household__name="Carer 0")
    story_of = story(Scope(cast.morgan, case.pk, case.household_id), Kind.MEASURE)
    assert {line.said.line.split(" at ")[0] for line in story_of.lines} >= {"Answered “Calm days”"}

    turned = EXAMPLE_PACK.read_text().replace("higher_is_better", "lower_is_better").replace("made up, 2026", "turned")
    load_pack(content=turned.encode(), by=cast.morgan)
    report = report_of(cast.contract, summer)
    told = [report.figures[f"{name}.change"].text for name in (calm, sdq)]
    assert told == ["none", "−5.0"], "six answered on a scale that ran the other way, which is no score on this one"
    assert [words[:11] for words in report.sections[0].words[1:]] == ["“Calm days”"]


def _answers_of_their_own(cast: Cast, number: int, pack: Pack) -> None:
    """A family of two children who answered by the pack, and about each child by the SDQ."""
    case = family(cast, number, children=2)
    carer, *children = (
        Person.objects.get(name=name) for name in (f"Carer {number}", f"Child {number}.0", f"Child {number}.1")
    )
    for occasion, on, calm, worry in (("start", date(2026, 7, 6), 3.25, 20), ("review", date(2026, 9, 20), 5.25, 15)):
        said: dict[str, Any] = {"agency": cast.provider, "case": case, "person": carer, "mode": "paper", "answers": {}}
        said |= {"occasion": occasion, "answered_on": on}
        scores = {"calm": calm, "gone": 1}
        AnswerSet.objects.create(**said, instrument="calm-days", edition=pack.edition, scores=scores)
        for more, child in enumerate(children):
            asked = {"instrument": "sdq", "edition": "parent form, ages 4 to 17", "child": child}
            AnswerSet.objects.create(**said, **asked, scores={"total": worry + 7 * more})


@pytest.mark.django_db(transaction=True)
def test_of_two_cohorts_a_few_families_apart_that_are_opened_in_the_same_instant_one_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        family(cast, number, scores=(8, 6))
    family(cast, 6, scores=(8, 6), started_on=date(2026, 9, 30))
    all_of_them = promised(cast, defined(cast))
    all_but_one = promised(cast, defined(cast, title="All but one", starts_until=date(2026, 9, 29)))
    by, barrier, told = evaluator(cast), Barrier(2), list[str]()
    read = services.read_rows

    def both_have_read(*asked: Any) -> Any:
        rows = read(*asked)
        barrier.wait(timeout=20)
        return rows

    monkeypatch.setattr(services, "read_rows", both_have_read)

    def freeze(cohort: Cohort) -> None:
        try:
            with system():
                freeze_cohort(cohort=cohort, by=by)
            told.append("frozen")
        except Exception as error:  # told below, in the thread of the test
            told.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=freeze, args=(cohort,)) for cohort in (all_of_them, all_but_one)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told)[1] == "frozen"
    assert "fewer than five families" in sorted(told)[0]
    assert FrozenCohort.objects.count() == 1
