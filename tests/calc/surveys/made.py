"""A survey of six questions with one branch and one repeat, and any survey at all."""

from hypothesis import strategies as st

from alongside.calc.surveys.definition import Ask, Choice, Comparison, Definition, Kind, Part, Question, Repeat, Rule

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))

SIX = Definition(
    title="How we are doing",
    intro="Six questions about the last year.",
    thanks="Thank you. We read every answer.",
    parts=(
        Part(
            "us",
            "About us",
            (
                Question("area", "Which council do you live in?", Kind.AREA),
                Question("helped", "Have we helped?", Kind.ONE, required=True, choices=YES_NO),
                Question(
                    "how",
                    "What helped most?",
                    Kind.WORDS,
                    show_if=Rule((Ask("helped", Comparison.IS, "yes"),)),
                ),
                Question("children", "How many children do you bring up?", Kind.WHOLE, required=True, low=0, high=6),
            ),
        ),
        Part(
            "each",
            "Your children",
            (
                Question("age", "How old is this child?", Kind.WHOLE, low=0, high=25),
                Question(
                    "school",
                    "Is school going well?",
                    Kind.SCALE,
                    low=0,
                    high=10,
                    low_words="Not at all",
                    high_words="Very well",
                    show_if=Rule((Ask("age", Comparison.AT_LEAST, 4),)),
                ),
            ),
            repeat=Repeat("children", "child"),
        ),
    ),
)

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20).filter(str.strip)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Any survey: parts and questions in number and kind at random, rules about anything asked before."""
    seen: list[tuple[str | None, Question]] = []
    parts = []
    for number in range(draw(st.integers(0, 3))):
        key = f"part{number}"
        over = [q.key for where, q in seen if where is None and q.kind is Kind.WHOLE and q.high is not None]
        repeat = Repeat(draw(st.sampled_from(over)), "one") if over and draw(st.booleans()) else None
        rule = draw(_rules([q for where, q in seen if where is None]))
        questions: list[Question] = []
        for place in range(draw(st.integers(0, 4))):
            open_to = [q for where, q in seen if where in (None, key if repeat else None)]
            asked = draw(_questions(f"q{number}_{place}", draw(_rules(open_to))))
            questions.append(asked)
            seen.append((key if repeat else None, asked))
        parts.append(Part(key, draw(WORDS), tuple(questions), "", repeat, rule))
    return Definition(draw(WORDS), draw(WORDS), draw(WORDS), tuple(parts))


@st.composite
def _questions(draw: st.DrawFn, key: str, rule: Rule | None) -> Question:
    kind = draw(st.sampled_from([kind for kind in Kind if kind is not Kind.AREA]))
    choices = (Choice("a", "A"), Choice("b", "B"), Choice("c", "C")) if kind in (Kind.ONE, Kind.MANY) else ()
    bounds: dict[str, int | None] = {"low": 0, "high": 3} if kind in (Kind.WHOLE, Kind.SCALE) else {}
    ends = {"low_words": "little", "high_words": "much"} if kind is Kind.SCALE else {}
    required = draw(st.booleans())
    return Question(key, draw(WORDS), kind, required=required, choices=choices, show_if=rule, **bounds, **ends)  # type: ignore[arg-type]


@st.composite
def _rules(draw: st.DrawFn, before: list[Question]) -> Rule | None:
    if not before or draw(st.booleans()):
        return None
    tests = []
    for asked in draw(st.lists(st.sampled_from(before), min_size=1, max_size=2)):
        if asked.kind in (Kind.ONE, Kind.MANY):
            tests.append(
                Ask(asked.key, draw(st.sampled_from([Comparison.IS, Comparison.IS_NOT])), draw(st.sampled_from("abc")))
            )
        elif asked.kind in (Kind.SCALE, Kind.WHOLE, Kind.NUMBER):
            tests.append(Ask(asked.key, draw(st.sampled_from(list(Comparison)[:4])), draw(st.integers(0, 3))))
        else:
            tests.append(Ask(asked.key, Comparison.ANSWERED))
    return Rule(tuple(tests), draw(st.booleans()))


def answers_to(definition: Definition) -> st.SearchStrategy[dict[str, object]]:
    """Any answers, each allowed by its question, some to questions that will not be reached."""
    of = {
        Kind.ONE: st.sampled_from("abc"),
        Kind.MANY: st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True),
        Kind.DAY: st.just("2026-11-20"),
        Kind.TEXT: WORDS,
        Kind.WORDS: WORDS,
    }
    addresses = [
        (f"{question.key}.{time}" if time else question.key, of.get(question.kind, st.integers(0, 3)) | st.none())
        for part, question in definition.questions()
        for time in (range(1, 4) if part.repeat else (0,))
    ]
    return st.fixed_dictionaries({}, optional=dict(addresses))
