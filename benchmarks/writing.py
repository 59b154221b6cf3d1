"""Saving a contact, taking in a file of families, and taking contacts out, each beside the bare database."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from resource import RUSAGE_SELF, getrusage
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from alongside.core.agencies.models import Agency, User
from alongside.core.audit.models import Entry
from alongside.core.base.bulk import write_rows
from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.records.cases.models import Contact
from alongside.records.cases.services.contacts import edit_contact
from alongside.records.referrals.bulk import Sending, receive_in_bulk
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.stewardship.exchange.contact_file import contact_file
from benchmarks.results import Result, at_least, at_most
from benchmarks.timing import in_turn

FAMILIES = 5_000


def save_again(worker: User) -> Callable[[], None]:
    """Give a way to change the note of a worker's latest contact, again and again."""
    contact = Contact.objects.filter(by=worker, outcome="spoke").select_related("case").latest("at")
    people, number = list(contact.people.all()), count()
    facts = {"at": contact.at, "channel": contact.channel, "outcome": contact.outcome, "minutes": contact.minutes}

    def save() -> None:
        note = f"Two calm bedtimes out of five. {next(number)}"
        edit_contact(
            contact=contact, version=contact.version, people=people, by=worker, note=note, came_of_it="", **facts
        )

    return save


def saving() -> Iterator[Result]:
    """Changing a contact's note with its version checked and the change logged, beside a bare update; both commit."""
    open_rows(EVERY_AGENCY)
    asha = User.objects.get(email="asha@example.org")
    ours = save_again(asha)
    other = Contact.objects.filter(by=asha).order_by("at").first()
    assert other
    open_rows(str(asha.agency_id))
    number = count()

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "update cases_contact set note = %s, version = version + 1 where id = %s",
                [f"Two calm bedtimes out of five. {next(number)}", stored_id(other.pk)],
            )

    times = in_turn({"ours": ours, "bare": bare}, rounds=200)
    yield at_most(2, "saving a contact, logged", times["ours"], "a bare update, committed", times["bare"])


def stored_id(pk: Any) -> Any:
    """An id as this database keeps it."""
    return pk if connection.vendor == "postgresql" else pk.hex


def _families(batch: int) -> list[dict[str, Any]]:
    return [
        {
            "carer_name": f"Agnieszka Nowak{batch}x{number}",
            "carer_birth_date": str(date(1950 + number % 40, 1 + number % 12, 1 + number % 28)),
            "carer_birth_precision": "exact",
            "carer_phone": f"07700 900{number % 1000:03d}",
            "carer_email": "",
            "postcode": "",
            "no_fixed_address": False,
            "relationship": "grandparent",
            "children": [
                {"name": f"Zofia Nowak{batch}x{number}", "birth_date": "2016-05-04", "birth_precision": "exact"}
            ],
            "words": "Money and sleep are the worries.",
            "safety_words": "",
            "consent": "given",
            "consent_words": "",
            "their_reference": "",
            "import_key": f"{batch}-{number}",
        }
        for number in range(FAMILIES)
    ]


def taking_in() -> Iterator[Result]:
    """Families from a file, filed for duplicates and logged, beside their bare rows into the same tables."""
    open_rows(EVERY_AGENCY)
    ruth, provider = User.objects.get(email="ruth@example.org"), Agency.objects.get(name="Side by Side Kinship")
    batch = iter(range(10**6))
    made: dict[str, Any] = {}

    def before(name: str) -> None:
        made["families"] = _families(next(batch)) if name == "ours" else None

    def ours() -> None:
        with transaction.atomic():
            receive_in_bulk(made["families"], Sending(provider.pk, ruth, timezone.now()))
            transaction.set_rollback(True)

    with transaction.atomic():
        receive_in_bulk(_families(next(batch)), Sending(provider.pk, ruth, timezone.now()))
        plain = [(model, fields, _plain(model, fields)) for model, fields in _tables()]
        transaction.set_rollback(True)

    def bare() -> None:
        with transaction.atomic():
            for model, fields, rows in plain:
                write_rows(model, fields, rows)
            transaction.set_rollback(True)

    times = in_turn({"ours": ours, "bare": bare}, rounds=8, warm=1, before=before)
    goal, name = (0.5, "COPY") if connection.vendor == "postgresql" else (0.4, "executemany")
    yield at_least(goal, f"{FAMILIES:,} families taken in", times["ours"], f"{name} of their rows", times["bare"])


def _tables() -> Iterator[tuple[Any, tuple[str, ...]]]:
    for model in (Referral, ReferralKey, Entry):
        yield (
            model,
            tuple(field.name for field in model._meta.concrete_fields if field.name != "id" or model is Referral),
        )


def _plain(model: Any, fields: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Read the newest rows of a table as they are kept, to be written again."""
    columns = ", ".join(f'"{model._meta.get_field(field).column}"' for field in fields)
    many = {Referral: FAMILIES, Entry: FAMILIES}.get(model)
    keys = "referral_id in (select id from referrals_referral where import_key is not null)"
    where = f"where {keys}" if many is None else ""
    order = "order by id desc" if model is Entry else "where import_key is not null" if model is Referral else ""
    limit = f"limit {many}" if many else ""
    cast = {"children", "changes"} if connection.vendor == "postgresql" else set()
    columns = ", ".join(
        f'"{name}"::text' if name in cast else f'"{name}"' for name in columns.replace('"', "").split(", ")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns} from {model._meta.db_table} {where} {order} {limit}")
        return list(cursor.fetchall())


def taking_out() -> Iterator[Result]:
    """Every contact as CSV with names, words and safe cells, beside COPY of the same columns as they are stored."""
    if connection.vendor != "postgresql":
        return
    manager = User.objects.get(email="morgan@example.org")
    open_rows(str(manager.agency_id))
    rows = Contact.objects.visible_to(manager)
    before, sizes = peak_megabytes(), list[int]()
    times = in_turn(
        {"file": lambda: sizes.append(sum(map(len, contact_file(rows)))), "copy": _copy_of_contacts}, rounds=3, warm=1
    )
    grown = peak_megabytes() - before
    what = f"{rows.count():,} contacts as CSV, {sizes[-1] // 2**20} MB"
    yield at_least(0.5, what, times["file"], "COPY TO of their rows", times["copy"])
    yield Result("memory that it took more", "", grown, None, "at most 64", grown <= 64, f"{grown:.0f} MB")


def _copy_of_contacts() -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(PLAIN_COPY) as copy:
        for _ in copy:
            pass


PLAIN_COPY = "copy (select at, case_id, by_id, channel, outcome, minutes, id from cases_contact) to stdout (format csv)"


def peak_megabytes() -> float:
    """The most memory that this process has held."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024
