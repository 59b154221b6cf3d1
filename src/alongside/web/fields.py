"""How a form's fields are drawn: one bound field in, one accessible GOV.UK control out."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from markupsafe import Markup

from alongside.web.forms import RATHER_NOT, DayWidget, PartialDateWidget, ScaleWidget
from alongside.web.govuk import govuk

Params = dict[str, Any]
ENDS = Markup('<p class="scale__ends" aria-hidden="true"><span>{}</span><span>{}</span></p>')
REQUIRED = str(forms.Field.default_error_messages["required"]).removesuffix(".")
NO_EMAIL = str(EmailValidator.message).removesuffix(".")
LIMITS = {
    "min_value": "Enter {limit_value} or more",
    "max_value": "Enter {limit_value} or less",
    "max_length": "Use {limit_value} characters or fewer. You typed {show_value}",
}
END = Markup('{}<span class="govuk-visually-hidden">, {}</span>')
HANDLED = {"autocomplete", "class", "inputmode", "maxlength", "max", "min", "rows", "size", "spellcheck", "step"}


class Look(NamedTuple):
    """What a page may ask of a field's looks; Django's form says everything else."""

    heading: bool = False
    inline: bool = False
    say_optional: bool = True
    hints: Mapping[str, str] = {}
    reveals: Mapping[str, Markup] = {}


def field(bound: BoundField, **look: Any) -> Markup:
    """The control for this field.

    `heading` makes its label the page's h1; `inline` puts choices side by side; `say_optional=False` drops
    "(optional)"; `hints` are words under a choice and `reveals` what choosing it shows, both by value.
    """
    if bound.is_hidden:
        return Markup(bound.as_hidden())  # noqa: S704  (Django escapes its own widgets)
    draw = next(draw for widget, draw in DRAWN if isinstance(bound.field.widget, widget))
    return draw(bound, Look(**look))


def error_summary(*forms_: BaseForm) -> Markup:
    """What has to be put right, each with a way to its field; nothing when nothing has."""
    problems = [problem for form in forms_ for problem in _problems(form)]
    if not problems:
        return Markup("")
    return govuk("error-summary", {"titleText": "There is a problem", "errorList": problems})


def _problems(form: BaseForm) -> Iterator[Params]:
    yield from ({"text": str(error)} for error in form.non_field_errors())
    for bound in form:
        if bound.errors:
            first = "_0" if isinstance(bound.field.widget, forms.MultiWidget) else ""
            yield {"text": _wrong(bound), "href": f"#{bound.auto_id}{first}"}


def _wrong(bound: BoundField) -> str:
    """The first thing wrong with this field. "This field is required", ten times, would say nothing."""
    words, error = str(bound.errors[0]).removesuffix("."), bound.errors.as_data()[0]
    if error.code in LIMITS and words.startswith("Ensure"):
        return _limit(str(bound.label), error)
    if error.code == "invalid" and words == NO_EMAIL:
        return "Enter the e-mail address with its @ and its ending, such as name@example.org"
    if error.code != "required" or words != REQUIRED:
        return words
    label, widget = str(bound.label), bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{label}”"
    if label.endswith("?"):
        return f"Answer “{label}”"
    verb = "Choose" if isinstance(widget, (forms.Select, forms.RadioSelect, forms.FileInput)) else "Enter"
    return f"{verb} {label[:1].lower()}{label[1:]}"


def _limit(label: str, error: ValidationError) -> str:
    """Say which limit was passed, in words of ours: the framework's own speak of values and of ensuring."""
    said = LIMITS[str(error.code)].format(**(error.params or {}))
    return f"{label} {said}" if label.endswith("?") else f"{label}: {said[:1].lower()}{said[1:]}"


def _said(bound: BoundField, look: Look) -> str:
    optional = look.say_optional and not look.heading and not bound.field.required
    return f"{bound.label} (optional)" if optional else str(bound.label)


