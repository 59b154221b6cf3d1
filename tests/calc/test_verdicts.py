"""Verdicts combine so that knowing more never unsettles what was settled."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.verdicts import Verdict, best, every

NOBODY = Verdict(None, "nobody")
verdicts = st.builds(Verdict, st.sampled_from((True, False, None)), st.text("abc", max_size=2))


@given(st.lists(verdicts))
def test_every_is_yes_only_when_all_are_yes(given_verdicts: list[Verdict]) -> None:
    met = {verdict.met for verdict in given_verdicts}
    expected = False if False in met else None if None in met else True
    assert every(given_verdicts).met is expected


@given(st.lists(verdicts, min_size=1), st.randoms())
def test_best_does_not_mind_the_order(given_verdicts: list[Verdict], random: object) -> None:
    shuffled = sorted(given_verdicts, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert best(shuffled, NOBODY) == best(given_verdicts, NOBODY)


@given(st.lists(verdicts, min_size=1), st.data())
def test_knowing_more_never_unsettles_a_verdict(given_verdicts: list[Verdict], data: st.DataObject) -> None:
    known = [Verdict(data.draw(st.booleans()), one.words) if one.met is None else one for one in given_verdicts]
    for combine in (every, lambda several: best(several, NOBODY)):
        before = combine(given_verdicts).met
        assert before is None or combine(known).met is before


def test_nobody_to_judge_is_what_the_caller_says_it_is() -> None:
    assert best([], NOBODY) is NOBODY
