"""How the team's work stands this week: what each worker holds, what is late, who is away, who needs supervision."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.workload.queries import team_work
from alongside.insight.workload.weights import weights
from alongside.records.oversight.queries import absences_ahead, nobodys, supervised
from alongside.records.oversight.rules import standing_in
from alongside.records.programmes.definition import load_definitions
from alongside.web.rendering import page
from alongside.web.team.frame import ALL, chosen_team
from alongside.web.team.late import LATE

AWAY_SOON = timedelta(days=14)
SUPERVISION_EVERY = timedelta(days=42)
PROGRAMMES = {one.slug: one.name for one in load_definitions()}


@needs(Permission.TEAM_LEAD)
def week(request: HttpRequest) -> HttpResponse:
    """Show the team's week."""
    user, today = access.person(request), timezone.localdate()
    team, teams = chosen_team(request)
    work = team_work(user, team.pk if team else None, today)
    found = nobodys(user)
    # A concern that no open family carries is late in every team until somebody takes it on.
    late = {**work.late, "concern": work.late["concern"] + found.concerns}
    ledger.note(by=user, what="team's week opened")
    shown = {worker.id for worker in work.workers}
    away = [one for one in absences_ahead(user.agency_id, today + AWAY_SOON) if one.worker_id in shown]
    return page(
        request,
        "team/week.html",
        {
            "nobodys": found,
            "team": team,
            "teams": teams,
            "everyone": ALL,
            "work": work,
            "late": [(words, late[kind], kind) for kind, (words, _) in LATE.items()],
            "away": [(one, standing_in(one.starts_on, one.begun_on, one.ends_on, one.over_on, today)) for one in away],
            "met": supervised(shown),
            "overdue": today - SUPERVISION_EVERY,
            "weights": weights(),
            "programmes": PROGRAMMES,
            "today": today,
        },
    )
