"""Making a survey, changing an edition that nobody was asked yet, and beginning the next."""

from uuid import UUID

from django.utils import timezone

from alongside.calc.refused import refused_by_name
from alongside.calc.surveys.checking import check
from alongside.calc.surveys.definition import Definition, DefinitionError
from alongside.calc.surveys.reading import told
from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.surveys.models import Edition, Survey
from alongside.records.surveys.queries import last_edition


def make_survey(*, definition: Definition, by: User, submission: UUID) -> Survey:
    """Make a survey with its first edition. A second click makes no second one."""
    _refuse_wrong(definition)
    with ledger.together():
        survey = ledger.create(
            Survey, by=by, what="survey made", id=submission, agency_id=by.agency_id, title=definition.title
        )
        if not survey.editions.exists():
            _write(survey, 1, definition, by)
    return survey


def change_edition(*, edition: Edition, definition: Definition, version: int, by: User) -> Edition:
    """Change the questions of an edition that no round has asked yet."""
    if edition.fixed_on:
        raise Refused("This edition has been sent out, so it stays as it was asked. Make a new edition")
    _refuse_wrong(definition)
    with ledger.together():
        ledger.update(edition, by=by, what="survey changed", version=version, definition=told(definition))
        if edition.survey.title != definition.title:
            ledger.update(edition.survey, by=by, what="survey changed", title=definition.title)
    return edition


def next_edition(*, survey: Survey, by: User) -> Edition:
    """Begin a new edition from the last; where that has not been sent out yet, it is the one to change."""
    with ledger.together():
        Survey.objects.select_for_update().get(pk=survey.pk)
        last = last_edition(survey.pk)
        return _write(survey, last.number + 1, last.asks, by) if last.fixed_on else last


def fix(edition: Edition, by: User) -> None:
    """Let an edition never change again, as somebody is asked it from now on."""
    if not edition.fixed_on:
        ledger.update(edition, by=by, what="edition fixed", fixed_on=timezone.localdate())


def _write(survey: Survey, number: int, definition: Definition, by: User) -> Edition:
    return ledger.create(
        Edition,
        by=by,
        what="edition made",
        agency_id=survey.agency_id,
        survey=survey,
        number=number,
        definition=told(definition),
    )


def _refuse_wrong(definition: Definition) -> None:
    for title in (definition.title, *(part.title for part in definition.parts)):
        if why := refused_by_name(title):
            raise Refused(why, field="title")
    try:
        check(definition)
    except DefinitionError as error:
        raise Refused(f"“{error.where}” {error.problem}" if error.where else error.problem) from error
