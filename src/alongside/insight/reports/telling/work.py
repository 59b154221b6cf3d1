"""The words for referrals, waits, contacts and reviews."""

from alongside.insight.reports.telling.writer import About, Section, Table, Writer
from alongside.records.cases.models import Contact
from alongside.records.referrals.models import Referral

REFERRALS = About(
    "Referrals that came in during the period and whose latest decision names this contract; where no decision names "
    "a contract yet, those of families living in its areas who asked for this programme or for none.",
    "A referral that is not decided, or was signposted or not taken on without naming a contract, shows in every "
    "contract that could have served it: do not add up the referrals of two contracts for one area. Decisions are "
    "those made by the last day counted.",
    "referrals",
    ("referrals",),
)
DECIDED = About(
    "Referrals, of those that belong to this contract, on which the first decision was made in the period.",
    "Days from the day the referral came in to the day of the first decision, whatever it was. Half of the families "
    "waited no longer than the middle one. Working days leave out weekends and bank holidays.",
    "days",
    ("referrals",),
)
REACHED = About(
    "Families supported in the period who were first spoken with in the period, after a referral.",
    "Days from the day the referral came in to the day somebody of the service first spoke with the family; a call "
    "that was not answered does not count. Half of the families waited no longer than the middle one. Families not "
    "yet reached have no wait to count, so read their number beside this. Working days leave out weekends and bank "
    "holidays.",
    "days",
    ("enrolments",),
)
IN_TIME = About(
    REACHED.cohort,
    "Families spoken with within the contract's number of working days after the referral, of all who were first "
    "spoken with in the period.",
    "per cent of families",
    ("enrolments",),
)
FIRST_CONTACT = About(REACHED.cohort, REACHED.method, "families", ("enrolments",))
CONTACTS = About(
    "Contacts in the period with families of this contract, while they had their place.",
    "Every contact that was noted, also those that were tried and not answered. A family with places in two contracts "
    "has its contacts in both.",
    "contacts",
    ("contacts", "enrolments"),
)
REVIEWS = About(
    "Reviews that fell due in the period, of families that still had their place on that day.",
    "The first review is due so many weeks after support began as the contract says, each next one as long after the "
    "last. It is on time where the review questions were answered by that day.",
    "reviews",
    ("enrolments", "answers"),
)


def write_referrals(writer: Writer) -> Section:
    """Referrals by what was decided and by who made them."""
    total = writer.count("referrals", "Referrals received", REFERRALS)
    outcomes = [
        (label, (writer.count(f"referrals.{kind}", f"Referrals: {label.lower()}", REFERRALS, of="referrals"),))
        for kind, label in Referral.Status.choices
    ]
    sources = [
        (label, (writer.count(f"referrals.source.{kind}", f"Referrals: {label.lower()}", REFERRALS, of="referrals"),))
        for kind, label in Referral.Source.choices
    ]
    every = ("All referrals", (total,))
    return Section(
        "referrals",
        "Referrals and decisions",
        tables=(
            Table("decisions", "What was decided", ("Decision", "Referrals"), (*outcomes, every)),
            Table("sources", "Who referred", ("Source", "Referrals"), (*sources, every)),
        ),
    )


REACH = "families.reached"
REACHED_NOW = f"{REACH}.in_quarter"
NOT_REACHED_NOW = (
    ("First spoken with before the period", f"{REACH}.before"),
    ("Not spoken with yet on the last day", f"{REACH}.not_yet"),
    ("Came without a referral on record", f"{REACH}.no_referral"),
)
OUT_OF_TIME = ("Spoken with later than that", f"{REACHED_NOW}.target.beyond")


def write_waits(writer: Writer, target: int) -> Section:
    """How long families waited for a decision and for the first call."""
    decided = (
        writer.count("decision", "Referrals first decided on", DECIDED),
        writer.middle("decision.working", "decision", "working", "Wait for a decision, working days", DECIDED),
        writer.middle("decision.calendar", "decision", "calendar", "Wait for a decision, calendar days", DECIDED),
    )
    reached = (
        writer.count(REACHED_NOW, "Families first spoken with", FIRST_CONTACT, of="families", left_out=NOT_REACHED_NOW),
        writer.middle(
            "contact.working", REACHED_NOW, "working", "Wait for the first call, working days", REACHED, NOT_REACHED_NOW
        ),
        writer.middle(
            "contact.calendar",
            REACHED_NOW,
            "calendar",
            "Wait for the first call, calendar days",
            REACHED,
            NOT_REACHED_NOW,
        ),
    )
    days = f"{target} working day{'' if target == 1 else 's'}"
    within = writer.share(
        "contact.within",
        f"{REACHED_NOW}.target.within",
        REACHED_NOW,
        f"First call within {days}",
        IN_TIME,
        (OUT_OF_TIME, *NOT_REACHED_NOW),
    )
    columns = ("From referral to", "Families", "Working days, middle family", "Calendar days, middle family")
    waits = Table("waits", "Waits", columns, (("First decision", decided), ("First call", reached)))
    promise = Table(
        "promise", "The promise of a first call", ("Promise", "Kept"), ((f"First call within {days}", (within,)),)
    )
    return Section("waits", "How long families waited", tables=(waits, promise))


def write_contacts(writer: Writer) -> Section:
    """Contacts by channel and by what came of them."""
    total = writer.count("contacts", "Contacts", CONTACTS)
    channels = [
        (label, (writer.count(f"contacts.{kind}", f"Contacts: {label.lower()}", CONTACTS, of="contacts"),))
        for kind, label in Contact.Channel.choices
    ]
    outcomes = [
        (label, (writer.count(f"contacts.outcome.{kind}", f"Contacts: {label.lower()}", CONTACTS, of="contacts"),))
        for kind, label in Contact.Outcome.choices
    ]
    every = ("All contacts", (total,))
    return Section(
        "contacts",
        "Contacts",
        tables=(
            Table("channels", "How", ("Channel", "Contacts"), (*channels, every)),
            Table("came_of_it", "What came of it", ("Outcome", "Contacts"), (*outcomes, every)),
        ),
    )


def write_reviews(writer: Writer) -> Table:
    """Reviews held by the day they were due."""
    due = writer.count("reviews", "Reviews due", REVIEWS)
    held = writer.count("reviews.on_time", "Reviews held on time", REVIEWS, of="reviews")
    late = writer.count("reviews.late", "Reviews late or not held", REVIEWS, of="reviews")
    on_time = writer.share(
        "reviews.share",
        "reviews.on_time",
        "reviews",
        "Reviews on time",
        REVIEWS,
        (("Late, or not held", "reviews.late"),),
    )
    rows = (
        ("Due", (due,)),
        ("Held on time", (held,)),
        ("Late or not held", (late,)),
        ("Share on time", (on_time,)),
    )
    return Table("reviews", "Reviews on time", ("Reviews", "Number"), rows)
