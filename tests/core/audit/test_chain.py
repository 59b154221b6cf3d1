"""The chain of the log: whatever is changed, moved or taken out is found."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from alongside.core.audit.chain import START, Fact, digest_of, link, verify

Row = tuple[int, Fact, str, dict[str, Any] | None, bool]


def chain(length: int) -> list[Row]:
    rows: list[Row] = []
    previous = START
    for number in range(1, length + 1):
        changes = {"note": [None, f"visit {number}"]}
        fact = Fact(
            at=datetime(2026, 11, 20, tzinfo=UTC) + timedelta(minutes=number),
            kind="write",
            what="contact logged",
            actor=UUID(int=number),
            agency=None,
            model="cases.Contact",
            row=str(UUID(int=number)),
            changes_digest=digest_of(changes),
        )
        previous = link(previous, fact)
        rows.append((number, fact, previous, changes, False))
    return rows


def test_an_untouched_chain_holds_and_tells_its_head() -> None:
    rows = chain(5)
    verdict = verify(rows)
    assert verdict.broken_at is None
    assert (verdict.checked, verdict.head) == (5, rows[-1][2])


@given(st.integers(2, 12), st.data())
def test_an_entry_edited_deleted_or_moved_is_found(length: int, data: st.DataObject) -> None:
    rows = chain(length)
    at = data.draw(st.integers(0, length - 2))
    harm = data.draw(st.sampled_from(["edit", "delete", "swap", "changes"]))
    number, fact, found, changes, erased = rows[at]
    if harm == "edit":
        rows[at] = (number, Fact(**{**_fields(fact), "what": "nothing happened"}), found, changes, erased)
    elif harm == "changes":
        rows[at] = (number, fact, found, {"note": [None, "another visit"]}, erased)
    elif harm == "delete":
        del rows[at]
    else:
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
    assert verify(rows).broken_at is not None


def test_changes_can_be_erased_and_the_chain_still_holds() -> None:
    rows = chain(3)
    number, fact, found, _, _ = rows[1]
    rows[1] = (number, fact, found, None, True)
    assert verify(rows).broken_at is None


def _fields(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in Fact.__slots__}
