"""Watching: who may open which page, what stands there, and that no page asks more of the database as figures grow."""

from collections.abc import Callable
from datetime import date, datetime
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import Agency, Team, User
from alongside.core.agencies.permissions import Role
from alongside.insight.watching import services
from alongside.insight.watching.models import WatchedPeriod
from alongside.insight.watching.services import publish_due
from alongside.records.referrals.models import Referral
from tests.cast import LONDON, Cast
from tests.insight.watching.made_up import Counting, plain_half, plain_month

SignIn = Callable[[User], Client]
PAGES = ("/watching/", "/watching/between/", "/watching/for-whom/")


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


@pytest.fixture
def units(cast: Cast) -> list[tuple[str, str, str, str]]:
    """Two teams in three authorities."""
    leeds = Agency.objects.get(code="E08000035")
    with system():
        north = Team.objects.create(agency=cast.provider, name="North")
    return [
        (str(cast.team.pk), str(cast.kirklees.pk), "reach", "3"),
        (str(cast.team.pk), str(cast.calderdale.pk), "reach", "2"),
        (str(north.pk), str(leeds.pk), "connected", "2"),
    ]


@pytest.fixture
def published(cast: Cast, units: list[tuple[str, str, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish two years of made-up figures."""
    count(units, 25, monkeypatch)
    with system():
        Referral.objects.filter(pk=cast.referral.pk).update(received_at=datetime(2025, 10, 2, 10, tzinfo=LONDON))
        publish_due()


def count(units: list[tuple[str, str, str, str]], most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "count_month", Counting(units, most))
    monkeypatch.setattr(services, "month_shown", plain_month)
    monkeypatch.setattr(services, "half_shown", plain_half)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def mina(cast: Cast) -> User:
    """The evaluator."""
    with system():
        return User.objects.create(
            agency=cast.provider, name="Mina Castellanos", role=Role.EVALUATOR, email="mina@example.org"
        )


@pytest.mark.usefixtures("published")
def test_managers_and_evaluators_see_the_service_and_nobody_else_does(cast: Cast, mina: User, sign_in: SignIn) -> None:
    for user, wanted in ((cast.morgan, 200), (mina, 200), (cast.asha, 403), (cast.carol, 403), (cast.ben, 403)):
        client = sign_in(user)
        assert [client.get(page).status_code for page in PAGES] == [wanted] * 3
    for user, wanted in ((cast.carol, 200), (cast.morgan, 403), (mina, 403), (cast.asha, 403), (cast.ben, 403)):
        assert sign_in(user).get("/watching/yours/").status_code == wanted


@pytest.mark.usefixtures("published")
def test_a_manager_of_another_agency_sees_nothing_of_it(cast: Cast, sign_in: SignIn) -> None:
    with system():
        far = User.objects.create(
            agency=cast.other_provider, name="Far Manager", role=Role.MANAGER, email="far@example.org"
        )
    for page in PAGES:
        html = text(sign_in(far), page)
        assert "Figures will be here" in html
        assert "West Yorkshire" not in html
        assert "Kirklees" not in html


@pytest.mark.usefixtures("published")
def test_a_measure_over_time_says_what_stands_out_and_has_its_table(cast: Cast, sign_in: SignIn) -> None:
    html = text(sign_in(cast.morgan), "/watching/")
    assert "Referrals received, month by month, from October 2025 to October 2026: 13 months." in html
    assert html.count('<th scope="row" role="rowheader">') == 13
    narrowed = text(sign_in(cast.morgan), f"/watching/?measure=reached&of=authority:{cast.kirklees.pk}")
    assert "Days to the first call" in narrowed
    assert "Of how many" in narrowed
    assert f'value="authority:{cast.kirklees.pk}" selected' in narrowed


@pytest.mark.usefixtures("published")
def test_authorities_stand_beside_one_another_in_a_funnel(cast: Cast, sign_in: SignIn) -> None:
    html = text(sign_in(cast.morgan), "/watching/between/?measure=completed")
    assert all(f'rowheader">{name}</th>' in html for name in ("Kirklees", "Calderdale", "Leeds"))
    assert "(Spiegelhalter 2005)" in html
    assert 'rowheader">North</th>' in text(sign_in(cast.morgan), "/watching/between/?kind=team")


@pytest.mark.usefixtures("published")
def test_a_commissioner_sees_her_own_authority_named_and_no_other(cast: Cast, sign_in: SignIn) -> None:
    for measure in ("offered", "reached", "completed", "benefits"):
        html = text(sign_in(cast.carol), f"/watching/yours/?measure={measure}")
        assert "Kirklees" in html
        assert "Another authority" in html
        assert not any(name in html for name in ("Calderdale", "Leeds", "West Yorkshire", str(cast.calderdale.pk)))
    assert "/watching/yours/" in text(sign_in(cast.carol), "/reports/")


@pytest.mark.usefixtures("published")
def test_for_whom_it_works_stands_by_group(cast: Cast, sign_in: SignIn) -> None:
    html = text(sign_in(cast.morgan), "/watching/for-whom/")
    for words in ("Offered", "Reached in time", "Completes", "Benefits", "Asian or Asian British", "Disabled"):
        assert words in html
    assert "The fifth" not in html


def test_before_anything_is_published_each_page_says_what_will_be_here(cast: Cast, sign_in: SignIn) -> None:
    for page in PAGES:
        assert "Figures will be here" in text(sign_in(cast.morgan), page)
    assert "Figures will be here" in text(sign_in(cast.carol), "/watching/yours/")


@pytest.mark.usefixtures("published")
def test_what_is_asked_for_and_is_not_there_is_the_first(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.morgan)
    odd = "?measure=../x&of=team:no&half=1999-99-99&kind=street"
    assert [client.get(page + odd).status_code for page in PAGES] == [200] * 3


def test_no_page_asks_more_as_months_go_by(
    cast: Cast, units: list[tuple[str, str, str, str]], monkeypatch: pytest.MonkeyPatch, sign_in: SignIn
) -> None:
    count(units, 3, monkeypatch)
    client, asked = sign_in(cast.morgan), []
    with system():
        Referral.objects.filter(pk=cast.referral.pk).update(received_at=datetime(2025, 10, 2, 10, tzinfo=LONDON))
    for today in (date(2026, 4, 20), date(2026, 8, 20)):
        with system():
            publish_due(today=today)
        found = []
        for page in PAGES:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            found.append(len(queries))
        asked.append(found)
    assert asked[0] == asked[1]
    assert max(asked[1]) <= 12
    with system():
        assert WatchedPeriod.objects.count() == 11
