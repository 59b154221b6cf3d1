"""Controls keep their roles and names, each error is said once and clearly, and templates keep the house rules."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest
from django import forms
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.web import dates, errors
from alongside.web.fields import error_summary, field
from alongside.web.forms import DayField, PartialDate, PartialDateField, ScaleField
from alongside.web.jinja import count, name, url
from alongside.web.rendering import bare

TEMPLATES = Path(__file__).parents[2] / "src/alongside/web/templates"
ALL_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))
YES_NO = [("yes", "Yes"), ("no", "No")]


class Elements(HTMLParser):
    """The elements of a piece of HTML, each with its attributes and, for labels and legends, its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag == "label":
            self._inside = dict(attrs)["for"] or ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.text[self._inside] = (self.text.get(self._inside, "") + data).strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._inside = ""

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attrs
            for found, attrs in self.found
            if found == tag and all(attrs.get(key.rstrip("_")) == value for key, value in wanted.items())
        ]


class Everything(forms.Form):
    """One field of each kind that pages use."""

    name = forms.CharField(label="Your name", max_length=20)
    phone = forms.CharField(label="Phone", widget=forms.TextInput({"type": "tel"}))
    minutes = forms.IntegerField(label="How many minutes?")
    words = forms.CharField(label="What would help?", max_length=50, widget=forms.Textarea)
    channel = forms.ChoiceField(label="Channel", choices=YES_NO)
    order = forms.ChoiceField(label="Is there an order?", choices=YES_NO, widget=forms.RadioSelect)
    help_with = forms.MultipleChoiceField(label="What with?", choices=YES_NO, widget=forms.CheckboxSelectMultiple)
    safe = forms.BooleanField(label="It is safe to leave a message")
    file = forms.FileField(label="The file")
    seen_on = DayField(label="When did you see them?", past_only=True)
    born = PartialDateField(label="Born", past_only=True)
    alone = ScaleField(label="How alone?", low="Not at all", high="Completely")
    secret = forms.CharField(widget=forms.HiddenInput)


def drawn(which: str, form: forms.Form | None = None) -> Elements:
    return Elements(field((form or Everything())[which]))


def partial_form(*boxes: str) -> Everything:
    parts = ("day", "month", "year", "about")
    return Everything({f"born_{part}": words for part, words in zip(parts, boxes, strict=True) if words})


def test_radios_are_radios_and_checkboxes_are_checkboxes() -> None:
    assert [box["type"] for box in drawn("order").all("input")] == ["radio", "radio"]
    assert [box["type"] for box in drawn("help_with").all("input")] == ["checkbox", "checkbox"]
    assert [box["type"] for box in drawn("safe").all("input")] == ["checkbox"]
    assert [box["type"] for box in drawn("alone").all("input")] == ["radio"] * 12


@pytest.mark.parametrize("which", [name for name in Everything.base_fields if name != "secret"])
def test_every_control_has_a_label_of_its_own(which: str) -> None:
    elements = drawn(which)
    controls = elements.all("input") + elements.all("select") + elements.all("textarea")
    assert controls
    ids = [control["id"] for control in controls]
    assert len(set(ids)) == len(ids)
    assert all(elements.text.get(str(one)) for one in ids)


def test_the_ends_of_a_scale_are_read_out_with_their_words() -> None:
    text = drawn("alone").text
    assert text["id_alone"] == "0, Not at all"
    assert text["id_alone-11"] == "10, Completely"


def test_a_question_that_is_the_page_is_its_heading() -> None:
    assert Elements(field(Everything()["order"], heading=True)).all("h1")
    assert not Elements(field(Everything()["order"])).all("h1")


def test_each_field_says_one_thing_that_is_wrong_and_names_itself() -> None:
    form = Everything({})
    assert not form.is_valid()
    summary = Elements(error_summary(form))
    links = [link["href"] for link in summary.all("a")]
    assert len(links) == len(form.errors)
    everything = "".join(field(bound) for bound in form if not bound.is_hidden)
    assert everything.count("govuk-error-message") == len(form.errors) - 1  # the hidden one has no place of its own
    assert "This field is required" not in everything + error_summary(form)
    assert "Enter your name" in everything
    assert "Answer “Is there an order?”" in everything
    targets = {f"#{attrs['id']}" for _, attrs in Elements(everything).found if attrs.get("id")}
    assert {link for link in links if link != "#id_secret"} <= targets


class Limited(forms.Form):
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=600)
    size = forms.IntegerField(label="How many families?", min_value=1)
    place = forms.CharField(label="Where", max_length=4)


def test_a_limit_is_told_as_people_speak() -> None:
    said = error_summary(Limited({"minutes": "0", "size": "0", "place": "Leeds"}))
    assert "Minutes: enter 5 or more" in said
    assert "How many families? Enter 1 or more" in said
    assert "Where: use 4 characters or fewer. You typed 5" in said
    assert "Minutes: enter 600 or less" in error_summary(Limited({"minutes": "601"}))
    assert "Ensure" not in said


