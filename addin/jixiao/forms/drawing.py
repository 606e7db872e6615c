"""What a drawing says: rows of labels and slots, repeated blocks, and how each fact is filled. ``notation`` reads one.

A drawing serves thousands of files, so whatever is asked of it is worked out once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from jixiao.figures import INVISIBLE, parse

NO_ENTRY = ("—", "/", "")  # what a form prints where nothing is to be filled in


class Kind(StrEnum):
    """Who may fill a cell."""

    INPUT = "input"  # the user alone
    SUGGESTED = "suggested"  # a formula proposes, typing over it is normal
    COMPUTED = "computed"  # typing over it is reported
    LABEL = "label"  # printed words of the form that are values too
    PRIVATE = "private"  # the user alone; copied as it stands, never read: persons


class Label(NamedTuple):
    """Fixed words of the form."""

    text: str


class Slot(NamedTuple):
    """The cell of a fact. ``before`` and ``after`` are fixed words in the same cell; ``ticks`` the boxes to tick.

    ``band`` is the repeated block the fact is a column of; None for a single fact.
    """

    fact: str
    before: str = ""
    after: str = ""
    default: str = ""
    joined: bool = False
    ticks: str = ""
    band: str | None = None

    @property
    def prompt(self) -> str:
        """The words a new form prints in the cell (a filling note, 指标1：), which nobody stated; a number is no such word."""
        return self.default if self.default and parse(self.default) is None else ""


class Continued(NamedTuple):
    """A position that belongs to the cell on the left (``<``) or above (``^``)."""

    upward: bool


Content = Label | Slot | Continued


class DrawnRow(NamedTuple):
    """One line of the drawing. ``repeat`` is how many rows a new form gets; 0 for a row that stands once."""

    cells: Sequence[Content]
    repeat: int = 0
    outside: bool = False
    height: int = 0

    def slots(self) -> Iterator[tuple[int, Slot]]:
        """The fact cells of the row with their columns, counted from 1."""
        return ((i, cell) for i, cell in enumerate(self.cells, 1) if isinstance(cell, Slot))

    @property
    def bands(self) -> set[str]:
        """The repeated blocks that have a cell in this row: several where tables stand side by side."""
        return {slot.band for _, slot in self.slots() if slot.band}

    @property
    def goes_on(self) -> bool:
        """Whether it may lie between the rows of a repeated block: a fact of its own beside cells that go on from above."""
        return any(self.slots()) and any(isinstance(cell, Continued) and cell.upward for cell in self.cells)

    def figures(self) -> set[int]:
        """The columns of facts that stand side by side without words between them: a line of figures in a table."""
        told = [(i, cell) for i, cell in enumerate(self.cells, 1) if _tells(cell)]
        pairs = [(i, j) for (i, one), (j, other) in pairwise(told) if isinstance(one, Slot) and isinstance(other, Slot)]
        return {column for pair in pairs for column in pair}


class FactSpec(NamedTuple):
    """How a fact is filled: its kind, number format, unit, choices, the relation that computes it, and the filling note."""

    name: str
    kind: Kind = Kind.INPUT
    number_format: str = "General"
    choices: Sequence[str] = ()
    relation: str = ""
    note: str = ""
    heading: str = ""  # of the column whose labels are this fact's values
    label: str = ""  # beside the cell, for facts right of the print area
    unit: str = ""  # 万元, 人 …: what a number in this cell counts


class DrawnBand(NamedTuple):
    """A repeated block as drawn: the indexes of its rows from first to last, and its columns by field, labels included."""

    title: str
    rows: Sequence[int]
    columns: Mapping[str, int]

    @property
    def header(self) -> int:
        """The index of the row that heads the columns."""
        return self.rows[0] - 1

    def holds(self, index: int) -> bool:
        """Whether a drawn row lies in the block, those between its own rows included."""
        return self.rows[0] <= index <= self.rows[-1]


class _Drawn(NamedTuple):
    id: str
    title: str
    issuer: str
    since: int
    scheme: str
    report: str
    summary: bool  # several projects in one workbook get a sheet 项目汇总
    widths: Sequence[int]  # of the official columns, in twips
    rows: Sequence[DrawnRow]
    specs: Sequence[FactSpec]
    extras: Sequence[FactSpec]  # right of the print area
    titles: Mapping[str, str] = {}  # of repeated blocks, for people


class Drawing(_Drawn):
    """One official form."""

    @property
    def width(self) -> int:
        return len(self.widths)

    def spec(self, fact: str) -> FactSpec:
        """The specification of a fact; a plain input where the drawing says nothing."""
        if fact not in self._known_specs:
            self._known_specs[fact] = self._found_spec(fact)
        return self._known_specs[fact]

    @cached_property
    def _known_specs(self) -> dict[str, FactSpec]:
        return {spec.name: spec for spec in (*self.extras, *self.specs)}

    def _found_spec(self, fact: str) -> FactSpec:
        """Its own line, else the first that speaks for many."""
        for spec in self._shared_specs:
            if speaks_for(spec.name, fact):
                return spec._replace(name=fact)
        return FactSpec(fact)

    @cached_property
    def _shared_specs(self) -> Sequence[FactSpec]:
        return [spec for spec in self.specs if "*" in spec.name]

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """The slot of every single fact that is printed."""
        return {slot.fact: slot for row in self.rows for _, slot in row.slots() if not slot.band}

    @cached_property
    def bands(self) -> Mapping[str, DrawnBand]:
        """The repeated blocks by name, from the top."""
        rows: dict[str, list[int]] = {}
        for i, row in enumerate(self.rows):
            for _, slot in row.slots():
                if slot.band and i not in rows.setdefault(slot.band, []):
                    rows[slot.band].append(i)
        return {
            name: DrawnBand(self.titles.get(name, name), own, self._columns(name, own)) for name, own in rows.items()
        }

    def _columns(self, band: str, rows: Sequence[int]) -> dict[str, int]:
        columns = {
            slot.fact.partition(".")[2]: column
            for i in rows
            for column, slot in self.rows[i].slots()
            if slot.band == band
        }
        for spec in self.specs:
            if spec.heading and spec.name.startswith(band + "."):
                columns |= {spec.name.partition(".")[2]: column for column in self._headed(rows[0] - 1, spec.heading)}
        return columns

    def _headed(self, row: int, heading: str) -> list[int]:
        """The column of a row that is headed so; none where no column is."""
        cells = enumerate(self.rows[row].cells, 1)
        return [column for column, cell in cells if isinstance(cell, Label) and same(cell.text, heading)][:1]

    @cached_property
    def joined(self) -> frozenset[str]:
        """The columns whose equal neighbours are one merged cell."""
        return frozenset(slot.fact for row in self.rows for _, slot in row.slots() if slot.joined)

    @cached_property
    def prompts(self) -> Mapping[str, Sequence[str]]:
        """The words a new form prints in the cells of repeated blocks (指标1：), by column: nobody stated them."""
        prompts: dict[str, list[str]] = {}
        for row in self.rows:
            for _, slot in row.slots():
                if slot.band and slot.prompt:
                    prompts.setdefault(slot.fact, []).append(slot.prompt)
        return prompts

    @cached_property
    def facts(self) -> frozenset[str]:
        """The names of all single facts, those right of the print area included."""
        beside = {spec.name for spec in self.extras if spec.name.partition(".")[0] not in self.bands}
        return frozenset(self.slots.keys() | beside)

    @cached_property
    def fixed_tables(self) -> Mapping[str, Sequence[int]]:
        """The tables whose rows stand in the form (资金): the indexes of their rows by the first part of the names."""
        tables: dict[str, list[int]] = {}
        for i, row in enumerate(self.rows):
            for name in sorted({slot.fact.partition(".")[0] for _, slot in row.slots() if _is_keyed(slot)}):
                tables.setdefault(name, []).append(i)
        return tables

    @cached_property
    def sums(self) -> Mapping[str, str]:
        """The facts that are made the sum of a column here: ``total.income`` of ``income.amount``."""
        relations = ((spec.name, spec.relation.partition(" of ")) for spec in (*self.specs, *self.extras))
        return {name: column for name, (relation, _, column) in relations if relation == "sum"}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The words by which people are told of each fact: ``funds.total.initial`` -> 年度资金总额 年初预算数."""
        labels = {spec.name: spec.label for spec in self.extras}
        for i, row in enumerate(self.rows):
            for column, slot in row.slots():
                labels[slot.fact] = self._label(i, column, slot)
        return labels | {spec.name: spec.heading for spec in self.specs if spec.heading}

    def _label(self, row: int, column: int, slot: Slot) -> str:
        if slot.band:
            return self.heading(self.bands[slot.band].rows[0], column)
        if slot.before or slot.after:
            return {"year": "年度"}.get(slot.fact, squeezed(slot.before))
        if column in self.rows[row].figures() or _is_keyed(slot):
            return f"{_bare(self._beside(row, column))} {self.heading(row, column)}".strip()
        return self._beside(row, column) or self.heading(row, column)

    def heading(self, row: int, column: int) -> str:
        """The words that head a position: the nearest label above it in its column."""
        for i in range(row - 1, -1, -1):
            cell = self._owner(i, column)
            if isinstance(cell, Label):
                return squeezed(cell.text)
        return ""

    def _owner(self, row: int, column: int) -> Content:
        """The cell that goes on into a position from the left, or the one that stands there."""
        cells = self.rows[row].cells[:column]
        return next(cell for cell in reversed(cells) if not isinstance(cell, Continued) or cell.upward)

    def _beside(self, row: int, column: int) -> str:
        """The words in front of a position: the nearest label to its left."""
        for cell in reversed(self.rows[row].cells[: column - 1]):
            if isinstance(cell, Label) and cell.text not in NO_ENTRY:
                return squeezed(cell.text)
        return ""

    @cached_property
    def words(self) -> frozenset[str]:
        """The labels that tell the form, as they are compared: those inside the border."""
        inside = (cell for row in self.rows if not row.outside for cell in row.cells)
        return frozenset(normal(cell.text) for cell in inside if isinstance(cell, Label) and len(cell.text) > 1)

    @cached_property
    def printed_words(self) -> frozenset[str]:
        """All labels, as they are compared, those outside the border too; empty cells are one of them."""
        return frozenset(normal(cell.text) for row in self.rows for cell in row.cells if isinstance(cell, Label)) | {""}


