"""Reading: search by name, the walls between agencies, and reports, each beside the plainest way to ask the same."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.insight.reports.authorities import lines_of
from alongside.insight.reports.periods import periods_of
from alongside.insight.reports.services import report_of
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.queries import Order, Whose, caseload
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Arrangement, Membership, Person, PlanStatus
from alongside.records.people.rules import sought
from alongside.records.people.searching import search
from alongside.records.programmes.models import Contract, Decision, Enrolment
from alongside.records.referrals.models import Referral
from benchmarks.results import Result, at_most
from benchmarks.timing import in_turn

NAMES = 60


def _names(manager: User) -> list[str]:
    ids = Random(7).sample(
        list(Person.objects.filter(agency=manager.agency_id).values_list("pk", flat=True)), NAMES * 3
    )
    names = Person.objects.filter(pk__in=ids).order_by("pk").values_list("name", flat=True)
    return [name for name in names if " " in name and name.isascii() and len(name) > 9][:NAMES]


def _slip(name: str, chance: Random) -> str:
    """Change over two neighbouring letters somewhere inside a name."""
    at = chance.choice([at for at in range(1, len(name) - 2) if name[at : at + 2].isalpha()])
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _each(ask: Callable[[str], object], words: list[str]) -> Callable[[], object]:
    turn = iter(words * 1000)
    return lambda: ask(next(turn))


def searching() -> Iterator[Result]:
    """A name with two letters changed over, and the beginning of a name."""
    manager = User.objects.get(email="morgan@example.org")
    open_rows(EVERY_AGENCY)
    chance, names = Random(11), _names(manager)
    slipped = [_slip(name, chance) for name in names]
    begun = [f"{name.split()[0][:4]} {name.split()[-1][:4]}" for name in names]
    open_rows(str(manager.agency_id))
    found = sum(
        name in {row.name for row in search(manager, sought(typed))} for name, typed in zip(names, slipped, strict=True)
    )
    recall = f"; {found} of {len(names)} found"
    with tempfile.NamedTemporaryFile() as file:
        prefix = _fts5(file.name)
        runs = {"prefix": _each(lambda q: search(manager, sought(q)), begun), "fts5": _each(prefix, begun)}
        if connection.vendor == "postgresql":
            _trigram_index()
            runs |= {
                "typo": _each(lambda q: search(manager, sought(q)), slipped),
                "trigram": _each(lambda q: _trigram(q, str(manager.agency_id)), slipped),
            }
        times = in_turn(runs, rounds=NAMES)
    if "typo" in times:
        yield at_most(1, f"name with a slip{recall}", times["typo"], "plain pg_trgm, 25 best", times["trigram"])
    yield at_most(2, "beginnings of names", times["prefix"], "SQLite FTS5 by prefix", times["fts5"])


def _fts5(path: str) -> Callable[[str], Any]:
    """Build a plain full-text index of the same names."""
    held = sqlite3.connect(path)
    held.execute("create virtual table names using fts5(name, person unindexed, prefix='2 3 4')")
    rows = ((name, str(pk)) for name, pk in Person.objects.values_list("name", "pk").iterator(chunk_size=10_000))
    held.executemany("insert into names values (?, ?)", rows)
    held.commit()

    def ask(words: str) -> Any:
        wanted = " ".join(f'"{word}"*' for word in words.split())
        return held.execute(
            "select name, person from names where names match ? order by rank limit 25", [wanted]
        ).fetchall()

    return ask


def _trigram_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create extension if not exists pg_trgm")
        cursor.execute("create index if not exists benchmark_trigram on people_person using gin (name gin_trgm_ops)")
        cursor.execute("analyze people_person")


def _trigram(words: str, agency: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, name, birth_date from people_person where name %% %s and agency_id = %s"
            " order by similarity(name, %s) desc limit 25",
            [words, agency, words],
        )
        return cursor.fetchall()


def walls() -> Iterator[Result]:
    """A caseload with its scope and the wall, beside the same rows asked for without either."""
    manager = User.objects.get(email="morgan@example.org")
    open_rows(str(manager.agency_id))
    plain = (
        "select c.id, c.household_id, h.name, c.opened_on, c.closed_on, c.last_contact_on, c.next_contact_due,"
        " c.review_due, u.name, (select count(*) from people_membership m where m.household_id = c.household_id"
        " and m.part = 'child' and m.until is null), (select n.id from people_safetynote n"
        " where n.household_id = c.household_id and n.ended_on is null limit 1)"
        " from cases_case c join people_household h on h.id = c.household_id"
        " left join agencies_user u on u.id = c.worker_id where c.closed_on is null"
        " order by c.opened_on desc, c.id desc limit 26"
    )
    compiled = _statement(lambda: caseload(manager, whose=Whose.ALL, order=Order.NEWEST, key=""))

    def ask(sql: str, values: Any = ()) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    with connection.cursor() as cursor:  # the plain query gets an index of its own, as ours has one
        cursor.execute(
            "create index if not exists benchmark_open on cases_case (opened_on, id) where closed_on is null"
        )
    tables = ("cases_case", "people_household")
    try:
        samples: dict[str, list[float]] = {}
        for _ in range(12):
            for state, run in (
                ("disable", {"plain": lambda: ask(plain)}),
                ("enable", {"ours": lambda: ask(*compiled)}),
            ):
                _walls(tables, state)
                for name, times in in_turn(run, rounds=25, warm=5).items():
                    samples.setdefault(name, []).extend(times.rounds)
    finally:
        _walls(tables, "enable")
        with connection.cursor() as cursor:
            cursor.execute("drop index benchmark_open")
    ours, theirs = (type(times)(sorted(samples[name])) for name in ("ours", "plain"))
    yield at_most(1.4, "a caseload's rows, scoped and walled", ours, "the same unscoped and unwalled", theirs)


def _walls(tables: tuple[str, ...], state: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"alter table {table} {state} row level security")


def _statement(run: Callable[[], object]) -> tuple[str, Any]:
    """Give the statement that something sends to the database, with its values."""
    told: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        told.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(listen):
        run()
    return told[-1]


def reports() -> Iterator[Result]:
    """A contract's quarter beside its rows, and the quarter of every contract beside one scan of what it counts."""
    open_rows(EVERY_AGENCY)
    today = timezone.localdate()
    manager = User.objects.get(email="morgan@example.org")
    every = Contract.objects.filter(agency=manager.agency_id).select_related("programme", "purchaser", "agency")
    reach = every.get(name="Kinship Reach, Kirklees")
    period = periods_of(reach.starts_on, reach.ends_on, today)[-2:][0]
    open_rows(str(manager.agency_id))
    one = in_turn({"report": lambda: report_of(reach, period), "rows": lambda: _rows_of(reach)}, rounds=12, warm=1)
    yield at_most(2, "one contract's quarter", one["report"], "its rows, read once", one["rows"])
    lines = lines_of(every, period.quarter, today)
    runs = {"all": lambda: lines_of(every, period.quarter, today), "scan": _scan}
    times = in_turn(runs, rounds=12, warm=1)
    yield at_most(
        1.5, f"the quarter of all {len(lines)} contracts", times["all"], "one scan of what it counts", times["scan"]
    )


def _rows_of(contract: Contract) -> None:
    """Read the rows of one contract without any sum."""
    cases = Enrolment.objects.filter(contract=contract).values("case")
    homes = Enrolment.objects.filter(contract=contract).values("case__household")
    people = Membership.objects.filter(household__in=homes).values("person")
    for rows in (
        Enrolment.objects.filter(contract=contract),
        Membership.objects.filter(household__in=homes),
        Arrangement.objects.filter(child__in=people),
        PlanStatus.objects.filter(child__in=people),
        Contact.objects.filter(case__in=cases).defer("note"),
        AnswerSet.objects.filter(case__in=cases),
        Decision.objects.filter(contract=contract),
    ):
        list(rows.values_list())


def _scan() -> None:
    with connection.cursor() as cursor:
        for model in (Referral, Decision, Case, Enrolment, Contact, Membership):
            cursor.execute(f"select count(*), max(created_at) from {model._meta.db_table}")
            cursor.fetchall()
