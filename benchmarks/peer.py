"""One of two processes that take turns: for each line read, ask for the pages once and say how long each took."""

import sys
from time import perf_counter

import django

django.setup()

from alongside.core.base.rows import EVERY_AGENCY, open_rows  # noqa: E402
from benchmarks.pages import grace_of  # noqa: E402
from benchmarks.visiting import Visitor, program  # noqa: E402
from benchmarks.writing import save_again  # noqa: E402


def main() -> int:
    """Warm up, then answer each line."""
    open_rows(EVERY_AGENCY)
    asha, morgan, handler = Visitor("asha@example.org"), Visitor("morgan@example.org"), program()
    case = grace_of(asha)
    save = save_again(asha.user)
    asks = [morgan.asks(handler, "/families/", whose="all"), asha.asks(handler, f"/families/{case.pk}/"), save]
    for _ in range(5):
        for ask in asks:
            open_rows(str(asha.user.agency_id))
            ask()
    for _ in sys.stdin:
        taken = []
        for ask in asks:
            open_rows(str(asha.user.agency_id))
            began = perf_counter()
            ask()
            taken.append(1000 * (perf_counter() - began))
        print(*taken, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
