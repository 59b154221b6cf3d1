"""Every address of the program, and what stands behind each that names something.

A new page that names something registers here; a test says so until it does.
"""

from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alongside.core.access import rule_of
from tests.house.world import World

LIBRARY = "the sign-in library guards its own pages"
# For each kind of thing that an address can name: the pages that open it.
PAGES: dict[str, str] = {
    "case": """cases:case cases:log cases:goal_new cases:close cases:reopen api:family api:contacts
        referrals:allocate clocks:family team:audit_new
        appointments:family appointments:book
        cases:tried cases:draft cases:drop today:read""",
    "case and its plan": """plans:plan plans:talk plans:strength_new plans:step_new plans:promises plans:promise_new
        plans:allowance_new plans:origin_new plans:agree letters:letters letters:begin""",
    "letter": "letters:letter letters:send letters:put_away letters:pdf letters:enclosed",
    "agreed plan": "plans:agreed plans:agreed_pdf plans:send",
    "case's part of life": "plans:need_new",
    "need": "plans:need",
    "strength": "plans:strength",
    "promise": "plans:promise plans:promise_change",
    "allowance": "plans:allowance plans:entry_new",
    "allowance entry": "plans:entry",
    "origin event": "plans:origin",
    "case's questionnaire": "measures:enter",
    "questionnaire": "settings:questionnaire",
    "declaration": "settings:end-licence",
    "pack": "settings:end-pack",
    "case's measures": """measures:overview measures:ask measures:link measures:paper measures:paper_pdf
        measures:keep measures:drop measures:peace""",
    "family's picture": """picture:picture picture:kin_new picture:tie_new picture:couple_new picture:supporter_new
        story:story story:pdf story:send""",
    "kin": "picture:kin_change picture:kin_remove",
    "tie": "picture:tie_change picture:tie_remove",
    "couple": "picture:couple_change picture:couple_remove",
    "supporter": "picture:supporter_change picture:supporter_remove",
    "case and its programmes": """programmes:family programmes:join programmes:support_new programmes:therapy
        programmes:agreement_new programmes:group_join""",
    "group member": "programmes:group_leave",
    "both sides": "programmes:authority programmes:authority_alone programmes:authority_new",
    "authority's note": "programmes:authority_note",
    "place in a programme": "programmes:pause programmes:more programmes:move",
    "pause": "programmes:go_on",
    "wish for more time": "programmes:answer",
    "offer": "programmes:support",
    "fund agreement": "programmes:agreement programmes:session_new",
    "therapy session": "programmes:session",
    "practice of a contract": "contracts:practice",
    "appointment": "appointments:change appointments:settle",
    "contact": "cases:contact programmes:count",
    "goal": "cases:goal cases:goal_change cases:reading_new cases:goal_finish cases:step_new",
    "step": "cases:step_change",
    "household": "people:household people:household_change people:add people:relate people:safety",
    "safety note": "people:safety_change",
    "membership": "people:membership_change",
    "person": "people:person people:person_change people:arrangement_new people:plan_new",
    "arrangement": "people:arrangement_change clocks:dates",
    "worker": "team:worker team:languages team:supervise team:away",
    "absence": "team:absence",
    "absence to change": "team:last_day",
    "supervision": "team:supervision",
    "agreed action": "team:action",
    "audit": "team:audit",
    "sample": "team:sample",
    "plan": "people:plan_change",
    "trial": "trials:trial trials:change trials:open trials:close trials:clusters trials:check trials:analysis",
    "family's trials": "trials:family",
    "family's way into a trial": "trials:look trials:ask trials:allocate trials:take_back",
    "referral": "referrals:triage referrals:correct referrals:referral referrals:sent api:referral team:priority",
    "contract": "contracts:contract contracts:change",
    "quarter": "reports:quarter reports:moved reports:freeze reports:pdf reports:spreadsheet",
    "figure": "reports:figure",
    "quarter by machine": "api:report",
    "quarter of all": "reports:contracts",
    "spreadsheet": "imports:families imports:problems",
    "council's return": "imports:children",
    "kind of template": "imports:template",
    "invitation": "settings:invite-again settings:withdraw",
    "colleague": "settings:person settings:end-sign-in settings:open-sign-in settings:take-second-step",
    "key": "settings:end-key",
    "team": "settings:team",
    "no session": "settings:end-session",
    "no second step": "settings:remove-step",
    "family's safety": "safety:family safety:raise_for safety:flag_new",
    "restriction of a family": "safety:restrict",
    "flag": "safety:flag_change",
    "concern": "safety:concern safety:place",
    "step of a concern": "safety:write",
    "decision on a concern": "safety:decide",
    "token": """appointments:feed check_in:start check_in:talk check_in:you check_in:rather_not
        invitation invitation_through
        survey:start survey:next survey:whole survey:check""",
    "own unit cost": "economics:unit-cost",
    "cohort": """evaluation:cohort evaluation:change evaluation:protocol evaluation:fix evaluation:freeze evaluation:run
        evaluation:deviation evaluation:authorities evaluation:report
        evaluation:report_pdf evaluation:report_docx evaluation:release extracts:ask""",
    "extract": "extracts:extract extracts:take extracts:decide",
    "release": "evaluation:released evaluation:released_pdf evaluation:released_docx",
    "run": "evaluation:result",
    "economic case": "economics:case economics:editions economics:upload economics:share",
    "edition of an economic case": """economics:edition economics:file economics:spreadsheet
        economics:business_case_pdf economics:business_case_docx""",
    "economic release": """economics:given economics:given_drawn economics:given_file economics:given_spreadsheet
        economics:given_business_case_pdf economics:given_business_case_docx""",
    "question of a token": "check_in:question",
    "survey": "surveys:survey",
    "edition": """surveys:edition surveys:words surveys:preview surveys:preview_whole surveys:open
        surveys:xlsform surveys:fhir surveys:part_new""",
    "part of an edition": "surveys:part surveys:part_when surveys:part_remove surveys:question_new",
    "question of an edition": "surveys:question surveys:question_when surveys:question_remove",
    "round": """surveys:round surveys:last_day surveys:close surveys:invite surveys:hand_out
        surveys:responses surveys:bring_responses surveys:results surveys:results_file
        surveys:totals""",
    "question of a round": "surveys:totals_of",
    "address of a survey": "survey:open survey:thanks",
    "question of a survey": "survey:question",
    "step of asking": "ask:question",
}
THING_OF = {name: thing for thing, names in PAGES.items() for name in names.split()}
# Who sees each kind of thing; to anybody else whose role opens the page, it is not there.
HER_WORKERS, HER_CONTRACT, HER_COUNCIL = {"asha", "morgan"}, {"morgan", "carol"}, {"ruth"}
HER_EVALUATION = {"eve", "morgan"}
SEEN_BY: dict[str, set[str]] = {
    "case": HER_WORKERS,
    "case's measures": HER_WORKERS,
    "case's questionnaire": HER_WORKERS,
    "declaration": {"morgan"},
    "pack": {"morgan"},
    "case and its plan": HER_WORKERS,
    "case's part of life": HER_WORKERS,
    "agreed plan": HER_WORKERS,
    "letter": HER_WORKERS,
    "need": HER_WORKERS,
    "strength": HER_WORKERS,
    "promise": HER_WORKERS,
    "allowance": HER_WORKERS,
    "allowance entry": HER_WORKERS,
    "origin event": HER_WORKERS,
    "family's picture": HER_WORKERS,
    "kin": HER_WORKERS,
    "tie": HER_WORKERS,
    "couple": HER_WORKERS,
    "supporter": HER_WORKERS,
    "case and its programmes": HER_WORKERS,
    "both sides": {"asha"},
    "authority's note": {"asha"},
    "place in a programme": HER_WORKERS,
    "pause": HER_WORKERS,
    "wish for more time": {"morgan"},
    "offer": HER_WORKERS,
    "group member": HER_WORKERS,
    "fund agreement": HER_WORKERS,
    "therapy session": HER_WORKERS,
    "practice of a contract": {"morgan"},
    "appointment": HER_WORKERS,
    "contact": HER_WORKERS,
    "goal": HER_WORKERS,
    "step": HER_WORKERS,
    "household": HER_WORKERS,
    "safety note": HER_WORKERS,
    "membership": HER_WORKERS,
    "person": HER_WORKERS,
    "arrangement": HER_WORKERS,
    "worker": {"morgan"},
    "absence": HER_WORKERS,
    "absence to change": {"morgan"},
    "supervision": HER_WORKERS,
    "agreed action": HER_WORKERS,
    "audit": {"morgan"},
    "sample": {"morgan"},
    "plan": HER_WORKERS,
    "trial": {"eve"},
    "family's trials": HER_WORKERS,
    "family's way into a trial": HER_WORKERS,
    "family's safety": HER_WORKERS,
    "restriction of a family": HER_WORKERS,
    "flag": HER_WORKERS,
    "concern": HER_WORKERS,
    "step of a concern": HER_WORKERS,
    "decision on a concern": HER_WORKERS,
    "referral": {"morgan", "ruth"},
    "contract": HER_CONTRACT,
    "quarter": HER_CONTRACT,
    "figure": HER_CONTRACT,
    "quarter by machine": HER_CONTRACT,
    "spreadsheet": HER_COUNCIL,
    "council's return": HER_COUNCIL,
    "invitation": {"priya"},
    "colleague": {"priya"},
    "team": {"priya"},
    "key": {"ruth"},
    "cohort": HER_EVALUATION,
    "run": HER_EVALUATION,
    "extract": {"eve", "omar"},
    "survey": {"morgan", "eve"},
    "edition": {"morgan", "eve"},
    "part of an edition": {"morgan", "eve"},
    "question of an edition": {"morgan", "eve"},
    "round": {"morgan", "eve"},
    "question of a round": {"morgan", "eve"},
    "release": {"eve", "morgan", "carol"},
    "economic case": HER_EVALUATION,
    "edition of an economic case": HER_EVALUATION,
    "economic release": {"eve", "morgan", "carol"},
    "own unit cost": HER_EVALUATION,
    "no session": set(),
    "no second step": set(),
}
# What belongs to nobody: whose role opens the page sees it, each with what is theirs in it.
NOBODYS = {
    "questionnaire",
    "token",
    "question of a token",
    "address of a survey",
    "question of a survey",
    "step of asking",
    "quarter of all",
    "kind of template",
}


class Address(NamedTuple):
    """An address, its page, and the names of its arguments."""

    name: str
    route: str
    view: Any
    arguments: frozenset[str]

    def of(self, world: World) -> str:
        """Fill it in from the world."""
        return reverse(self.name, kwargs=world.things[THING_OF[self.name]] if self.arguments else None)


def addresses() -> list[Address]:
    """Every address of the program, but not those of the sign-in library."""

    def walk(resolver: URLResolver, before: str, area: tuple[str, ...], named: frozenset[str]) -> list[Address]:
        found = []
        for entry in resolver.url_patterns:
            route, arguments = before + str(entry.pattern), named | frozenset(entry.pattern.regex.groupindex)
            if isinstance(entry, URLResolver):
                found += walk(entry, route, (*area, entry.namespace) if entry.namespace else area, arguments)
            elif isinstance(entry, URLPattern) and rule_of(entry.callback).reason != LIBRARY:
                name = ":".join((*area, entry.name or ""))
                found.append(Address(name, route, entry.callback, arguments))
        return found

    return walk(get_resolver(), "", (), frozenset())
