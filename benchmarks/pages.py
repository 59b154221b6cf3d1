"""Pages: the lists that are opened most, the family's page, and how many queries each takes."""

from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.core.base import paging
from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.records.cases.models import Case
from benchmarks import naive
from benchmarks.results import Result, at_most, count
from benchmarks.timing import CPU, WALL, in_turn
from benchmarks.visiting import Visitor, bare_program, naive_program, program

ROUNDS = 120
ANCHORS = frozenset({"naive", "bare"})


def open_for(name: str) -> None:
    """Show all rows to the anchors, which have no gate that says whose rows they may see."""
    if name in ANCHORS:
        open_rows(EVERY_AGENCY)


def grace_of(asha: Visitor) -> Case:
    """Give the case that the pictures show; at the nation's scale there are others of her name."""
    return Case.objects.filter(worker=asha.user, household__name="Grace Okafor", closed_on=None).latest("opened_on")


def pages() -> Iterator[Result]:
    """The caseload, the triage queue and the family's page, beside a naive list and a bare one."""
    asha, morgan = Visitor("asha@example.org"), Visitor("morgan@example.org")
    naive.agency = asha.user.agency_id if connection.vendor == "postgresql" else asha.user.agency_id.hex
    with_gate = program()
    open_rows(EVERY_AGENCY)
    grace = grace_of(asha)
    runs = {
        "naive": morgan.asks(naive_program(), "/families/"),
        "bare": morgan.asks(bare_program(), "/bare/"),
        "team": asha.asks(with_gate, "/families/", whose="team"),
        "all": morgan.asks(with_gate, "/families/", whose="all"),
        "triage": morgan.asks(with_gate, "/referrals/queue/"),
        "case": asha.asks(with_gate, f"/families/{grace.pk}/"),
        "today": asha.asks(with_gate, "/today/"),
        "today of all": morgan.asks(with_gate, "/today/", whose="all"),
        "week": morgan.asks(with_gate, "/team/"),
        "clocks": asha.asks(with_gate, f"/clocks/{grace.pk}/"),
    }
    cpu = in_turn(runs, rounds=ROUNDS, clock=CPU, before=open_for)
    wall = in_turn(runs, rounds=ROUNDS, clock=WALL, before=open_for)
    naive_list, bare_list = "a naive Django list of 25", "a page of raw SQL and text"
    for key, what in (("team", "caseload, 25 of a team's"), ("all", "caseload, 25 of all"), ("triage", "triage queue")):
        yield at_most(0.5, f"{what}, CPU", cpu[key], naive_list, cpu["naive"])
        yield at_most(3, f"{what}, CPU", cpu[key], bare_list, cpu["bare"])
        yield at_most(1, f"{what}, time with the database", wall[key], naive_list, wall["naive"])
    yield at_most(2, "a family's page, CPU", cpu["case"], "our caseload", cpu["team"])
    yield at_most(2, "Today of a worker, CPU", cpu["today"], "our caseload", cpu["team"])
    yield at_most(2, "Today of all teams, CPU", cpu["today of all"], "our caseload", cpu["team"])
    yield at_most(2, "a team's week, with each worker's load weighed, CPU", cpu["week"], "our caseload", cpu["team"])
    yield at_most(2, "a family's clocks, CPU", cpu["clocks"], "our caseload", cpu["team"])


def queries() -> Iterator[Result]:
    """How many queries a page takes, and that ten times the rows take no more."""
    asha, morgan = Visitor("asha@example.org"), Visitor("morgan@example.org")
    open_rows(EVERY_AGENCY)
    grace = grace_of(asha)
    asked = {
        "caseload": morgan.asks(program(), "/families/", whose="all"),
        "triage queue": morgan.asks(program(), "/referrals/queue/", status="accepted"),
        "a family's page": asha.asks(program(), f"/families/{grace.pk}/"),
        "Today": asha.asks(program(), "/today/"),
        "Today of all teams": morgan.asks(program(), "/today/", whose="all"),
        "search": morgan.searches(program(), "okafor"),
        "a team's week": morgan.asks(program(), "/team/"),
        "all teams' week": morgan.asks(program(), "/team/", team="all"),
    }
    for what, ask in asked.items():
        few = _queries(ask)
        yield count(12, f"queries of {what}", few)
        if what in ("caseload", "triage queue"):
            sizes = paging.page_of.__kwdefaults__
            usual, sizes["size"] = sizes["size"], 250
            try:
                yield count(few, f"queries of {what} with 250 rows", _queries(ask), "the same as with 25")
            finally:
                sizes["size"] = usual


def _queries(ask: object) -> int:
    ask()  # what is read once and kept is read now
    with CaptureQueriesContext(connection) as captured:
        ask()
    return sum(1 for each in captured if not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")))


def mixed() -> Iterator[Result]:
    """How many pages a second two processors could serve, from the CPU that the web process takes for a day's mix."""
    asha, morgan, with_gate = Visitor("asha@example.org"), Visitor("morgan@example.org"), program()
    open_rows(EVERY_AGENCY)
    case = asha.asks(with_gate, f"/families/{grace_of(asha).pk}/")
    mine = asha.asks(with_gate, "/families/")
    every = [case] * 5 + [mine] * 3 + [asha.searches(with_gate, "okafor")]
    every.append(morgan.asks(with_gate, "/referrals/queue/"))
    spent = in_turn({str(number): ask for number, ask in enumerate(every)}, rounds=40, clock=CPU)
    milliseconds = sum(each.p50 for each in spent.values()) / len(every)
    rate = 2 * 1000 / milliseconds
    what = "mixed pages a second on 2 processors, without the database's share"
    yield Result(what, "", rate, None, "at least 300", rate >= 300, f"{milliseconds:.2f} ms CPU a page")


def deep_pages() -> Iterator[Result]:
    """The first page of a long list beside one far inside it, which is reached by key."""
    morgan, omar, with_gate = Visitor("morgan@example.org"), Visitor("omar@example.org"), program()
    open_rows(EVERY_AGENCY)
    closed = Case.objects.filter(agency=morgan.user.agency_id).exclude(closed_on=None).order_by("-closed_on", "-id")
    far = min(125_000, closed.count() - 30)
    case = closed[far]
    last = _last_entry()
    inside = max(1, last - 5_000 * 50)
    runs = {
        "first": morgan.asks(with_gate, "/families/", whose="closed"),
        "far": morgan.asks(with_gate, "/families/", whose="closed", page=f"after.{case.closed_on}.{case.pk}"),
        "log first": omar.asks(with_gate, "/settings/log/"),
        "log far": omar.asks(with_gate, "/settings/log/", before=str(inside)),
    }
    wall = in_turn(runs, rounds=60)
    yield at_most(1.2, f"closed families, page {far // 25:,}", wall["far"], "its page 1", wall["first"])
    yield at_most(1.2, f"the log, page {(last - inside) // 50:,}", wall["log far"], "its page 1", wall["log first"])


def _last_entry() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select max(id) from audit_entry")
        return int(cursor.fetchone()[0])
