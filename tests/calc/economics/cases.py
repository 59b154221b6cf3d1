"""Cases that are worked by hand, and that tests change one thing of."""

from dataclasses import replace
from datetime import date
from typing import Any

from alongside.calc.economics.beta import Pert, Share
from alongside.calc.economics.discounting import Schedule, Step
from alongside.calc.economics.distributions import Amount, Distribution, Fixed
from alongside.calc.economics.model import Case, Cost, Outcome, Product, Value

GREEN_BOOK = Schedule(
    "green-book-2026",
    "The Green Book 2026",
    date(2026, 1, 1),
    "HM Treasury",
    (Step(0, 0.035), Step(31, 0.03), Step(76, 0.025), Step(126, 0.02), Step(201, 0.015), Step(301, 0.01)),
)
CARE = Outcome(
    key="care",
    title="Children who do not come into care",
    value=Value.FISCAL,
    agencies={"Local authority": 0.9, "NHS": 0.1},
    population="families",
    affected="at_risk",
    engaged="engaged",
    retained="retained",
    impact="impact",
    deadweight="deadweight",
    unit_value="care_year",
    drop_off="drop_off",
    duration=3,
    cashable=0.5,
)
WELL = replace(CARE, key="well", title="Well-being", value=Value.SOCIAL, agencies={"Carers": 1.0}, cashable=0)
DELIVERY = Cost("delivery", "Delivery", "Local authority", "cost_per_family", per="families")
FIXED: dict[str, Distribution | Product] = {
    "families": Fixed(100),
    "at_risk": Fixed(0.2),
    "engaged": Fixed(0.5),
    "retained": Fixed(0.8),
    "impact": Fixed(0.25),
    "deadweight": Fixed(0.5),
    "care_year": Fixed(40_000),
    "drop_off": Fixed(0.1),
    "cost_per_family": Fixed(900),
}
UNSURE: dict[str, Distribution | Product] = FIXED | {
    "impact": Share(0.25, 0.05),
    "deadweight": Pert(0.3, 0.5, 0.7),
    "care_year": Amount(40_000, 6_000),
}
WHOLE = """\
key = "small"
title = "A small case"
question = "Does it pay?"
first_year = 2026
years = 5
price_year = 2019
discounting = "green-book-2026"
rule = "worst"
each = { family = "families" }

[inputs.families]
title = "Families"
kind = "number"
value = 100
from = "record"
source = "Starts of the contract"
grade = 1

[inputs.part]
title = "A share of them"
kind = "share"
counted = { events = 12, of = 40 }
from = "record"
source = "A cohort"
grade = 3

[inputs.care_year]
title = "A year of foster care"
kind = "pounds"
library = "SS2.0"
from = "library"

[inputs.one_family]
title = "Cost of a family"
kind = "pounds"
value = 900
price_year = 2019
from = "record"
source = "The contract"
grade = 2

[[outcomes]]
key = "care"
title = "Care avoided"
value = "fiscal"
agencies = { "Local authority" = 1.0 }
population = "families"
affected = "part"
engaged = "part"
retained = "one"
impact = "part"
deadweight = "none"
unit_value = "care_year"
duration = 2

[[costs]]
key = "delivery"
title = "Delivery"
agency = "Local authority"
amount = "one_family"
per = "families"
"""


def a_case(**changed: Any) -> Case:
    """The case of docs/methods/economics.md, with something else in it."""
    facts: dict[str, Any] = {
        "years": 5,
        "schedule": GREEN_BOOK,
        "inputs": FIXED,
        "outcomes": (CARE,),
        "costs": (DELIVERY,),
    }
    return Case(**facts | changed)
