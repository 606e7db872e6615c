"""Which formulas read which cells: what a change makes stale."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from jixiao.calculation.sheets import LIMIT, Spot
from jixiao.calculation.syntax import Call, Expression, Name, Operator, Reference, parsed
from jixiao.calculation.values import Range, Unknown
from jixiao.grid import Area, Document

_ANYWHERE = frozenset({"INDIRECT", "OFFSET"})
"""Functions that read cells their words do not name."""

_NARROW = 64  # columns of a range that is kept under each of them


class Readers:
    """The formulas of a document, and the cells each of them names. ``unclear`` are those that do not tell what they read."""

    def __init__(self, document: Document, names: Mapping[tuple[str, str], str]) -> None:
        self._names = {(sheet.casefold(), name.upper()): text for (sheet, name), text in names.items()}
        self._left = LIMIT
        self.unclear: set[Spot] = set()
        self._ranges: dict[Spot, list[Range]] = {}
        for grid in document.grids:
            for (row, column), cell in grid.cells.items():
                if cell.formula is not None:
                    self._enter((grid.title.casefold(), row, column), cell.formula)

    def stale(self, changed: Iterable[Spot]) -> set[Spot]:
        """The formulas that read any of these cells, themselves or through other formulas.

        Where that takes too long to find out, all that tell what they read.
        """
        try:
            return self._stale(set(changed))
        except Unknown:
            return set(self._ranges)

    def _enter(self, spot: Spot, formula: str) -> None:
        try:
            self._ranges[spot] = list(self._read(parsed(formula, self._spend), spot[0]))
        except Unknown:
            self.unclear.add(spot)

    def _read(self, expression: Expression, sheet: str) -> Iterator[Range]:
        """What an expression reads; of ``H13:INDEX(H:H,ROW()-1)`` all that can lie between."""
        read = list(self._named_in(expression, sheet))
        if Operator(":", 2) in expression:
            read += map(_around, ([one for one in read if one.sheet == other] for other in {one.sheet for one in read}))
        yield from read

    def _named_in(self, expression: Expression, sheet: str) -> Iterator[Range]:
        for item in expression:
            match item:
                case Reference(other, area):
                    yield Range(sheet if other is None else other.casefold(), area)
                case Name(other, name):
                    yield from self._named(sheet if other is None else other.casefold(), name)
                case Call(function, arguments):
                    if function in _ANYWHERE:
                        raise Unknown
                    for argument in arguments:
                        yield from self._read(argument, sheet)

    def _named(self, sheet: str, name: str) -> Iterator[Range]:
        meaning = self._names.get((sheet, name.upper())) or self._names.get(("", name.upper()))
        if meaning is None:
            raise Unknown
        for item in parsed(meaning, self._spend):
            if not isinstance(item, Reference) or item.sheet is None:
                raise Unknown  # a name that means another place wherever it is asked for
            yield Range(item.sheet.casefold(), item.area)

    def _stale(self, fresh: set[Spot]) -> set[Spot]:
        readers = _Columns(self._ranges)
        found: set[Spot] = set()
        while fresh:
            spot = fresh.pop()
            for reader in readers.of(spot, self._spend):
                if reader not in found:
                    found.add(reader)
                    fresh.add(reader)
        return found

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise Unknown


def _around(ranges: Sequence[Range]) -> Range:
    areas = [one.area for one in ranges]
    top, left = min(area.top for area in areas), min(area.left for area in areas)
    return Range(ranges[0].sheet, Area(top, left, max(a.bottom for a in areas), max(a.right for a in areas)))


class _Columns:
    """The ranges that formulas read, by sheet and, where they are narrow, by column, in the order of their first rows."""

    def __init__(self, ranges: Mapping[Spot, list[Range]]) -> None:
        self._by_column: dict[tuple[str, int], list[tuple[Area, Spot]]] = {}
        self._wide: dict[str, list[tuple[Area, Spot]]] = {}
        for reader, read in ranges.items():
            for one in read:
                self._enter(one, reader)
        for entries in self._by_column.values():
            entries.sort()

    def _enter(self, one: Range, reader: Spot) -> None:
        if one.width > _NARROW:
            self._wide.setdefault(one.sheet, []).append((one.area, reader))
            return
        for column in range(one.area.left, one.area.right + 1):
            self._by_column.setdefault((one.sheet, column), []).append((one.area, reader))

    def of(self, spot: Spot, spend: Callable[[int], None]) -> Iterator[Spot]:
        """The formulas that read one cell."""
        sheet, row, column = spot
        begun = self._by_column.get((sheet, column), [])
        begun = begun[: bisect_left(begun, row + 1, key=lambda entry: entry[0].top)]
        wide = self._wide.get(sheet, [])
        spend(len(begun) + len(wide))
        yield from (reader for area, reader in begun if row <= area.bottom)
        for area, reader in wide:
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                yield reader
