"""Merging is strict: no unknown field, no fact left out unseen, and no fact read as a field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.records.letters.library import templates
from alongside.records.letters.paper import blocks_of
from alongside.records.letters.rules import FIELDS, LetterError, fields_in, mark, merge, still_missing

WORDS = st.text("aé ,.$\n", max_size=20)
FACTS = st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text("aé{}[]$ \n", max_size=20), max_size=8)
TEXTS = st.lists(WORDS | st.sampled_from(sorted(FIELDS)).map("{{{}}}".format), max_size=8).map("".join)


@given(text=TEXTS, facts=FACTS)
def test_every_field_is_filled_or_marked(text: str, facts: dict[str, str]) -> None:
    merged = merge(text, facts)
    named = fields_in(text)
    assert set(merged.missing) == {name for name in named if not facts.get(name)}
    for name in named:
        assert (facts.get(name) or mark(name)) in merged.text


@given(text=TEXTS)
def test_what_is_missing_is_still_found_in_the_merged_text(text: str) -> None:
    merged = merge(text, {})
    assert set(still_missing(merged.text)) == {mark(name) for name in fields_in(text)}


@given(fact=st.sampled_from(["{child}", "{nothing}", "{", "$carer", "{{carer}}"]))
def test_a_fact_is_never_read_as_a_field(fact: str) -> None:
    assert merge("Dear {carer},", {"carer": fact, "child": "Tyler"}).text == f"Dear {fact},"


@pytest.mark.parametrize("text", ["Dear {carrer},", "Dear {},", "Dear {carer", "Dear carer}", "{ carer }", "{{carer}}"])
def test_a_slip_in_a_template_is_an_error(text: str) -> None:
    with pytest.raises(LetterError):
        fields_in(text)


def test_every_template_says_when_it_is_written_and_ends_in_a_name() -> None:
    assert {"welcome", "missed-you", "allowance-review", "goodbye"} <= set(templates())
    for template in templates().values():
        assert template.when
        assert "worker" in template.fields
        assert template.body.strip()


@given(body=st.text(st.sampled_from("ab- \n"), max_size=60))
def test_no_word_of_a_letter_is_lost_on_paper(body: str) -> None:
    kept = "".join(line for block in blocks_of(body) for line in block.lines)
    assert sorted(kept.replace(" ", "").replace("-", "")) == sorted(letter for letter in body if letter in "ab")


def test_paragraphs_and_lists_stand_apart() -> None:
    blocks = blocks_of("Please\n- ring\n- write\n\nYours\nAsha")
    assert [(block.kind, block.lines) for block in blocks] == [
        ("paragraph", ["Please"]),
        ("list", ["ring", "write"]),
        ("paragraph", ["Yours", "Asha"]),
    ]
