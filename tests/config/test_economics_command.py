"""`alongside economics` as a finance officer meets it, without a database."""

import json
import re
from functools import partial
from pathlib import Path

import pytest

from tests.calc.economics.test_capacity import WRITTEN
from tests.calc.economics.test_staying import written
from tests.config.calling import call

FILLED = {
    "families": "value = 60",
    "engaged": "counted = { events = 48, of = 60 }",
    "retained": "counted = { events = 39, of = 48 }",
    "deadweight": "pert = { low = 0.2, likely = 0.4, high = 0.7 }",
    "at_risk": "share = { mean = 0.12, sd = 0.02 }",
    "stays": "share = { mean = 0.2, sd = 0.08 }",
    "points": "normal = { mean = 0.6, sd = 0.2 }",
    "per_family": "amount = { mean = 850, sd = 60 }\nprice_year = 2024",
}


economics = partial(call, "economics")


def fill(template: str) -> str:
    for name, made in FILLED.items():
        template = re.sub(rf"(\[inputs\.{name}\]\n.*\n.*\n)unknown = true", rf"\g<1>{made}", template)
    return template


def test_a_template_is_refused_by_its_blanks_and_worked_out_when_filled(tmp_path: Path) -> None:
    taken = economics("template", "reach")
    blank = economics("run", "-", given=taken.stdout)
    assert blank.returncode == 1
    assert "none of them is taken as 0: Families offered it in a year (families)" in blank.stderr
    (tmp_path / "mine.toml").write_text(fill(taken.stdout))
    done = economics("run", "mine.toml", "--draws", "2000", "--seed", "3", "--processes", "2", "--json",
                     "--spreadsheet", "case.xlsx", at=tmp_path)  # fmt: skip
    found = json.loads(done.stdout)
    assert (tmp_path / "case.xlsx").read_bytes().startswith(b"PK")
    assert (done.stderr, found["scenario"], found["unsure"]["draws"]) == ("", "reach", 2000)
    assert found["expected"]["cost"] == 51_000
    assert found["expected"]["payback"] == 1
    assert found["expected"]["each"] == {"carer who is better off": None, "contact": None, "family": 850}
    assert found["expected"]["needed"]["care"] == pytest.approx(
        found["expected"]["people"]["care"] / found["expected"]["fiscal_return"]
    )
    assert sum(flow["fiscal"] for flow in found["flows"]) > found["expected"]["fiscal"]
    assert {swing["name"] for swing in found["tornado"]} == set(FILLED) - {"families"} | {"care_year", "wellby"}
    studies = {(study["name"], study["people"]): study["worth"] for study in found["unsure"]["asking"]}
    assert set(studies) == {
        (n, size) for n in ("engaged", "retained", "at_risk", "stays") for size in (50, 100, 200, 400)
    }
    assert all(worth <= found["unsure"]["knowing_all"] for worth in studies.values())
    assert (found["both"]["first_name"], len(found["both"]["answers"])) == ("points", 5)
    alone = economics("run", "mine.toml", "--draws", "2000", "--seed", "3", "--json", at=tmp_path)
    assert alone.stdout == done.stdout


def test_scenarios_beside_each_other(tmp_path: Path) -> None:
    whole = fill(economics("template", "reach").stdout)
    (tmp_path / "one.toml").write_text(whole)
    (tmp_path / "two.toml").write_text(
        whole.replace('key = "reach"', 'key = "dearer"').replace("mean = 850", "mean = 950")
    )
    done = economics("compare", "one.toml", "two.toml", "--draws", "500", "--json", at=tmp_path)
    one, two = json.loads(done.stdout)["scenarios"]
    assert (one["scenario"], two["scenario"]) == ("reach", "dearer")
    assert two["cost"] - one["cost"] == 6_000
    assert "ratio low" in economics("compare", "one.toml", "two.toml", "--draws", "500", at=tmp_path).stdout.replace(
        "_", " "
    )


def test_faults_are_told_in_a_sentence_with_their_place() -> None:
    whole = fill(economics("template", "reach").stdout)
    done = economics("run", "-", given=whole.replace("duration = 2.0", "duratoin = 2.0"))
    assert done.returncode == 1
    line = whole.splitlines().index("duration = 2.0") + 1
    assert done.stderr == (
        f"-: Line {line}, outcomes[1].duratoin: is not a key that is known here: is “duration” meant?\n"
    )
    nobody = economics("run", "-", given=whole.replace("value = 60", "value = 0"))
    assert (nobody.returncode, nobody.stderr[:61]) == (
        1,
        "With these inputs nobody is reached and nothing is spent, so ",
    )
    assert economics("run", "-", "--draws", "10000001", given=whole).stderr == "Give at most 10,000,000 draws.\n"
    assert "There is no such template. Take one of allowance" in economics("template", "nothing").stderr
    assert "nowhere.toml cannot be opened" in economics("run", "nowhere.toml").stderr
    assert "Run takes one file" in economics("run", "a.toml", "b.toml").stderr


def test_waits_and_stays_are_worked_out_from_their_files(tmp_path: Path) -> None:
    (tmp_path / "waits.toml").write_text(WRITTEN)
    (tmp_path / "stays.toml").write_text(written())
    waits = json.loads(economics("capacity", "waits.toml", "--json", at=tmp_path).stdout)
    assert [row["workers"] for row in waits["waits"]] == [1, 2, 3, 4]
    assert waits["says"].startswith("With 2 workers, a family waits ")
    stays = json.loads(economics("staying", "stays.toml", "--draws", "500", "--json", at=tmp_path).stdout)
    assert stays["says"].startswith("Nobody was compared when the effect was found: if the change was due to the ")
    change = {row["what"]: row["change"] for row in stays["rows"]}
    assert -change["cost of all homes, pounds of now"] == pytest.approx(stays["pays"]["saved"]["mean"])
    assert 0 < stays["pays"]["needed"] < 1
    assert stays["pays"]["lifetime"] is None
    for asked in ("capacity", "staying"):
        blank = economics(asked, "-", given=economics("template", asked).stdout)
        assert (blank.returncode, blank.stderr[:62]) == (
            1,
            "These are not filled in, and none of them is taken as 0: " + ("famil" if asked == "capacity" else "How o"),
        )


def test_lifetime_earnings_and_what_was_published_are_printed_when_asked_for() -> None:
    assert "lifetime_follows" in economics("template", "reach", "--lifetime").stdout
    assert "no outcome “care”" in economics("template", "peer-groups", "--lifetime").stderr
    assert "1,000 × £40,000 = £40 million" in economics("published").stdout
    assert "Name the file that run takes." in economics("run").stderr
