"""Reading agencies, teams and the people who sign in."""

from collections.abc import Iterable
from uuid import UUID

from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.permissions import Role
from alongside.core.base.errors import Refused


def the_provider() -> Agency:
    """Give the provider whose installation this is: the one that was set up first."""
    provider = Agency.objects.filter(kind=Agency.Kind.PROVIDER).order_by("created_at").first()
    if provider is None:
        raise Refused("This service is not set up yet: it has no provider.")
    return provider


def authority_ids(codes: Iterable[str]) -> dict[str, UUID]:
    """Give the row of each authority by its code."""
    return dict(Agency.objects.filter(code__in=codes).values_list("code", "id"))  # type: ignore[arg-type]


def family_workers(agency_id: UUID) -> list[User]:
    """Give the family workers of an agency who still work there."""
    return list(User.objects.filter(agency=agency_id, role=Role.FAMILY_WORKER, is_active=True).select_related("team"))
