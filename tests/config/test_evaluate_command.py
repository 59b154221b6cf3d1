"""`alongside evaluate` as an analyst meets it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from alongside.calc.outcomes.paired import paired_change
from alongside.config.cli import main
from tests.config.calling import call

evaluate = partial(call, "evaluate")


def test_pairs_from_a_file_as_one_json_object(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("before,after\n4,5\n6,8\n8,11\n,3\n")
    done = evaluate("pairs.csv", "--method", "paired", "--json", at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["n"], found["missing_before"], found["mean_change"], found["d_z"]) == (3, 1, 2, 2)
    assert found["verdict"] == "unsure"


def test_studies_from_standard_input_by_whichever_estimator() -> None:
    studies = "study,effect,variance\nA,0.2,0.04\nB,0.4,0.02\nC,,0.1\nD,0.9,0.05\n"
    done = evaluate("--method", "meta", "--between", "DL", "--json", given=studies)
    found = json.loads(done.stdout)
    assert round(found["pooled"]["effect"]["estimate"], 4) == 0.4814
    assert (found["pooled"]["k"], found["pooled"]["missing"]) == (3, 1)
    weights = {one["study"]: one["weight"] for one in found["studies"]}
    assert weights["C"] is None
    assert weights["A"] + weights["B"] + weights["D"] == pytest.approx(1)
    assert "DerSimonian" in found["method"]


def test_each_person_by_the_error_of_the_scale() -> None:
    people = "person,before,after\nA,32.5,47.5\nB,40,41\nC,40,\n"
    done = evaluate("--method", "rci", "--reliability", "0.8", "--sd", "7.5", "--json", given=people)
    found = json.loads(done.stdout)
    assert [one["verdict"] for one in found["people"]] == ["better", "unsure", None]
    assert round(found["people"][0]["rc"], 2) == 3.16
    assert (found["counted"]["better"], found["counted"]["unsure"], found["counted"]["missing_after"]) == (1, 1, 1)
    assert "Give the reliability" in evaluate("--method", "rci", given=people).stderr
    assert "reliability must be" in evaluate("--method", "rci", "--reliability", "2", given=people).stderr.lower()


def test_intervals_by_resampling_beside_the_others() -> None:
    pairs = "before,after\n" + "\n".join(f"{one},{one + one % 5 + 1}" for one in range(30))
    found = json.loads(evaluate("--method", "paired", "--bootstrap", "2000", "--json", given=pairs).stdout)
    assert found["change"]["mean_change"] == found["bootstrap"]["mean_change"]["estimate"] == 3
    assert (found["bootstrap"]["resamples"], found["bootstrap"]["seed"]) == (2000, 1)
    assert found["bootstrap"]["mean_change"]["ci_low"] == pytest.approx(found["change"]["ci_low"], abs=0.1)
    refused = evaluate("--method", "paired", "--bootstrap", "10", given=pairs)
    assert refused.stderr == "There must be at least 1,000 resamples.\n"


def test_a_line_over_all_times_of_measuring() -> None:
    scores = [("a", 5, 6, 6), ("b", 3, 5, 4), ("c", 8, 8, 9)]
    rows = "\n".join(f"{one},{month},{value}" for one, *values in scores for month, value in enumerate(values))
    given = f"person,time,value\n{rows}\nd,2,\n"
    found = json.loads(evaluate("--method", "mixed", "--one-slope", "--json", given=given).stdout)
    assert (found["n"], found["people"], found["missing"], found["slopes"]) == (9, 3, 1, False)
    assert round(found["slope"]["estimate"], 3) == 0.5
    assert round(found["slope"]["ci_low"], 3) == -0.564
    refused = evaluate("--method", "mixed", given=f"{given}\na,1,7\n")
    assert refused.stderr == "Row 13: this person was measured at this time already.\n"


def test_which_months_were_special() -> None:
    usual = [f"2026-{month:02},{4 + month % 2}" for month in range(1, 12)]
    months = "\n".join(["period,value", *usual, "2026-12,30"])
    found = json.loads(evaluate("--method", "xmr", "--lower-is-better", "--json", given=months).stdout)
    assert found["points"][-1] == {
        "period": "2026-12",
        "value": 30,
        "signal": "outside the limits",
        "variation": "concern",
    }
    assert (found["trial"], found["chart"]["n"]) == (False, 12)
    assert "stands in row 2 already" in evaluate("--method", "xmr", given="period,value\n1,2\n1,3\n").stderr


def test_which_units_stand_apart() -> None:
    units = "unit,numerator,denominator\nA,30,50\nB,48,50\nC,20,50\nD,31,52\nE,,40\n"
    found = json.loads(evaluate("--method", "funnel", "--target", "0.6", "--json", given=units).stdout)
    assert (found["funnel"]["n"], found["funnel"]["missing"], found["funnel"]["target"]) == (4, 1, 0.6)
    standings = {one["unit"]: one["standing"] for one in found["units"]}
    assert standings["A"] == "within the limits"
    assert standings["E"] is None
    refused = evaluate("--method", "funnel", given="unit,numerator,denominator\nA,1,2\n\nB,3,2\n")
    assert refused.stderr.startswith("Row 4: ")


def test_how_long_it_lasts_by_group_and_with_what() -> None:
    people = "duration,event,group,age\n1,1,a,60\n2,1,a,55\n3,1,a,48\n4,1,b,62\n5,1,b,41\n6,0,b,50\n"
    done = evaluate("--method", "survival", "--covariate", "age", "--json", given=people)
    found = json.loads(done.stdout)
    assert [(one["group"], one["median"], one["n"]) for one in found["curves"]] == [("a", 2, 3), ("b", 5, 3)]
    assert round(found["groups_differ"]["chi2"], 3) == 5.052
    assert found["cox"]["effects"][0]["name"] == "age"
    read = evaluate("--method", "survival", given=people.replace(",group", ",side")).stdout
    assert "median" in read
    refused = evaluate("--method", "survival", given="duration,event\n1,1\n2,3\n").stderr
    assert refused.startswith("Row 3: whether it ended must be 1")


def test_change_beside_that_of_others_with_how_far_the_design_carries() -> None:
    people = "person,before,after,served,age\na,5,7,1,60\nb,6,9,1,50\nc,4,6,1,41\nd,5,5,0,52\ne,6,7,0,66\nf,4,4,0,\n"
    found = json.loads(evaluate("--method", "did", "--json", given=people).stdout)
    assert (found["difference"], found["served"]["n"], found["verdict"]) == (pytest.approx(2), 3, "better")
    assert found["evidence"]["level"] == 2
    assert "alike before the service" in found["evidence"]["to_raise"][0]
    allowing = json.loads(evaluate("--method", "did", "--covariate", "age", "--json", given=people).stdout)
    assert (allowing["n"], allowing["missing"], allowing["adjusted_for"]) == (5, 1, ["age"])
    refused = evaluate("--method", "did", given=people.replace("b,6,9,1", "b,6,9,yes")).stderr
    assert refused.startswith("Row 3, column “served”: found “yes”")
    assert "Row 3: “served” must be 1" in evaluate("--method", "did", given=people.replace("6,9,1", "6,9,2")).stderr
    paired = json.loads(evaluate("--method", "paired", "--json", given=people).stdout)
    assert paired["evidence"]["level"] == 1


def test_whether_a_series_left_its_line() -> None:
    months = "period,value\nJan,0\nFeb,2\nMar,1\nApr,3\nMay,10\nJun,8\nJul,9\nAug,7\n"
    found = json.loads(evaluate("--method", "its", "--start", "May", "--json", given=months).stdout)
    assert found["series"]["average"]["estimate"] == pytest.approx(3.8)
    assert found["periods"][4] == {"period": "May", "value": 10, "fitted": 9.7, "expected": pytest.approx(3.5)}
    assert "first period with the service" in evaluate("--method", "its", given=months).stderr
    assert "no period “Sep”" in evaluate("--method", "its", "--start", "Sep", given=months).stderr
    assert "one period must come before" in evaluate("--method", "its", "--start", "Jan", given=months).stderr


def test_how_change_goes_with_contacts() -> None:
    people = "before,after,dose\n1,2,0\n1,3,1\n1,4,1\n2,4,2\n"
    read = evaluate("--method", "dose", given=people).stdout
    assert "estimate  0.5" in read
    assert "a trend is no effect" in read
    assert evaluate("--method", "dose", given=people.replace("4,1", "4,-1")).stderr.startswith("Row 4: the dose")


def test_how_many_people_it_takes_without_a_file() -> None:
    asked = ["--method", "power", "--effect", "0.5", "--power", "0.8", "--lost", "0.2"]
    found = json.loads(evaluate(*asked, "--team-size", "10", "--icc", "0.05", "--json").stdout)
    assert (found["n"], found["groups"], found["design_effect"]) == (120, 12, 1.35)
    shares = [
        "--method",
        "power",
        "--compare",
        "proportions",
        "--baseline",
        "0.5",
        "--people",
        "50",
        "--effect",
        "0.25",
    ]
    assert json.loads(evaluate(*shares, "--json").stdout)["power"] == pytest.approx(0.7401659, abs=1e-7)
    assert "Give two of" in evaluate("--method", "power").stderr


def test_people_read_the_same_figures_as_programs(tmp_path: Path) -> None:
    done = evaluate("-", "--method", "paired", given="before,after\n2,4\n3,3\n4,7\n")
    assert "mean change     1.66667" in done.stdout
    worse = evaluate("--method", "paired", "--lower-is-better", "--json", given="before,after\n2,4\n3,5.1\n4,6.2\n")
    assert json.loads(worse.stdout)["verdict"] == "worse"


PEOPLE = "person,before,after,left,served,outcome,order,yes,age\n" + "".join(
    f"p{n},{5 + n % 3},{'' if n % 5 == 0 else 7 + n % 4},{int(n % 5 == 0)},{n % 2},{n % 4},{'SGO' if n % 3 else 'CAO'},"
    f"{int(n % 3 == 1)},{40 + n * 7 % 30}\n"
    for n in range(60)
)
PAIRED = paired_change(
    *([[float(cell or "nan") for cell in (row.split(",")[at] for row in PEOPLE.split()[1:])] for at in (1, 2)]),
    higher_is_better=True,
)


@pytest.fixture
def here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any, str]]:
    """The command in this process, on a file: how it ended, what it told as JSON, and what was wrong."""

    def called(method: str, *more: str, given: str = "") -> tuple[int, Any, str]:
        (tmp_path / "given.csv").write_text(given or PEOPLE)
        code = main(["evaluate", str(tmp_path / "given.csv"), "--method", method, "--json", *more])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return called


def test_who_left_and_what_that_could_change(here: Callable[..., tuple[int, Any, str]]) -> None:
    _, found, _ = here("leavers", "--covariate", "age")
    assert (found["left"], found["stayed"], found["comparisons"][0]["name"]) == (12, 48, "age")
    _, found, _ = here("bounds", "--lowest", "0", "--highest", "10")
    assert (found["unknown"], found["measured"]["mean_change"]) == (12, pytest.approx(PAIRED.mean_change))
    assert found["worst"]["mean_change"] < found["measured"]["mean_change"] < found["best"]["mean_change"]
    _, found, _ = here("impute", "--seed", "7", "--covariate", "age")
    assert (found["n"], found["whole"], found["seed"], found["also"]) == (60, 48, 7, ["age"])
    assert found["evidence"]["level"] == 1


def test_people_made_alike_parted_and_weighted(here: Callable[..., tuple[int, Any, str]]) -> None:
    _, found, _ = here("propensity", "--covariate", "age", "--whom", "ATE")
    assert (found["served"], found["others"], found["estimand"], found["evidence"]["level"]) == (30, 30, "ATE", 2)
    _, found, _ = here("subgroups", "--by", "order", "--by", "served")
    assert [(look["name"], len(look["groups"])) for look in found["looks"]] == [("order", 2), ("served", 2)]
    _, found, _ = here("rake", "--total", "order:SGO=50", "--total", "order:CAO=50")
    assert found["raked"]["effective_n"] == pytest.approx(100**2 / (40 * 1.25**2 + 20 * 2.5**2))
    assert found["share"]["share"] == pytest.approx(0.25)
    assert found["people"][0] == {"person": "p0", "weight": pytest.approx(2.5)}
    _, found, _ = here("selection", "--mean", "60", "--sd", "15", "--reliability", "0.5", "--cut", "40")
    assert round(found["expected_change"], 2) == 13.49


@pytest.mark.parametrize(
    ("asked", "given", "sentence"),
    [
        ("leavers", "", "Name a column that tells of the beginning"),
        ("leavers --covariate age", "left,age\n1,40\n2,50\n", "Row 3: “left” must be 1"),
        ("bounds", "", "Give the range of the scale"),
        ("bounds --lowest 0 --highest 9", "before,after\n1,2\n\n3,11\n", "Row 4: a score must lie from 0 to 9"),
        ("impute", "before,after\n1,two\n", "Row 2, column “after”: found “two”"),
        ("propensity", "", "There must be at least one covariate"),
        ("subgroups", "", "Say by what people are parted"),
        ("subgroups --by shire", "", "There is no column headed “shire”"),
        ("rake", "", "Give the totals that are known"),
        ("rake --total order", "", "“order” is no total"),
        ("rake --total order:SGO=9", "", "“CAO” of order has people and no total"),
        ("rake --total order:SGO=9", "order,yes\nSGO,1\nSGO,maybe\n", "Row 3: “yes” must be 1"),
        ("selection --mean 5", "", "Give all of --mean"),
    ],
)
def test_what_people_are_told_of_faults(
    here: Callable[..., tuple[int, Any, str]], asked: str, given: str, sentence: str
) -> None:
    code, found, told = here(*asked.split(), given=given)
    assert (code, found) == (1, None)
    assert told.startswith(sentence), told


@pytest.mark.parametrize(
    ("method", "given", "sentence"),
    [
        ("paired", "", "There is nothing in it."),
        ("paired", "before,after\none,2\n", "Row 2, column “before”: found “one”, expected a number."),
        ("paired", "person,before,after\nA,1,2\nA,3,4\n", "Row 3: the person “A” stands in row 2 already."),
        ("meta", "study,effect,variance\nA,1,0\nB,1,1\n", "The variance of a study has to be above 0."),
    ],
)
def test_bad_figures_end_with_a_sentence(method: str, given: str, sentence: str) -> None:
    done = evaluate("--method", method, given=given)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", sentence)


def test_it_is_called_wrongly_and_says_how(tmp_path: Path) -> None:
    assert evaluate("--method", "magic").returncode == 2
    assert "does not lie between 0 and 1" in evaluate("--method", "paired", "--level", "95").stderr
    assert evaluate("gone.csv", "--method", "paired", at=tmp_path).stderr == "gone.csv is not there.\n"


def test_it_needs_neither_django_nor_a_database() -> None:
    probe = (
        "import sys, io; sys.stdin = io.TextIOWrapper(io.BytesIO(b'before,after\\n1,2\\n2,4\\n'));"
        "from alongside.config.cli import main; main(['evaluate', '--method', 'paired']);"
        "sys.exit('django' in sys.modules)"
    )
    env = {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", probe], env=env, capture_output=True, check=False).returncode == 0
