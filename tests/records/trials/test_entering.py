"""Entering a trial: nobody without consent, nothing twice, nothing taken back, and nothing known beforehand."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.core.access import system
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.trials import queries
from alongside.records.trials.models import Allocation, Cluster, Trial, TrialConsent
from alongside.records.trials.services.clustering import allocate_clusters
from alongside.records.trials.services.entering import (
    allocate_family,
    assess_family,
    record_consent,
    withdraw_consent,
)
from alongside.records.trials.services.setting_up import change_trial, close_trial, open_trial
from tests.cast import TODAY, Cast
from tests.records.trials.trying import CRITERIA, agree, another_family, enter, evaluator, opened, planned

pytestmark = pytest.mark.usefixtures("clock")


def test_nobody_is_allocated_who_was_not_looked_at_or_has_not_agreed(cast: Cast) -> None:
    trial = opened(cast)
    with pytest.raises(Refused, match="Look first"):
        allocate_family(case=cast.case, trial=trial, by=cast.asha)
    assess_family(case=cast.case, trial=trial, answers=[True, True], by=cast.asha)
    with pytest.raises(Refused, match="who has not agreed"):
        allocate_family(case=cast.case, trial=trial, by=cast.asha)
    said = {"person": cast.grace, "how": "in_person", "said_on": TODAY, "by": cast.asha}
    record_consent(case=cast.case, trial=trial, answer="declined", **said)
    with pytest.raises(Refused, match="who has not agreed"):
        allocate_family(case=cast.case, trial=trial, by=cast.asha)
    consent = record_consent(case=cast.case, trial=trial, answer="agreed", **said)
    taken_back = {"withdrawn_on": TODAY, "withdrawn_words": "", "answers_may_stay": True, "by": cast.asha}
    withdraw_consent(consent=consent, version=consent.version, **taken_back)
    with pytest.raises(Refused, match="who has not agreed"):
        allocate_family(case=cast.case, trial=trial, by=cast.asha)
    assert not Allocation.objects.exists()


def test_a_family_that_lacks_a_criterion_is_neither_asked_nor_allocated(cast: Cast) -> None:
    trial = opened(cast)
    assess_family(case=cast.case, trial=trial, answers=[True, False], by=cast.asha)
    with pytest.raises(Refused, match="Look first"):
        agree_only(cast, trial)
    assess_family(case=cast.case, trial=trial, answers=[True, True], by=cast.asha)
    agree_only(cast, trial)
    assert allocate_family(case=cast.case, trial=trial, by=cast.asha).number == 1


def agree_only(cast: Cast, trial: Trial) -> None:
    said = {"person": cast.grace, "answer": "agreed", "how": "in_person", "said_on": TODAY, "by": cast.asha}
    record_consent(case=cast.case, trial=trial, **said)


def test_asked_again_chance_says_what_it_said(cast: Cast) -> None:
    trial = opened(cast)
    agree(trial, cast.case, cast.grace, cast.asha)
    first = allocate_family(case=cast.case, trial=trial, by=cast.asha)
    assert allocate_family(case=cast.case, trial=trial, by=cast.morgan) == first
    assert Allocation.objects.count() == 1
    with pytest.raises(Refused, match="that stays"):
        assess_family(case=cast.case, trial=trial, answers=[True, False], by=cast.asha)


def test_the_database_itself_takes_nothing_back(cast: Cast) -> None:
    trial = opened(cast)
    allocation = enter(trial, cast, 1)
    attempts = (
        lambda: Allocation.objects.filter(pk=allocation.pk).update(arm=1 - allocation.arm),
        lambda: Allocation.objects.filter(pk=allocation.pk).delete(),
        lambda: Trial.objects.filter(pk=trial.pk).update(sealed_seed="another"),
        lambda: Trial.objects.filter(pk=trial.pk).update(criteria=[]),
        lambda: Trial.objects.filter(pk=trial.pk).delete(),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_family_of_the_waiting_arm_gets_its_day_and_no_other(cast: Cast) -> None:
    trial = opened(cast, waiting_weeks=16)
    rows = [enter(trial, cast, number) for number in range(12)]
    days = {row.arm: row.turn_on for row in rows}
    assert days == {0: None, 1: TODAY + timedelta(weeks=16)}
    mine = queries.turns(cast.asha, TODAY)
    assert [turn.turn_on for turn in mine] == [row.turn_on for row in rows if row.turn_on]
    assert queries.turns(cast.ben, TODAY) == []


def test_the_seed_stands_nowhere_in_the_open(cast: Cast) -> None:
    trial = opened(cast)
    seed = queries.seed_of(trial)
    trial.refresh_from_db()
    assert seed not in str(Trial.objects.filter(pk=trial.pk).values().get())
    told = str(list(Entry.objects.filter(row=str(trial.pk)).values()))
    assert seed not in told
    assert trial.sealed_seed not in told
    assert queries.seed_of(opened(cast)) != seed


def test_a_trial_goes_on_when_the_key_is_replaced_as_long_as_the_old_one_is_kept(cast: Cast, settings: Any) -> None:
    trial, old = opened(cast), settings.SECRET_KEY
    agree(trial, cast.case, cast.grace, cast.asha)
    settings.SECRET_KEY = "another"
    with pytest.raises(Refused, match="SECRET_KEY_FALLBACKS"):
        allocate_family(case=cast.case, trial=trial, by=cast.asha)
    assert not Allocation.objects.exists()
    settings.SECRET_KEY_FALLBACKS = [old]
    assert allocate_family(case=cast.case, trial=trial, by=cast.asha).number == 1


@pytest.mark.parametrize("method", ["minimisation", "blocks"])
def test_a_closed_trial_is_drawn_again_and_every_draw_comes_out_the_same(cast: Cast, method: str) -> None:
    trial = opened(cast, method=method)
    for number in range(14):
        enter(trial, cast, number)
    closed = close_trial(trial=trial, closed_words="Enough", by=evaluator(cast))
    again = queries.draw_again(closed)
    assert (again.same_seed, again.draws, again.differ) == (True, 14, [])
    with pytest.raises(Refused, match="cannot enter"):
        enter(closed, cast, 20)


def test_a_record_that_somebody_forged_is_found(cast: Cast) -> None:
    trial = opened(cast)
    rows = [enter(trial, cast, number) for number in range(6)]
    row = {"agency": cast.provider, "trial": trial, "case": cast.case, "levels": rows[0].levels, "by": cast.asha}
    real = queries.draw_again(trial)
    arms = [queries.arm_of(trial, real.seed, 7, rows[0].levels, [(one.levels, one.arm) for one in rows])]
    Allocation.objects.create(**row, number=7, arm=1 - arms[0], allocated_on=TODAY)
    assert queries.draw_again(trial).differ == [7]


def test_what_was_planned_stays_once_a_trial_was_opened(cast: Cast) -> None:
    trial = opened(cast)
    with pytest.raises(Refused, match="stays as it was"):
        change_trial(trial=trial, by=evaluator(cast), version=trial.version, criteria=["Other"])
    with pytest.raises(Refused, match="open already"):
        open_trial(trial=trial, by=evaluator(cast))


def test_families_cannot_enter_before_a_trial_opens(cast: Cast) -> None:
    with pytest.raises(Refused, match="cannot enter"):
        assess_family(case=cast.case, trial=planned(cast), answers=[True] * len(CRITERIA), by=cast.asha)


def test_clusters_are_allocated_all_at_once_and_nobody_enters_afterwards(cast: Cast) -> None:
    trial = opened(cast, design="clusters", level="team", factors=[])
    teams = [type(cast.team).objects.create(agency=cast.provider, name=f"Team {number}") for number in range(6)]
    for number in range(15):
        case, carer = another_family(cast, number, team=teams[number % 6])
        agree(trial, case, carer, cast.asha)
        with pytest.raises(Refused, match="all at once"):
            allocate_family(case=case, trial=trial, by=cast.asha)
    late, carer = another_family(cast, 99, team=teams[0])
    made = allocate_clusters(trial=trial, by=evaluator(cast))
    assert sorted(cluster.arm for cluster in made) == [0, 0, 0, 1, 1, 1]
    assert Allocation.objects.count() == 15
    for row in Allocation.objects.select_related("case", "cluster"):
        assert (row.arm, row.case.team_id) == (row.cluster.arm, row.cluster.team_id)
    with pytest.raises(Refused, match="cannot enter"):
        agree(trial, late, carer, cast.asha)
    with pytest.raises(Refused, match="nothing to allocate"):
        allocate_clusters(trial=trial, by=evaluator(cast))
    trial.refresh_from_db()
    assert queries.draw_again(trial).differ == []
    assert Cluster.objects.count() == 6


def test_chance_cannot_tell_support_from_place_with_too_few_clusters(cast: Cast) -> None:
    trial = opened(cast, design="clusters", level="authority", factors=[])
    case, carer = another_family(cast, 1)
    agree(trial, case, carer, cast.asha)
    with pytest.raises(Refused, match="fewer than 4"):
        allocate_clusters(trial=trial, by=evaluator(cast))


def test_only_a_carer_of_the_family_agrees_and_only_since_the_trial_opened(cast: Cast) -> None:
    trial = opened(cast)
    assess_family(case=cast.case, trial=trial, answers=[True, True], by=cast.asha)
    said = {"answer": "agreed", "how": "in_person", "by": cast.asha}
    with pytest.raises(Refused, match="carer of this family"):
        record_consent(case=cast.case, trial=trial, person=cast.tyler, said_on=TODAY, **said)
    early = TODAY - timedelta(days=1)
    with pytest.raises(Refused, match="not open then"):
        record_consent(case=cast.case, trial=trial, person=cast.grace, said_on=early, **said)
    assert not TrialConsent.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["minimisation", "blocks"])
def test_workers_who_enter_families_in_the_same_instant_break_no_sequence(cast: Cast, method: str) -> None:
    trial = opened(cast, method=method)
    families = [another_family(cast, number) for number in range(8)]
    for case, carer in families:
        agree(trial, case, carer, cast.asha)
    twice = [case for case, _ in families for _ in range(2)]
    barrier, failures = Barrier(len(twice)), list[str]()

    def allocate(case: Case) -> None:
        try:
            barrier.wait(timeout=20)
            with system():
                allocate_family(case=case, trial=trial, by=cast.asha)
        except Exception as error:  # told below, in the thread of the test
            failures.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=allocate, args=(case,)) for case in twice]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(Allocation.objects.values_list("number", flat=True)) == list(range(1, 9))
    assert set(Allocation.objects.values_list("case", flat=True)) == {case.pk for case, _ in families}
    assert queries.draw_again(trial).differ == []
