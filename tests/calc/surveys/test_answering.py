"""Which questions are reached and which answers count: worked by hand, and for any survey and any answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.surveys.answering import (
    Answer,
    AnswerRefused,
    after,
    before,
    check_answer,
    counted,
    question_at,
    steps,
    unanswered,
)
from alongside.calc.surveys.checking import check, missing
from alongside.calc.surveys.definition import (
    MOST_QUESTIONS,
    Ask,
    Choice,
    Comparison,
    Definition,
    DefinitionError,
    Kind,
    Part,
    Question,
    Repeat,
    Rule,
)
from alongside.calc.surveys.reading import read, told
from tests.calc.surveys.made import SIX, YES_NO, answers_to, definitions


def addresses(answers: dict[str, Answer]) -> list[str]:
    return [step.address for step in steps(SIX, answers)]


def test_a_branch_and_a_repeat_by_hand() -> None:
    assert addresses({}) == ["area", "helped", "children"]
    assert addresses({"helped": "yes", "children": 2}) == ["area", "helped", "how", "children", "age.1", "age.2"]
    assert addresses({"children": 2, "age.2": 9}) == ["area", "helped", "children", "age.1", "age.2", "school.2"]
    assert addresses({"children": 0}) == addresses({"children": None}) == addresses({})
    assert [step.heading for step in steps(SIX, {"children": 2})][-1] == "Your children: child 2 of 2"


def test_an_answer_to_what_is_no_longer_asked_does_not_count() -> None:
    said: dict[str, Answer] = {"helped": "no", "how": "The group", "children": 1, "age.1": 3, "age.2": 8, "school.1": 4}
    assert counted(SIX, said) == {"helped": "no", "children": 1, "age.1": 3}


def test_one_branch_that_closes_closes_those_behind_it() -> None:
    chain = Definition(
        "T", "I", "Th",
        (Part("p", "P", (
            Question("a", "A?", Kind.ONE, choices=YES_NO),
            Question("b", "B?", Kind.ONE, choices=YES_NO, show_if=Rule((Ask("a", Comparison.IS, "yes"),))),
            Question("c", "C?", Kind.TEXT, show_if=Rule((Ask("b", Comparison.IS_NOT, "yes"),))),
        )),),
    )  # fmt: skip
    assert counted(chain, {"a": "yes", "b": "no", "c": "x"}) == {"a": "yes", "b": "no", "c": "x"}
    assert counted(chain, {"a": "no", "b": "no", "c": "x"}) == {"a": "no"}
    assert counted(chain, {"a": "yes", "b": None, "c": "x"}) == {"a": "yes", "b": None}, "nothing follows from silence"


def test_what_must_be_answered_is_asked_for_only_where_it_is_reached() -> None:
    assert [step.address for step in unanswered(SIX, {})] == ["helped", "children"]
    assert unanswered(SIX, {"helped": None, "children": 0}) == [], "that they would rather not say is an answer"


@given(st.data())
@settings(max_examples=150)
def test_only_reached_answers_count_and_they_reach_the_same(data: st.DataObject) -> None:
    definition = check(data.draw(definitions()))
    answers = data.draw(answers_to(definition))
    reached = [step.address for step in steps(definition, answers)]  # type: ignore[arg-type]
    kept = counted(definition, answers)  # type: ignore[arg-type]
    assert set(kept) == set(reached) & set(answers)
    assert [step.address for step in steps(definition, kept)] == reached, "the others changed nothing"
    assert counted(definition, kept) == kept
    assert len(reached) == len(set(reached))


@given(st.data())
@settings(max_examples=150)
def test_going_on_comes_to_an_end_and_going_back_leads_back(data: st.DataObject) -> None:
    definition = check(data.draw(definitions()))
    answers = data.draw(answers_to(definition))
    reached = [step.address for step in steps(definition, answers)]  # type: ignore[arg-type]
    walked: list[str] = reached[:1]
    while walked and (step := after(definition, answers, walked[-1])):  # type: ignore[arg-type]
        earlier = before(definition, answers, step.address)  # type: ignore[arg-type]
        assert earlier is not None
        assert earlier.address == walked[-1]
        walked.append(step.address)
        assert len(walked) <= len(reached)
    assert walked == reached


@given(definitions())
@settings(max_examples=100)
def test_what_is_told_is_read_the_same(definition: Definition) -> None:
    tidy = read(told(definition))
    assert read(told(tidy)) == tidy
    assert [question.key for _, question in tidy.questions()] == [q.key for _, q in definition.questions()]


def with_question(question: Question, **more: object) -> Definition:
    return Definition("T", "I", "Th", (Part("p", "P", (question,), **more),))  # type: ignore[arg-type]


LATER = Rule((Ask("later", Comparison.ANSWERED),))
OWN = Rule((Ask("q", Comparison.ANSWERED),))
Q = Question("q", "Q?", Kind.TEXT)


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        (with_question(replace(Q, show_if=LATER)), "not asked before it"),
        (with_question(replace(Q, show_if=OWN)), "not asked before it"),
        (with_question(Q, show_if=OWN), "not asked before it"),
        (with_question(Q, repeat=Repeat("q", "one")), "not asked before it"),
        (Definition("T", "I", "Th", (Part("p", "P", (Q, Q)),)), "key of two questions"),
        (Definition("T", "I", "Th", (Part("p", "P"), Part("p", "P"))), "is there twice"),
        (with_question(Question("q", "Q?", Kind.ONE, choices=YES_NO[:1])), "two answers"),
        (with_question(Question("q", "Q?", Kind.ONE, choices=(YES_NO[0], YES_NO[0]))), "is there twice"),
        (with_question(Question("q", "Q?", Kind.SCALE, low=0, high=200, low_words="a", high_words="b")), "eleven"),
        (with_question(Question("q", "Q?", Kind.WHOLE, low=9, high=2)), "above its highest"),
        (with_question(Question("q", "Q?", Kind.WHOLE, high=10**30)), "out of all proportion"),
        (with_question(Question("Q!", "Q?", Kind.TEXT)), "not a key"),
        (with_question(Question("q", " ", Kind.TEXT)), "must not be empty"),
        (with_question(Question("q", "a\x00b", Kind.TEXT)), "cannot be shown"),
        (with_question(replace(Q, words="x" * 501)), "500 characters"),
    ],
)
def test_a_survey_that_cannot_be_asked_is_refused_in_words(definition: Definition, words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        check(definition)


def test_no_survey_asks_ten_thousand_questions() -> None:
    many = tuple(Question(f"q{n}", "Q?", Kind.TEXT) for n in range(MOST_QUESTIONS + 1))
    with pytest.raises(DefinitionError, match="at most 200 questions"):
        check(Definition("T", "I", "Th", (Part("p", "P", many),)))
    rows = [{"key": f"q{n}", "words": "Q?", "kind": "text"} for n in range(10_000)]
    part = {"key": "p", "title": "P", "questions": rows}
    with pytest.raises(DefinitionError, match="more than 1000 rows"):
        read({"title": "T", "intro": "I", "thanks": "Th", "parts": [part]})


def test_a_repeat_inside_a_repeat_or_without_a_bound_is_refused() -> None:
    unbound = Question("n", "How many?", Kind.WHOLE)
    for count in (unbound, replace(unbound, high=13), replace(unbound, low=-2, high=3)):
        two = (Part("a", "A", (count,)), Part("b", "B", (Q,), repeat=Repeat("n", "one")))
        with pytest.raises(DefinitionError, match="whole number from 0"):
            check(Definition("T", "I", "Th", two))
    inner = replace(SIX.parts[1], key="more", repeat=Repeat("age", "year"), questions=(Q,))
    with pytest.raises(DefinitionError, match="itself repeated"):
        check(replace(SIX, parts=(*SIX.parts, inner)))


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({}, "parts"),
        ({"title": 3}, "title"),
        ({"parts": [3]}, "parts"),
        ({"parts": [{"key": "p", "title": "P", "extra": 1}]}, "parts[1].extra"),
        ({"parts": [{"key": "p", "title": "P", "questions": [{"key": "q", "words": "Q", "kind": "x"}]}]}, "kind"),
        ({"parts": [{"key": "p", "title": "P", "show_if": {"tests": [{"question": "q", "test": "is", "value": []}]}}]},
         "value"),
        ({"parts": [{"key": "p", "title": "P", "show_if": 1}]}, "show_if"),
    ],
)  # fmt: skip
def test_plain_values_that_are_wrong_are_named_by_their_key(data: dict[str, object], where: str) -> None:
    whole = {"title": "T", "intro": "I", "thanks": "Th", "parts": []} | data if data else {"title": "T", "parts": 1}
    with pytest.raises(DefinitionError) as told_wrong:
        read(whole)
    assert where in str(told_wrong.value)


@pytest.mark.parametrize(
    ("kind", "answer", "kept"),
    [
        (Kind.WHOLE, " 1,200 ", 1200),
        (Kind.NUMBER, "2.5", 2.5),
        (Kind.NUMBER, "3.0", 3),
        (Kind.TEXT, " hello ", "hello"),
        (Kind.DAY, "2026-02-28", "2026-02-28"),
        (Kind.ONE, "yes", "yes"),
        (Kind.MANY, ["no", "yes"], ["yes", "no"]),
        (Kind.AREA, "E08000034", "E08000034"),
        (Kind.WHOLE, None, None),
    ],
)
def test_answers_are_kept_tidily(kind: Kind, answer: Answer, kept: Answer) -> None:
    choices = YES_NO if kind in (Kind.ONE, Kind.MANY) else ()
    assert check_answer(Question("q", "Q?", kind, choices=choices), answer, {"E08000034"}) == kept


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (Kind.WHOLE, "two"), (Kind.WHOLE, "2.5"), (Kind.WHOLE, "inf"), (Kind.WHOLE, "nan"), (Kind.WHOLE, "1e99"),
        (Kind.NUMBER, ""), (Kind.WHOLE, ["1"]), (Kind.TEXT, " "), (Kind.TEXT, "x" * 201), (Kind.TEXT, "\x00a"),
        (Kind.WORDS, "x" * 4001), (Kind.DAY, "2026-02-30"), (Kind.DAY, "x"), (Kind.ONE, "maybe"), (Kind.MANY, []),
        (Kind.MANY, ["maybe"]), (Kind.MANY, "yes"), (Kind.AREA, "S12000036"), (Kind.TEXT, 3),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(kind: Kind, answer: Answer) -> None:
    choices = YES_NO if kind in (Kind.ONE, Kind.MANY) else ()
    with pytest.raises(AnswerRefused):
        check_answer(Question("q", "Q?", kind, choices=choices), answer, {"E08000034"})


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0, 6, "from 0 to 6"), (0, None, "Enter 0 or more"), (None, -2, "-2 or less")],
)
def test_a_number_out_of_bounds_is_told_its_bounds(low: int | None, high: int | None, words: str) -> None:
    with pytest.raises(AnswerRefused, match=words):
        check_answer(Question("q", "Q?", Kind.WHOLE, low=low, high=high), -1 if low == 0 else 9)


def test_an_address_of_nothing_finds_nothing() -> None:
    assert question_at(SIX, "age.3").key == "age"
    for nowhere in ("age", "age.0", "age.13", "age.x", "age.", "area.1", "area.", "gone", ""):
        with pytest.raises(KeyError):
            question_at(SIX, nowhere)


def test_what_a_survey_still_needs_is_said() -> None:
    assert missing(SIX) == ""
    assert missing(Definition("T", "I", "Th")) == "Add a question first"
    assert "“P” has no question" in missing(Definition("T", "I", "Th", (Part("p", "P"),)))
    assert Choice("a", "A").words == "A"
