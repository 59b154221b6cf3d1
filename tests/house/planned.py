"""What Grace's family says, was promised and is paid: a row of each kind, for the tests of who sees what."""

from typing import Any

from alongside.records.letters.models import Enclosure, Letter, LetterPaper
from alongside.records.plans.models import (
    AgreedPlan,
    Allowance,
    AllowanceEntry,
    Need,
    OriginEvent,
    PlanSending,
    Promise,
    Strength,
)
from tests.cast import NOW, TODAY, Cast


def plan_rows(cast: Cast) -> dict[str, Any]:
    """Write a row of each, and give those that an address can name."""
    ours: dict[str, Any] = {"agency": cast.provider, "case": cast.case}
    plan = AgreedPlan.objects.create(
        **ours, number=1, agreed_on=TODAY, agreed_with=cast.grace, how="video", content=CONTENT, by=cast.asha
    )
    PlanSending.objects.create(**ours, plan=plan, how="by_hand", at=NOW, by=cast.asha)
    allowance = Allowance.objects.create(
        **ours,
        child=cast.tyler,
        kind="special_guardianship",
        paid_by="Kirklees",
        pence_a_week=15000,
        began_on=TODAY,
        amount_since=TODAY,
    )
    entry = AllowanceEntry.objects.create(
        **ours, allowance=allowance, kind="began", on=TODAY, pence=15000, pence_a_week=15000
    )
    told = {"template": "welcome", "edition": "1", "about": cast.tyler, "to_name": "Grace", "by": cast.asha}
    sent = {"status": "sent", "how": "post", "sent_at": NOW, "paper_digest": "0" * 64}
    letter = Letter.objects.create(**ours, **told, subject="Hello", body="Dear Grace,\n\nWelcome.")
    old = Letter.objects.create(**ours, **told, **sent, subject="Hello", body="Dear Grace,")
    LetterPaper.objects.create(**ours, letter=old, content=b"%PDF")
    Enclosure.objects.create(**ours, letter=letter, title="Everything: 3 entries", content=b"%PDF")
    return {
        "letter": letter,
        "agreed plan": plan,
        "allowance": allowance,
        "allowance entry": entry,
        "need": Need.objects.create(**ours, domain="money", on=TODAY, hard="The gas bill", place=3),
        "strength": Strength.objects.create(**ours, words="She laughs easily", said_by="worker", noticed_on=TODAY),
        "promise": Promise.objects.create(**ours, words="Ring the school", made_by="worker", made_on=TODAY),
        "origin event": OriginEvent.objects.create(**ours, child=cast.tyler, kind="asked", on=TODAY, who="authority"),
    }


CONTENT: dict[str, Any] = {
    "worker": "Asha Rahman",
    "strengths": ["She laughs easily"],
    "goals": [{"words": "Sleep through", "points": [[str(TODAY), 3]], "steps": []}],
    "steps": [{"words": "Ask the school", "who": "Asha Rahman", "by": ""}],
    "promises": [],
    "review_due": "",
}
