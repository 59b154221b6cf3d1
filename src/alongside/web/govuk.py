"""GOV.UK Frontend's own macros, called by name with the parameters its documentation lists."""

from functools import lru_cache
from typing import Any, cast

from jinja2 import Environment, PackageLoader, PrefixLoader
from jinja2.runtime import Macro
from markupsafe import Markup


def govuk(component: str, params: dict[str, Any]) -> Markup:
    """The component ("radios", "date-input") drawn with these parameters."""
    return Markup(str(_macro(component)(params)).strip())  # noqa: S704  (the macros escape what they are given)


@lru_cache(maxsize=64)
def _macro(component: str) -> Macro:
    template = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    words = component.split("-")
    return cast(Macro, getattr(template.module, "govuk" + "".join(word.capitalize() for word in words)))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Apart from our own environment: these macros read parameters that were never given, which ours forbids.
    package = PackageLoader("govuk_frontend_jinja")
    environment = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": package}), autoescape=True, auto_reload=False
    )
    # Indenting for looks would add spaces to what somebody typed in a text area, each time it is shown.
    environment.filters["indent"] = _as_it_is
    return environment


def _as_it_is(text: str, *_: object) -> str:
    return text
