"""Each method that an analyst may ask for: the columns that it reads, and the function that works it out."""

from alongside.insight.evaluation.methods.asked import Method, Options
from alongside.insight.evaluation.methods.change import MIXED, PAIRED, RCI
from alongside.insight.evaluation.methods.comparing import DID, DOSE, ITS, PROPENSITY, SUBGROUPS
from alongside.insight.evaluation.methods.lasting import SURVIVAL
from alongside.insight.evaluation.methods.missing import BOUNDS, IMPUTED, LEAVERS
from alongside.insight.evaluation.methods.planning import POWER, SELECTION
from alongside.insight.evaluation.methods.small_counts import SUPPRESS
from alongside.insight.evaluation.methods.studies import META
from alongside.insight.evaluation.methods.watching import FUNNEL, XMR
from alongside.insight.evaluation.methods.weighting import RAKE

__all__ = ["METHODS", "Method", "Options"]

METHODS = {
    "paired": PAIRED,
    "rci": RCI,
    "mixed": MIXED,
    "leavers": LEAVERS,
    "bounds": BOUNDS,
    "impute": IMPUTED,
    "did": DID,
    "propensity": PROPENSITY,
    "subgroups": SUBGROUPS,
    "its": ITS,
    "dose": DOSE,
    "power": POWER,
    "selection": SELECTION,
    "rake": RAKE,
    "meta": META,
    "xmr": XMR,
    "funnel": FUNNEL,
    "survival": SURVIVAL,
    "suppress": SUPPRESS,
}
