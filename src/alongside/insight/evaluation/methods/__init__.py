"""Each method that an analyst may ask for: the columns that it reads, and the function that works it out."""

from alongside.insight.evaluation.methods.asked import Method, Options
from alongside.insight.evaluation.methods.change import MIXED, PAIRED, RCI
from alongside.insight.evaluation.methods.comparing import DID, DOSE, ITS
from alongside.insight.evaluation.methods.lasting import SURVIVAL
from alongside.insight.evaluation.methods.planning import POWER
from alongside.insight.evaluation.methods.small_counts import SUPPRESS
from alongside.insight.evaluation.methods.studies import META
from alongside.insight.evaluation.methods.watching import FUNNEL, XMR

__all__ = ["METHODS", "Method", "Options"]

METHODS = {
    "paired": PAIRED,
    "rci": RCI,
    "mixed": MIXED,
    "did": DID,
    "its": ITS,
    "dose": DOSE,
    "power": POWER,
    "meta": META,
    "xmr": XMR,
    "funnel": FUNNEL,
    "survival": SURVIVAL,
    "suppress": SUPPRESS,
}
