"""A family's picture: nobody stands on anybody, children stand below parents, and awkward families keep their shape."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from alongside.calc.kinship.family import PARENT, STEPS, Family
from alongside.calc.kinship.genogram import SYMBOL, Genogram, draw
from alongside.calc.kinship.lanes import CELL

WORDS = 40
RADIUS = SYMBOL // 2


@some.composite
def families(choose: some.DrawFn) -> Family:
    """Any family at all, and much that is none: people who are their own grandparents."""
    people = choose(some.integers(1, 24))
    somebody = some.integers(0, people - 1)
    pair = some.tuples(somebody, somebody)
    kinds = some.sampled_from([PARENT] * 6 + list(STEPS))
    return Family(
        people=people,
        relations=tuple(choose(some.lists(some.tuples(somebody, kinds, somebody), max_size=2 * people))),
        pairs=tuple(choose(some.lists(pair, max_size=8))),
        cares=tuple(choose(some.lists(pair, max_size=6))),
        homes=tuple(tuple(home) for home in choose(some.lists(some.lists(somebody, unique=True), max_size=3))),
        twins=tuple(tuple(twins) for twins in choose(some.lists(some.lists(somebody, unique=True), max_size=2))),
        men=frozenset(choose(some.lists(somebody))),
    )


@some.composite
def lineages(choose: some.DrawFn) -> Family:
    """A family as families are: everybody's parents are older than they, and partners are of an age."""
    people = choose(some.integers(2, 60))
    relations = []
    for child in range(1, people):
        for parent in choose(some.lists(some.integers(0, child - 1), max_size=2, unique=True)):
            relations.append((parent, PARENT, child))
    return Family(people=people, relations=tuple(relations))


def drawn(family: Family) -> Genogram:
    return draw(family, [WORDS] * family.people)


@given(families() | lineages())
@settings(deadline=None)
def test_everybody_is_drawn_once_and_nobody_stands_on_anybody(family: Family) -> None:
    people = drawn(family).people
    assert len(people) == family.people
    for (x, y), (a, b) in combinations(people, 2):
        assert abs(x - a) >= CELL or abs(y - b) >= SYMBOL + WORDS


@given(families() | lineages())
@settings(deadline=None)
def test_children_stand_below_their_parents(family: Family) -> None:
    picture = drawn(family)
    for relation in set(family.relations) - set(picture.denied):
        person, kind, relative = relation
        if kind == PARENT and person != relative:
            assert picture.people[person][1] < picture.people[relative][1]


@given(lineages())
@settings(deadline=None)
def test_nothing_is_denied_where_nothing_contradicts(family: Family) -> None:
    assert drawn(family).denied == []


@given(families() | lineages())
@settings(deadline=None)
def test_couples_stand_in_one_row_and_those_of_one_partner_side_by_side(family: Family) -> None:
    picture = drawn(family)
    partners: dict[int, set[int]] = {}
    for couple in picture.couples:
        partners.setdefault(couple.one, set()).add(couple.other)
        partners.setdefault(couple.other, set()).add(couple.one)
    for couple in picture.couples:
        (x, y), (a, b) = picture.people[couple.one], picture.people[couple.other]
        assert y == b
        if len(partners[couple.one]) == len(partners[couple.other]) == 1:
            assert abs(x - a) == CELL


@given(families() | lineages())
@settings(deadline=None)
def test_the_same_family_is_drawn_the_same(family: Family) -> None:
    assert drawn(family) == drawn(family)


@given(families() | lineages())
@settings(deadline=None)
def test_everything_is_inside_the_picture(family: Family) -> None:
    picture = drawn(family)
    points = [point for line in picture.lines for stroke in line.strokes for point in stroke]
    points += [point for home in picture.homes for way in home.ways for stroke in way for point in stroke]
    for x, y in points + picture.people:
        assert picture.left <= x <= picture.left + picture.width
        assert 0 <= y <= picture.height


@given(families() | lineages())
@settings(deadline=None)
def test_no_line_runs_through_somebody_whom_it_does_not_concern(family: Family) -> None:
    picture = drawn(family)
    for line in picture.lines:
        for stroke in line.strokes:
            for (x, y), (a, b) in pairwise(stroke):
                if x != a:
                    continue
                for person, (p, q) in enumerate(picture.people):
                    inside = abs(p - x) < RADIUS and min(y, b) < q + RADIUS and max(y, b) > q - RADIUS
                    assert person in line.who or not inside


