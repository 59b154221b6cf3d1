"""Saving what a form holds: a refusal goes by its field, and where somebody else saved first both texts are shown."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple, Self, cast

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.web.dates import day, moment, partial
from alongside.web.forms import PartialDate
from alongside.web.money import PoundsField, pounds


class Clash(NamedTuple):
    """A field in which what somebody else saved differs from what was typed."""

    label: str
    saved: str


class Form(forms.Form):
    """A form whose facts go to a service."""

    def facts(self) -> dict[str, Any]:
        """Give what the service is told; a form that asks otherwise than the service says so here."""
        return self.cleaned_data


class NewForm(Form):
    """A form that makes a row: its hidden id is the row's, so that a second click makes nothing more."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class EditForm(Form):
    """A form that changes a row: it carries the version it was based on, and shows both texts where that is old."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    clashes: tuple[Clash, ...] = ()
    stale: Any = None

    @staticmethod
    @abstractmethod
    def stored(row: Any) -> dict[str, Any]:
        """Give what a row says in this form's fields."""

    @classmethod
    def of(cls, row: Model, data: Any = None, **options: Any) -> Self:
        """Make the form for a row, filled with what it says unless something was typed."""
        return cls(data, initial={**cls.stored(row), "version": row.version}, **options)  # type: ignore[attr-defined]

    def lay_beside(self, row: Any) -> None:
        """Keep what was typed, show what is saved beside it, and take the saved version as the new basis."""
        self.stale = row
        self.clashes = tuple(
            Clash(str(self[name].label), said(self.fields[name], value))
            for name, value in self.stored(row).items()
            if name in self.fields and value != self.cleaned_data.get(name)
        )
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(row.version)
        self.data = data
        self.add_error(None, "Somebody else saved this while you were writing. Nothing of yours is lost: see below")


def saved(request: HttpRequest, form: Form, write: Callable[..., Any], words: str = "Saved") -> bool:
    """Give the facts of a form that was sent and is valid to a service; tell whether, and say so on the next page."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        write(**form.facts())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return False
    except Stale as stale:
        assert isinstance(form, EditForm), "only a form that edits can be stale"  # noqa: S101
        form.lay_beside(stale.current)
        return False
    messages.success(request, words)
    return True


def as_typed(fields: Mapping[str, forms.Field], values: dict[str, list[str]]) -> dict[str, Any]:
    """Give what stood in the boxes of a form when it was kept half filled in, to fill them with again."""
    boxes = MultiValueDict(values)
    return {name: field.widget.value_from_datadict(boxes, {}, name) for name, field in fields.items()}


def said(field: forms.Field, value: Any) -> str:
    """Say a field's value as people would."""
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list | tuple | set) else [value]
        return ", ".join(_label(field, one) for one in chosen)
    if isinstance(value, PartialDate):
        return partial(value.on, value.precision)
    if isinstance(field, PoundsField):
        return pounds(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _label(field: forms.ChoiceField, value: Any) -> str:
    return next((str(label) for key, label in cast(Iterable[Any], field.choices) if str(key) == str(value)), str(value))
