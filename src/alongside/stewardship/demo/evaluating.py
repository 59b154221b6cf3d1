"""A cohort of Kirklees and a trial, with protocol, frozen and run, so that who evaluates has something to read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from alongside import __version__
from alongside.core.base.rows import rows_of
from alongside.insight.evaluation.models import Cohort, Protocol
from alongside.insight.evaluation.rows import pack
from alongside.insight.evaluation.rules import Definition, Promised, Windows
from alongside.insight.evaluation.runs import RUNS, Asked, outcomes_in
from alongside.insight.evaluation.services import SEED, fingerprint_of, read_rows
from alongside.insight.evaluation.trials.planning import METHOD, definition_of
from alongside.records.measures.library import instruments
from alongside.records.trials.models import Trial
from alongside.stewardship.demo.agencies import Area
from alongside.stewardship.demo.chance import DAY, Chance, moment, weekday
from alongside.stewardship.demo.fragments import table
from alongside.stewardship.demo.tables import ANALYSIS_RUN, COHORT, FROZEN_COHORT, PROTOCOL, Rows, Worker

WEEK = 7 * DAY


def evaluate(chance: Chance, area: Area, rows: Rows, mina: Worker, since: date, today: date) -> str:
    """Write it, from families who are in the database already and began long enough ago to have answered again; say
    which it is.
    """
    told = table("shown")["cohort"]
    contracts = tuple(str(UUID(term.id)) for terms in area.terms.values() for term in terms)
    definition = Definition(contracts, since, weekday(today - 14 * WEEK), windows=Windows())
    days = _Days(*(weekday(today - ago * DAY) for ago in (24, 20, 19)))
    facts = {"title": told["title"], "question": told["question"], "definition": definition.to_json()}
    cohort = Cohort(pk=UUID(chance.new_id(days.defined)), agency_id=UUID(rows.agency), **facts)
    renewed = max(term.starts_on for terms in area.terms.values() for term in terms)
    promised = replace(_promised(told), series=told["series"], since=renewed)
    _Kept(chance, rows, mina, cohort, promised, days).write()
    return cohort.pk.hex


def analyse(chance: Chance, rows: Rows, mina: Worker, today: date) -> None:
    """Write what the trial that is over found; it is in the database already, and was planned soon after it opened."""
    told = next(one for one in table("trials")["trials"] if "analysis" in one)
    with rows_of(UUID(rows.agency)):
        trial = Trial.objects.get(agency=UUID(rows.agency), name=told["name"])
        definition = definition_of(trial)
    opened = definition.starts_from
    days = _Days(weekday(opened + WEEK), weekday(opened + 2 * WEEK), weekday(today - 5 * DAY))
    facts = {"title": trial.name, "question": trial.question, "definition": definition.to_json()}
    cohort = Cohort(pk=trial.pk, agency_id=trial.agency_id, **facts)
    _Kept(chance, rows, mina, cohort, replace(_promised(told["analysis"]), method=METHOD), days).write()


def _promised(told: Mapping[str, Any]) -> Promised:
    primary, secondary, others = (tuple(told.get(name, ())) for name in ("primary", "secondary", "others"))
    return Promised(primary, secondary, others=others, words=told["words"])


class _Days(NamedTuple):
    """When a cohort was defined, its protocol fixed, and its rows frozen and run."""

    defined: date
    fixed: date
    frozen: date


@dataclass(frozen=True)
class _Kept:
    """Writes a cohort, what was promised of it, its rows as the database has them, and what was found."""

    chance: Chance
    rows: Rows
    mina: Worker
    cohort: Cohort
    promised: Promised
    days: _Days

    def write(self) -> None:
        """Write it."""
        rows, mina, days = self.rows, self.mina, self.days
        cohort, protocol = self.cohort.pk.hex, self.chance.new_id(days.defined)
        definition = json.dumps(self.cohort.definition)
        kept = (self.cohort.title, self.cohort.question, definition, mina.id, f"{days.frozen} 09:30:00", None, "")
        rows.owned(COHORT, cohort, f"{days.defined} 10:05:00", *kept)
        rows.log("cohort defined", COHORT, cohort, moment(days.defined, 605), mina)
        content = self.promised.to_json()
        digest = fingerprint_of(self.cohort, Protocol(content=content))
        fixing = (f"{days.fixed} 16:10:00", mina.id, digest)
        rows.owned(PROTOCOL, protocol, f"{days.defined} 10:05:00", cohort, json.dumps(content), *fixing)
        rows.log("protocol fixed", PROTOCOL, protocol, moment(days.fixed, 970), mina)
        self._freeze(cohort)

    def _freeze(self, cohort: str) -> None:
        rows, mina, frozen = self.rows, self.mina, self.days.frozen
        with rows_of(UUID(rows.agency)):
            built, shown = read_rows(self.cohort, self.promised, frozen)
        content, fingerprint = pack(built.rows)
        at = f"{frozen} 09:30:00"
        found = (content, fingerprint, json.dumps(shown), json.dumps(built.editions))
        rows.owned(FROZEN_COHORT, self.chance.new_id(frozen), at, cohort, at, mina.id, *found)
        rows.log("cohort frozen", COHORT, cohort, moment(frozen, 570), mina)
        promised, known = self.promised, outcomes_in(instruments())
        measured = (*promised.primary, *promised.secondary)
        ours = [(promised.method, promised.primary), (promised.method, promised.secondary)]
        for method, outcomes in (
            *ours,
            *((each, measured if RUNS[each].of_outcomes else ()) for each in promised.others),
        ):
            chosen, tried = tuple(known[key] for key in outcomes), self.cohort.defined.tried
            asked = Asked(chosen, shown, SEED, tried, promised.series, promised.since)
            result = json.dumps(RUNS[method].work(built.rows, asked).to_json())
            run, standing = self.chance.new_id(frozen), promised.standing_of(method, outcomes)
            how = (method, json.dumps(outcomes), "", standing, SEED, __version__, fingerprint)
            rows.owned(ANALYSIS_RUN, run, f"{frozen} 09:40:00", cohort, *how, result, f"{frozen} 09:40:00", mina.id)
            rows.log("method run", ANALYSIS_RUN, run, moment(frozen, 580), mina)
