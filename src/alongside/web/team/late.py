"""What is late in a team, one kind at a time: the longest first, whose it is, and why as far as the record shows."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.workload.lateness import late_counts, late_families
from alongside.records.oversight.queries import nobodys
from alongside.web.rendering import page
from alongside.web.team.frame import ALL, chosen_team

# Each kind of late: what a manager calls it, and what its day is.
LATE = {
    "concern": ("Concerns open", "Open since"),
    "first_contact": ("First contacts", "Was due"),
    "contact": ("Contacts", "Was due"),
    "review": ("Reviews", "Was due"),
    "promise": ("Promises", "Was due"),
}


@needs(Permission.TEAM_LEAD)
def late(request: HttpRequest) -> HttpResponse:
    """List the families for whom one thing is late; at first, the gravest of which there is anything."""
    user, today = access.person(request), timezone.localdate()
    team, _ = chosen_team(request)
    of_team = team.pk if team else None
    counts, unheld = late_counts(user, of_team, today), nobodys(user)
    counts["concern"] += unheld.concerns
    asked = request.GET.get("kind", "")
    kind = asked if asked in LATE else next((each for each in LATE if counts[each]), "concern")
    listed, rows = late_families(user, of_team, kind, request.GET.get("at", ""), today)
    ledger.note(by=user, what="what is late in a team opened")
    which = str(team.pk) if team else ALL
    words, day_words = LATE[kind]
    return page(
        request,
        "team/late.html",
        {
            "rows": rows,
            "kind": kind,
            "words": words,
            "day_words": day_words,
            "kinds": [(each, counts[one], _address(one, which), one == kind) for one, (each, _) in LATE.items()],
            "nothing": not any(counts.values()),
            "team": team,
            "nobodys": unheld,
            "today": today,
            "before": _address(kind, which, listed.before) if listed.before else "",
            "after": _address(kind, which, listed.after) if listed.after else "",
        },
    )


def _address(kind: str, team: str, key: str = "") -> str:
    return "?" + urlencode({"kind": kind, "team": team, **({"at": key} if key else {})})
