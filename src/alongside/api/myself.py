"""Who a key or session stands for."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from alongside.api.operations import operation
from alongside.api.shapes import Named
from alongside.core import access
from alongside.core.agencies.permissions import Permission


class Myself(Schema):
    """Who one is, and what one may do."""

    id: UUID
    name: str
    role: str
    agency: Named
    permissions: list[str]


@operation("GET", "/me", Permission.SIGNED_IN, response=Myself)
def me(request: HttpRequest) -> dict[str, Any]:
    """Say who one is here and what one may do."""
    user = access.person(request)
    return {
        "id": user.pk,
        "name": user.name,
        "role": user.role,
        "agency": {"id": user.agency_id, "name": user.agency.name},
        "permissions": sorted(user.permissions),
    }
