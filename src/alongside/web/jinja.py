"""The Jinja2 environment: the filters, functions and components that every template may use."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from alongside.web import dates
from alongside.web.before_calling import check_again
from alongside.web.fields import error_summary, field
from alongside.web.govuk import govuk
from alongside.web.money import pounds

COMPONENTS = ("actions", "charts", "figures", "lists", "navigation", "words")


def environment(**options: Any) -> Environment:
    """The environment for Django's Jinja2 engine; components are globals, so that pages need no imports."""
    made = Environment(  # noqa: S701  (escapes all but .txt, below)
        **{
            **options,
            "autoescape": select_autoescape(disabled_extensions=("txt",), default=True),
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "cache_size": -1,
            "bytecode_cache": FileSystemBytecodeCache(),
        }
    )
    made.filters.update(
        day=dates.day,
        month=dates.month,
        moment=dates.moment,
        partial=dates.partial,
        ago=dates.ago,
        due=dates.due,
        waiting=dates.waiting,
        count=count,
        money=money,
        ordinal=ordinal,
        name=name,
        quoted=quoted,
        pounds=pounds,
    )
    made.globals.update(
        url=url,
        static=lru_cache(maxsize=256)(static),
        field=field,
        error_summary=error_summary,
        govuk=govuk,
        check_again=check_again,
        this_day=dates.this_day,
    )
    for component in COMPONENTS:
        module = made.get_template(f"components/{component}.html").module
        made.globals.update({macro: getattr(module, macro) for macro in module.__dict__ if _is_shared(macro)})
    return made


def name(value: object) -> Markup:
    """A person's name, kept from upsetting the words around it when it is written right to left."""
    return Markup(f"<bdi>{escape(value)}</bdi>")  # noqa: S704  (escaped here: `Markup.format` is slow in a list)


def quoted(value: object) -> Markup:
    """Somebody's own words in quotation marks, kept apart from ours."""
    return Markup("<q>{}</q>").format(value)


def count(number: int, one: str, many: str = "") -> str:
    """1 child, 2 children, 1,204 children; the plural is the singular with an s unless given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def money(pence: int) -> str:
    """£1,250, £27.05; pence are said only where there are some."""
    pounds, rest = divmod(abs(pence), 100)
    return f"£{pounds:,}" + (f".{rest:02}" if rest else "")


def ordinal(number: int) -> str:
    """first, second, third, then 4th and so on."""
    named = ("first", "second", "third")
    return named[number - 1] if 0 < number <= len(named) else f"{number}th"


def url(page: str, *args: object) -> str:
    """The address of a page. Rows name theirs by UUID, so a list resolves the pattern once, not once a row."""
    if args and all(isinstance(arg, UUID) for arg in args):
        return _pattern(page, len(args)) % args
    return reverse(page, args=args)


@lru_cache(maxsize=512)
def _pattern(page: str, places: int) -> str:
    stand_ins = [str(UUID(int=place)) for place in range(places)]
    pattern = reverse(page, args=stand_ins).replace("%", "%%")
    for stand_in in stand_ins:
        pattern = pattern.replace(stand_in, "%s")
    return pattern


def _is_shared(macro: str) -> bool:
    return not macro.startswith("_")
