"""A relation over what a form states: the values its printed figures give, and those they allow."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from jixiao.evaluation.stated import Stated
from jixiao.figures import Figure, Interval
from jixiao.relations.limits import bounds, exact
from jixiao.relations.tree import Tree
from jixiao.relations.values import value

Read = TypeVar("Read")


class Related(NamedTuple):
    """A relation, and the cells it reads by their names in it: none where the form has no such cell."""

    tree: Tree
    cells: Mapping[str, Sequence[Stated]]

    @property
    def operands(self) -> list[Stated]:
        """Every cell it reads, blank ones too."""
        return [cell for cells in self.cells.values() for cell in cells]

    @property
    def value(self) -> Decimal | str | None:
        """What the printed numbers give."""
        return value(self.tree, self._each(lambda name, cell: cell.number))

    def exact(self, number: Callable[[Stated], Decimal | None] = lambda cell: cell.number) -> Decimal | None:
        """What these numbers of the cells give before it is rounded; None where a denominator is 0."""
        return exact(self.tree, self._each(lambda name, cell: number(cell)))

    def bounds(
        self, interval: Callable[[str, Figure], Interval] = lambda name, figure: figure.interval
    ) -> Interval | None:
        """What the figures allow, each standing for such an interval."""
        return bounds(self.tree, self._each(lambda name, cell: interval(name, cell.figure) if cell.figure else None))

    def _each(self, read: Callable[[str, Stated], Read | None]) -> Callable[[str], Read | None | list[Read]]:
        """What is read of a name: one reading, of a column all there are."""

        def found(name: str) -> Read | None | list[Read]:
            readings = [reading for cell in self.cells[name] if (reading := read(name, cell)) is not None]
            return readings if name.endswith("[]") else next(iter(readings), None)

        return found
