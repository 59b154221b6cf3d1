"""The tables of surveys, as the made-up families fill them."""

from alongside.records.surveys.models import Edition, KnownTotals, Response, Round, Survey
from alongside.stewardship.demo.columns import Table, owned

SURVEY = owned(Survey, "title")
EDITION = owned(Edition, "survey number definition fixed_on")
ROUND = owned(Round, "survey edition name way kept address opened_on closes_on closed_on")
KNOWN_TOTALS = owned(KnownTotals, "round question groups source counted_on reason")
RESPONSE = Table(Response, ("id", "version", "agency", "round", "edition", "authority", "answers", "week"))
