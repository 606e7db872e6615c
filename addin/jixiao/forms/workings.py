"""What can be computed on one form: which relation stands behind which cell, its value, and its formula."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from jixiao.figures import from_float, plain
from jixiao.forms.drawing import Drawing, FactSpec, Kind
from jixiao.forms.placement import Band, Placement, Spot
from jixiao.forms.reading import ticked
from jixiao.grid import Area, Value, is_failure
from jixiao.law import scheme as scheme_of
from jixiao.places import address, letters
from jixiao.relations.catalogue import relation
from jixiao.relations.former import former_formulas
from jixiao.relations.formulas import formula
from jixiao.relations.tree import Call, Tree
from jixiao.relations.values import shown

Operand = Decimal | str | None


class Bound(NamedTuple):
    """A cell that a relation speaks for. ``row`` is its row in a repeated block; None for a single fact."""

    spot: Spot
    fact: str
    spec: FactSpec
    row: int | None


class Workings:
    """The relations of one form, tied to the cells of one grid.

    ``given`` tells the value of a cell that nobody computes; ``follows`` whether a bound cell takes the value of its
    relation (else it keeps its given one); ``area`` the merged area a cell heads.
    """

    def __init__(
        self,
        drawing: Drawing,
        placement: Placement,
        scheme: str,
        given: Callable[[Spot], Operand],
        area: Callable[[int, int], Area],
        follows: Callable[["Workings", Bound], bool],
    ) -> None:
        self.drawing, self.placement, self.scheme = drawing, placement, scheme_of(scheme)
        self._given, self._area, self._follows = given, area, follows
        self._values: dict[Spot, Operand] = {}

    @cached_property
    def bound(self) -> dict[Spot, Bound]:
        """Every cell with a relation, by place; none whose relation reads a cell or column the sheet has lost."""
        cells = {}
        for fact, spot in self.placement.facts.items():
            spec = self.drawing.spec(fact)
            if spec.relation:
                cells[spot] = Bound(spot, fact, spec, None)
        for name, band in self.placement.bands.items():
            for bound in self._band(name, band):
                cells.setdefault(bound.spot, bound)
        singles = set(self.placement.facts.values())
        known: dict[str, bool] = {}
        for bound in cells.values():
            known.setdefault(bound.fact, self._has_operands(bound))
        return {
            spot: bound
            for spot, bound in cells.items()
            if known[bound.fact] and (bound.row is None or spot not in singles)
        }

    def _has_operands(self, bound: Bound) -> bool:
        return all(self._resolve(bound, name) is not None for name in self._tree(bound).facts())

    @cached_property
    def operands(self) -> set[str]:
        """The names of the facts and columns that the relations of this form calculate with; look-ups read texts too."""
        trees = {bound.fact: (self._tree(bound), bound) for bound in self.bound.values()}.values()
        return {
            self._full_name(bound, name).removesuffix("[]")
            for tree, bound in trees
            if not isinstance(tree, Call)
            for name in tree.facts()
        }

    def _band(self, name: str, band: Band) -> Iterator[Bound]:
        for field, column in band.columns.items():
            spec = self.drawing.spec(f"{name}.{field}")
            if spec.relation and spec.kind in {Kind.COMPUTED, Kind.SUGGESTED}:
                for row in band.rows:
                    if self._area(row, column).top == row:
                        yield Bound((row, column), spec.name, spec, row)

    def value(self, spot: Spot) -> Operand:
        """What the cell holds: the value of its relation where it follows it, else what is given."""
        if spot not in self._values:
            bound = self.bound.get(spot)
            self._values[spot] = None  # a circle of formulas ends here
            self._values[spot] = self.computed(bound) if bound and self._follows(self, bound) else self._given(spot)
        return self._values[spot]

    def computed(self, bound: Bound) -> Operand:
        """What the relation behind a cell gives: None where it has nothing to say, an error value where it is refused."""
        return shown(self._tree(bound), lambda name: self._operand(bound, name))

    def decides(self, bound: Bound) -> bool:
        """Whether the relation behind a cell has a value to put in the place of another."""
        return operand(self.computed(bound)) is not None

    def shown(self, bound: Bound) -> Operand:
        """The computed value as the cell shows it: a grade as ticked boxes where the form prints boxes."""
        result, slot = self.computed(bound), self.drawing.slots.get(bound.fact)
        if slot is None or not slot.ticks or (isinstance(result, str) and is_failure(result)):
            return result
        return ticked(result, slot) if isinstance(result, str) else slot.ticks

    def reads(self, bound: Bound) -> list[Spot]:
        """The cells that the relation behind a cell reads."""
        places = (self._resolve(bound, name) for name in self._tree(bound).facts())
        return [spot for place in places if place for spot in ([place] if isinstance(place, tuple) else place)]

    def formula(self, bound: Bound, native: bool) -> str:
        """The formula behind a cell, without ``=``."""
        return self._boxed(bound, formula(self._tree(bound), lambda name: self._reference(bound, name), native))

    def former_formulas(self, bound: Bound, native: bool) -> list[str]:
        """The formulas that earlier versions put behind a cell."""
        texts = former_formulas(self._tree(bound), lambda name: self._reference(bound, name), native)
        return [self._boxed(bound, text) for text in texts]

    def _boxed(self, bound: Bound, text: str) -> str:
        """A formula that ticks the box of what it gives, where the form prints boxes."""
        slot = self.drawing.slots.get(bound.fact)
        if slot is None or not slot.ticks:
            return text
        return f'IF({text}="","{slot.ticks}",SUBSTITUTE("{slot.ticks}",{text}&"□",{text}&"☑"))'

    def _tree(self, bound: Bound) -> Tree:
        return relation(bound.spec.relation, self.scheme, self._present, bound.fact)

    @cached_property
    def _present(self) -> Sequence[str]:
        """Every cell under one name: a single fact that stands in a row of a repeated block counts in its column."""
        repeated = {
            (row, column) for b in self.placement.bands.values() for row in b.rows for column in b.columns.values()
        }
        return [name for name, _ in self.placement.names() if self.placement.facts.get(name) not in repeated]

    def _operand(self, bound: Bound, name: str) -> Operand | list[Operand]:
        place = self._resolve(bound, name)
        if isinstance(place, tuple):
            return self.value(place)
        return [self.value(spot) for spot in place] if place is not None else None

    def _reference(self, bound: Bound, name: str) -> str:
        place = self._resolve(bound, name)
        if place is None:
            return '""'
        if isinstance(place, tuple):
            return address(*place)
        return self._span(bound, place)

    def _span(self, bound: Bound, spots: Sequence[Spot]) -> str:
        """A range over a column. Seen from outside its block it ends above the row that ends that, so that a new last row counts."""
        (top, column), (bottom, _) = spots[0], spots[-1]
        band = next((b for b in self.placement.bands.values() if column in b.columns.values() and top in b.rows), None)
        if band and bound.spot[0] not in band.rows:
            name, end = letters(column), address(band.end, column)
            row = "ROW()" if bound.spot == (band.end, column) else f"ROW({end})"
            return f"{address(band.header, column)}:INDEX({name}:{name},{row}-1)"
        return f"{address(top, column)}:{address(bottom, column)}"

    def _resolve(self, bound: Bound, name: str) -> Spot | list[Spot] | None:
        """The cell a relation means by a name, or the cells of a column (``…[]``)."""
        if name == "group.weight[]":
            return self._group(bound)
        name = self._full_name(bound, name)
        prefix, _, field = name.removesuffix("[]").partition(".")
        band = self.placement.bands.get(prefix)
        if band is None:
            return self.placement.facts.get(name)
        column = band.columns.get(field)
        if column is None:
            return None
        if name.endswith("[]"):
            return [(row, column) for row in band.rows] or None  # all its rows were deleted: nothing to add up
        return (bound.row, column) if bound.row else None

    @staticmethod
    def _full_name(bound: Bound, name: str) -> str:
        """A name that begins with a dot belongs to the row or block of the fact itself."""
        return bound.fact.rpartition(".")[0] + name if name.startswith(".") else name

    def _group(self, bound: Bound) -> list[Spot] | None:
        """The leaf weights a merged weight stands for."""
        area = self._area(*bound.spot)
        band = self.placement.bands.get(bound.fact.partition(".")[0])
        column = band.columns.get("weight") if band else None
        if column is None:
            return None
        return [(row, column) for row in range(area.top, area.bottom + 1)]


def operand(value: Value) -> Operand:
    """A cell's value as a relation takes it; a formula that failed says nothing."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return None if isinstance(value, str) and is_failure(value) else value


