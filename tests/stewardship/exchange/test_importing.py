"""A file on its way into referrals: read, looked at, confirmed; never twice, and never half."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from alongside.core.audit.queries import check, of
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.core.base.rows import rows_of
from alongside.records.referrals.alike import referrals_alike
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.records.referrals.queries import filing_keys
from alongside.stewardship.exchange.models import Import, ImportFile, ImportRow, PickedChild
from alongside.stewardship.exchange.services.staging import (
    GivenFile,
    confirm_import,
    drop_import,
    forget_old_imports,
    start_import,
    take_up_work,
)
from tests.cast import TODAY, Cast
from tests.stewardship.exchange.files import hand_in, many, spreadsheet

TWO = spreadsheet(
    ("A1", "Joan Hartley", "HD1 2AB", "Kai Hartley", "05/11/2016", "Yes"),
    ("A1", "", "", "Mia Hartley", "about 2019", ""),
    ("B2", "李小龙", "no fixed address", "", "", "Not asked"),
    ("C3", "Pat Doyle", "not a postcode", "Lee Doyle", "31/02/2016", "perhaps"),
)


def verdicts(imported: Import) -> dict[str, int]:
    told = ("new", "alike", "known", "problem")
    return {verdict: ImportRow.objects.filter(imported=imported, verdict=verdict).count() for verdict in told}


def sent(cast: Cast) -> int:
    return Referral.objects.filter(source_agency=cast.kirklees, import_key__isnull=False).count()


def test_nothing_is_saved_until_it_is_confirmed(cast: Cast) -> None:
    imported = hand_in(TWO, cast.ruth)
    assert imported.status == Import.Status.READY
    assert verdicts(imported) == {"new": 2, "alike": 0, "known": 0, "problem": 3}
    assert sent(cast) == 0
    assert not ImportFile.objects.exists(), "the file is deleted once it is read"


def test_confirmed_families_become_referrals_like_any_other(cast: Cast) -> None:
    imported = hand_in(TWO, cast.ruth)
    confirm_import(imported=imported, with_alike=True, by=cast.ruth)
    imported.refresh_from_db()
    assert (imported.status, imported.found["added"]) == (Import.Status.DONE, 2)
    joan = Referral.objects.get(carer_name="Joan Hartley")
    assert (joan.agency, joan.source_agency, joan.made_by) == (cast.provider, cast.kirklees, cast.ruth)
    assert joan.authority == cast.kirklees
    assert (joan.status, joan.consent, joan.their_reference) == ("new", "given", "A1")
    assert [(child["name"], child["birth_date"], child["birth_precision"]) for child in joan.children] == [
        ("Kai Hartley", "2016-11-05", "exact"),
        ("Mia Hartley", "2019-01-01", "about"),
    ]
    assert set(ReferralKey.objects.filter(referral=joan).values_list("key", flat=True)) == filing_keys(joan)
    lee = Referral.objects.get(carer_name="李小龙")
    assert (lee.no_fixed_address, lee.consent) == (True, "not_asked")
    joan.full_clean()
    assert verdicts(imported) == {"new": 0, "alike": 0, "known": 0, "problem": 3}, "only the problems wait to be mended"


def test_each_referral_has_its_entry_and_the_chain_holds(cast: Cast) -> None:
    confirm_import(imported=hand_in(TWO, cast.ruth), with_alike=True, by=cast.ruth)
    joan = Referral.objects.get(carer_name="Joan Hartley")
    entry = of(joan).get()
    assert entry.actor == cast.ruth.pk
    assert entry.changes["carer_name"] == [None, "Joan Hartley"]
    assert entry.changes["children"][1][0]["name"] == "Kai Hartley"
    verdict = check()
    assert verdict.broken_at is None


def test_the_same_families_in_another_file_add_nothing(cast: Cast) -> None:
    confirm_import(imported=hand_in(TWO, cast.ruth), with_alike=True, by=cast.ruth)
    again = hand_in(TWO + b"D4,New One,HD1 2AB,,,Yes\r\n", cast.ruth)
    assert verdicts(again) == {"new": 1, "alike": 0, "known": 2, "problem": 3}
    confirm_import(imported=again, with_alike=True, by=cast.ruth)
    assert sent(cast) == 3


def test_two_files_read_before_either_is_confirmed_still_add_each_family_once(cast: Cast) -> None:
    first, second = hand_in(TWO, cast.ruth), hand_in(TWO, cast.ruth)
    for imported in (first, second, first, second):
        confirm_import(imported=imported, with_alike=True, by=cast.ruth)
    second.refresh_from_db()
    assert second.found["added"] == 0
    assert sent(cast) == 2


def test_a_family_twice_in_one_file_is_referred_once(cast: Cast) -> None:
    row = ("", "Joan Hartley", "", "Kai", "2016", "Yes")
    imported = hand_in(spreadsheet(row, row), cast.ruth)
    assert verdicts(imported)["new"] == 1
    confirm_import(imported=imported, with_alike=True, by=cast.ruth)
    assert sent(cast) == 1


def test_another_authority_may_refer_the_same_family(cast: Cast) -> None:
    confirm_import(imported=hand_in(TWO, cast.ruth), with_alike=True, by=cast.ruth)
    theirs = hand_in(TWO, cast.nia)
    assert verdicts(theirs)["new"] == 2, "that Kirklees referred them is not for Calderdale to know"
    confirm_import(imported=theirs, with_alike=True, by=cast.nia)
    assert sent(cast) == 2
    assert Referral.objects.filter(source_agency=cast.calderdale).count() == 2


def test_a_family_that_looks_like_an_earlier_referral_is_told_and_may_be_left_out(cast: Cast) -> None:
    confirm_import(imported=hand_in(TWO, cast.ruth), with_alike=True, by=cast.ruth)
    slip = spreadsheet(("Z9", "Joan Hartly", "HD1 2AB", "Kai Hartley", "05/11/2016", "Yes"))
    imported = hand_in(slip, cast.ruth)
    row = ImportRow.objects.get(imported=imported, verdict="alike")
    assert row.data["alike"] == str(Referral.objects.get(carer_name="Joan Hartley").pk)
    confirm_import(imported=imported, with_alike=False, by=cast.ruth)
    assert sent(cast) == 2
    confirm_import(imported=hand_in(slip, cast.ruth), with_alike=True, by=cast.ruth)
    assert sent(cast) == 3
    assert referrals_alike(Referral.objects.get(carer_name="Joan Hartly"), cast.morgan), "and who decides sees it too"


def test_a_second_click_hands_in_and_confirms_once(cast: Cast) -> None:
    submission = new_id()
    for _ in range(2):
        imported = start_import(
            submission=submission, kind=Import.Kind.FAMILIES, files=[GivenFile("f.csv", TWO)], by=cast.ruth
        )
    assert Import.objects.count() == 1
    stale = Import.objects.get(pk=imported.pk)
    confirm_import(imported=Import.objects.get(pk=imported.pk), with_alike=True, by=cast.ruth)
    confirm_import(imported=stale, with_alike=True, by=cast.ruth)
    assert sent(cast) == 2


def test_what_is_not_used_is_deleted(cast: Cast) -> None:
    imported = hand_in(TWO, cast.ruth)
    drop_import(imported=imported, by=cast.ruth)
    assert not ImportRow.objects.exists()
    with pytest.raises(Refused):
        confirm_import(imported=imported, with_alike=True, by=cast.ruth)


def test_a_picked_child_who_was_never_referred_is_forgotten_after_a_year(cast: Cast) -> None:
    child: dict[str, Any] = {"agency": cast.kirklees, "picked_by": cast.ruth, "why": "E45", "arrangement_since": TODAY}
    old = PickedChild.objects.create(**child, child="C1", arrangement="special_guardianship")
    new = PickedChild.objects.create(**child, child="C2", arrangement="special_guardianship")
    PickedChild.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=366))
    take_up_work()
    assert [kept.pk for kept in PickedChild.objects.all()] == [new.pk]
    assert of(old).filter(what="picked child kept long enough").exists()


def test_what_nobody_came_back_for_is_deleted_after_a_fortnight(cast: Cast) -> None:
    waiting, done = hand_in(TWO, cast.ruth), hand_in(many(2) + b"x,,,,,\r\n", cast.ruth)
    confirm_import(imported=done, with_alike=True, by=cast.ruth)
    assert ImportRow.objects.count() > 2
    with time_machine.travel(waiting.status_at + timedelta(days=15)):
        forget_old_imports()
    waiting.refresh_from_db()
    assert waiting.status == Import.Status.DROPPED
    assert not ImportRow.objects.exists()


@pytest.mark.anywhere
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Name,Age\nJo,4\n", "no column"),
        (b"", "is empty"),
        (b"MZ\x90\x00" * 50, "program"),
        (b"Carer name\n", "no family"),
        (b"Carer name\n" + b"x\n" * 100_001, "more than 100,000 rows"),
        (b'Carer name\n"Jo', "never closed"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(cast: Cast, content: bytes, words: str) -> None:
    imported = hand_in(content, cast.ruth)
    assert imported.status == Import.Status.REFUSED
    assert words in imported.refusal
    assert not ImportFile.objects.exists()


def test_more_of_consent_than_fits_is_kept_with_what_would_help(cast: Cast) -> None:
    headings = ("Your reference", "Carer name", "How consent was given")
    rows = [("A", "Joan Hartley", f"{n} " + "by telephone " * 20) for n in range(3)]
    confirm_import(imported=hand_in(spreadsheet(*rows, headings=headings), cast.ruth), with_alike=True, by=cast.ruth)
    joan = Referral.objects.get(carer_name="Joan Hartley")
    joan.full_clean()
    assert joan.words.count("by telephone") == 60


def test_work_that_ended_half_way_is_taken_up(cast: Cast) -> None:
    imported = hand_in(TWO, cast.ruth)
    Import.objects.filter(pk=imported.pk).update(status=Import.Status.ADDING)
    assert take_up_work() == 1
    assert sent(cast) == 2
    assert take_up_work() == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security")
def test_the_wall_hides_what_an_agency_handed_in(cast: Cast) -> None:
    hand_in(TWO, cast.ruth)
    with rows_of(cast.kirklees.pk):
        assert ImportRow.objects.count() == 5
    for other in (cast.calderdale, cast.provider):
        with rows_of(other.pk):
            assert not ImportRow.objects.exists()
            assert not Import.objects.exists()
