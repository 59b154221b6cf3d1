"""How often one address may do something, counted in the cache that every process shares."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = 60 * 60


def may_send(request: HttpRequest, what: str, times_an_hour: int) -> bool:
    """Count one more try from this address, and say whether it is still within the limit.

    The address itself is never kept: only a hash of it that needs our key and is another one every day.
    """
    name = f"{what}:{timezone.localdate()}:{address_of(request)}"
    key = salted_hmac("alongside.limits", name, algorithm="sha256").hexdigest()
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= times_an_hour
    except ValueError:  # it ran out between the two lines
        return True


def address_of(request: HttpRequest) -> str:
    """Give the address a request came from: as our own proxy tells it, where we stand behind one."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        if forwarded:
            return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
