"""The cast with everything that can be opened: more people of each role, near and far, and a row of each kind."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from alongside.core.agencies.models import Agency, Invitation, Team, User
from alongside.core.agencies.permissions import Role
from alongside.core.agencies.services.keys import make_key
from alongside.core.base.ids import new_id
from alongside.core.base.tokens import hash_of
from alongside.records.appointments.models import Appointment, Attendance, CalendarFeed
from alongside.records.cases.models import Contact, Correction, Draft, Goal, Reading, Step
from alongside.records.concerns.services.raising import add_step, raise_concern
from alongside.records.measures.library import EXAMPLE_PACK
from alongside.records.measures.licensing import load_pack
from alongside.records.measures.models import AnswerSet, Declaration, HalfFilled, NotAsked
from alongside.records.people.models import (
    Arrangement,
    Flag,
    Kin,
    Membership,
    Partnership,
    Person,
    PlanStatus,
    Relationship,
    SafetyNote,
    Supporter,
)
from alongside.records.people.services.filing import file_person
from alongside.records.programmes.models import (
    AuthorityNote,
    Counting,
    Enrolment,
    Extension,
    FundAgreement,
    Group,
    GroupMember,
    Move,
    Pause,
    Support,
    TherapySession,
)
from alongside.stewardship.exchange.models import Import, ImportRow, PickedChild
from alongside.web.ask.question import STEPS
from tests.cast import NOW, TODAY, Cast
from tests.house.costed import economic_rows
from tests.house.evaluated import evaluation_rows
from tests.house.overseen import oversight_rows
from tests.house.planned import plan_rows
from tests.house.surveyed import survey_rows
from tests.house.tried import trial_row

TOKEN = "a-token-that-nobody-was-sent"
FOUND = ("new", "alike", "known")


@dataclass(frozen=True)
class World:
    """Everybody by first name, and for each kind of thing the arguments that its addresses take."""

    cast: Cast
    people: dict[str, User]
    things: dict[str, dict[str, Any]]


def furnish(cast: Cast) -> World:
    """Write what the cast lacks."""
    people = _people(cast)
    return World(cast, people, _things(cast, people))


def _people(cast: Cast) -> dict[str, User]:
    def join(agency: Agency, name: str, role: Role, **more: Any) -> User:
        user = User(agency=agency, name=name, role=role, email=f"{name.lower()}@example.org", **more)
        user.set_unusable_password()
        user.save()
        return user

    near, far = cast.provider, cast.other_provider
    north = Team.objects.create(agency=near, name="North")
    known = ("asha", "morgan", "ruth", "carol", "ben", "nia", "priya", "omar")
    return {
        **{name: getattr(cast, name) for name in known},
        "cora": join(near, "Cora", Role.COORDINATOR),
        "gil": join(near, "Gil", Role.GROUP_LEADER),
        "vera": join(near, "Vera", Role.VOLUNTEER),
        "eve": join(near, "Eve", Role.EVALUATOR),
        "nora": join(near, "Nora", Role.FAMILY_WORKER, team=north),
        "lena": join(near, "Lena", Role.FAMILY_WORKER, team=cast.team, is_active=False),
        "fay": join(far, "Fay", Role.MANAGER),
        "fred": join(far, "Fred", Role.ADMINISTRATOR),
        "flo": join(far, "Flo", Role.PRIVACY_LEAD),
        "cal": join(cast.calderdale, "Cal", Role.COMMISSIONER),
    }


def _things(cast: Cast, people: dict[str, User]) -> dict[str, dict[str, Any]]:
    ours: dict[str, Any] = {"agency": cast.provider}
    contact = Contact.objects.create(
        **ours, case=cast.case, at=NOW - timedelta(days=2), channel="phone", outcome="spoke", by=cast.asha, note="Calm."
    )
    contact.people.add(cast.grace)
    Correction.objects.create(**ours, contact=contact, by=cast.asha, said={"note": "Calmer."})
    Draft.objects.create(**ours, case=cast.case, by=cast.asha, about=new_id(), values={"note": ["She"]}, saved_at=NOW)
    appointment = Appointment.objects.create(
        **ours, case=cast.case, worker=cast.asha, at=NOW + timedelta(days=3), minutes=45, channel="phone", tell="nobody"
    )
    Attendance.objects.create(**ours, appointment=appointment, person=cast.grace, came="sorry")
    CalendarFeed.objects.create(**ours, user=cast.asha, token_hash=hash_of("a calendar"))
    goal = Goal.objects.create(**ours, case=cast.case, words="Sleep through", set_on=TODAY, start=3)
    Reading.objects.create(**ours, goal=goal, value=5, on=TODAY)
    step = Step.objects.create(**ours, case=cast.case, goal=goal, words="Ask the school", owner="worker")
    note = SafetyNote.objects.create(**ours, household=cast.household, words="Mornings only", checked_on=TODAY)
    plan = PlanStatus.objects.create(
        **ours, child=cast.tyler, kind="child_in_need", started_on=TODAY, said_by="The school"
    )
    AnswerSet.objects.create(
        **ours,
        case=cast.case,
        person=cast.grace,
        instrument="ucla-3",
        edition="1",
        occasion="start",
        answered_on=TODAY,
        mode="with_worker",
        answers={},
        scores={},
    )
    NotAsked.objects.create(**ours, case=cast.case, occasion="review", on=TODAY, why="not_now")
    HalfFilled.objects.create(**ours, case=cast.case, by=cast.asha, values={"mode": ["paper"]}, saved_at=NOW)
    joseph = Person.objects.create(**ours, name="Joseph Okafor", gender="male", has_died=True)
    tied = {
        "kin": Kin.objects.create(**ours, household=cast.household, person=joseph, lives="in Lagos"),
        "tie": Relationship.objects.create(**ours, person=joseph, relative=cast.tyler, kind="grandparent"),
        "couple": Partnership.objects.create(**ours, person=cast.grace, partner=joseph, status="married"),
        "supporter": Supporter.objects.create(
            **ours, household=cast.household, carer=cast.grace, name="The choir", kind="group", tie="strong"
        ),
    }
    invitation = Invitation.objects.create(
        **ours,
        email="ida@example.org",
        name="Ida",
        role=Role.FAMILY_WORKER,
        invited_to=cast.provider,
        token_hash=hash_of("another"),
        expires_at=NOW + timedelta(days=3),
        made_by=cast.priya,
    )
    for person in (cast.grace, cast.tyler, cast.amara):
        file_person(person)
    spreadsheet, council_return = _handed_in(cast)
    quarter = {"pk": cast.contract.pk, "slug": "2026-q4"}
    concern = raise_concern(words="A bruise.", danger=False, noticed_on=TODAY, by=cast.asha, case=cast.case)
    add_step(concern, "note", by=cast.asha, words="He fell.")
    flag = Flag.objects.create(
        **ours,
        household=cast.household,
        kind="visits",
        words="Do not visit alone",
        reason="A dog.",
        seen_by="all",
        set_by=cast.asha,
        review_on=TODAY,
        expires_on=TODAY,
    )
    trial = trial_row(cast)
    rows = {
        **_in_programmes(cast, contact),
        "case": cast.case,
        "household": cast.household,
        "person": cast.tyler,
        "referral": cast.referral,
        "contract": cast.contract,
        "appointment": appointment,
        "contact": contact,
        "goal": goal,
        "step": step,
        "safety note": note,
        "family's safety": cast.case,
        "restriction of a family": cast.case,
        "flag": flag,
        "concern": concern,
        "plan": plan,
        "membership": Membership.objects.filter(person=cast.grace).get(),
        "arrangement": Arrangement.objects.filter(child=cast.tyler).get(),
        "invitation": invitation,
        "colleague": cast.omar,
        "team": cast.team,
        "key": make_key(name="Case system", days=90, by=cast.ruth, submission=new_id())[0],
        "declaration": Declaration.objects.create(
            **ours, instrument="sdq", ground="terms", reference="Letter", by=cast.morgan
        ),
        "pack": load_pack(content=EXAMPLE_PACK.read_bytes(), by=cast.morgan),
        **plan_rows(cast),
        **evaluation_rows(cast, people["eve"]),
        **economic_rows(cast, cast.morgan),
        **oversight_rows(cast, people["nora"]),
        **survey_rows(cast),
        "trial": trial,
        "family's trials": cast.case,
        "spreadsheet": spreadsheet,
        "council's return": council_return,
    }
    return {
        **{name: {"pk": row.pk} for name, row in rows.items()},
        "case's measures": {"case_id": cast.case.pk},
        "case's questionnaire": {"case_id": cast.case.pk, "key": "gad-7"},
        "questionnaire": {"key": "sdq"},
        "case and its plan": {"pk": cast.case.pk},
        "case's part of life": {"pk": cast.case.pk, "domain": "money"},
        "family's picture": {"pk": cast.case.pk},
        "family's way into a trial": {"pk": cast.case.pk, "trial": trial.pk},
        **{name: {"pk": cast.case.pk, "row": row.pk} for name, row in tied.items()},
        "quarter": quarter,
        "figure": {**quarter, "key": "carers"},
        "quarter by machine": {"contract": cast.contract.pk, "quarter": "2026-q4"},
        "step of a concern": {"pk": concern.pk, "kind": "note"},
        "decision on a concern": {"pk": concern.pk, "kind": "seen"},
        "no session": {"pk": 0},
        "no second step": {"pk": 0},
        "quarter of all": {"slug": "2026-q4"},
        "kind of template": {"kind": "csv"},
        "token": {"token": TOKEN},
        "question of a token": {"token": TOKEN, "number": 1},
        "part of an edition": {"pk": rows["edition"].pk, "key": "each"},
        "question of an edition": {"pk": rows["edition"].pk, "key": "school"},
        "edition of an economic case": {"pk": rows["economic case"].pk, "number": 2},
        "question of a round": {"pk": rows["round"].pk, "key": "helped"},
        "address of a survey": {"address": "nowhere"},
        "question of a survey": {"token": TOKEN, "at": "nothing"},
        "step of asking": {"step": STEPS[0]},
    }


def _in_programmes(cast: Cast, contact: Contact) -> dict[str, Any]:
    """What Grace's time in her programme left: a pause, a wish for more, an offer, therapy, a move, the other side."""
    ours: dict[str, Any] = {"agency": cast.provider}
    Team.objects.filter(pk=cast.team.pk).update(sits_with=cast.kirklees)
    cast.team.refresh_from_db()
    place = Enrolment.objects.get(case=cast.case)
    Counting.objects.create(**ours, contact=contact, enrolment=place)
    agreement = FundAgreement.objects.create(
        **ours, case=cast.case, child=cast.tyler, fund="asgsf", therapist="Dr Vale", starts_on=TODAY, ends_on=TODAY,
        pence=120_000,
    )  # fmt: skip
    before = Enrolment.objects.create(
        **ours,
        case=cast.case,
        contract=cast.contract,
        started_on=TODAY - timedelta(weeks=60),
        ended_on=TODAY - timedelta(weeks=48),
    )
    Move.objects.create(
        **ours, case=cast.case, left=before, joined=place, way="step_up", moved_on=TODAY, reason="Hard nights",
        agreement="agreed", carer_words="Please.", note="Ring first.", by=cast.asha,
    )  # fmt: skip
    return {
        "case and its programmes": cast.case,
        "both sides": cast.case,
        "place in a programme": place,
        "pause": Pause.objects.create(**ours, enrolment=place, since=TODAY - timedelta(days=3), reason="Half-term"),
        "wish for more time": Extension.objects.create(
            **ours, enrolment=place, weeks=4, reason="Court is in May", asked_by=cast.asha, asked_on=TODAY
        ),
        "offer": Support.objects.create(**ours, case=cast.case, kind="peer", on=TODAY, reply="thinking"),
        "group member": GroupMember.objects.create(
            **ours, case=cast.case, person=cast.grace, joined_on=TODAY - timedelta(days=20),
            group=Group.objects.create(**ours, name="Carers in Batley", place="The library", times="Thursdays at ten"),
        ),
        "fund agreement": agreement,
        "therapy session": TherapySession.objects.create(
            **ours, agreement=agreement, on=TODAY, therapist="Dr Vale", outcome="attended", pence=9_000
        ),
        "authority's note": AuthorityNote.objects.create(
            agency=cast.kirklees, provider=cast.provider, case=cast.case, on=TODAY, said_by="Dot", words="Visited.",
            by=cast.asha,
        ),
        "practice of a contract": cast.contract,
    }  # fmt: skip


def _handed_in(cast: Cast) -> list[Import]:
    """What Ruth handed in: a spreadsheet with a problem in it, and a return of which she picked a child."""
    found = []
    for kind in Import.Kind:
        imported = Import.objects.create(
            agency=cast.kirklees,
            kind=kind,
            filename=f"{kind}.csv",
            digest="0" * 64,
            status=Import.Status.READY,
            status_at=NOW,
            found={**dict.fromkeys(FOUND, 0), "problem": 1, "all_problems": 1, "rows_with_problems": 1, "unused": []},
            made_by=cast.ruth,
        )
        problem = {"file": "", "row": 2, "column": "Postcode", "found": "HD", "expected": "a whole postcode"}
        ImportRow.objects.create(agency=cast.kirklees, imported=imported, verdict="problem", place=0, data=problem)
        found.append(imported)
    PickedChild.objects.create(
        agency=cast.kirklees,
        child="K0042",
        birth_date=cast.tyler.birth_date,
        arrangement="special_guardianship",
        arrangement_since=TODAY,
        why="Left care to an order.",
        picked_by=cast.ruth,
    )
    return found
