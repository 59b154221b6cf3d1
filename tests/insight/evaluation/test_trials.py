"""A trial is analysed once, as it was planned, with everybody where chance put them, and tells of nobody."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
import time_machine

from alongside.calc.trials.arms import between_arms
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.report.releasing import release_report
from alongside.insight.evaluation.reproducing import reproduce
from alongside.insight.evaluation.rows import CLUSTER, Words
from alongside.insight.evaluation.rules import Definition, Windows
from alongside.insight.evaluation.runs import RUNS
from alongside.insight.evaluation.services import define_cohort, freeze_cohort, rows_of, run_method, write_protocol
from alongside.insight.evaluation.trials.planning import plan_analysis
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Membership
from alongside.records.trials.flow import flow_of
from alongside.records.trials.models import Trial, TrialConsent
from alongside.stewardship.exchange.services.extracting import rows_to_ask_of
from tests.cast import Cast
from tests.insight.evaluation.cohorts import ISOLATION
from tests.insight.evaluation.rows_by_chance import OUTCOMES, TRIED, asked
from tests.insight.evaluation.rows_by_chance import drawn as rows_drawn
from tests.insight.evaluation.trials import FAMILIES, SPRING, drawn, planned
from tests.records.trials.trying import evaluator, opened
from tests.records.trials.trying import planned as trial_planned


def test_a_trial_is_analysed_as_it_was_planned(cast: Cast, clock: time_machine.Traveller) -> None:
    cohort, by = drawn(cast, clock), evaluator(cast)
    freeze_cohort(cohort=cohort, by=by)
    run = run_method(cohort=cohort, method="trial", outcomes=[ISOLATION], by=by)
    numbers = np.arange(FAMILIES)
    facts = between_arms(
        8.0 - numbers % 4 // 2,
        7.0 - numbers % 3 - np.where(numbers % 2, 0, 3),
        1.0 - numbers % 2,
        higher_is_better=False,
        factors={"children": [str(each // 2 % 2) for each in range(FAMILIES)]},
    )
    effect = run.result["effects"][0]
    assert [effect[name] for name in ("value", "low", "high", "p")] == pytest.approx(
        [facts.difference, facts.ci_low, facts.ci_high, facts.p]
    )
    assert (run.standing, effect["n"], effect["better"], run.result["level"]) == ("primary", "12 and 12", "better", 5)
    assert "after 12 weeks, so it has had nothing by then" in " ".join(run.result["limits"])
    assert [one.same for one in reproduce(cohort)] == [True]
    assert [one.purchaser_id for one in release_report(cohort=cohort, by=by)] == [cast.kirklees.pk]
    with pytest.raises(Refused, match="Choose a method"):
        run_method(cohort=cohort, method="paired", outcomes=[ISOLATION], by=by)
    with pytest.raises(Refused, match="not that their rows are given"):
        rows_to_ask_of(cohort)


def test_it_is_looked_at_once_when_all_were_asked_again(cast: Cast, clock: time_machine.Traveller) -> None:
    by = evaluator(cast)
    with pytest.raises(Refused, match="open it first"):
        plan_analysis(trial=trial_planned(cast), by=by)
    trial = opened(cast)
    cohort = planned(trial, cast)
    assert plan_analysis(trial=trial, by=by).pk == cohort.pk == trial.pk
    with pytest.raises(Refused, match="Families still enter"):
        freeze_cohort(cohort=cohort, by=by)
    with pytest.raises(Refused, match="Freeze the cohort first"):
        run_method(cohort=cohort, method="trial", outcomes=[ISOLATION], by=by)


def test_what_was_fixed_too_late_confirms_nothing_and_who_takes_back_is_not_read(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    cohort, by = drawn(cast, clock, late=True), evaluator(cast)
    first = list(TrialConsent.objects.order_by("said_on").values_list("pk", flat=True)[:6])
    TrialConsent.objects.filter(pk__in=first).update(withdrawn_on=date(2026, 7, 1), answers_may_stay=False)
    # The one who cared in one of these families is no carer any more: chance allocated it, so it is counted.
    Membership.objects.filter(person=TrialConsent.objects.get(pk=first[0]).person_id).update(part="other")
    clock.move_to(date(2026, 8, 1))
    with pytest.raises(Refused, match="Until then the data stay closed"):
        freeze_cohort(cohort=cohort, by=by)
    clock.move_to(date(2026, 11, 20))
    frozen = freeze_cohort(cohort=cohort, by=by)
    before, after = rows_of(frozen).before_and_after(ISOLATION)
    assert (len(before), int((~np.isnan(before)).sum()), int((~np.isnan(after)).sum())) == (24, 18, 18)
    assert run_method(cohort=cohort, method="trial", outcomes=[ISOLATION], by=by).standing == "exploratory"
    with pytest.raises(Refused, match="fixed"):
        write_protocol(cohort=cohort, version=1, primary=[], secondary=[], method="trial", others=[], words="", by=by)


def test_nobody_is_told_from_the_flow_and_the_analysis_together(cast: Cast, clock: time_machine.Traveller) -> None:
    cohort, by = drawn(cast, clock), evaluator(cast)
    # Two of the first arm answered again, but not on this scale: the flow counts them as measured.
    for number, scores in enumerate(AnswerSet.objects.filter(answered_on__gt=date(2026, 6, 1))[:4]):
        if number % 2 == 0:
            AnswerSet.objects.filter(pk=scores.pk).update(scores={"isolation": None, "money": 5})
    freeze_cohort(cohort=cohort, by=by)
    followed = [line.shown for line in flow_of(Trial.objects.get()).arms[0].followed]
    assert followed == [12, 0, 0, 0, 0]
    shown = cohort.frozen.shown
    assert shown["taken.families.arm.support"] == "12"
    assert shown[f"taken.families.{ISOLATION}.both.arm.support"] == "c"
    assert shown[f"taken.families.{ISOLATION}.incomplete.arm.support"] == "c"
    result = run_method(cohort=cohort, method="trial", outcomes=[ISOLATION], by=by).result
    row, bounds = result["tables"][0]["rows"][0], result["tables"][2]["rows"][0]
    assert (result["effects"][0]["n"], row[5], bounds[1:]) == ("c", "c", ("c", "c", "c"))
    assert row[3] != "c"


def test_a_trial_cannot_be_defined_otherwise(cast: Cast) -> None:
    cohort, by = plan_analysis(trial=opened(cast), by=evaluator(cast)), evaluator(cast)
    facts: dict[str, Any] = {"title": "x", "question": "y", "contracts": [str(cast.contract.pk)], "comparison": []}
    facts |= {"starts_from": SPRING, "starts_until": SPRING, "before_days": 1, "after_from_weeks": 8}
    with pytest.raises(Refused, match="cannot be defined otherwise"):
        define_cohort(**facts, after_until_weeks=9, by=by, cohort=cohort, version=cohort.version)
    promised: dict[str, Any] = {"secondary": [], "others": [], "words": "", "by": by, "version": 1}
    for primary, method in (("phq-9.low_mood", "trial"), (ISOLATION, "paired")):
        with pytest.raises(Refused, match="from the list"):
            write_protocol(cohort=cohort, primary=[primary], method=method, **promised)


def test_whole_teams_and_a_turn_that_comes_too_early_are_said() -> None:
    rows = rows_drawn(80, beside=0.5, seen_again=0.7)
    apart = rows.words["arm"].codes
    names = [f"{'ab'[int(arm)]}{number % 3}" for number, arm in enumerate(apart)]
    clustered = replace(rows, words={**rows.words, CLUSTER: Words.of(names)})
    question = replace(asked(rows, OUTCOMES[0]), tried=replace(TRIED, asked_after=26, turn_after=8))
    result = RUNS["trial"].work(clustered, question)
    assert "errors of 6 clusters" in result.method
    assert any("this sets now beside later" in words for words in result.limits)
    assert result.level == 4  # three in ten were lost
    alone = RUNS["trial"].work(rows, question).effects[0]
    assert result.effects[0].value == pytest.approx(alone.value)
    assert result.effects[0].low != alone.low


def test_of_an_arm_with_a_few_nothing_is_told() -> None:
    rows = rows_drawn(8, beside=0.5)
    result = RUNS["trial"].work(rows, asked(rows))
    assert all(effect.value is None for effect in result.effects)
    figures = {cell for table in result.tables for row in table.rows for cell in row[1:]}
    assert figures <= {"c"}, figures


def test_a_definition_is_what_json_kept_of_it() -> None:
    whole = Definition(("a",), SPRING, SPRING, windows=Windows(0, 8, 12), tried=TRIED)
    assert Definition.from_json(whole.to_json()) == whole
    assert "tried" not in replace(whole, tried=None).to_json()
