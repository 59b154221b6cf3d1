"""What the pages of the builder share: opening an edition, saving a change of it, and showing a form about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from alongside.calc.surveys.definition import Definition, DefinitionError, Part, Question
from alongside.core import access
from alongside.core.base.errors import Refused
from alongside.records.surveys.models import Edition
from alongside.records.surveys.services.making import change_edition
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import EditForm

Change = Callable[..., Definition]


def edition_of(request: HttpRequest, pk: UUID) -> Edition:
    """Open an edition."""
    return access.get(request, Edition, pk, related=("survey",), what="survey opened")


def part_of(definition: Definition, key: str) -> Part:
    """Give a part, or say that it is not there."""
    try:
        return definition.part(key)
    except KeyError:
        raise Http404 from None


def question_of(definition: Definition, key: str) -> Question:
    """Give a question, or say that it is not there."""
    try:
        return definition.find(key)[1]
    except KeyError:
        raise Http404 from None


def keep(request: HttpRequest, edition: Edition, change: Callable[[], Definition], version: int | None = None) -> None:
    """Save what a change makes of an edition; raises :class:`Refused` in words that name the question at fault."""
    try:
        definition = change()
    except DefinitionError as error:
        raise Refused(f"“{error.where}” {error.problem}" if error.where else error.problem) from error
    change_edition(
        edition=edition, definition=definition, version=version or edition.version, by=access.person(request)
    )


class OfEdition(EditForm):
    """A form about something in an edition: where somebody else saved the edition first, it says so."""

    @staticmethod
    def stored(row: Any) -> dict[str, Any]:
        """Nothing is laid beside: what was typed stays, and saving again keeps both changes."""
        return {}

    @classmethod
    def about(cls, edition: Edition, data: Any, initial: dict[str, Any], **options: Any) -> Any:
        """Make the form with what is there now."""
        return cls(data, initial={**initial, "version": edition.version}, **options)


def shown(request: HttpRequest, edition: Edition, template: str, form: forms.Form, **more: Any) -> HttpResponse:
    """Show a form about an edition."""
    back = (url("surveys:edition", edition.pk), "Back to the questions")
    context = {"edition": edition, "form": form, "back_to": back, "caption": edition.survey.title}
    return page(request, f"surveys/{template}.html", context | more)
