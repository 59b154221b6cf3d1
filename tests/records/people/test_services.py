"""Recording people, where they live, and finding them again."""

from datetime import date

import pytest
from django.db import transaction

from alongside.core.access import system
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.records.people import queries, searching
from alongside.records.people.models import Arrangement, Household, Membership, Person, SearchKey
from alongside.records.people.rules import sought
from alongside.records.people.services import arranging, recording, safety
from alongside.records.people.services.filing import file_person
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _rows(db: None):  # type: ignore[no-untyped-def]
    with system():
        yield


def add(cast: Cast, name: str, **facts: object) -> Person:
    return recording.add_person(
        household=cast.household, part="child", since=None, by=cast.asha, submission=new_id(), name=name, **facts
    )


def names(cast: Cast, typed: str) -> list[str]:
    return [found.name for found in searching.search(cast.asha, sought(typed))]


@pytest.mark.parametrize(
    "typed", ["zoe", "Núñez", "nunez zoe", "zo", "zeo nunez", "nunz", "12/6/2018", "nunez 12/6/2018", "hd1 2ab zoe"]
)
def test_somebody_is_found_despite_slips_order_and_accents(cast: Cast, typed: str) -> None:
    add(cast, "Zoë Núñez", birth_date=date(2018, 6, 12))
    assert names(cast, typed) == ["Zoë Núñez"]


@pytest.mark.parametrize("name", ["李明", "محمد علي", "Χρύσα", "O", "Ngozi-Adaeze O’Brien"])
def test_names_of_any_script_are_found(cast: Cast, name: str) -> None:
    add(cast, name)
    typed = f"{name} hd1 2ab" if name == "O" else name
    assert name in names(cast, typed)


def test_twins_of_one_name_and_birthday_are_two_people(cast: Cast) -> None:
    for _ in range(2):
        add(cast, "Sam Hill", birth_date=date(2018, 6, 12))
    assert names(cast, "sam hill") == ["Sam Hill", "Sam Hill"]


def test_a_corrected_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    person = add(cast, "Xavier Quill")
    recording.edit_person(person=person, version=1, by=cast.asha, name="Matteo Bianchi")
    assert names(cast, "matteo") == ["Matteo Bianchi"]
    assert names(cast, "quill") == []


def test_people_move_with_the_postcode_of_their_home(cast: Cast) -> None:
    for person in (cast.grace, cast.tyler, cast.amara):
        file_person(person)
    recording.edit_household(household=cast.household, version=1, by=cast.asha, postcode="HX1 1AA")
    assert len(names(cast, "HX1 1AA")) == 3
    assert names(cast, "HD1 2AB") == []


def test_search_shows_nobody_of_another_agency_or_team(cast: Cast) -> None:
    file_person(cast.grace)
    assert searching.search(cast.ben, sought("grace")) == []
    other = Household.objects.create(agency=cast.provider, name="Another", team=None)
    Membership.objects.create(agency=cast.provider, household=other, person=cast.amara, part="child")
    assert [len(found.homes) for found in searching.search(cast.asha, sought("hd1 2ab"))] == [1]


def test_a_second_click_records_one_person(cast: Cast) -> None:
    submission = new_id()
    for _ in range(2):
        recording.add_person(
            household=cast.household, part="child", since=None, by=cast.asha, submission=submission, name="Once"
        )
    assert Person.objects.filter(name="Once").count() == 1
    assert Membership.objects.filter(person=submission).count() == 1


def test_a_child_lives_in_two_households_but_not_twice_in_one(cast: Cast) -> None:
    other = Household.objects.create(agency=cast.provider, name="Grandad", team=cast.team, postcode="HX1 1AA")
    recording.move_in(household=other, person=cast.tyler, part="child", since=None, by=cast.asha)
    assert {home.household_id for home in queries.homes_of([cast.tyler.pk], cast.asha)} == {
        other.pk,
        cast.household.pk,
    }
    assert SearchKey.objects.filter(person=cast.tyler, key__startswith="c:").count() == 2
    with pytest.raises(Refused):
        recording.move_in(household=other, person=cast.tyler, part="child", since=None, by=cast.asha)


def test_somebody_alike_is_offered_before_recording_them_twice(cast: Cast) -> None:
    file_person(cast.tyler)
    alike = searching.perhaps_the_same(cast.asha, name="Tylor Okafor", birth_date=date(2019, 5, 4), precision="exact")
    assert [found.name for found in alike] == ["Tyler Okafor"]
    assert not searching.perhaps_the_same(cast.ben, name="Tyler Okafor", birth_date=None, precision="unknown")


def test_an_arrangement_that_replaces_another_ends_it(cast: Cast) -> None:
    before = Arrangement.objects.get(child=cast.amara)
    arranging.record_arrangement(
        child=cast.amara,
        by=cast.asha,
        submission=new_id(),
        replaces=before,
        kind="special_guardianship",
        started_on=date(2026, 9, 1),
        started_precision="exact",
    )
    before.refresh_from_db()
    assert before.ended_on == date(2026, 9, 1)
    member = next(one for one in queries.family(cast.household.pk) if one.id == cast.amara.pk)
    assert [footing.kind for footing in member.arrangements] == ["special_guardianship"]


def test_an_arrangement_cannot_start_before_the_child_was_born(cast: Cast) -> None:
    with pytest.raises(Refused, match="before the child was born"):
        arranging.record_arrangement(
            child=cast.amara,
            by=cast.asha,
            submission=new_id(),
            kind="informal",
            started_on=date(2020, 1, 1),
            started_precision="exact",
        )


def test_a_family_is_read_in_one_query(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        carer, elder, younger = queries.family(cast.household.pk)
    assert (carer.name, carer.kinships) == ("Grace Okafor", ["grandparent"])
    assert (elder.name, younger.name) == ("Tyler Okafor", "Amara Okafor")
    assert elder.arrangements[0].looked_after_before == "yes"


def test_two_first_safety_notes_do_not_hide_each_other(cast: Cast) -> None:
    say = {"household": cast.household, "checked_on": date(2026, 11, 12), "by": cast.asha}
    safety.write_safety_note(words="Ring between 10 and 2 only.", submission=new_id(), **say)  # type: ignore[arg-type]
    with pytest.raises(Stale) as stale, transaction.atomic():
        safety.write_safety_note(words="Text first.", submission=new_id(), **say)  # type: ignore[arg-type]
    assert stale.value.current.words == "Ring between 10 and 2 only."
