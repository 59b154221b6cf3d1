"""Writing block after block, beside the making of the next block where the database is another process."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

from django.db import connections, transaction

from alongside.core.base.rows import EVERY_AGENCY, rows_of
from alongside.stewardship.demo.tables import Block

Tell = Callable[[str], None]


class Loader:
    """Writes blocks in their order and tells how far it is; at most one block waits while another is made."""

    def __init__(self, tell: Tell, children: int, beside: bool) -> None:
        self.tell = tell
        self.children = children
        self.beside = ThreadPoolExecutor(1) if beside else None
        self.last: Future[None] | None = None
        self.done = 0
        self.rows = 0
        self.began = monotonic()

    def write(self, block: Block, children: int = 0) -> None:
        """Write a block with so many children in it."""
        if self.beside is None:
            self._write(block, children)
            return
        self._settle()
        self.last = self.beside.submit(self._write_alone, block, children)

    def finish(self) -> None:
        """Wait until everything is written."""
        self._settle()
        if self.beside is not None:
            self.beside.submit(connections.close_all).result()
            self.beside.shutdown()

    def _settle(self) -> None:
        if self.last is not None:
            self.last.result()
            self.last = None

    def _write_alone(self, block: Block, children: int) -> None:
        with rows_of(EVERY_AGENCY):  # a thread has a connection of its own
            self._write(block, children)

    def _write(self, block: Block, children: int) -> None:
        with transaction.atomic():
            self.rows += block.write()
        self.done += children
        if children:
            rate = self.rows / max(0.001, monotonic() - self.began)
            percent = 100 * self.done / self.children
            self.tell(f"{percent:3.0f}%  {self.done:,} children, {self.rows:,} rows, {rate:,.0f} rows a second")
