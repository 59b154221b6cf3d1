"""The reference pages say what the code says: a page's permission is changed in both or in neither."""

import tomllib

import pytest
from scripts.reference import MEANINGS, PAGES, REFERENCE, variables, written


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_up_to_date(name: str) -> None:
    assert (REFERENCE / name).read_text() == written(name), "run: make docs"


def test_every_setting_has_its_meaning_and_none_is_explained_that_is_gone() -> None:
    assert set(tomllib.loads(MEANINGS.read_text())) == set(variables()) | {"PORT"}
