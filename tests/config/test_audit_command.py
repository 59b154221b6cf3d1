"""`alongside audit`: whatever is done to the log behind the program's back, the command says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.config.cli import main
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from tests.cast import Cast


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def unguarded(cast: Cast) -> Callable[[str], None]:
    """Fill the log a little, take its guards away as an intruder would, and give a way to do harm."""
    for number in range(8):
        ledger.update(cast.grace, by=cast.asha, what="person corrected", known_as=f"Gran {number}")
    if connection.vendor == "postgresql":
        sql("drop trigger audit_append_only on audit_entry")
    else:
        sql("drop trigger audit_no_update")
        sql("drop trigger audit_no_delete")
    return sql


def verify(capsys: Any, *more: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["audit", "verify", *more])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_whole_log_is_counted_and_its_head_is_told(cast: Cast, capsys: Any) -> None:
    ledger.note(by=cast.asha, what="caseload opened")
    code, out, err = verify(capsys)
    last = Entry.objects.latest("id")
    assert (code, err) == (0, "")
    assert out == f"{Entry.objects.count()} entries hold. The head is {last.hash}.\n"


HARM = {
    "a word is edited": "update audit_entry set what = 'nothing happened' where id = {third}",
    "somebody else did it": "update audit_entry set actor = null where id = {third}",
    "it was at another time": "update audit_entry set at = '2020-01-01 00:00:00+00' where id = {third}",
    "the changes are edited": 'update audit_entry set changes = \'{{"known_as": ["", "Nan"]}}\' where id = {third}',
    "an entry is deleted": "delete from audit_entry where id = {third}",
    "the beginning is cut": "delete from audit_entry where id < {third}",
    "two change places": "update audit_entry set id = {third} + {fourth} - id + 100000 where id in ({third}, {fourth})",
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
def test_harm_is_found(unguarded: Callable[[str], None], capsys: Any, harm: str) -> None:
    third, fourth = Entry.objects.order_by("-id").values_list("id", flat=True)[3:5][::-1]
    unguarded(harm.format(third=third, fourth=fourth))
    code, _, err = verify(capsys)
    assert code == 1
    assert "tampered with" in err


def test_a_cut_end_is_found_by_an_anchor_only(unguarded: Callable[[str], None], capsys: Any, tmp_path: Path) -> None:
    assert main(["audit", "anchor"]) == 0
    kept = tmp_path / "anchors.txt"
    kept.write_text(capsys.readouterr().out)
    assert verify(capsys, "--anchor", str(kept))[0] == 0
    unguarded(f"delete from audit_entry where id > {Entry.objects.latest('id').pk - 3}")
    assert verify(capsys)[0] == 0
    code, _, err = verify(capsys, "--anchor", str(kept))
    assert code == 1
    assert "The log was cut" in err


def test_a_cut_end_that_is_written_anew_is_found_too(
    unguarded: Callable[[str], None], cast: Cast, capsys: Any, tmp_path: Path
) -> None:
    main(["audit", "anchor"])
    kept = tmp_path / "anchors.txt"
    kept.write_text(capsys.readouterr().out)
    last = Entry.objects.latest("id").pk
    unguarded(f"delete from audit_entry where id = {last}")
    ledger.note(by=cast.asha, what="caseload opened")
    unguarded(f"update audit_entry set id = {last} where id = (select max(id) from audit_entry)")
    assert verify(capsys)[0] == 0
    assert verify(capsys, "--anchor", str(kept))[0] == 1


@pytest.mark.parametrize("text", ["not an anchor", "1 abc", "x abc 2026-11-20T10:00:00"])
def test_a_file_that_holds_no_anchors_is_refused_in_a_sentence(
    cast: Cast, capsys: Any, tmp_path: Path, text: str
) -> None:
    kept = tmp_path / "anchors.txt"
    kept.write_text(text)
    code, _, err = verify(capsys, "--anchor", str(kept))
    assert code == 1
    assert "Line 1 is not an anchor" in err
    assert verify(capsys, "--anchor", str(tmp_path / "missing.txt"))[0] == 1


@pytest.mark.parametrize("statement", ["update audit_entry set what = 'x'", "delete from audit_entry"])
def test_the_database_itself_refuses_to_change_the_log(cast: Cast, statement: str) -> None:
    ledger.note(by=cast.asha, what="caseload opened")
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        sql(statement)
