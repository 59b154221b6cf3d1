"""The privacy register: for every model its ground and how long it is kept, for every field how sensitive it is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

REGISTER = Path(__file__).parent / "register.toml"
# Every row has these, and none of them says anything about a person.
HOUSEKEEPING = frozenset({"id", "created_at", "version", "agency"})


class RegisterError(ValueError):
    """The register cannot be read; the message names the model and what is wrong."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the register says of one model.

    ``about`` says whose data it is. ``plain`` fields say nothing about a person by themselves; ``personal`` ones do;
    ``special`` ones may show health, family life under a court, safety or belief, and need the most care.
    """

    model: str
    about: str
    ground: str
    kept: str
    plain: frozenset[str]
    personal: frozenset[str]
    special: frozenset[str]

    @property
    def fields(self) -> frozenset[str]:
        """Every field that the register names."""
        return self.plain | self.personal | self.special


@cache
def register() -> Mapping[str, Held]:
    """Read the register, by model label ("people.Person"); raises :class:`RegisterError` where it is wrong."""
    with REGISTER.open("rb") as file:
        tables = tomllib.load(file)
    return MappingProxyType({model: _held(model, table) for model, table in tables.items()})


def _held(model: str, table: dict[str, object]) -> Held:
    def words(key: str) -> str:
        said = str(table.pop(key, "")).strip()
        if not said:
            raise RegisterError(f"{model}: {key} is missing")
        return said

    def fields(key: str) -> frozenset[str]:
        names = table.pop(key, [])
        if not isinstance(names, list):
            raise RegisterError(f"{model}: {key} must be a list of fields")
        return frozenset(map(str, names))

    groups = [fields(key) for key in ("plain", "personal", "special")]
    held = Held(model, words("about"), words("ground"), words("kept"), *groups)
    if table:
        raise RegisterError(f"{model}: {', '.join(table)} means nothing here")
    if len(held.fields) != sum(map(len, groups)):
        raise RegisterError(f"{model}: a field stands in two groups")
    return held
