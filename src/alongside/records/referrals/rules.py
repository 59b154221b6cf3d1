"""Decisions about a referral on plain values: what may follow what, and the words that stand for one."""

from uuid import UUID

from alongside.records.people.rules import WHOLE_NUMBER, can_be_rung

# From each status, the statuses that a decision may lead to. What is decided stays decided; who waits may be taken on.
NEXT: dict[str, frozenset[str]] = {
    "new": frozenset({"accepted", "waiting", "signposted", "declined"}),
    "waiting": frozenset({"accepted", "signposted", "declined"}),
    "accepted": frozenset(),
    "signposted": frozenset(),
    "declined": frozenset(),
}
OPEN = tuple(status for status, following in NEXT.items() if following)

COLOURS_IN_WORDS = """
    amber azure beige bronze cherry coral cream crimson copper ebony emerald fawn flaxen ginger golden green
    hazel indigo ivory jade khaki lemon lilac lime maroon mauve mint navy ochre olive orange peach
"""
THINGS_IN_WORDS = """
    acorn anchor apple barley beacon bridge brook candle canal cedar clover comet compass feather fern garden
    harbour kettle lantern ladder linen meadow orchard pebble piano quilt river saddle teapot thistle valley willow
"""
COLOURS, THINGS = COLOURS_IN_WORDS.split(), THINGS_IN_WORDS.split()

MOST_CHILDREN = 6


def gaps(*, postcode: str, no_fixed_address: bool, phone: str, email: str) -> dict[str, str]:
    """Say what is missing, by field, before anybody could find the family or reach it.

    >>> sorted(gaps(postcode="HD1 2AB", no_fixed_address=False, phone="01632 960", email=""))
    ['carer_phone']
    """
    found = {}
    if not postcode and not no_fixed_address:
        found["postcode"] = "Enter a postcode, or say that they have no fixed address"
    if not phone and not email:
        found["carer_phone"] = "Enter a phone number or an e-mail address, so that we can reach them"
    elif phone and not can_be_rung(phone):
        found["carer_phone"] = WHOLE_NUMBER
    return found


def may_become(status: str, outcome: str) -> bool:
    """Say whether a referral of this status may be given this one.

    >>> may_become("waiting", "accepted"), may_become("declined", "accepted")
    (True, False)
    """
    return outcome in NEXT[status]


def reference_words(referral: UUID) -> str:
    """Give words that a carer can say on the phone, and that tell nobody anything.

    They come from the random bits at the end of the id, so that they say nothing of when it was made: one of
    1,024,000, for finding one referral among the few that a carer could mean, not for keeping a secret.

    >>> reference_words(UUID("01936f2e-7d40-7a5c-9f10-3b2a5c6d7e8f"))
    'green linen 335'
    """
    number, colour = divmod(referral.int & 0xFFFFFFFF, len(COLOURS))
    number, thing = divmod(number, len(THINGS))
    return f"{COLOURS[colour]} {THINGS[thing]} {number % 1000:03}"
