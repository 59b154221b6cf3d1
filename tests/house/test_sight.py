"""For every kind of row and everybody: who sees one of Grace's, and how many each sees. A new model registers here."""

import pytest
from django.apps import apps
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.prepared_rows import OneRow
from alongside.insight.reports.models import FrozenReport
from alongside.records.measures.models import CheckInLink
from alongside.records.people import queries, searching
from alongside.records.people.models import Household, Knower, Restriction
from alongside.records.people.rules import sought
from alongside.records.programmes.models import Contract, Decision
from alongside.stewardship.exchange.queries import picked_among
from tests.cast import NOW, TODAY
from tests.house.world import World

WORKERS, COUNCIL, SIDES = {"asha", "morgan"}, {"ruth"}, {"morgan", "carol"}
EVALUATION = {"morgan", "eve"}
NEAR = {"asha", "morgan", "priya", "omar", "cora", "gil", "vera", "eve", "nora"}
SEEN: dict[str, set[str]] = {
    "agencies.Team": NEAR,
    "agencies.User": NEAR,
    "agencies.Invitation": NEAR,
    "agencies.ApiKey": {"ruth"},
    "people.Household": WORKERS,
    "people.Person": WORKERS,
    "people.Membership": WORKERS,
    "people.Kin": WORKERS,
    "people.Relationship": WORKERS,
    "people.Partnership": WORKERS,
    "people.Supporter": WORKERS,
    "people.Arrangement": WORKERS,
    "people.PlanStatus": WORKERS,
    "people.SafetyNote": WORKERS,
    "people.Flag": WORKERS,
    "people.Restriction": WORKERS,
    "people.Knower": WORKERS,
    "people.SearchKey": NEAR,
    "referrals.Referral": {"morgan", "ruth"},
    "referrals.ReferralKey": NEAR,
    "appointments.Appointment": WORKERS,
    "appointments.Attendance": WORKERS,
    "appointments.CalendarFeed": {"asha"},
    "cases.Case": WORKERS,
    "cases.Closure": set(),
    "cases.Contact": WORKERS,
    "cases.Correction": WORKERS,
    "cases.Draft": {"asha"},
    "cases.Goal": WORKERS,
    "cases.Reading": WORKERS,
    "cases.Step": WORKERS,
    "measures.AnswerSet": WORKERS,
    "measures.CheckInLink": WORKERS,
    "measures.NotAsked": WORKERS,
    "measures.HalfFilled": {"asha"},
    "measures.Declaration": {"morgan"},
    "measures.Pack": {"morgan"},
    "letters.Letter": WORKERS,
    "letters.LetterPaper": WORKERS,
    "letters.Enclosure": WORKERS,
    "surveys.Survey": NEAR,
    "surveys.Edition": NEAR,
    "surveys.Round": NEAR,
    "surveys.KnownTotals": NEAR,
    "surveys.Invitation": set(),
    "surveys.Response": set(),
    "plans.Need": WORKERS,
    "plans.Strength": WORKERS,
    "plans.AgreedPlan": WORKERS,
    "plans.PlanSending": WORKERS,
    "plans.Promise": WORKERS,
    "plans.Allowance": WORKERS,
    "plans.AllowanceEntry": WORKERS,
    "plans.OriginEvent": WORKERS,
    "concerns.Concern": WORKERS,
    "concerns.ConcernStep": WORKERS,
    "programmes.Contract": SIDES,
    "programmes.Enrolment": WORKERS,
    "programmes.Pause": WORKERS,
    "programmes.Extension": WORKERS,
    "programmes.Move": WORKERS,
    "programmes.Support": WORKERS,
    "programmes.Group": {"asha", "morgan", "nora"},
    "programmes.GroupMember": WORKERS,
    "programmes.Counting": WORKERS,
    "programmes.FundAgreement": WORKERS,
    "programmes.TherapySession": WORKERS,
    "programmes.AuthorityNote": {"asha"},
    "programmes.Decision": {"morgan"},
    "oversight.Supervision": WORKERS,
    "oversight.CaseTalk": WORKERS,
    "oversight.Sample": {"morgan"},
    "oversight.CaseAudit": {"morgan"},
    "oversight.AgreedAction": WORKERS,
    "oversight.Absence": WORKERS,
    "oversight.Cover": {"asha", "morgan", "nora"},
    "oversight.Priority": {"morgan"},
    "trials.Trial": {"asha", "morgan", "nora", "eve"},
    "trials.Assessment": WORKERS,
    "trials.TrialConsent": WORKERS,
    "trials.Cluster": {"eve"},
    "trials.Allocation": WORKERS,
    "reports.FrozenReport": SIDES,
    "evaluation.Cohort": EVALUATION,
    "evaluation.Protocol": EVALUATION,
    "evaluation.Deviation": EVALUATION,
    "evaluation.FrozenCohort": EVALUATION,
    "evaluation.AnalysisRun": EVALUATION,
    "evaluation.Release": {"eve", "morgan", "carol"},
    "economics.EconomicCase": EVALUATION,
    "economics.EconomicEdition": EVALUATION,
    "economics.OwnUnitCost": EVALUATION,
    "economics.EconomicRelease": {"eve", "morgan", "carol"},
    "exchange.Extract": {"eve", "omar"},
    "exchange.Import": COUNCIL,
    "exchange.ImportFile": set(),
    "exchange.ImportRow": COUNCIL,
    "exchange.PickedChild": COUNCIL,
}
NARROWED = {
    model._meta.label: model
    for model in apps.get_models()
    if model.__module__.startswith("alongside.") and hasattr(model._default_manager, "visible_to")
}


