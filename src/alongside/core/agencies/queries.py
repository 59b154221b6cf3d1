"""Reading agencies, teams and the people who sign in."""

from uuid import UUID

from alongside.calc.names import fold
from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.permissions import Role
from alongside.core.agencies.places import authorities, authority_of_postcode
from alongside.core.base.errors import Refused


def the_provider() -> Agency:
    """Give the provider whose installation this is: the one that was set up first."""
    provider = Agency.objects.filter(kind=Agency.Kind.PROVIDER).order_by("created_at").first()
    if provider is None:
        raise Refused("This service is not set up yet: it has no provider.")
    return provider


def authority_at(postcode: str) -> Agency | None:
    """Give the authority with children's services at a postcode; none where it is blank, spoilt or elsewhere."""
    try:
        code = authority_of_postcode(postcode)
    except ValueError:
        return None
    return Agency.objects.filter(code=code).first() if code else None


def authorities_called(words: str) -> list[str]:
    """Give the codes of the authorities in whose name each of these words begins a word."""
    sought = fold(words).split()
    return [
        one.code
        for one in authorities()
        if all(any(part.startswith(word) for part in fold(one.name).split()) for word in sought)
    ]


def family_workers(agency_id: UUID) -> list[User]:
    """Give the family workers of an agency who still work there."""
    return list(User.objects.filter(agency=agency_id, role=Role.FAMILY_WORKER, is_active=True).select_related("team"))