def shows(held: Value, computed: Value) -> bool:
    """Whether a cell holds already what it should: "" is a blank, 0 is not; a float has no 13th decimal place."""
    if isinstance(held, Decimal) and isinstance(computed, Decimal):
        return abs(held - computed) < Decimal("1e-12")
    return (None if held == "" else held) == (None if computed == "" else computed)


_FOREIGN = re.compile(
    r"(?:@|\[\d+\]!|'[^']*'!|\w+\.xl[as]m!|_xludf\.|_xlfn\.|_xll\.|[A-Z.]+\.FUNCTIONS\.)+(?=PERF_)", re.IGNORECASE
)
_SINGLE = re.compile(r"(?:_xlfn\.)?SINGLE\(", re.IGNORECASE)  # how Excel stores an @ before a function
_QUOTED_SHEET = re.compile(r"'(\w+)'!")
_LAYOUT = dict.fromkeys(map(ord, " \t\r\n$"))
_OF_ONE_CELL = re.compile(r"(?<![\w.:])([A-Z]{1,3}\d+):\1(?![\w.:(])")  # F32 for F32:F32: LibreOffice 25.2
_FRACTION = re.compile(r"(?<![\w.])\d*\.\d+(?![\w.])")  # 0.100000000000000000001 for 0.1: Gnumeric


def normal_form(formula: str) -> str:
    """A formula without what office programs change in it when they save: two that are equal here say the same.

    Excel, WPS and LibreOffice add to the names of our functions and take from those of sheets; others write numbers and
    ranges of one cell in their own way.
    """
    parts = _QUOTED_SHEET.sub(r"\1!", _FOREIGN.sub("", _without_single(formula))).split('"')
    return '"'.join(part if i % 2 else _respelled(part.translate(_LAYOUT).upper()) for i, part in enumerate(parts))


def _respelled(text: str) -> str:
    """A part of a formula between its texts, in one way of writing."""
    text = _OF_ONE_CELL.sub(r"\1", text) if ":" in text else text
    return _FRACTION.sub(lambda found: plain(from_float(float(found[0]))), text) if "." in text else text


def _without_single(formula: str) -> str:
    """``_xlfn.SINGLE(PERF_GRADE(G45))`` -> ``PERF_GRADE(G45)``."""
    while match := _SINGLE.search(formula):
        end = _closing(formula, match.end())
        formula = formula[: match.start()] + formula[match.end() : end] + formula[end + 1 :]
    return formula


def _closing(formula: str, start: int) -> int:
    """Where the bracket that is open at ``start`` closes; brackets inside texts do not count."""
    depth, quoted = 1, False
    for at in range(start, len(formula)):
        quoted ^= formula[at] == '"'
        if not quoted:
            depth += {"(": 1, ")": -1}.get(formula[at], 0)
        if not depth:
            return at
    return len(formula)