def _shared(bound: BoundField, look: Look) -> Params:
    """Name, hint and the one error."""
    shared: Params = {"name": bound.html_name}
    if bound.help_text:
        shared["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        shared["errorMessage"] = {"text": _wrong(bound)}
    return shared


def _labelled(bound: BoundField, look: Look) -> Params:
    """For one control: a label."""
    label: Params = {"text": _said(bound, look), "isPageHeading": look.heading}
    label["classes"] = "govuk-label--l" if look.heading else "govuk-label--s"
    return {**_shared(bound, look), "id": bound.auto_id, "label": label}


def _grouped(bound: BoundField, look: Look) -> Params:
    """For several controls that answer one question: a legend."""
    size = "govuk-fieldset__legend--l" if look.heading else "govuk-fieldset__legend--s"
    legend = {"text": _said(bound, look), "isPageHeading": look.heading, "classes": size}
    return {**_shared(bound, look), "idPrefix": bound.auto_id, "fieldset": {"legend": legend}}


def _value(bound: BoundField) -> str:
    return str(bound.field.widget.format_value(bound.value()) or "")


def _passed_on(widget: forms.Widget) -> Params:
    return {name: value for name, value in widget.attrs.items() if name not in HANDLED}


def _input(bound: BoundField, look: Look) -> Markup:
    widget: Any = bound.field.widget
    number = isinstance(widget, forms.NumberInput)
    kind = widget.input_type or "text"
    size = widget.attrs.get("size") or (5 if number else 20 if kind == "tel" else None)
    params = {
        # A number box loses what is typed when it is not a number, and changes when the page is scrolled.
        "type": "text" if number else kind,
        "inputmode": widget.attrs.get("inputmode") or ("numeric" if number else None),
        "value": "" if isinstance(widget, forms.PasswordInput) else _value(bound),
        "autocomplete": widget.attrs.get("autocomplete"),
        "spellcheck": False if kind in {"email", "tel"} else widget.attrs.get("spellcheck"),
        "classes": f"govuk-input--width-{size}" if size else "",
        "attributes": _passed_on(widget),
    }
    return govuk("input", {**_labelled(bound, look), **params})


def _password(bound: BoundField, look: Look) -> Markup:
    """A password with a button that shows it; what was typed never goes back into a page."""
    autocomplete = bound.field.widget.attrs.get("autocomplete")
    return govuk("password-input", {**_labelled(bound, look), "autocomplete": autocomplete})


def _textarea(bound: BoundField, look: Look) -> Markup:
    widget = bound.field.widget
    value = _value(bound)
    params = {
        # A browser drops one line break after the opening tag, so one that was typed needs another before it.
        "value": "\n" + value if value.startswith(("\n", "\r")) else value,
        "rows": widget.attrs.get("rows"),
        "autocomplete": widget.attrs.get("autocomplete"),
        "attributes": _passed_on(widget),
    }
    longest = getattr(bound.field, "max_length", None)
    if longest:
        # Counted, not cut: `maxlength` would silently drop the end of what is pasted.
        return govuk("character-count", {**_labelled(bound, look), **params, "maxlength": longest, "threshold": 75})
    return govuk("textarea", {**_labelled(bound, look), **params})


def _select(bound: BoundField, look: Look) -> Markup:
    choices = [
        {"value": choice.data["value"], "text": str(choice.data["label"]), "selected": choice.data["selected"]}
        for choice in bound.subwidgets
    ]
    attributes = _passed_on(bound.field.widget)
    return govuk("select", {**_labelled(bound, look), "items": choices, "attributes": attributes})


def _choices(bound: BoundField, look: Look) -> list[Params]:
    """The choices of radios or checkboxes; a blank one is dropped, since leaving all alone says it."""
    choices: list[Params] = []
    for choice in bound.subwidgets:
        value = str(choice.data["value"])
        if value == "":
            continue
        drawn: Params = {"value": value, "text": str(choice.data["label"]), "checked": choice.data["selected"]}
        if value in look.hints:
            drawn["hint"] = {"text": look.hints[value]}
        if value in look.reveals:
            drawn["conditional"] = {"html": look.reveals[value]}
        choices.append(drawn)
    return choices


def _radios(bound: BoundField, look: Look) -> Markup:
    classes = "govuk-radios--inline" if look.inline else ""
    return govuk("radios", {**_grouped(bound, look), "items": _choices(bound, look), "classes": classes})


def _checkboxes(bound: BoundField, look: Look) -> Markup:
    return govuk("checkboxes", {**_grouped(bound, look), "items": _choices(bound, look)})


def _one_checkbox(bound: BoundField, look: Look) -> Markup:
    shared = _shared(bound, look)
    box = {"value": "on", "text": str(bound.label), "checked": bool(bound.value()), "hint": shared.pop("hint", None)}
    return govuk("checkboxes", {**shared, "idPrefix": bound.auto_id, "items": [box]})


def _file(bound: BoundField, look: Look) -> Markup:
    attributes = _passed_on(bound.field.widget)
    return govuk("file-upload", {**_labelled(bound, look), "attributes": attributes})


def _scale(bound: BoundField, look: Look) -> Markup:
    widget: Any = bound.field.widget
    params = _grouped(bound, look._replace(say_optional=False))
    choices = _choices(bound, look)
    for choice, words in ((choices[0], widget.low), (choices[10], widget.high)):
        choice["html"] = END.format(choice.pop("text"), words)
    ends = ENDS.format(f"0: {widget.low}", f"10: {widget.high}")
    if choices[-1]["value"] == RATHER_NOT:
        choices.insert(-1, {"divider": "or"})
    return govuk(
        "radios",
        {**params, "items": choices, "classes": "scale", "formGroup": {"beforeInputs": {"html": ends}}},
    )


def _day(bound: BoundField, look: Look) -> Markup:
    boxes = bound.field.widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})
    day, month, year, *about = boxes["widget"]["subwidgets"]
    items = [
        _box(day, "Day", 2, bound),
        _box(month, "Month", 2, bound),
        _box(year, "Year", 4, bound),
    ]
    params = {**_grouped(bound, look), "id": f"{bound.auto_id}_date", "items": items}
    if about:
        params["formGroup"] = {"afterInputs": {"html": _about(about[0])}}
    return govuk("date-input", params)


def _box(part: Params, label: str, width: int, bound: BoundField) -> Params:
    error = " govuk-input--error" if bound.errors else ""
    return {
        "name": part["name"],
        "id": part["attrs"]["id"],
        "label": label,
        "value": "" if part["value"] is None else str(part["value"]),
        "classes": f"govuk-input--width-{width}{error}",
    }


def _about(part: Params) -> Markup:
    box = {"value": "on", "text": "This is a best guess", "checked": bool(part["attrs"].get("checked"))}
    name, prefix = part["name"], part["attrs"]["id"]
    return govuk("checkboxes", {"name": name, "idPrefix": prefix, "items": [box], "classes": "govuk-checkboxes--small"})


# The more particular kind first: Django's checkboxes are a kind of its radios.
DRAWN: tuple[tuple[type[forms.Widget], Callable[[BoundField, Look], Markup]], ...] = (
    (DayWidget, _day),
    (PartialDateWidget, _day),
    (ScaleWidget, _scale),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.CheckboxInput, _one_checkbox),
    (forms.FileInput, _file),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
    (Input, _input),
)
