"""A slider's answer from end to end, beside the simulation alone; on an empty database that DATABASE_URL names."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret  # noqa: E402

from alongside.calc.economics.distributions import Distribution  # noqa: E402
from alongside.calc.economics.scenario import Input, Kind, Origin, Scenario  # noqa: E402
from alongside.calc.economics.scenario_text import write_scenario  # noqa: E402
from alongside.calc.economics.simulation import simulate  # noqa: E402
from alongside.core.agencies.models import Agency, User  # noqa: E402
from alongside.core.agencies.permissions import Role  # noqa: E402
from alongside.core.base.rows import EVERY_AGENCY, open_rows  # noqa: E402
from alongside.insight.economics.editions import AT_ONCE, SEED, scenario_of  # noqa: E402
from alongside.insight.economics.library import library  # noqa: E402
from alongside.insight.economics.services import start_case  # noqa: E402
from alongside.web.economics.sheet import standing  # noqa: E402
from benchmarks.economics import OUTCOMES, YEARS, twelve_outcomes  # noqa: E402
from benchmarks.results import Result, as_json, as_table, at_most  # noqa: E402
from benchmarks.timing import CPU, in_turn  # noqa: E402
from benchmarks.visiting import Visitor, call, program  # noqa: E402

POUNDS, WHOLE = ("cost", "unit_value"), ("families",)
MOST = 1.5


def twelve_outcomes_written() -> Scenario:
    """The case of twelve outcomes as somebody would have written it, with where each input came from."""
    case = twelve_outcomes()

    def kind(name: str) -> Kind:
        return Kind.POUNDS if name.startswith(POUNDS) else Kind.NUMBER if name in WHOLE else Kind.SHARE

    inputs = {
        name: Input(
            name, f"Input {name}", kind(name), made, Origin.JUDGEMENT, "Made up", grade=3,
            price_year=2024 if kind(name) is Kind.POUNDS else None,
        )
        for name, made in case.inputs.items()
    }  # fmt: skip
    outcomes = tuple(replace(each, title=f"Outcome {each.key}") for each in case.outcomes)
    costs = tuple(replace(each, title="Delivery") for each in case.costs)
    return Scenario(
        key="twelve", title="Twelve outcomes", question="How fast?", version=1, first_year=2026, years=YEARS,
        price_year=2024, discounting="green-book-2026", rule="worst", inputs=inputs, outcomes=outcomes,
        costs=costs, ranks=(), starts=case.starts, each={"family": "families"},
    )  # fmt: skip


def moving(scenario: Scenario) -> Callable[[], bytes]:
    """Give a way to move a slider of a case, signed in: the whole form is sent, one number of it new each time."""
    agency = Agency.objects.create(kind=Agency.Kind.PROVIDER, name="Side by Side Kinship")
    by = User.objects.create(agency=agency, name="Morgan Ellis", role=Role.MANAGER, email="morgan@example.org")
    case = start_case(title="Twelve outcomes", text=write_scenario(scenario), by=by)
    form = {f"{each.key}.{name}": words for each in scenario.inputs.values() for name, words in standing(each).items()}
    del form["families.value"]
    secret = _get_new_csrf_string()
    form["csrfmiddlewaretoken"] = _mask_cipher_secret(secret)
    visitor, handler, number = Visitor(by.email), program(), count(400)
    whole = urlencode(form)  # by the browser
    visitor.cookie += f"; {settings.CSRF_COOKIE_NAME}={secret}"

    def move() -> bytes:
        body = f"{whole}&families.value={next(number)}".encode()
        environ = visitor.environ("POST", f"/economics/{case.pk}/", body=body)
        status, answer, _ = call(handler, environ | {"HTTP_HX_REQUEST": "true"})
        assert status == 200, status
        assert b"for each family" in answer
        return answer

    return move


def sliding() -> Iterator[Result]:
    """Measure the page's answer, its form, sign-in, log and template, beside the draws of the very same case."""
    scenario = twelve_outcomes_written()
    move = moving(scenario)
    case = scenario_of(write_scenario(scenario)).case(library())
    assert all(isinstance(made, Distribution) for made in case.inputs.values())
    times = in_turn({"ours": move, "alone": lambda: simulate(case, draws=AT_ONCE, seed=SEED)}, rounds=40, clock=CPU)
    what = f"a slider's answer from end to end, {AT_ONCE:,} draws of {OUTCOMES} outcomes over {YEARS} years"
    yield at_most(MOST, what, times["ours"], "the simulation alone", times["alone"])


if __name__ == "__main__":
    call_command("collectstatic", verbosity=0, interactive=False)
    open_rows(EVERY_AGENCY)
    results = list(sliding())
    Path(sys.argv[1], "sliding.json").write_text(as_json(results))
    print(as_table(results))
