"""Declaring on what ground an agency uses a questionnaire, and loading the words that it may hold itself."""

import tomllib
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.calc.instrument_file import WrongKey, parse_instrument
from alongside.calc.instruments import Enter, Instrument, MayLoad
from alongside.calc.refused import refused_by_name
from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.measures.library import instruments
from alongside.records.measures.models import Declaration, Pack

LARGEST = 200_000
MOST_PACKS = 200


def declare(
    *, instrument: str, ground: str, reference: str, until: date | None, by: User, submission: UUID
) -> Declaration:
    """Say on what ground the agency uses a questionnaire; what it said before ends."""
    today = timezone.localdate()
    if until and until < today:
        raise Refused("That day has passed. A licence that has run out opens nothing.", field="until")
    with ledger.together():
        for earlier in Declaration.objects.filter(agency=by.agency_id, instrument=instrument, ended_on=None):
            if earlier.pk != submission:
                ledger.update(earlier, by=by, what="licence declared anew", ended_on=today)
        return ledger.create(
            Declaration,
            by=by,
            what="licence declared",
            id=submission,
            agency_id=by.agency_id,
            instrument=instrument,
            ground=ground,
            reference=reference,
            until=until,
            by_id=by.pk,
        )


def end_declaration(*, declaration: Declaration, by: User) -> None:
    """Take a declaration back: from now on the questionnaire is not offered. Answers that were given stay."""
    if declaration.ended_on is None:
        ledger.update(declaration, by=by, what="licence declaration ended", ended_on=timezone.localdate())


def load_pack(*, content: bytes, by: User) -> Pack:
    """Keep a questionnaire that the agency loads; the edition before it is used no more. The same file adds nothing.

    Raises :class:`Refused` with the key at fault, where the file is wrong or may not be held here.
    """
    text, found = _read(content)
    _refuse_what_may_not_be(found)
    with ledger.together():
        ours = Pack.objects.filter(agency=by.agency_id)
        known: Pack | None = ours.filter(instrument=found.key, edition=found.edition).first()
        if known and known.text != text:
            raise _wrong("edition", f"is one that you have loaded with other words: {found.edition!r}. Name it anew")
        if known is None and ours.count() >= MOST_PACKS:
            raise Refused("You have loaded very many packs. Ask whoever looks after the program.", field="file")
        for earlier in ours.filter(instrument=found.key, ended_on=None):
            if earlier != known:
                ledger.update(earlier, by=by, what="pack replaced", ended_on=timezone.localdate())
        if known is None:
            return _keep(found, text, by)
        if known.ended_on:
            ledger.update(known, by=by, what="pack taken into use again", ended_on=None)
    return known


def end_pack(*, pack: Pack, by: User) -> None:
    """Take a pack out of use. Its words are kept, so that what was answered by them can be read."""
    if pack.ended_on is None:
        ledger.update(pack, by=by, what="pack taken out of use", ended_on=timezone.localdate())


def _keep(found: Instrument, text: str, by: User) -> Pack:
    pack: Pack = ledger.create(
        Pack,
        by=by,
        what="pack loaded",
        agency_id=by.agency_id,
        instrument=found.key,
        edition=found.edition,
        title=found.title,
        text=text,
        by_id=by.pk,
    )
    return pack


def _read(content: bytes) -> tuple[str, Instrument]:
    if len(content) > LARGEST:
        raise Refused(f"That file is too large for a pack: more than {LARGEST // 1000} KB.", field="file")
    try:
        text = content.decode("utf-8-sig")
        data: dict[str, Any] = tomllib.loads(text)
    except UnicodeDecodeError:
        raise Refused("This file is not text in UTF-8. Save it as plain text, and try again.", field="file") from None
    except (ValueError, RecursionError) as fault:
        raise Refused(f"This file cannot be read as TOML: {fault}", field="file") from None
    star = refused_by_name(f"{data.get('title', '')}") or refused_by_name(f"{data.get('key', '')}")
    if star:
        raise Refused(star, field="file")
    try:
        return text, parse_instrument(data)
    except WrongKey as fault:
        raise _wrong(fault.key, fault.problem) from None


def _refuse_what_may_not_be(found: Instrument) -> None:
    if not found.needs_licence:
        raise _wrong("needs_licence", "must be true in a pack")
    if found.may_load is not MayLoad.NONE:
        raise _wrong("may_load", "is not a key that a pack has")
    if found.enter is Enter.GOALS:
        raise _wrong("enter", "must be answers or scores")
    if not found.scales:
        raise _wrong("scales", "must be one table or more")
    shipped = {one.key: one for one in instruments()}.get(found.key)
    if shipped:
        _refuse_beside(shipped, found)


def _refuse_beside(shipped: Instrument, found: Instrument) -> None:
    """Refuse what the library's own entry for this questionnaire does not let an agency load."""
    if not shipped.needs_licence:
        raise _wrong("key", f"is that of {shipped.title!r}, which comes with the program. Give yours another")
    if shipped.may_load is MayLoad.NONE:
        raise _wrong("key", f"is that of {shipped.title!r}. Its owner lets nobody else hold it: enter its scores")
    if shipped.may_load is MayLoad.RANGES and found.enter is Enter.ANSWERS:
        raise _wrong("enter", f"must be scores: the words of {shipped.title!r} may not be held here")
    if found.subject is not shipped.subject:
        raise _wrong("subject", f"must be {shipped.subject}, as in the library")
    if found.edition == shipped.edition:
        raise _wrong("edition", f"must differ from {shipped.edition!r}, which is that of the library")


def _wrong(key: str, problem: str) -> Refused:
    return Refused(f"In the file, {key} {problem}", field="file")
