"""Keeping the keys by which a person is found in step with what is known of them."""

from collections.abc import Iterable

from alongside.calc.names import keys
from alongside.records.people.models import Household, Membership, Person, SearchKey


def file_person(person: Person) -> None:
    """File a person under their names, their birth date and the postcodes of the homes they live in now."""
    homes = Membership.objects.filter(person=person, until=None).values_list("household__postcode", flat=True)
    wanted = keys_of(person, homes)
    held = set(SearchKey.objects.filter(person=person).values_list("key", flat=True))
    if held - wanted:
        SearchKey.objects.filter(person=person, key__in=held - wanted).delete()
    SearchKey.objects.bulk_create(
        SearchKey(agency_id=person.agency_id, person=person, key=key) for key in sorted(wanted - held)
    )


def file_household(household: Household) -> None:
    """File everybody who lives in a household anew, after its postcode changed."""
    for membership in Membership.objects.filter(household=household, until=None).select_related("person"):
        file_person(membership.person)


def keys_of(person: Person, postcodes: Iterable[str]) -> frozenset[str]:
    """Give every key that a person is filed under."""
    born, precision = person.birth_date, person.birth_precision
    found = keys(person.name, born, "", precision=precision) | keys(person.known_as, born, "", precision=precision)
    return found.union(*(keys("", None, postcode) for postcode in postcodes))