def test_what_was_typed_is_kept_to_the_letter() -> None:
    typed = "\n  indented & <b>bold</b>\n\tthree nights"
    html = field(Everything({"words": typed})["words"])
    shown = html[html.index(">", html.index("<textarea")) + 1 : html.index("</textarea>")]
    # HTML drops the first line break after the tag, so one more than was typed is sent.
    assert shown == "\n" + typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_nothing_cuts_a_paste_short() -> None:
    assert "maxlength=" not in field(Everything()["name"])
    assert not [box for box in drawn("words").all("textarea") if "maxlength" in box]


def test_a_password_is_never_drawn_back() -> None:
    class Secret(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput)

    assert "correct horse" not in field(Secret({"password": "correct horse"})["password"])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("12", "3", "2019", ""), PartialDate(date(2019, 3, 12), "exact")),
        (("", "March", "2019", ""), PartialDate(date(2019, 3, 1), "month")),
        (("", "", "2019", ""), PartialDate(date(2019, 1, 1), "year")),
        (("", "", "2019", "on"), PartialDate(date(2019, 1, 1), "about")),
    ],
)
def test_a_date_is_kept_as_well_as_it_is_known(typed: tuple[str, ...], expected: PartialDate) -> None:
    form = partial_form(*typed)
    assert "born" not in form.errors
    assert form.cleaned_data["born"] == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("31", "2", "2020"), "There is no 31 February in 2020"),
        (("12", "", "2020"), "Enter the month too"),
        (("", "3", ""), "Enter a year"),
        (("", "", "19"), "four numbers"),
        (("", "Mayhem", "2019"), "The month must be"),
        (("", "", "2900"), "today or in the past"),
        (("", "", "²019"), "four numbers"),
        (("", "", ""), "Enter at least a year"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_a_sentence(typed: tuple[str, ...], sentence: str) -> None:
    assert sentence in partial_form(*typed, "").errors["born"][0]


def test_an_unknown_date_is_an_answer_where_it_may_be() -> None:
    assert PartialDateField(required=False).clean(["", "", "", False]) == PartialDate(None, "unknown")


@given(
    on=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    precision=st.sampled_from(["exact", "month", "year", "about"]),
)
def test_a_partial_date_shown_in_a_form_and_sent_back_is_the_same(on: date, precision: str) -> None:
    on = on.replace(day=1) if precision == "month" else on.replace(month=1, day=1) if precision == "year" else on
    kept = PartialDate(on, precision)
    shown = PartialDateField().prepare_value(kept)
    assert PartialDateField().clean(shown) == kept


@given(on=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_shown_in_a_form_and_sent_back_is_the_same(on: date) -> None:
    assert DayField().clean([str(on.day), dates.MONTHS[on.month - 1], str(on.year)]) == on


def test_a_place_on_a_scale_is_a_number_and_rather_not_is_none() -> None:
    scale = ScaleField(low="a", high="b")
    assert [scale.clean("0"), scale.clean("10"), scale.clean("rather_not")] == [0, 10, None]
    with pytest.raises(forms.ValidationError):
        scale.clean("11")


def test_names_are_kept_apart_and_safe() -> None:
    assert name("אורלי כהן") == "<bdi>אורלי כהן</bdi>"
    assert name("<script>") == "<bdi>&lt;script&gt;</bdi>"


def test_words_for_days() -> None:
    today = date(2026, 11, 20)
    assert dates.day(date(2026, 12, 3)) == "3 December 2026"
    assert [dates.ago(date(2026, 11, d), today) for d in (20, 19, 14)] == ["today", "yesterday", "6 days ago"]
    assert [dates.due(date(2026, 11, d), today) for d in (17, 20, 21, 26)] == [
        "3 days late",
        "due today",
        "due tomorrow",
        "due in 6 days",
    ]
    assert dates.partial(date(2019, 3, 1), "month") == "March 2019"
    assert dates.partial(None, "exact") == "not known"
    assert [count(1, "child", "children"), count(1204, "child", "children")] == ["1 child", "1,204 children"]


def test_addresses_by_uuid_are_those_that_django_makes() -> None:
    one = UUID("0198c5a0-0000-7000-8000-000000000001")
    assert url("account_reset_password_from_key", "a", "b") == "/account/password/new/a-b/"
    assert url("settings:person", one) == f"/settings/people/{one}/"


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_templates_hold_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_titles_are_words_of_ours_and_never_about_a_person(path: Path) -> None:
    """They may say which question of how many it is."""
    for title in re.findall(r"{% block title.*?%}(.*?){% endblock", path.read_text(), re.DOTALL):
        assert {name.strip() for name in re.findall("{{(.*?)}}", title)} <= {
            "number",
            "of",
        }  # which question, of how many


@pytest.mark.parametrize("code", ["400", "429", "500"])
def test_pages_for_faults_help_without_a_database(code: str) -> None:
    words = bare(f"errors/{code}.html", status=int(code)).content.decode()
    assert "Not safe right now?" in words
    assert 'href="/"' in words


@pytest.mark.django_db
def test_the_gallery_shows_every_component() -> None:
    words = Client().get("/gallery/").content.decode()
    for mark in ("Before you call.", "3 out of 10 at the start, 6 now", "How we count this", "I would rather not say"):
        assert mark in words


def test_a_fault_says_so_with_its_status(rf: object) -> None:
    assert errors.broken(rf).status_code == 500  # type: ignore[arg-type]
