"""A slip in a file of the law is named with its place, before anybody relies on it."""

from pathlib import Path

import pytest

from alongside.insight.clocks.reading import LawError, read

RULE = """
[[rules]]
slug = "told"
title = "Tell the council"
words = "Tell it."
kinds = ["informal"]
count_from = ["started_on"]
count = 28
unit = "days"
source = "A page"
checked = 2026-11-22
verified = true
"""


def written(folder: Path, rule: str = RULE, nation: str = "wales") -> Path:
    path = folder / "wales.toml"
    path.write_text(f'nation = "{nation}"\n{rule}')
    return path


def test_a_rule_is_read_with_its_nation(tmp_path: Path) -> None:
    (rule,) = read(written(tmp_path))
    assert (rule.nation, rule.count, rule.kinds) == ("wales", 28, ("informal",))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("count = 28", 'count = "28"', "wales.toml, rule 1: count cannot be '28'"),
        ("count = 28", "count = true", "count cannot be True"),
        ("count = 28", "count = 0", "1 or more"),
        ('unit = "days"', 'unit = "moons"', "unit is days"),
        ('source = "A page"', "", "source is missing"),
        ("checked = 2026-11-22", "", "checked is missing"),
        ("verified = true", "verified = true\ncolour = 1", "colour means nothing"),
        ('"started_on"', '"sarted_on"', "“sarted_on” is not a date"),
        ("[[rules]]", "[[rules", "not a TOML file"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(LawError, match=said):
        read(written(tmp_path, RULE.replace(old, new)))


def test_a_file_is_for_its_own_nation(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="nation must be “wales”"):
        read(written(tmp_path, nation="england"))
