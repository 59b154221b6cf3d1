"""Paging by key shows each row once, whichever way one goes."""

from datetime import timedelta

import pytest

from alongside.core.base.paging import page_of
from alongside.records.referrals.models import Referral
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def moments(cast: Cast) -> list[Referral]:
    """Seven referrals, some of which came in at the same moment."""
    return [
        Referral.objects.create(
            agency=cast.other_provider,
            source="self",
            received_at=NOW + timedelta(minutes=minute, microseconds=minute),
            status_at=NOW,
        )
        for minute in (0, 1, 1, 1, 2, 3, 3)
    ]


@pytest.mark.parametrize("order", ["received_at", "-received_at"])
def test_every_row_once_forwards_and_back(moments: list[Referral], cast: Cast, order: str) -> None:
    rows = Referral.objects.filter(agency=cast.other_provider)
    pages = [page_of(rows, order=order, size=2)]
    while pages[-1].after:
        pages.append(page_of(rows, order=order, key=pages[-1].after, size=2))
    seen = [row.pk for page in pages for row in page.rows]
    sign = "-" if order.startswith("-") else ""
    assert seen == list(rows.order_by(order, f"{sign}id").values_list("pk", flat=True))
    assert pages[0].before == ""
    back = page_of(rows, order=order, key=pages[2].before, size=2)
    assert [row.pk for row in back.rows] == [row.pk for row in pages[1].rows]
    first = page_of(rows, order=order, key=back.before, size=2)
    assert [row.pk for row in first.rows] == seen[:2]
    assert first.before == ""
    assert first.after


NOBODY = "019a0000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "key",
    [
        "nonsense",
        "after..",
        "after.2026-99-99.x",
        "before.",
        "after.2026-01-01T00:00.1",
        f"after.2026-01-01T00:00:00.{NOBODY}",
        f"after.0001-01-01T00:00:00+14:00.{NOBODY}",
        f"after.9999-12-31T23:59:59-14:00.{NOBODY}",
    ],
)
def test_a_spoilt_key_gives_the_first_page(moments: list[Referral], cast: Cast, key: str) -> None:
    rows = Referral.objects.filter(agency=cast.other_provider)
    assert [row.pk for row in page_of(rows, order="received_at", key=key, size=3).rows] == [
        row.pk for row in page_of(rows, order="received_at", size=3).rows
    ]
