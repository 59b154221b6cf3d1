"""What a referrer reads after sending: what happens next, and when."""

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
from alongside.web.rendering import page


@needs(Permission.REFERRAL_MAKE)
def sent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that the referral arrived, and by when the carer hears."""
    found, provider = access.get(request, Referral, pk), the_provider()
    with access.on_behalf_of(provider):
        due = first_contact_by(provider, found.authority_id, timezone.localdate(found.received_at))
    context = {"referral": found, "words": reference_words(found.pk), "due": due, "provider": provider.name}
    return page(request, "referrals/sent.html", context)
