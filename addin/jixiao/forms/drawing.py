"""A form is a picture of itself: the notation of the drawings and what a drawing says.

A drawing is a text file. Above the first section stand ``key = value`` lines; then come

``== form``    one line a row of the official form, its cells between bars::

       | 项目名称 | <        | {project.name}      a label, merged to the right, and the cell of a fact
    *3 | ^        | 产出指标 | {indicators.name}   three rows that may become any number; labels repeat as ``^``
    +  | 附件1：  | <        | <                   outside the border

  ``<`` continues the cell to the left, ``^`` the one above. ``{fact=text}`` is filled with a text at first;
  ``{fact/}`` joins with the cell above while the column to its left does and the text is the same;
  ``（{year}）年度`` prints a fact between fixed words; ``{grade ~ 优□ 良□}`` ticks one of several boxes.
  ``@60`` in front of a row gives it a height in points. ``\\n`` is a line break; U+3000 is kept.

``== facts``   ``name | kind | number format | choices; … | relation | filling note``. ``funds.*.rate`` speaks for many.
  ``label 一级指标`` as the kind says that the labels of the column headed 一级指标 are the values of this fact.

``== report``  ``label | fact | kind | number format | relation | hint``: facts the report needs and the form does not
  print; they stand right of the print area.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import NamedTuple

BANDS = ("indicators", "details", "people")
NO_ENTRY = ("—", "/", "")  # what a form prints where nothing is to be filled in


class Kind(StrEnum):
    """Who may fill a cell."""

    INPUT = "input"  # the user alone
    SUGGESTED = "suggested"  # a formula proposes, typing over it is normal
    COMPUTED = "computed"  # typing over it is reported
    LABEL = "label"  # printed words of the form that are values too


class Label(NamedTuple):
    """Fixed words of the form."""

    text: str


class Slot(NamedTuple):
    """The cell of a fact. ``before`` and ``after`` are fixed words in the same cell; ``ticks`` the boxes to tick."""

    fact: str
    before: str = ""
    after: str = ""
    default: str = ""
    joined: bool = False
    ticks: str = ""

    @property
    def band(self) -> str | None:
        """The repeated block the fact is a column of; None for a single fact."""
        prefix = self.fact.partition(".")[0]
        return prefix if prefix in BANDS else None


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
    def band(self) -> str | None:
        return next((slot.band for _, slot in self.slots() if slot.band), None)


class FactSpec(NamedTuple):
    """How a fact is filled: its kind, number format, choices, the relation that computes it, and the filling note."""

    name: str
    kind: Kind = Kind.INPUT
    number_format: str = "General"
    choices: Sequence[str] = ()
    relation: str = ""
    note: str = ""
    heading: str = ""  # of the column whose labels are this fact's values
    label: str = ""  # beside the cell, for facts right of the print area


class Drawing(NamedTuple):
    """One official form."""

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

    @property
    def width(self) -> int:
        return len(self.widths)

    def spec(self, fact: str) -> FactSpec:
        """The specification of a fact; a plain input where the drawing says nothing."""
        for spec in (*self.specs, *self.extras):
            if fnmatchcase(fact, spec.name):
                return spec._replace(name=fact)
        return FactSpec(fact)

    def band_rows(self, band: str) -> Sequence[int]:
        """The indexes of the drawn rows of a repeated block."""
        return [i for i, row in enumerate(self.rows) if row.band == band]

    def band_columns(self, band: str) -> Mapping[str, int]:
        """The columns of a repeated block by field, labels included: ``{"name": 4, …}``."""
        rows = self.band_rows(band)
        if not rows:
            return {}
        columns = {
            slot.fact.partition(".")[2]: column
            for i in rows
            for column, slot in self.rows[i].slots()
            if slot.band == band
        }
        header = self.rows[rows[0] - 1]
        for spec in self.specs:
            if spec.heading and spec.name.startswith(band + "."):
                columns[spec.name.partition(".")[2]] = 1 + next(
                    i
                    for i, cell in enumerate(header.cells)
                    if isinstance(cell, Label) and same(cell.text, spec.heading)
                )
        return columns

    def heading(self, row: int, column: int) -> str:
        """The words that head a position: the nearest label above it in its column."""
        for i in range(row - 1, -1, -1):
            cell = self.rows[i].cells[column - 1]
            if isinstance(cell, Label):
                return squeezed(cell.text)
        return ""

    def caption(self, row: int, column: int) -> str:
        """The words in front of a position: the nearest label to its left, else its heading."""
        for cell in reversed(self.rows[row].cells[: column - 1]):
            if isinstance(cell, Label) and cell.text not in NO_ENTRY:
                return squeezed(cell.text)
        return self.heading(row, column)


_NARROW = str.maketrans(
    {**{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, "〔": "(", "〕": ")", "【": "(", "】": ")"}
)


def squeezed(text: str) -> str:
    """A label without the white space and the colon that only lay it out."""
    return re.sub(r"\s+", "", text).rstrip("：:")


def normal(text: str) -> str:
    """What is compared when labels are recognised: no white space, no colons, one width of characters, no weights."""
    return re.sub(r"[\s:·.]+|\(\d+(\.\d+)?分\)", "", text.translate(_NARROW))


def same(one: str, other: str) -> bool:
    return normal(one) == normal(other)


_CELL = re.compile(
    r"(?P<before>[^{]*)\{(?P<fact>[a-z0-9_.]+)(?P<joined>/)?(?:=(?P<default>[^}]*))?(?: ~ (?P<ticks>[^}]*))?\}(?P<after>.*)",
    re.S,
)
_MARKER = re.compile(r"(?:\*(\d*))?(\+)?(?:@(\d+))?")


def parse(text: str) -> Drawing:
    """Read a drawing. Raises ValueError with the line for anything the notation does not know."""
    head, *sections = re.split(r"^== *(\w+) *$", text, flags=re.M)
    meta = dict(_pair(line) for line in _lines(head))
    parts = dict(zip(sections[::2], sections[1::2], strict=True))
    drawing = Drawing(
        id=meta["id"],
        title=meta["title"],
        issuer=meta["issuer"],
        since=int(meta["since"]),
        scheme=meta["scheme"],
        report=meta["report"],
        summary=meta.get("summary") == "项目汇总",
        widths=[int(width) for width in meta["widths"].split()],
        rows=[_row(line) for line in _lines(parts["form"])],
        specs=[_spec(line) for line in _lines(parts["facts"])],
        extras=[_extra(line) for line in _lines(parts.get("report", ""))],
    )
    for row in drawing.rows:
        if len(row.cells) != drawing.width:
            raise ValueError(f"{drawing.id}: {len(row.cells)} cells instead of {drawing.width}: {row.cells}")
    return drawing


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip(" ") and not line.startswith("#"))


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition("=")
    return key.strip(), value.strip()


def _fields(line: str, count: int) -> list[str]:
    fields = [field.strip(" ").replace("\\n", "\n") for field in line.split("|")]
    return fields + [""] * (count - len(fields))


def _row(line: str) -> DrawnRow:
    marker, *cells = (part.strip(" ").replace("\\n", "\n") for part in line.split("|"))
    match = _MARKER.fullmatch(marker)
    if not match:
        raise ValueError(f"unknown row marker {marker!r} in {line!r}")
    repeat = 0 if match[1] is None else int(match[1] or 1)
    return DrawnRow([_content(cell) for cell in cells], repeat, bool(match[2]), int(match[3] or 0))


def _content(text: str) -> Content:
    if text in {"<", "^"}:
        return Continued(text == "^")
    match = _CELL.fullmatch(text)
    if not match:
        return Label(text)
    return Slot(
        match["fact"],
        match["before"],
        match["after"],
        match["default"] or "",
        bool(match["joined"]),
        match["ticks"] or "",
    )


def _spec(line: str) -> FactSpec:
    name, kind, number_format, choices, relation, note = _fields(line, 6)[:6]
    kind, _, heading = kind.partition(" ")
    return FactSpec(
        name,
        Kind(kind),
        number_format or "General",
        tuple(choice for choice in choices.split(";") if choice),
        relation,
        note,
        heading,
    )


def _extra(line: str) -> FactSpec:
    label, name, kind, number_format, relation, note = _fields(line, 6)[:6]
    return FactSpec(name, Kind(kind or "input"), number_format or "General", (), relation, note, label=label)