@pytest.fixture
def world(world: World) -> World:
    cast = world.cast
    ours = {"agency": cast.provider}
    Decision.objects.create(
        **ours, referral=cast.referral, outcome="accepted", words="Yes.", decided_at=NOW, by=cast.morgan
    )
    CheckInLink.objects.create(
        **ours,
        case=cast.case,
        person=cast.grace,
        occasion="review",
        instruments=[],
        token_hash="0" * 64,
        expires_at=timezone.now(),
    )
    behind = Household.objects.create(**ours, name="Few know them", team=cast.team)
    restriction = Restriction.objects.create(
        **ours, household=behind, reason="Kin.", set_by=cast.morgan, review_on=TODAY
    )
    for user in (cast.morgan, cast.asha):
        Knower.objects.create(**ours, restriction=restriction, user=user)
    FrozenReport.objects.create(
        **ours,
        purchaser=cast.kirklees,
        contract=cast.contract,
        quarter="2026-q3",
        starts_on=TODAY,
        ends_on=TODAY,
        frozen_at=NOW,
        by=cast.morgan,
        content={},
        basis={},
        fingerprint="0" * 64,
    )
    return world


def test_every_kind_of_row_says_who_sees_it() -> None:
    assert NARROWED.keys() == SEEN.keys()


@pytest.mark.parametrize("label", SEEN)
def test_who_sees_a_row_of_graces(world: World, label: str) -> None:
    provider = world.cast.provider
    model = NARROWED[label]
    held = model._default_manager.exclude(agency=world.cast.other_provider)
    if model is User:
        held = held.filter(agency=provider)
    signed_in = {who: user for who, user in world.people.items() if user.is_active}
    seeing = {who for who, user in signed_in.items() if held.filter(pk__in=_seen(label, user)).exists()}
    one = OneRow(model)
    fetched = {who for who, user in signed_in.items() if any(one(user, row.pk) for row in held)}
    assert fetched == seeing, "what is fetched by a ready query is what may be seen"
    if label == "referrals.ReferralKey":
        assert seeing <= SEEN[label]
    else:
        assert seeing == SEEN[label]


def _seen(label: str, user: User) -> object:
    return NARROWED[label]._default_manager.visible_to(user).values("pk")  # type: ignore[attr-defined]


def test_a_worker_of_another_team_sees_a_family_that_is_given_to_her(world: World) -> None:
    nora, case = world.people["nora"], world.cast.case
    assert not type(case).objects.visible_to(nora).exists()
    type(case).objects.filter(pk=case.pk).update(worker=nora)
    assert type(case).objects.visible_to(nora).get() == case


def test_a_worker_without_a_team_sees_no_family_without_one(world: World) -> None:
    nora, case = world.people["nora"], world.cast.case
    nora.team = None
    type(case).objects.filter(pk=case.pk).update(worker=None, team=None)
    assert not type(case).objects.visible_to(nora).exists()


def test_who_pays_sees_the_contracts_that_they_pay_for_and_no_other(world: World) -> None:
    cal, contract = world.people["cal"], world.cast.contract
    Contract.objects.filter(pk=contract.pk).update(purchaser=cal.agency_id)
    assert Contract.objects.visible_to(cal).get() == contract
    assert not Contract.objects.visible_to(world.cast.carol).exists()


@pytest.mark.parametrize("who", ["nora", "ben", "fay"])
def test_a_search_finds_whom_one_may_see_and_shows_only_homes_that_one_may_see(world: World, who: str) -> None:
    cast, user = world.cast, world.people[who]
    for typed in ("Grace Okafor", "Grace Okafro", "gra", "12/3/1968", "HD1 2AB"):
        assert cast.grace.pk in {found.id for found in searching.search(cast.asha, sought(typed))}, typed
        assert searching.search(user, sought(typed)) == []
    told = {"name": "Grace Okafor", "birth_date": cast.grace.birth_date, "precision": "exact"}
    assert [found.id for found in searching.perhaps_the_same(cast.asha, **told)] == [cast.grace.pk]
    assert searching.perhaps_the_same(user, **told) == []
    assert queries.homes_of([cast.grace.pk], cast.asha)
    assert queries.homes_of([cast.grace.pk], user) == []


def test_a_child_that_one_council_picked_looks_unpicked_to_another(world: World) -> None:
    assert set(picked_among(world.cast.ruth, ["K0042"])) == {"K0042"}
    assert not picked_among(world.cast.nia, ["K0042"])
