"""Where a command's work is done: here, in several processes, or on the machines of a Dask scheduler."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from alongside.calc.economics.simulation import Pool

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 5
"""Seconds in which a scheduler must answer."""


class Unreachable(Exception):
    """A scheduler that cannot be used, said in a sentence."""


@contextmanager
def spread_over(processes: int, scheduler: str | None) -> Iterator[Pool | None]:
    """Give what work is spread over, if anything; the result is the same on any of them."""
    if scheduler is not None:
        with _client(scheduler) as client:
            yield client.get_executor()
    elif processes > 1:
        with ProcessPoolExecutor(processes) as pool:
            yield pool
    else:
        yield None


def _client(scheduler: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise Unreachable("Dask is not installed here. Install it with: pip install distributed") from error
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Unreachable(
            f"No Dask scheduler answers at {scheduler}. Give its address, such as tcp://scheduler:8786."
        ) from error
    if not client.ncores():
        client.close()
        raise Unreachable(f"The Dask scheduler at {scheduler} has no workers.")
    return client
