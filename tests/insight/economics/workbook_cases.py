"""Scenarios that are whole: each template with its blanks filled in, and one with everything that a case may have."""

import re

from alongside.calc.economics.scenario import Scenario
from alongside.calc.economics.scenario_file import read_scenario
from alongside.insight.economics.library import library, templates

FILLED = {
    "share": "counted = { events = 9, of = 31 }",
    "pounds": "amount = { mean = 903.37, sd = 90 }\nprice_year = 2020",
    "number": "pert = { low = 10, likely = 120, high = 400 }",
}
EVERYTHING = """\
key = "everything"
title = "=1+1 is a title, not a sum"
question = "@SUM(A1:A9) pays?"
first_year = 2026
years = 9
price_year = 2024
discounting = "green-book-2026"
rule = "mean"
starts = [0.5, 0.3, 0.2]
each = { family = "families", "+contact" = "contacts" }

[inputs.families]
title = "-Families"
kind = "number"
pert = { low = 80, likely = 100, high = 150 }
from = "record"
source = "=cmd|' /C calc'!A0"
grade = 1

[inputs.children-each]
title = "Children in a family"
kind = "number"
value = 1.5
from = "record"
source = "Starts"
grade = 2

[inputs.children]
title = "Children"
kind = "number"
product = ["families", "children-each"]
from = "record"
source = "Worked out"
grade = 4

[inputs.contacts]
title = "Contacts"
kind = "number"
value = 1234
from = "record"
source = "The service's time sheets"

[inputs.at-risk]
title = "Share at risk"
kind = "share"
counted = { events = 12, of = 40 }
from = "record"
source = "A cohort"
grade = 3

[inputs.impact]
title = "Share who stay"
kind = "share"
share = { mean = 0.3, sd = 0.05 }
from = "judgement"
source = "Nobody was compared"
grade = 6

[inputs.lost]
title = "Deadweight"
kind = "share"
uniform = { low = 0.2, high = 0.5 }
from = "judgement"
source = "A judgement"

[inputs.fades]
title = "Drop-off"
kind = "share"
value = 0.15
from = "judgement"
source = "A judgement"

[inputs.ends]
title = "Ends at once"
kind = "share"
value = 1.0
from = "judgement"
source = "A judgement"

[inputs.care_year]
title = "A year of care"
kind = "pounds"
library = "SS1.0"
spread = 0.2
from = "library"

[inputs.session]
title = "A session"
kind = "pounds"
lognormal = { low = 40, high = 90 }
price_year = 2013
from = "published"
source = "A report"
grade = 5

[inputs.sessions]
title = "Sessions a year"
kind = "number"
triangular = { low = 4, likely = 8, high = 20 }
from = "record"
source = "Time sheets"

[inputs.therapy]
title = "Therapy for a year"
kind = "pounds"
product = ["session", "sessions"]
from = "record"
source = "Worked out"

[inputs.a-year]
title = "Delivery a year"
kind = "pounds"
amount = { mean = 61234.56, sd = 4000 }
price_year = 2023
from = "record"
source = "The contract"
grade = 2

[[outcomes]]
key = "care"
title = "@Children not in care"
value = "fiscal"
agencies = { "Local authority" = 0.9, "=NHS" = 0.1 }
population = "children"
affected = "at-risk"
engaged = "one"
retained = "at-risk"
impact = "impact"
deadweight = "lost"
attribution = "fades"
displacement = "fades"
unit_value = "care_year"
drop_off = "fades"
lag = 1
duration = 3.5
cashable = 0.4

[[outcomes]]
key = "therapy"
title = "Therapy not needed"
value = "economic"
agencies = { "=NHS" = 1.0 }
population = "families"
affected = "one"
engaged = "one"
retained = "one"
impact = "impact"
deadweight = "none"
unit_value = "therapy"
drop_off = "ends"
duration = 4

[[outcomes]]
key = "late"
title = "Well-being, beyond the horizon"
value = "social"
agencies = { Carers = 1.0 }
population = "one"
affected = "one"
engaged = "one"
retained = "one"
impact = "one"
deadweight = "none"
unit_value = "care_year"
lag = 20
duration = 1

[[costs]]
key = "delivery"
title = "+Delivery"
agency = "Local authority"
amount = "a-year"
first_year = 0
years = 3

[[costs]]
key = "sessions"
title = "Sessions"
agency = "=NHS"
amount = "therapy"
per = "families"
first_year = 2
years = 99

[[together]]
inputs = ["impact", "lost"]
ranks = [[1.0, 0.4], [0.4, 1.0]]
"""


def everything() -> Scenario:
    """A scenario with lags, drop-off, later starts, products, own price years and titles that look like formulas."""
    return read_scenario(EVERYTHING, library())


def filled() -> dict[str, Scenario]:
    """Each template, its blanks filled in with made-up figures."""
    blank = re.compile(r'kind = "(\w+)"\nunknown = true')
    return {
        name: read_scenario(blank.sub(lambda found: f'kind = "{found[1]}"\n{FILLED[found[1]]}', text), library())
        for name, text in templates().items()
    }