_FOR_NOW = ("doubtful", "unread")


def is_for_now(fact: str) -> bool:
    """Whether a fact waits for a person to say what it is: ``doubtful.cell1``, ``indicators.unread6``."""
    return any(part.startswith(_FOR_NOW) for part in fact.split("."))


def speaks_for(name: str, fact: str) -> bool:
    """Whether a line of ``== facts`` is about this fact: ``funds.*.rate`` about ``funds.total.rate``."""
    before, star, after = name.partition("*")
    if not star:
        return name == fact
    return len(fact) >= len(name) and fact.startswith(before) and fact.endswith(after)


def _tells(cell: Content) -> bool:
    return not (isinstance(cell, Continued) or (isinstance(cell, Label) and cell.text in NO_ENTRY))


def _is_keyed(slot: Slot) -> bool:
    """Whether a single fact is a cell of a table of fixed rows: ``funds.total.initial``."""
    return not slot.band and slot.fact.count(".") == 2


def _bare(label: str) -> str:
    return re.sub(r"^其中[:：]", "", label)


_NARROW = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **{"〔": "(", "〕": ")", "【": "(", "】": ")"},
        **dict.fromkeys(INVISIBLE, ""),
    }
)


def squeezed(text: str) -> str:
    """A label without the white space and the colon that only lay it out."""
    return re.sub(r"\s+", "", text).rstrip("：:")


_LONGEST_LABEL = 500  # letters, blanks between them included


def normal(text: str) -> str:
    """What is compared when labels are recognised: no white space, no colons, one width of characters, no weights, no money unit.

    A text longer than any label is told by its beginning, and equals none.
    """
    if len(text) <= _LONGEST_LABEL:
        return _normal(text)
    rest = text[_LONGEST_LABEL:].strip()
    return _normal(text[:_LONGEST_LABEL]) + ("\0" if rest else "")


@lru_cache(2048)  # the labels of a form are compared with every row of a document
def _normal(text: str) -> str:
    return re.sub(r"[\s:·.]+|\(\d+(\.\d+)?分\)|\((?:单位)?:?[百千万亿]?元\)", "", text.translate(_NARROW))


def same(one: str, other: str) -> bool:
    return normal(one) == normal(other)
