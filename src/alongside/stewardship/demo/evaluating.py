"""A cohort of Kirklees with its protocol, frozen and run, so that who evaluates has something to read."""

import json
from datetime import date
from uuid import UUID

from alongside import __version__
from alongside.core.base.rows import rows_of
from alongside.insight.evaluation import flow
from alongside.insight.evaluation.freezing.building import build
from alongside.insight.evaluation.freezing.reading import eligible
from alongside.insight.evaluation.models import Cohort, Protocol
from alongside.insight.evaluation.rows import pack
from alongside.insight.evaluation.rules import Definition, Promised, Windows
from alongside.insight.evaluation.runs import RUNS, Asked, outcomes_in
from alongside.insight.evaluation.services import SEED, fingerprint_of
from alongside.records.measures.library import instruments
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
    promised = Promised(
        tuple(told["primary"]), tuple(told["secondary"]), others=tuple(told["others"]), words=told["words"]
    )
    defined, fixed, frozen = (weekday(today - ago * DAY) for ago in (24, 20, 19))
    cohort, protocol, held = (chance.new_id(day) for day in (defined, defined, frozen))
    kept = (told["title"], told["question"], json.dumps(definition.to_json()), mina.id)
    rows.owned(COHORT, cohort, f"{defined} 10:05:00", *kept, f"{frozen} 09:30:00", None, "")
    rows.log("cohort defined", COHORT, cohort, moment(defined, 605), mina)
    stands = Cohort(title=kept[0], question=kept[1], definition=definition.to_json())
    digest = fingerprint_of(stands, Protocol(content=promised.to_json()))
    fixing = (f"{fixed} 16:10:00", mina.id, digest)
    rows.owned(PROTOCOL, protocol, f"{defined} 10:05:00", cohort, json.dumps(promised.to_json()), *fixing)
    rows.log("protocol fixed", PROTOCOL, protocol, moment(fixed, 970), mina)
    with rows_of(UUID(rows.agency)):
        built = build(eligible(UUID(rows.agency), definition), definition, UUID(cohort), frozen)
    content, fingerprint = pack(built.rows)
    shown, at = flow.safe(flow.count(built)), f"{frozen} 09:30:00"
    found = (content, fingerprint, json.dumps(shown), json.dumps(built.editions))
    rows.owned(FROZEN_COHORT, held, at, cohort, at, mina.id, *found)
    rows.log("cohort frozen", COHORT, cohort, moment(frozen, 570), mina)
    known, measured = outcomes_in(instruments()), (*promised.primary, *promised.secondary)
    ours = [(promised.method, promised.primary), (promised.method, promised.secondary)]
    for method, outcomes in (*ours, *((each, measured if RUNS[each].of_outcomes else ()) for each in promised.others)):
        asked = Asked(tuple(known[key] for key in outcomes), shown, seed=SEED)
        result = json.dumps(RUNS[method].work(built.rows, asked).to_json())
        run, standing = chance.new_id(frozen), promised.standing_of(method, outcomes)
        how = (method, json.dumps(outcomes), "", standing, SEED, __version__, fingerprint)
        rows.owned(ANALYSIS_RUN, run, f"{frozen} 09:40:00", cohort, *how, result, f"{frozen} 09:40:00", mina.id)
        rows.log("method run", ANALYSIS_RUN, run, moment(frozen, 580), mina)
    return cohort
