"""Which questionnaires an agency may use today, and how to read what was answered by one that it used."""

import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, TextField, Value
from django.utils import timezone

from alongside.calc.instrument_file import WrongKey, parse_instrument
from alongside.calc.instruments import Enter, Instrument, Scale, Subject
from alongside.records.measures.library import instruments
from alongside.records.measures.models import Declaration, Pack


def usable(agency: UUID) -> tuple[Instrument, ...]:
    """Give the free questionnaires, and those for which the agency's declaration holds today, as its pack has them."""
    declared, packs = _declared_and_loaded(agency, timezone.localdate())
    shipped = [packs.pop(one.key, one) if one.needs_licence else one for one in instruments()]
    held = [*shipped, *sorted(packs.values(), key=lambda one: one.title)]
    return tuple(one for one in held if one.scales and (not one.needs_licence or one.key in declared))


def of_carers(agency: UUID) -> tuple[Instrument, ...]:
    """Give those that an agency may use and that tell of a carer in scores: two children are never set side by side."""
    return tuple(one for one in usable(agency) if one.subject is Subject.CARER and one.enter is not Enter.GOALS)


def chosen(agency: UUID, keys: Iterable[str]) -> list[Instrument]:
    """Give those of these keys that the agency may use, in this order. For free ones alone nothing is looked up."""
    asked, free = list(keys), _free()
    known = free if all(key in free for key in asked) else {one.key: one for one in usable(agency)}
    return [known[key] for key in asked if key in known]


def held(agency: UUID, key: str) -> Instrument:
    """Give a questionnaire as the agency has it, whether or not it may be asked today; ``KeyError`` if it has none.

    What somebody began to answer while it was allowed is kept when they finish.
    """
    if key in _free():
        return _free()[key]
    rows = Pack.objects.filter(agency=agency, instrument=key).order_by("ended_on", "-created_at")
    for text in [*rows.filter(ended_on=None).values_list("text", flat=True), *rows.values_list("text", flat=True)]:
        if found := parsed(text):
            return found
    return {one.key: one for one in instruments()}[key]


def held_of(agency: UUID, keys: Iterable[str]) -> list[Instrument]:
    """Give the questionnaires of a link; one that is gone since it was made is left out."""
    found = []
    for key in keys:
        with suppress(KeyError):
            found.append(held(agency, key))
    return found


def as_answered(
    agency: UUID, editions: Iterable[tuple[str, str]], known: Iterable[Instrument] = ()
) -> dict[tuple[str, str], Instrument]:
    """Give, for each key and edition by which something was answered, the questionnaire that says how to read it. Those
    of ``known`` are not looked up again.
    """
    wanted, shipped = set(editions), {one.key: one for one in instruments()}
    found = {pair: shipped[pair[0]] for pair in wanted if pair[0] in shipped}
    found |= {pair: one for one in known if (pair := (one.key, one.edition)) in wanted}
    ours = {pair for pair in wanted if pair not in found or (found[pair].edition != pair[1] and pair[0] not in _free())}
    if ours:
        rows = Pack.objects.filter(agency=agency, instrument__in={key for key, _ in ours})
        for key, edition, text in rows.values_list("instrument", "edition", "text"):
            if (key, edition) in ours and (pack := parsed(text)):
                found[key, edition] = pack
    return found


def like(
    agency: UUID, editions: Iterable[tuple[str, str]], instruments: Iterable[Instrument]
) -> Mapping[tuple[str, str], frozenset[str]]:
    """Say, for each key and edition that was answered, which scales mean what they mean by these questionnaires.

    A pack may give a scale another range than an earlier one did, or turn it round; such scores are not of the same.
    """
    counted = {one.key: one for one in instruments}
    return {
        (key, edition): frozenset(
            one[0] for one in _meanings(read.scales) & _meanings(counted[key].scales if key in counted else ())
        )
        for (key, edition), read in as_answered(agency, editions, counted.values()).items()
    }


def _meanings(scales: Iterable[Scale]) -> set[tuple[str, float, float, bool]]:
    return {(one.key, one.minimum, one.maximum, one.higher_is_better) for one in scales}


def measuring(agency: UUID) -> tuple[Instrument, ...]:
    """Give what an agency may hold scores of: the free questionnaires, and those that it declared at any time, as its
    latest pack has them. Steps towards goals are no scores: each goal is a measure of its own.
    """
    declared = set(Declaration.objects.filter(agency=agency).values_list("instrument", flat=True))
    rows = Pack.objects.filter(agency=agency).order_by("created_at", "pk").values_list("ended_on", "instrument", "text")
    # The one in force last, so that it stands; of those that ended, the latest.
    packs = [(key, text) for ended_on, key, text in sorted(rows, key=lambda row: row[0] is None)]
    return tuple(one for one in _beside(packs) if not one.needs_licence or one.key in declared)


def measured(agency: UUID, keys: Iterable[str]) -> tuple[Instrument, ...]:
    """Give those of these keys that an agency may hold scores of. For free ones alone nothing is looked up."""
    asked = set(keys)
    known = _beside(()) if asked <= _free().keys() else measuring(agency)
    return tuple(one for one in known if one.key in asked)


def as_measured(agency: UUID, editions: Mapping[str, str] | None) -> tuple[Instrument, ...]:
    """Give what :func:`measuring` gave when these were the editions of the licensed ones; ``None`` for all shipped."""
    if editions is None:
        return _beside(())
    wanted = Q(pk__in=())
    for key, edition in editions.items():
        wanted |= Q(instrument=key, edition=edition)
    packs = Pack.objects.filter(wanted, agency=agency).values_list("instrument", "text") if editions else ()
    return tuple(one for one in _beside(packs) if not one.needs_licence or one.key in editions)


def _beside(packs: Iterable[tuple[str, str]]) -> tuple[Instrument, ...]:
    """Give the shipped questionnaires, each as its last pack here has it, and after them those of packs alone."""
    own = {key: pack for key, text in packs if (pack := parsed(text))}
    shipped = [own.pop(one.key, one) for one in instruments()]
    known = [*shipped, *sorted(own.values(), key=lambda one: one.title)]
    return tuple(one for one in known if one.scales and one.enter is not Enter.GOALS)


@lru_cache(maxsize=64)
def parsed(text: str) -> Instrument | None:
    """Read a pack that was loaded; ``None`` where this version of the program cannot read it any more."""
    try:
        return parse_instrument(tomllib.loads(text))
    except WrongKey:
        return None


def in_force(today: date) -> Q:
    """Narrow declarations to those that hold on a day."""
    return Q(ended_on=None) & (Q(until=None) | Q(until__gte=today))


def _declared_and_loaded(agency: UUID, today: date) -> tuple[set[str], dict[str, Instrument]]:
    """Give what is declared and the packs, in one query: of a declaration there is no text."""
    declared = Declaration.objects.filter(in_force(today), agency=agency)
    packs = Pack.objects.filter(agency=agency, ended_on=None)
    no_text = Value("", output_field=TextField())
    rows = list(declared.values_list("instrument", no_text).union(packs.values_list("instrument", "text"), all=True))
    loaded = {key: pack for key, text in rows if text and (pack := parsed(text))}
    return {key for key, text in rows if not text}, loaded


def _free() -> Mapping[str, Instrument]:
    return {one.key: one for one in instruments() if not one.needs_licence}
