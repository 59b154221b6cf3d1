"""One referral as its referrer sees it: the answer first, then what they told."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.agencies.queries import the_provider
from alongside.records.programmes.queries import first_contact_by
from alongside.records.referrals.models import Referral
from alongside.records.referrals.rules import reference_words
from alongside.web.referrals.told import carer_facts, children_facts
from alongside.web.rendering import page


@needs(Permission.REFERRAL_MAKE)
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what became of a referral."""
    found, provider = access.get(request, Referral, pk, related=("authority",)), the_provider()
    with access.on_behalf_of(provider):
        due = first_contact_by(provider, found.authority_id, timezone.localdate(found.received_at))
    context = {
        "referral": found,
        "words": reference_words(found.pk),
        "due": due,
        "carer": carer_facts(found),
        "children": children_facts(found),
    }
    return page(request, "referrals/referral.html", context)
