"""Pictures of a case: who gains, what it hangs on, what would make it worth it, and money by year; each with a table.

Every amount is in money of now, but those by year, which are in pounds of their year and so what a budget meets.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from alongside.calc.economics.agencies import Standing
from alongside.calc.economics.scenario import Scenario
from alongside.insight.economics.results import Accepted, Answer
from alongside.insight.economics.wording import exact, pounds, said
from alongside.insight.evaluation.plots import CLAY, GREEN, INK, LINE, QUIET, WIDTH, Plot, data_of, plotted
from alongside.insight.evaluation.results import Table

if TYPE_CHECKING:
    import altair

MOST_SWINGS = 8
SURE = 0.995
"""A case that pays so surely at no price asks nobody what it would have to be worth."""
LETTERS, ROW = 46, LINE + 18
"""Letters in a line of a title, and how tall a row is where one takes two lines."""
AXIS = "~s"
KINDS = (("fiscal", "public money"), ("economic", "earnings and output"), ("social", "better lives"))


class Picture(NamedTuple):
    """What is drawn, under a heading, with what it says in a line and a table of its numbers."""

    title: str
    about: str
    plot: Plot
    table: Table


class Bar(NamedTuple):
    """One bar: from where to where it reaches, and how it reads. What is lost has another colour and says so."""

    title: str
    words: str
    start: float
    end: float
    loses: bool = False


def pictures_of(scenario: Scenario, answer: Answer) -> tuple[Picture, ...]:
    """Return every picture that the case has."""
    found = [who_gains(scenario, answer)]
    if answer.tornado:
        found.append(what_it_hangs_on(scenario, answer))
    if answer.accepted and answer.accepted.chances[0] < SURE:
        found.append(what_would_be_paid(scenario, answer.accepted))
    return (*found, by_year(scenario, answer))


def who_gains(scenario: Scenario, answer: Answer) -> Picture:
    """A waterfall from what is spent, by what each agency gains, to what is left."""
    bars = list(_steps(answer))
    rows = [
        (each.agency, *map(exact, (each.cost, each.fiscal, each.economic, each.social, each.net)))
        for each in (*answer.agencies, _whole(answer))
    ]
    columns = ("Who", "Spends", "Gains in public money", "In earnings and output", "In better lives", "Is left with")
    return Picture(
        "Who pays and who gains",
        "What is spent goes down, what is gained goes up, and what is left comes last.",
        _bars(bars, f"£, prices of {scenario.price_year}, in money of now"),
        Table("Who pays and who gains", columns, tuple(rows)),
    )


def _whole(answer: Answer) -> Standing:
    parts = zip(*(each[1:] for each in answer.agencies), strict=True)
    return Standing("Together", *(sum(part) for part in parts))


def _steps(answer: Answer) -> Iterator[Bar]:
    at = 0.0
    changes = [(f"{each.agency}: spent", -each.cost) for each in answer.agencies if each.cost]
    gains = [(f"{each.agency}: {words}", getattr(each, kind)) for each in answer.agencies for kind, words in KINDS]
    for title, change in changes + sorted((gain for gain in gains if gain[1]), key=lambda gain: -gain[1]):
        yield Bar(title, ("+" if change > 0 else "") + exact(change), at, at + change, loses=change < 0)
        at += change
    yield Bar("What is left", exact(at), 0, at, loses=at < 0)


def what_it_hangs_on(scenario: Scenario, answer: Answer) -> Picture:
    """A tornado: what is left with one input at its low and at its high end, widest first."""
    bars, rows = [], []
    for each in answer.tornado:
        named = scenario.inputs[each.name]
        low, high = said(named.kind, each.low), said(named.kind, each.high)
        rows.append((named.title, low, exact(each.at_low), high, exact(each.at_high)))
        words = f"{low} gives {pounds(each.at_low)}, {high} gives {pounds(each.at_high)}"
        bars.append(Bar(named.title, words, min(each.at_low, each.at_high), max(each.at_low, each.at_high)))
    columns = ("Input", "Low", "Is left then", "High", "Is left then")
    return Picture(
        "What the answer hangs on",
        "Each input alone at its low and its high end: one chance in ten lies beyond either. The widest stand first.",
        _bars(bars[:MOST_SWINGS], "£ that is left", middle=answer.expected.net),
        Table("What the answer hangs on", columns, tuple(rows)),
    )


def what_would_be_paid(scenario: Scenario, accepted: Accepted) -> Picture:
    """How likely the case is worth its cost at each price of one of what it is for."""
    import altair as alt  # noqa: PLC0415  a second and a half to import, and few pages draw

    points = [{"price": price, "chance": chance} for price, chance in zip(*accepted[1:], strict=True)]
    curve = (
        alt.Chart(data_of(points))
        .mark_line(color=GREEN, strokeWidth=2.5)
        .encode(
            x=alt.X("price:Q", title=f"£ for one {accepted.unit}", axis=alt.Axis(tickCount=5, format=AXIS)),
            y=alt.Y(
                "chance:Q",
                title="Chance that it is worth its cost",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", tickCount=5),
            ),
        )
    )
    rows = tuple((exact(price), f"{chance:.0%}") for price, chance in zip(*accepted[1:], strict=True))[::2]
    told = f"At £0 for one {accepted.unit} the chance is {accepted.chances[0]:.0%}, "
    told += f"at {pounds(accepted.prices[-1])} it is {accepted.chances[-1]:.0%}."
    return Picture(
        "What somebody would have to find it worth",
        f"If supporting one {accepted.unit} is worth so much to you beyond what is counted here, this is the chance "
        "that the case is worth its cost.",
        plotted(curve.properties(width=WIDTH - 60, height=240), told),
        Table("Chance that it is worth its cost", (f"Worth of one {accepted.unit}", "Chance"), rows),
    )


def by_year(scenario: Scenario, answer: Answer) -> Picture:
    """What public bodies spend and need not spend in each year, and where that has led so far."""
    import altair as alt  # noqa: PLC0415  a second and a half to import, and few pages draw

    spent, back = ([0.0] * scenario.years for _ in range(2))
    for flow in answer.flows:
        spent[flow.year] += flow.cost
        back[flow.year] += flow.fiscal
    so_far, rows, points = 0.0, [], []
    for year in range(scenario.years):
        so_far += back[year] - spent[year]
        name = str(scenario.first_year + year)
        rows.append((name, exact(spent[year]), exact(back[year]), exact(back[year] - spent[year]), exact(so_far)))
        points.append({"year": name, "spent": -spent[year], "back": back[year], "so_far": so_far})
    base = alt.Chart(data_of(points)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    )
    pound = alt.Axis(tickCount=5, format=AXIS)
    layers = (
        base.mark_bar(color=CLAY).encode(y=alt.Y("spent:Q", title="£ of the year", axis=pound)),
        base.mark_bar(color=GREEN).encode(y="back:Q"),
        base.mark_line(color=INK, strokeWidth=2, point={"color": INK, "size": 40}).encode(y="so_far:Q"),
        alt.Chart(data_of([{"zero": 0}])).mark_rule(color=QUIET).encode(y="zero:Q"),
    )
    told = f"By the end of {rows[-1][0]} public bodies stand at {rows[-1][4]}."
    return Picture(
        "Public money by year",
        "What is spent stands below the line and what need not be spent above it. The dots show where that has led.",
        plotted(alt.layer(*layers).properties(width=WIDTH - 60, height=240), told),
        Table("Public money by year", ("Year", "Spent", "Not spent", "In the year", "So far"), tuple(rows)),
    )


def _bars(bars: Sequence[Bar], axis: str, middle: float = 0.0) -> Plot:
    """Bars under one another, each under its words, about a line."""
    import altair as alt  # noqa: PLC0415  a second and a half to import, and few pages draw

    titles = [wrap(bar.title, LETTERS)[:2] for bar in bars]
    tall = ROW if any(len(lines) > 1 for lines in titles) else LINE
    # A title of one line stands on the second where others take two, so that its words are right below it.
    titles = [["", *lines][-2:] if tall == ROW else lines for lines in titles]
    rows = [{"place": place, **bars[place]._asdict(), "title": lines} for place, lines in enumerate(titles)]
    base = alt.Chart(data_of(rows)).encode(y=alt.Y("place:O", axis=None))
    x = alt.X("start:Q", title=axis, axis=alt.Axis(tickCount=5, format=AXIS, grid=False))
    left: dict[str, Any] = {"align": "left", "baseline": "top", "x": 0, "limit": WIDTH}
    low = tall - 22
    drawn: list[altair.Chart] = [
        alt.Chart(data_of([{"start": middle}])).mark_rule(color=QUIET, strokeDash=[2, 3]).encode(x=x),
        base.mark_text(dy=2 - tall / 2, fontSize=14, fontWeight="bold", color=INK, **left).encode(text="title:N"),
        base.mark_text(dy=tall / 2 - 50, fontSize=13, color=QUIET, **left).encode(text="words:N"),
        base.mark_rule(strokeWidth=14).encode(
            x=x,
            x2="end:Q",
            yOffset=alt.value(low),
            color=alt.condition("datum.loses", alt.value(CLAY), alt.value(GREEN)),
        ),
    ]
    told = " ".join(f"{bar.title}: {bar.words}." for bar in bars)
    return plotted(alt.layer(*drawn).properties(width=WIDTH, height={"step": tall}), told)
