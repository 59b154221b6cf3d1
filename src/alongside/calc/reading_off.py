"""What anybody can read off the sums of a table at sight, before any linear program is asked."""

from collections.abc import Iterable, Sequence

from alongside.calc.solving import Standing, Vector


class Unread:
    """The hidden numbers of each sum.

    A number alone in a sum is what the others leave, and parts that are few together are few each. This finds most of
    what a linear program would, in no time.
    """

    def __init__(self, standing: Standing, totals: Sequence[int], values: Vector, threshold: float) -> None:
        self.standing, self.totals = standing, totals
        self.values, self.threshold = values, threshold
        self.left: list[set[int]] = [set() for _ in totals]

    def hide(self, cells: Iterable[int]) -> None:
        """Count cells among the hidden."""
        for cell in cells:
            for each in self._sums(cell):
                self.left[each].add(cell)

    def show(self, cells: Iterable[int]) -> None:
        """Count them no longer."""
        for cell in cells:
            for each in self._sums(cell):
                self.left[each].discard(cell)

    def tells(self, cells: Iterable[int]) -> dict[int, int]:
        """Give the sums that tell of any of these hidden cells, each with the first of them."""
        first: dict[int, int] = {}
        for cell in cells:
            for each in self._sums(cell):
                if self._tells(each, self.left[each]):
                    first.setdefault(each, cell)
        return first

    def harmless(self, cells: Iterable[int], small: set[int]) -> list[int]:
        """Those cells that, all shown, would let nobody read a small number off one sum after another."""
        harmless: list[int] = []
        known: set[int] = set()
        for cell in cells:
            found = self._follow(cell, known, small)
            if found is not None:
                harmless.append(cell)
                known = found
        return harmless

    def _follow(self, cell: int, known: set[int], small: set[int]) -> set[int] | None:
        """What is known once ``cell`` is shown besides, or ``None`` if that tells of a small number."""
        seen, look = {cell, *known}, [cell]
        for one in look:
            for each in self._sums(one):
                left = self.left[each] - seen
                if left & small and self._tells(each, left):
                    return None
                if len(left) == 1:
                    seen |= left
                    look += left
        return seen

    def _tells(self, each: int, left: set[int]) -> bool:
        few = self.totals[each] not in left and sum(self.values[i] for i in left) < self.threshold
        return len(left) == 1 or few

    def _sums(self, cell: int) -> list[int]:
        """The sums in which a number stands."""
        start, sums, _ = self.standing
        return list(sums[start[cell] : start[cell + 1] if cell + 1 < len(start) else None].tolist())
