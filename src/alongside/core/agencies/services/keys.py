"""Keys by which a machine acts for somebody who signs in: made, used and ended."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alongside.core.agencies.models import ApiKey, User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.rows import EVERY_AGENCY, rows_of
from alongside.core.base.tokens import hash_of, new_token

PREFIX = "alongside_"  # so that a key left in a file by mistake is known for what it is
LONGEST_DAYS = 366


def make_key(*, name: str, days: int, by: User, submission: UUID) -> tuple[ApiKey, str]:
    """Make a key that may do what its maker may, and give it with its token, which nobody can be shown again."""
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused("A key lasts from one day to one year.", field="days")
    token = PREFIX + new_token()
    key = ledger.create(
        ApiKey,
        by=by,
        what="key made",
        id=submission,
        agency=by.agency,
        made_by=by,
        name=name,
        token_hash=hash_of(token),
        expires_on=timezone.localdate() + timedelta(days=days),
    )
    if key.token_hash != hash_of(token):
        raise Refused("This key was made already, and can be shown only once. End it and make another.")
    return key, token


def end_key(*, key: ApiKey, by: User) -> ApiKey:
    """Let a key open nothing from now on; ending it twice is ending it once."""
    return key if key.ended_at else ledger.update(key, by=by, what="key ended", ended_at=timezone.now())


def take_key(token: str) -> ApiKey | None:
    """Give the key of a token where it still opens something, and note its use; the caller shows no reason why not."""
    today = timezone.localdate()
    with rows_of(EVERY_AGENCY):  # whose key it is, is what we are about to learn
        key: ApiKey | None = (
            ApiKey.objects.filter(token_hash=hash_of(token), ended_at=None, expires_on__gte=today)
            .select_related("made_by__agency")
            .first()
        )
        if key is None or not key.made_by.is_active:
            return None
        ledger.note(by=key.made_by, what="key used", about=key)
        _mark(key)
    return key


def _mark(key: ApiKey) -> None:
    today = timezone.localdate()
    if key.last_used_on == today:
        return
    try:  # in a transaction of its own, as nothing more can be written in one that was refused
        ledger.update(key, by=key.made_by, what="key used for the first time that day", last_used_on=today)
    except Stale:
        return  # another request marked it in the same moment
