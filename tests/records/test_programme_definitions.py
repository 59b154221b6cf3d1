"""A programme is one data file; what is not known stays unsaid, and a slip in a file is named."""

from pathlib import Path

import pytest

from alongside.records.cases.models import Contact
from alongside.records.measures.models import Occasion
from alongside.records.people.models import Arrangement
from alongside.records.programmes.definition import (
    FOLDER,
    OCCASIONS,
    Definition,
    DefinitionError,
    load_definitions,
)
from alongside.records.programmes.models import Programme

REACH = (FOLDER / "reach.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def programmes() -> dict[str, Definition]:
    return {definition.slug: definition for definition in load_definitions()}


def test_the_programmes_of_the_services_are_there(programmes: dict[str, Definition]) -> None:
    assert list(programmes) == ["connected", "listening-ear", "reach", "response"]
    assert programmes["reach"].one_key_goal
    assert programmes["reach"].allocated_worker
    assert set(programmes["reach"].channels) == {"phone", "video"}
    assert programmes["connected"].groups
    assert programmes["connected"].length.weeks_at_least == 26
    assert not programmes["listening-ear"].allocated_worker
    assert programmes["response"].eligibility.follows_funder
    assert programmes["response"].eligibility.fund_arrangements == ("special_guardianship",)


def test_nothing_that_is_not_published_is_made_up(programmes: dict[str, Definition]) -> None:
    reach = programmes["reach"].length
    assert (reach.weeks_at_least, reach.weeks_at_most, reach.sessions) == (None, None, None)
    for definition in programmes.values():
        assert not definition.defaults.first_contact_days.verified
        assert not definition.defaults.review_weeks.verified


def test_definitions_speak_the_words_of_the_records(programmes: dict[str, Definition]) -> None:
    assert list(OCCASIONS) == list(Occasion.values)
    for definition in programmes.values():
        assert set(definition.channels) <= set(Contact.Channel.values)
        assert set(definition.eligibility.fund_arrangements) <= set(Arrangement.Kind.values)


def test_a_loaded_programme_keeps_its_whole_definition(db: None) -> None:
    kept = Programme.objects.get(slug="response")
    assert kept.name == "Kinship Response"
    assert kept.definition["eligibility"]["fund_arrangements"] == ["special_guardianship"]
    assert kept.definition["sources"][0]["checked"] == "2026-11-22"


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ('name = "Kinship Reach"\n', "", "reach.toml: name is missing."),
        ('name = "Kinship Reach"', 'name = " "', "reach.toml: name: expected text, found nothing."),
        ("groups = false", 'groups = "no"', "reach.toml: groups: expected true or false, found 'no'."),
        ('["phone", "video"]', '"phone"', "reach.toml: channels: expected a list, found 'phone'."),
        ('["phone", "video"]', '["phone", 1]', "reach.toml: channels[2]: expected text, found 1."),
        (
            "value = 5",
            "value = true",
            "reach.toml: defaults.first_contact_days.value: expected a whole number, found True.",
        ),
        ("value = 5", "value = 0", "reach.toml: defaults.first_contact_days.value must be 1 or more."),
        (
            "[length]\n",
            "[length]\nweeks = 12\n",
            "reach.toml: length.weeks: no such key. The keys are words, weeks_at_least, weeks_at_most, sessions.",
        ),
        (
            "checked = 2026-11-22",
            'checked = "2026"',
            "reach.toml: sources[1].checked: expected a date, found '2026'.",
        ),
        ('slug = "reach"', 'slug = "far"', "reach.toml: slug is “far”, but the file is called “reach”."),
        (
            '"start", ',
            '"someday", ',
            "reach.toml: outcomes.occasions: “someday” is not one of start, review, end, follow_up.",
        ),
        (
            "[outcomes]",
            '[therapy]\nwords = "Beside it."\nfund = "nobody"\n\n[outcomes]',
            "reach.toml: therapy.fund: “nobody” is not one of asgsf.",
        ),
    ],
)
def test_a_slip_in_a_file_is_named(tmp_path: Path, was: str, becomes: str, sentence: str) -> None:
    assert was in REACH
    (tmp_path / "reach.toml").write_text(REACH.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_definitions(tmp_path)
    assert str(refused.value) == sentence


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "reach.toml").write_text("slug = reach", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"^reach\.toml is not a TOML file: "):
        load_definitions(tmp_path)
