"""What reading a file gives: rows ready to be kept until somebody has looked at them, each of them plain data."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from alongside.stewardship.exchange.dates import RoughDate
from alongside.stewardship.exchange.families import Family, family_key, read_families, unused_headings
from alongside.stewardship.exchange.family_rows import Child
from alongside.stewardship.exchange.problems import Problem, Unreadable
from alongside.stewardship.exchange.ssda903 import KinshipChild, find_kinship_children
from alongside.stewardship.exchange.ssda903_files import kind_of
from alongside.stewardship.exchange.tables import Table

PROBLEMS_KEPT = 10_000
"""Problems of one file that are kept to be shown; nobody reads on to there."""
LONGEST_FOUND = 200
LONGEST_CODE = 60
GROWN_UP = 18
LONGEST_PHONE = 30
LONGEST_CONSENT = 300
HEADINGS_TOLD = 20

Data = dict[str, Any]


@dataclass(slots=True)
class Findings:
    """The families or children of a file, its problems, and what else to tell of it."""

    rows: list[Data]
    problems: list[Data]
    notes: Data = field(default_factory=dict)

    def rows_by_verdict(self) -> dict[str, list[Data]]:
        """Part the children of a return into those who are children still, and those who have grown up since."""
        parts: dict[str, list[Data]] = {"new": [], "grown": []}
        for row in self.rows:
            parts["grown" if (row["age"] or 0) >= GROWN_UP else "new"].append(row)
        return parts


def find_families(tables: Sequence[Table], today: date) -> Findings:
    """Find the families of one spreadsheet."""
    (table,) = tables
    families, problems = read_families(table, today)
    if not families and not problems:
        raise Unreadable(f"{table.name} has headings but no family in it.")
    refused = sum(family.consent == "refused" for family in families)
    notes = {"unused": list(unused_headings(table)[:HEADINGS_TOLD]), "refused": refused}
    return Findings([_family(family) for family in families], *_told(problems, notes))


def find_children(tables: Sequence[Table], today: date) -> Findings:
    """Find the children of one return, the latest first, whose files may be of several years and in any order."""
    headers, episodes, previous = parted(tables)
    found = find_kinship_children(headers, episodes, previous)
    problems = list(found.problems)
    children = []
    for child in reversed(found.children):
        if len(child.child) > LONGEST_CODE:
            problems.append(Problem(0, "CHILD", child.child, f"no more than {LONGEST_CODE} characters"))
        else:
            children.append(_child(child, today))
    return Findings(children, *_told(problems, {}))


def parted(tables: Sequence[Table]) -> tuple[list[Table], list[Table], list[Table]]:
    """Part the files of a return into headers, episodes and previous permanence, by their headings alone."""
    kinds: dict[str, list[Table]] = {"header": [], "episodes": [], "previous permanence": []}
    for table in tables:
        kind = kind_of(table)
        if not kind:
            raise Unreadable(
                f"{table.name} is not a file of an SSDA903 return that we can use. We look for the column SEX in the "
                "header file, DECOM and PLACE in the episodes file, and PREV_PERM in the previous permanence file."
            )
        kinds[kind].append(table)
    for kind in ("episodes", "header"):
        if not kinds[kind]:
            raise Unreadable(f"The {kind} file is missing. Choose all files of the return together.")
    return kinds["header"], kinds["episodes"], kinds["previous permanence"]


def _told(problems: Sequence[Problem], notes: Data) -> tuple[list[Data], Data]:
    rows = {(problem.file, problem.row) for problem in problems}
    kept = [{**asdict(problem), "found": problem.found[:LONGEST_FOUND]} for problem in problems[:PROBLEMS_KEPT]]
    return kept, {**notes, "all_problems": len(problems), "rows_with_problems": len(rows)}


def _family(family: Family) -> Data:
    # Several rows of one family may together say more of consent than there is room for: then it stands in the words.
    long = len(family.consent_words) > LONGEST_CONSENT
    spill = f"\nHow consent was given: {family.consent_words}" if long else ""
    return {
        "import_key": family_key(family),
        "rows": list(family.rows),
        "carer_name": family.carer_name,
        **_dated("carer_birth_date", "carer_birth_precision", family.carer_birth),
        "carer_phone": family.carer_phone
        if len(family.carer_phone) <= LONGEST_PHONE
        else "".join(family.carer_phone.split()),
        "carer_email": family.carer_email,
        "postcode": family.postcode,
        "no_fixed_address": family.no_fixed_address,
        "relationship": family.relationship,
        "children": [_told_child(child) for child in family.children],
        "words": (family.words + spill).strip(),
        "safety_words": family.safety_words,
        "consent": family.consent,
        "consent_words": "See what would help." if long else family.consent_words,
        "their_reference": family.reference,
    }


def _told_child(child: Child) -> dict[str, str]:
    """A child as a referral keeps them: all of it text."""
    return {
        "name": child.name,
        **{name: value or "" for name, value in _dated("birth_date", "birth_precision", child.birth).items()},
        "arrangement": child.arrangement,
        **{
            name: value or ""
            for name, value in _dated("arrangement_since", "arrangement_precision", child.arrangement_since).items()
        },
        "looked_after_before": child.looked_after_before,
        "plan": child.plan,
    }


def _dated(day: str, how: str, when: RoughDate) -> dict[str, str | None]:
    return {day: when.on.isoformat() if when.on else None, how: when.precision}


def _child(found: KinshipChild, today: date) -> Data:
    before = {True: "yes", False: "no", None: "unknown"}[found.looked_after_before]
    born = found.birth_date
    return {
        "child": found.child,
        "birth_date": born.isoformat() if born else "",
        "age": _age(born, today) if born else None,
        "on": found.on.isoformat(),
        "code": found.code,
        "arrangement": found.arrangement,
        "looked_after_before": before,
        "why": found.why,
        "with_family": found.with_family,
        "follows": list(found.follows),
    }


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
