"""Fills in the forms of a page as a hasty person would, so that a test can send every form there is."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.test import Client

from alongside.core.access import rule_of
from tests.house.addresses import SEEN_BY, THING_OF, Address, addresses
from tests.house.world import World

GUESSES = (
    ("_day", "3"),
    ("_month", "2"),
    ("_year", "2024"),
    ("year", "2024"),
    ("email", "somebody@example.org"),
    ("phone", "07700 900456"),
    ("postcode", "HD1 2AB"),
    ("time", "10:40"),
    ("minutes", "5"),
    ("places", "3"),
    ("price", "100"),
    ("weeks", "3"),
    ("days", "3"),
    ("value", "3"),
    ("start", "3"),
    ("capacity", "3"),
)


class Forms(HTMLParser):
    """Collects what a browser would send: for each form, names and values, a guess where nothing is filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, list[str]]] = []
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in one field."""
        told = {key: value or "" for key, value in attrs}
        name, kind = told.get("name", ""), told.get("type", "text")
        if tag == "form":
            self.found.append({})
        if not self.found:
            return
        sent = self.found[-1]
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in told or (told.get("value") and not any(sent.get(self._select, []))):
                sent[self._select] = [told.get("value", "")]
        elif tag == "textarea":
            sent[name] = ["Words"]
        elif tag == "input" and kind == "radio":
            if "checked" in told or name not in sent:
                sent[name] = [told.get("value", "")]
        elif tag == "input" and kind == "checkbox":
            if "checked" in told or name not in sent:
                sent.setdefault(name, []).append(told.get("value", "on"))
        elif tag == "input" and name and kind not in ("file", "submit"):
            sent[name] = [told.get("value") or guess(name)]
        elif tag == "button" and name:
            sent.setdefault(name, [told.get("value", "")])

    def handle_endtag(self, tag: str) -> None:
        """Leave a list of choices."""
        if tag == "select":
            self._select = ""


def guess(name: str) -> str:
    """Give something that a field of this name may take."""
    return next((value for ending, value in GUESSES if name.endswith(ending)), "Somebody")


def forms_of(page: str) -> list[dict[str, list[str]]]:
    """Give every form of a page, filled in."""
    parser = Forms()
    parser.feed(page)
    return [form for form in parser.found if form]


def forms_open_to(who: str, world: World, browser: Client) -> Iterator[tuple[Address, dict[str, list[str]]]]:
    """Give every form that somebody may send, on every page that is there for them, filled in."""
    for address in addresses():
        permission, thing = rule_of(address.view, "POST").permission, THING_OF.get(address.name)
        hidden = thing in SEEN_BY and who not in SEEN_BY[thing]
        if permission and world.people[who].may(permission) and not hidden and not address.name.startswith("api:"):
            for form in forms_of(browser.get(address.of(world)).content.decode(errors="replace")):
                yield address, form
