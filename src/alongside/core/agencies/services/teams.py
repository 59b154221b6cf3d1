"""Making and naming teams."""

from uuid import UUID

from alongside.core.agencies.models import Agency, Team, User
from alongside.core.agencies.queries import teams_of
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused


def create_team(*, id: UUID, name: str, by: User, sits_with: Agency | None = None) -> Team:
    """Make a team of one's own agency."""
    _refuse_same_team(name, by, besides=id)
    return ledger.create(Team, id=id, agency=by.agency, name=name, sits_with=sits_with, by=by, what="team made")


def change_team(team: Team, *, name: str, sits_with: Agency | None, version: int, by: User) -> Team:
    """Give a team another name, or say with which authority's own team it sits."""
    _refuse_same_team(name, by, besides=team.pk)
    return ledger.update(team, name=name, sits_with=sits_with, version=version, by=by, what="team changed")


def _refuse_same_team(name: str, by: User, besides: UUID) -> None:
    if teams_of(by.agency_id).filter(name__iexact=name).exclude(pk=besides).exists():
        raise Refused("There is a team of this name already.", field="name")
