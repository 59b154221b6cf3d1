"""Writing agencies, teams, the people who sign in and how they do."""

from alongside.core.agencies.models import Agency
from alongside.core.agencies.places import authorities
from alongside.core.audit import ledger


def load_authorities() -> int:
    """Bring every authority of the project's own data into the database, and give how many were new."""
    known = set(Agency.objects.filter(code__isnull=False).values_list("code", flat=True))
    new = [
        Agency(kind=Agency.Kind.AUTHORITY, name=authority.name, code=authority.code, nation=authority.nation)
        for authority in authorities()
        if authority.code not in known
    ]
    ledger.create_many(Agency, new, by=None, what="authority loaded")
    return len(new)
