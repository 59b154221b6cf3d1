"""A manager supervises, reads records, ranks the waiting list, and hands a caseload over and back."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case
from alongside.records.cases.services.guarding import restrict_family
from alongside.records.concerns.services.raising import raise_concern
from alongside.records.oversight.models import Absence, AgreedAction, CaseAudit, Priority, Sample, Supervision
from alongside.records.oversight.questions import questions
from alongside.records.oversight.services.covering import keep_absences
from alongside.records.people.models import SafetyNote
from alongside.records.referrals.models import Referral
from tests.cast import NOW, TODAY, Cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


@pytest.fixture
def lee(cast: Cast) -> User:
    """A colleague of Asha's with room."""
    found: User = User.objects.create(
        agency=cast.provider,
        name="Lee Marsh",
        email="lee@example.org",
        role="family_worker",
        team=cast.team,
        capacity=9,
    )
    return found


def said(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


def typed(name: str, day: object) -> dict[str, str]:
    """Give a day as it is typed into three boxes."""
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_families_without_a_worker_are_counted_on_every_page_of_the_week(cast: Cast, sign_in: SignIn) -> None:
    morgan = sign_in(cast.morgan)
    pages = ["/team/", "/team/late/", "/team/waiting/", "/team/audits/", "/families/", "/referrals/queue/", "/today/"]
    pages = [page for page in pages if morgan.get(page).status_code == 200]
    assert len(pages) >= 6
    for page in pages:
        assert "nobody working with them" not in said(morgan, page)
    Case.objects.filter(pk=cast.case.pk).update(worker=None)
    for page in pages:
        assert "1 family has nobody working with them" in said(morgan, page), page
    assert "nobody working with them" not in said(sign_in(cast.asha), "/families/")


def test_the_week_names_each_worker_with_what_they_hold(cast: Cast, sign_in: SignIn) -> None:
    week = said(sign_in(cast.morgan), "/team/")
    assert "Asha Rahman" in week
    assert "1 of 25" in week
    assert "1.5" in week
    assert "Never" in week
    assert sign_in(cast.asha).get("/team/").status_code == 403


def test_what_is_late_opens_on_the_first_kind_of_which_there_is_any(cast: Cast, sign_in: SignIn) -> None:
    morgan = sign_in(cast.morgan)
    Case.objects.update(review_due=None, next_contact_due=None, promise_due_on=None, concern_since=None)
    assert "Nothing is late." in said(morgan, "/team/late/")
    Case.objects.filter(pk=cast.case.pk).update(review_due=TODAY - timedelta(days=2))
    late = said(morgan, "/team/late/")
    assert "Reviews: 1" in late
    assert "Grace Okafor" in late
    assert "Nothing of this kind is late." in said(morgan, "/team/late/?kind=promise")


def test_a_concern_counts_from_its_first_minute_also_without_a_family(cast: Cast, sign_in: SignIn) -> None:
    morgan = sign_in(cast.morgan)
    raise_concern(words="He would not go home.", danger=False, noticed_on=TODAY, by=cast.asha, about="A boy")
    week = said(morgan, "/team/")
    assert "<strong>1</strong> Concerns open" in week
    late = said(morgan, "/team/late/")
    assert "1 open concern is about somebody whose family is not found yet" in late
    assert "No concern is open" not in late
    raise_concern(words="She is worn out.", danger=False, noticed_on=TODAY, by=cast.asha, case=cast.case)
    assert "<strong>2</strong> Concerns open" in said(morgan, "/team/")
    assert "Grace Okafor" in said(morgan, "/team/late/")
    assert "<strong>0</strong> Concerns open" in said(sign_in(far_manager(cast)), "/team/")


def test_a_concern_that_no_open_family_carries_meets_every_manager_everywhere(cast: Cast, sign_in: SignIn) -> None:
    raise_concern(words="He would not go home.", danger=True, noticed_on=TODAY, by=cast.asha, about="A boy")
    Case.objects.filter(pk=cast.case.pk).update(closed_on=TODAY)
    raise_concern(words="She is worn out.", danger=False, noticed_on=TODAY, by=cast.asha, case=cast.case)
    morgan = sign_in(cast.morgan)
    for page in ("/today/", "/families/", "/referrals/queue/", "/team/", "/team/late/", "/team/audits/"):
        assert "2 open concerns are about somebody whose family is not found yet, or is not" in said(morgan, page), page
    assert "<strong>2</strong> Concerns open" in said(morgan, "/team/")
    assert "Concerns open: 2" in said(morgan, "/team/late/")
    assert "Not worked with any more" in said(morgan, "/safety/")
    for other in (cast.asha, far_manager(cast)):
        assert "family is not found yet" not in said(sign_in(other), "/today/")


def far_manager(cast: Cast) -> User:
    found: User = User.objects.create(
        agency=cast.other_provider, name="Una Far", email="una@example.org", role="manager"
    )
    return found


def test_supervision_is_written_down_and_read_by_both(cast: Cast, sign_in: SignIn) -> None:
    morgan, address = sign_in(cast.morgan), f"/team/workers/{cast.asha.pk}/supervision/"
    data = {
        "submission": str(new_id()),
        "words": "She is well.",
        f"talk_{cast.case.pk.hex}": "Grace sleeps better.",
        "agreed_1": "Ask the school",
        **typed("held_on", TODAY),
        **typed("next_on", TODAY + timedelta(days=28)),
    }
    nothing = {**data, "words": " ", f"talk_{cast.case.pk.hex}": "", "agreed_1": ""}
    assert "Write down what you talked about" in morgan.post(address, nothing).text
    for _ in range(2):  # a second click
        assert morgan.post(address, data).status_code == 302
    held = Supervision.objects.get()
    for who in (cast.asha, cast.morgan):
        words = said(sign_in(who), f"/team/supervisions/{held.pk}/")
        assert "She is well." in words
        assert "Grace sleeps better." in words
    assert sign_in(cast.ben).get(f"/team/supervisions/{held.pk}/").status_code == 404
    asha, action = sign_in(cast.asha), AgreedAction.objects.get()
    assert "Ask the school" in said(asha, "/team/mine/")
    asha.post(f"/team/actions/{action.pk}/", {"version": 1, "came_of_it": "They will.", **typed("done_on", TODAY)})
    action.refresh_from_db()
    assert (action.done_on, action.came_of_it) == (TODAY, "They will.")


def test_a_sample_is_drawn_checked_read_and_followed_up(cast: Cast, sign_in: SignIn) -> None:
    morgan = sign_in(cast.morgan)
    morgan.post("/team/audits/", {"submission": str(new_id()), "team": str(cast.team.pk), "size": "3"})
    sample = Sample.objects.get()
    assert (sample.pool, sample.picked) == (1, [str(cast.case.pk)])
    page = said(morgan, f"/team/samples/{sample.pk}/?again=1")
    assert sample.seed in page
    assert "the same families come out, from the same 1" in page
    address = f"/team/families/{cast.case.pk}/audit/?sample={sample.pk}"
    data = {"submission": str(new_id()), "words": "Kind.", "agreed_1": "Check the safety note"}
    assert "Answer “Can you hear the carer?”" in unescape(morgan.post(address, data).content.decode())
    data |= {f"found_{question.key}": "yes" for question in questions().asked}
    assert morgan.post(address, data).status_code == 302
    audit = CaseAudit.objects.get()
    assert audit.sample == sample
    assert AgreedAction.objects.get().owner == cast.asha
    early = {"version": 1, "followed_up_words": "Done.", **typed("followed_up_on", TODAY - timedelta(days=1))}
    assert "between the audit and today" in morgan.post(f"/team/audits/{audit.pk}/", early).content.decode()
    morgan.post(f"/team/audits/{audit.pk}/", early | typed("followed_up_on", TODAY))
    audit.refresh_from_db()
    assert audit.followed_up_words == "Done."


def test_a_priority_needs_a_reason_and_puts_a_family_first(cast: Cast, sign_in: SignIn) -> None:
    referral = Referral.objects.create(
        agency=cast.provider, source="self", carer_name="Ida Berg", received_at=NOW, status="waiting", status_at=NOW
    )
    morgan, address = sign_in(cast.morgan), f"/team/waiting/{referral.pk}/"
    refused = morgan.post(address, {"version": 0, "level": "1", "reason": " "})
    assert "Say why" in unescape(refused.content.decode())
    morgan.post(address, {"version": 0, "level": "1", "reason": "A baby came on Friday."})
    assert "In the usual turn" in said(morgan, address), "there is a way back"
    words = said(morgan, "/team/waiting/")
    assert "Before the others" in words
    assert "A baby came on Friday." in words
    morgan.post(address, {"version": 1, "level": "0", "reason": "They have help now."})
    assert Priority.objects.get().level is None
    assert "Before the others" not in said(morgan, "/team/waiting/")


def test_a_caseload_is_handed_over_on_the_day_and_comes_back(
    cast: Cast, lee: User, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    SafetyNote.objects.create(agency=cast.provider, household=cast.household, words="Mornings only.", checked_on=TODAY)
    morgan, address = sign_in(cast.morgan), f"/team/workers/{cast.asha.pk}/away/"
    assert "Read before calling" in said(morgan, address)
    data = {
        "submission": str(new_id()),
        "all_to": "each",
        "words": "Back soon.",
        f"case_{cast.case.pk.hex}": str(lee.pk),
    }
    data |= typed("starts_on", TODAY + timedelta(days=3)) | typed("ends_on", TODAY + timedelta(days=7))
    assert morgan.post(address, data).status_code == 302
    absence = Absence.objects.get()
    assert "away then already" in unescape(morgan.post(address, data | {"submission": str(new_id())}).content.decode())
    assert "Mornings only." in said(sign_in(lee), "/team/mine/")
    assert keep_absences(TODAY) == 0
    for days, worker in ((3, lee), (7, lee), (8, cast.asha)):
        clock.move_to(NOW + timedelta(days=days))
        keep_absences(TODAY + timedelta(days=days))
        cast.case.refresh_from_db()
        cast.household.refresh_from_db()
        assert cast.case.worker == cast.household.worker == worker
    absence.refresh_from_db()
    assert absence.over_on == TODAY + timedelta(days=8)
    what = set(Entry.objects.filter(kind="write").values_list("what", flat=True))
    assert {"family handed over while its worker is away", "family back with its worker"} <= what


def test_a_caseload_goes_only_to_who_is_there_and_may_know(cast: Cast, lee: User, sign_in: SignIn) -> None:
    morgan, address = sign_in(cast.morgan), f"/team/workers/{cast.asha.pk}/away/"
    Case.objects.filter(pk=cast.case.pk).update(concern_since=NOW)
    mo = User.objects.create(
        agency=cast.provider, name="Mo Reed", email="mo@example.org", role="family_worker", team=cast.team, capacity=20
    )
    shown = said(morgan, address)
    assert "A concern is open." in shown
    assert "Suggested: Mo Reed 1." in shown
    Absence.objects.create(agency=cast.provider, worker=mo, by=cast.morgan, starts_on=TODAY, ends_on=TODAY)
    shown = said(morgan, address)
    assert "Suggested: Lee Marsh 1." in shown
    assert f"Mo Reed (away until {TODAY.day} November 2026) takes all of them" in shown
    data = {"submission": str(new_id()), "all_to": str(mo.pk), **typed("starts_on", TODAY)}
    assert "Mo Reed is away on that day too" in unescape(morgan.post(address, data).content.decode())
    assert "Choose who takes this family" in unescape(morgan.post(address, data | {"all_to": "each"}).content.decode())
    soon = TODAY + timedelta(days=60)
    restrict_family(
        case=cast.case, knowing=[cast.asha, mo], reason="Kin.", review_on=soon, by=cast.morgan, submission=new_id()
    )
    assert "Lee Marsh</option>" not in said(morgan, address)
    answer = morgan.post(address, data | {"all_to": str(lee.pk)}).content.decode()
    assert "Lee Marsh may not know of Grace Okafor" in unescape(answer)
    assert not Absence.objects.filter(worker=cast.asha).exists()


def test_who_is_away_is_offered_last_and_it_says_so(cast: Cast, lee: User, sign_in: SignIn) -> None:
    morgan = sign_in(cast.morgan)
    free = said(morgan, "/referrals/unallocated/")
    Absence.objects.create(agency=cast.provider, worker=lee, by=cast.morgan, starts_on=TODAY, ends_on=None)
    gone = said(morgan, "/referrals/unallocated/")
    assert "0 of 9 families" in free
    assert "0 of 9 families, away" in gone
    assert gone.index("Asha Rahman") < gone.index("Lee Marsh")
    Referral.objects.filter(pk=cast.referral.pk).update(status="new")
    assert "Lee Marsh: 0 of 9 families, away" in said(morgan, f"/referrals/queue/{cast.referral.pk}/")


def test_who_is_away_longer_than_planned_keeps_their_stand_in(cast: Cast, lee: User, sign_in: SignIn) -> None:
    morgan = sign_in(cast.morgan)
    data = {"submission": str(new_id()), "all_to": str(lee.pk), **typed("starts_on", TODAY), **typed("ends_on", TODAY)}
    morgan.post(f"/team/workers/{cast.asha.pk}/away/", data)
    absence = Absence.objects.get()
    address = f"/team/absences/{absence.pk}/last-day/"
    early = {"version": str(absence.version), **typed("ends_on", TODAY - timedelta(days=1))}
    assert "must be today or later" in unescape(morgan.post(address, early).content.decode())
    later = {"version": str(absence.version), **typed("ends_on", TODAY + timedelta(days=9))}
    assert morgan.post(address, later).status_code == 302
    keep_absences(TODAY + timedelta(days=5))
    cast.case.refresh_from_db()
    assert cast.case.worker == lee
    assert sign_in(cast.asha).get(address).status_code == 403


def test_a_family_that_went_on_elsewhere_stays_there(cast: Cast, lee: User, sign_in: SignIn) -> None:
    morgan = sign_in(cast.morgan)
    data = {"submission": str(new_id()), "all_to": str(lee.pk), **typed("starts_on", TODAY)}
    morgan.post(f"/team/workers/{cast.asha.pk}/away/", data)
    cast.case.refresh_from_db()
    assert cast.case.worker == lee, "it began at once"
    other = User.objects.create(agency=cast.provider, name="Mo", email="mo@example.org", role="family_worker")
    Case.objects.filter(pk=cast.case.pk).update(worker=other)
    morgan.post(f"/team/absences/{Absence.objects.get().pk}/", {"do": "end"})
    cast.case.refresh_from_db()
    assert cast.case.worker == other
