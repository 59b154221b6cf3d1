"""The words for whom a contract supported."""

from alongside.insight.reports.counting.families import NO_PLAN, PLANS
from alongside.insight.reports.telling.writer import About, Section, Table, Writer
from alongside.records.people.models import Arrangement, PlanStatus

WITH_A_PLACE = "Families with a place in this contract on at least one day of the period."
FAMILIES = About(
    WITH_A_PLACE,
    "Each family is counted once, even where it had two places in the period.",
    "families",
    ("enrolments",),
)
CARERS = About(
    f"Carers in {WITH_A_PLACE[0].lower()}{WITH_A_PLACE[1:]}",
    "Each carer is counted once. A carer counts while they are a carer in the home and the family has its place.",
    "carers",
    ("enrolments", "members"),
)
CHILDREN = About(
    f"Children in kinship care in {WITH_A_PLACE[0].lower()}{WITH_A_PLACE[1:]}",
    "Each child is counted once, also a child who has two homes. The arrangement is the one in force when the "
    "child's support ended or, where it goes on, on the last day counted; of two at once, the one that began last.",
    "children",
    ("enrolments", "members", "arrangements"),
)
PLAN = About(
    CHILDREN.cohort,
    "Each child is counted once, under the first of these that was in force that day: looked after, child "
    "protection plan, child in need plan, none recorded. A plan counts only where somebody recorded it.",
    "children",
    ("enrolments", "members", "plans"),
)
PLACES = About(
    "Places in this contract.",
    "A place is used from the first to the last day of a family's support, both days counted.",
    "places",
    ("enrolments",),
)
PLAN_WORDS: dict[str, str] = {plan: str(PlanStatus.Kind(plan).label) for plan in PLANS} | {NO_PLAN: "None recorded"}


def write_supported(writer: Writer) -> Section:
    """Who was supported: families, carers, and children by arrangement."""
    still = writer.count("families.going_on", "Families whose support goes on", FAMILIES, of="families")
    ended = writer.count("families.ended", "Families whose support ended", FAMILIES, of="families")
    families = Table(
        "families",
        "Families and carers",
        ("Who", "Number"),
        (
            ("Families supported", (writer.count("families", "Families supported", FAMILIES),)),
            ("Families whose support went on after the last day", (still,)),
            ("Families whose support ended by the last day", (ended,)),
            ("Carers supported", (writer.count("carers", "Carers supported", CARERS),)),
        ),
    )
    rows = [
        (label, (writer.count(f"children.{kind}", f"Children: {label.lower()}", CHILDREN, of="children"),))
        for kind, label in Arrangement.Kind.choices
    ]
    every = ("All children", (writer.count("children", "Children supported", CHILDREN),))
    children = Table("children", "Children by arrangement", ("Arrangement", "Children"), (*rows, every))
    return Section("supported", "Who was supported", tables=(families, children))


def write_plans(writer: Writer) -> Section:
    """The plans that children were on when support began, and at its end."""
    rows = tuple(
        (
            PLAN_WORDS[plan],
            tuple(
                writer.count(f"children.{when}.{plan}", f"{PLAN_WORDS[plan]}, {words}", PLAN, of="children")
                for when, words in (("start", "when support began"), ("end", "at the end"))
            ),
        )
        for plan in (*PLANS, NO_PLAN)
    )
    table = Table(
        "plans",
        "Children's plans at the start and at the end of support",
        ("Plan", "When support began", "At the end of support, or so far"),
        rows,
    )
    words = "The same children both times. A change of plan has many causes; this table does not say which."
    return Section("plans", "Plans for children", words=(words,), tables=(table,))


def write_places(writer: Writer, bought: int) -> Table:
    """Places used of places bought."""
    last = writer.count_of("places.end", bought, "Places used on the last day", PLACES)
    busiest = writer.count_of("places.peak", bought, "Places used on the busiest day", PLACES)
    rows = (("On the last day", (last,)), ("On the busiest day", (busiest,)))
    return Table("places", "Places used of places bought", ("When", "Used"), rows)
