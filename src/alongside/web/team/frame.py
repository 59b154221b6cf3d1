"""What every page of a manager's week has: its parts, which team is meant, and what is in nobody's week."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.agencies.queries import TeamName, team_names
from alongside.records.oversight.queries import nobodys
from alongside.web.rendering import page

ALL = "all"


def team_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page under the team's parts, with what is in nobody's week on top."""
    return page(request, template, {**context, "nobodys": nobodys(access.person(request))})


def chosen_team(request: HttpRequest) -> tuple[TeamName | None, list[TeamName]]:
    """Give the team asked for (a manager's own at first; none for all of them) and those there are."""
    user = access.person(request)
    teams = team_names(user.agency_id)
    asked = request.GET.get("team", "")
    if asked == ALL:
        return None, teams
    wanted = asked or str(user.team_id)
    return next((team for team in teams if str(team.pk) == wanted), None), teams


def worker_of(request: HttpRequest, pk: UUID) -> User:
    """Fetch one of the manager's family workers."""
    rows = access.visible(request, User).filter(role=Role.FAMILY_WORKER).select_related("team")
    return access.get(request, User, pk, what="a worker's work opened", rows=rows)