@given(families())
@settings(deadline=None)
def test_two_lines_never_cover_each_other_between_the_rows(family: Family) -> None:
    level: list[tuple[int, int, int, int]] = []
    for number, line in enumerate(drawn(family).lines):
        for stroke in line.strokes:
            for (x, y), (a, b) in pairwise(stroke):
                between = all(abs(y - q) > RADIUS + WORDS // 4 for _, q in drawn(family).people)
                if y == b and x != a and between:
                    level.append((number, y, min(x, a), max(x, a)))
    for (one, y, left, right), (other, down, start, end) in combinations(level, 2):
        assert one == other or y != down or right < start or end < left


@given(families() | lineages())
@settings(deadline=None)
def test_a_home_holds_those_who_live_there_and_nobody_else(family: Family) -> None:
    picture = drawn(family)
    for lived, home in zip(family.homes, picture.homes, strict=True):
        for person, (x, y) in enumerate(picture.people):
            inside = any(left < x < left + wide and top < y < top + high for left, top, wide, high in home.rooms)
            assert inside == (person in lived)


def rows(family: Family) -> list[int]:
    return drawn(family).rows


def test_a_grandparent_whose_child_is_not_recorded_stands_above_the_grandchild() -> None:
    assert rows(Family(2, ((0, "grandparent", 1),))) == [0, 1]


def test_a_carer_who_is_an_older_sibling_stands_beside_the_child_and_brings_it_up() -> None:
    picture = drawn(Family(3, ((0, PARENT, 1), (0, PARENT, 2), (1, "sibling", 2)), cares=((1, 2),)))
    assert picture.rows == [0, 1, 1]
    assert [line.who for line in picture.lines if line.kind == "care"] == [(1, 2)]
    assert not [line for line in picture.lines if line.kind == "loose"], "their parent shows that they are siblings"


def test_somebody_who_married_again_stands_between_both_partners_with_each_couple_s_children_below() -> None:
    """0 and 1 had 3; 1 and 2 had 4: half-siblings."""
    parents = ((0, PARENT, 3), (1, PARENT, 3), (1, PARENT, 4), (2, PARENT, 4))
    picture = drawn(Family(5, parents, pairs=((0, 1), (1, 2))))
    x = [one for one, _ in picture.people]
    assert x[1] - x[0] == x[2] - x[1] == CELL
    assert x[3] < x[4]
    assert sorted(line.who for line in picture.lines) == [(0, 1, 3), (1, 2, 4)]


def test_twins_leave_the_line_at_one_place() -> None:
    picture = drawn(Family(4, ((0, PARENT, 1), (0, PARENT, 2), (0, PARENT, 3)), twins=((1, 2),)))
    (line,) = picture.lines
    starts = [stroke[0] for stroke in line.strokes if stroke[-1][1] == picture.people[1][1] - RADIUS]
    assert len(starts) == 3
    assert len(set(starts)) == 2


def test_two_parents_of_a_child_are_joined_though_nobody_said_that_they_are_a_couple() -> None:
    (couple,) = drawn(Family(3, ((0, PARENT, 2), (1, PARENT, 2)))).couples
    assert {couple.one, couple.other} == {0, 1}


def test_a_child_of_two_homes_stands_in_both() -> None:
    family = Family(3, ((0, "grandparent", 2), (1, "grandparent", 2)), homes=((0, 2), (1, 2)))
    first, second = drawn(family).homes
    shared = [room for room in first.rooms if any(_within(inner, room) for inner in second.rooms)]
    assert len(shared) == 1


def _within(inner: tuple[int, int, int, int], outer: tuple[int, int, int, int]) -> bool:
    (left, top, wide, high), (x, y, w, h) = outer, inner
    return left < x and top < y and x + w < left + wide and y + h < top + high


def test_somebody_who_is_told_to_be_their_own_grandparent_is_drawn_and_the_contradiction_named() -> None:
    picture = drawn(Family(3, ((0, PARENT, 1), (1, PARENT, 2), (2, PARENT, 0))))
    assert picture.denied == [(2, PARENT, 0)]
    assert picture.rows == [0, 1, 2]


def test_a_couple_across_generations_is_still_joined() -> None:
    """A man is the partner of his own child's child: both ties are drawn, and he stays above her."""
    picture = drawn(Family(3, ((0, PARENT, 1), (1, PARENT, 2)), pairs=((0, 2),)))
    assert picture.rows == [0, 1, 2]
    assert [line.who for line in picture.lines if line.kind == "apart"] == [(0, 2)]


def test_nobody_at_all() -> None:
    assert drawn(Family(0)).people == []
