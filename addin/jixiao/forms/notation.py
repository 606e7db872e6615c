"""The notation of the drawings: a form is a picture of itself.

A drawing is a text file. Above the first section stand ``key = value`` lines; then come

``== form``    one line a row of the official form, its cells between bars::

       | 项目名称 | <        | {project.name}      a label, merged to the right, and the cell of a fact
    *3 | ^        | 产出指标 | {indicators.name}   three rows that may become any number; labels repeat as ``^``
    +  | 附件1：  | <        | <                   outside the border

  ``<`` continues the cell to the left, ``^`` the one above. ``{fact=text}`` is filled with a text at first;
  ``{fact/}`` joins with the cell above while the column to its left does and the text is the same;
  ``（{year}）年度`` prints a fact between fixed words; ``{grade ~ 优□ 良□}`` ticks one of several boxes.
  ``@60`` in front of a row gives it a height in points. ``\\n`` is a line break; U+3000 is kept.

  Repeated rows define tables by the first part of their names: every ``{indicators.…}`` is a column of the table
  ``indicators``, also in rows that stand once. Several tables may stand side by side in the same rows.

``== facts``   ``name | kind | number format and unit | choices; … | relation | filling note``. ``funds.*.rate`` speaks for
  many. ``label 一级指标`` as the kind says that the labels of the column headed 一级指标 are the values of this fact;
  ``table 绩效指标`` is what people call a repeated block.

``== report``  ``label | fact | kind | number format and unit | relation | hint``: facts the report needs and the form does
  not print; they stand right of the print area.

Whatever the notation does not know is an error with its line and, for a name, the nearest one.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.figures import units
from jixiao.forms.drawing import Content, Continued, Drawing, DrawnRow, FactSpec, Kind, Label, Slot, speaks_for
from jixiao.law.loading import scheme_ids
from jixiao.relations.catalogue import RELATIONS
from jixiao.wording import drawings as words
from jixiao.wording.workbook import SUMMARY

_MARKER = re.compile(r"(?:\*(\d*))?(\+)?(?:@(\d+))?")
_CELL = re.compile(
    r"(?P<before>[^{]*)\{(?P<fact>[a-z0-9_.]+)(?P<joined>/)?(?:=(?P<default>[^}]*))?(?: ~ (?P<ticks>[^}]*))?\}(?P<after>.*)",
    re.S,
)
_BAND = re.compile(r"\{([a-z0-9_]+)\.")
_META = ("id", "title", "issuer", "since", "scheme", "report", "summary", "widths")
_HEADED = ("label", "table")
_KINDS = (*(kind.value for kind in Kind), "table")
_CHOICES: Mapping[str, Callable[[], Collection[str]]] = {"scheme": scheme_ids, "summary": lambda: [SUMMARY]}
_ALIKE = 0.3  # below that the nearest name is no help
_NEEDED = frozenset(_META) - {"summary"}


class _Line(NamedTuple):
    """One line of the file that says something."""

    number: int
    text: str

    def fields(self, count: int) -> list[str]:
        """What stands between bars, at least ``count`` texts."""
        fields = [field.strip(" ").replace("\\n", "\n") for field in self.text.split("|")]
        return fields + [""] * (count - len(fields))


class _Mistake(Exception):
    """A sentence about one line."""

    def __init__(self, line: _Line | int, sentence: str) -> None:
        super().__init__(sentence)
        self.number = line if isinstance(line, int) else line.number


def parse(text: str, name: str = "") -> Drawing:
    """Read a drawing; ``name`` is what messages call the file. Raises Refusal with the line of the first mistake."""
    try:
        return _drawing(_sections(text), name)
    except _Mistake as mistake:
        raise Refusal(words.MISTAKE.format(name=name, line=mistake.number, sentence=mistake)) from None


def _sections(text: str) -> dict[str, list[_Line]]:
    """The lines of every section; the first, without a name, holds ``key = value``."""
    sections: dict[str, list[_Line]] = {"": []}
    own = sections[""]
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("=="):
            name = _known(line.strip("= "), ("form", "facts", "report"), number, words.SECTION)
            if name in sections:
                raise _Mistake(number, words.SECTION_TWICE.format(name=name))
            own = sections.setdefault(name, [])
        elif line.strip(" ") and not line.startswith("#"):
            own.append(_Line(number, line))
    return sections


def _known(name: str, names: Collection[str], line: _Line | int, sentence: str) -> str:
    """The name itself. Raises a mistake that names the nearest one if it is none of these."""
    if name in names:
        return name
    from difflib import get_close_matches  # only a mistake asks for neighbours

    nearest = get_close_matches(name, names, 1, _ALIKE)
    hint = words.NEAREST.format(name=nearest[0]) if nearest else ""
    raise _Mistake(line, sentence.format(name=name) + hint)


def _drawing(sections: Mapping[str, Sequence[_Line]], name: str) -> Drawing:
    meta = _meta(sections[""])
    if name and meta["id"] != name:
        raise _Mistake(_line_of("id", sections[""]), words.OTHER_ID.format(id=meta["id"]))
    widths = [_whole(width, "widths", sections[""]) for width in meta["widths"].split()]
    lines = sections.get("form", [])
    if not lines:
        raise _Mistake(1, words.NO_FORM)
    bands = {name for line in lines if line.text.lstrip().startswith("*") for name in _BAND.findall(line.text)}
    rows = [_row(line, len(widths), bands) for line in lines]
    specs = [(line, *_spec(line)) for line in sections.get("facts", [])]
    extras = [(line, _extra(line)) for line in sections.get("report", [])]
    drawing = Drawing(
        id=meta["id"],
        title=meta["title"],
        issuer=meta["issuer"],
        since=_whole(meta["since"], "since", sections[""]),
        scheme=meta["scheme"],
        report=meta["report"],
        summary="summary" in meta,
        widths=widths,
        rows=rows,
        specs=[spec for _, spec, title in specs if not title],
        extras=[spec for _, spec in extras],
        titles={spec.name: title for _, spec, title in specs if title},
    )
    _check_cells(drawing, lines)
    _check_bands(drawing, lines)
    _check_specs(
        drawing,
        [(line, spec) for line, spec, title in specs if not title],
        extras,
        [(line, spec.name) for line, spec, title in specs if title],
    )
    return drawing


def _whole(text: str, key: str, lines: Sequence[_Line]) -> int:
    """The number in a line of the head."""
    if not text.isdecimal():
        raise _Mistake(_line_of(key, lines), words.NUMBER.format(key=key, text=text))
    return int(text)


def _line_of(key: str, lines: Sequence[_Line]) -> _Line:
    return next(line for line in lines if line.text.partition("=")[0].strip() == key)


def _meta(lines: Sequence[_Line]) -> dict[str, str]:
    meta = {}
    for line in lines:
        key, _, value = line.text.partition("=")
        if _known(key.strip(), _META, line, words.KEY) in meta or not value.strip():
            raise _Mistake(line, words.KEY_ONCE.format(key=key.strip()))
        meta[key.strip()] = value.strip()
        if key.strip() in _CHOICES:
            _known(value.strip(), _CHOICES[key.strip()](), line, words.VALUE)
    if missing := sorted(_NEEDED - meta.keys()):
        raise _Mistake(1, words.NO_KEY.format(keys="、".join(missing)))
    return meta


def _row(line: _Line, width: int, bands: Collection[str]) -> DrawnRow:
    marker, *cells = line.fields(0)
    match = _MARKER.fullmatch(marker)
    if not match:
        raise _Mistake(line, words.MARKER.format(marker=marker))
    if len(cells) != width:
        raise _Mistake(line, words.WIDTH.format(cells=len(cells), width=width))
    if cells[0] == "<":
        raise _Mistake(line, words.NOTHING_LEFT)
    repeat = 0 if match[1] is None else int(match[1] or 1)
    contents = [_content(cell, bands, line) for cell in cells]
    return DrawnRow(contents, repeat, bool(match[2]), int(match[3] or 0))


def _content(text: str, bands: Collection[str], line: _Line) -> Content:
    """What stands in a cell; every slot knows the repeated block it is a column of."""
    if text in {"<", "^"}:
        return Continued(text == "^")
    match = _CELL.fullmatch(text)
    if _braced(match["after"] if match else text):
        raise _Mistake(line, words.BRACES.format(text=text))
    if not match:
        return Label(text)
    prefix, dot, _ = match["fact"].partition(".")
    if dot and prefix in bands and (match["before"] or match["after"] or match["ticks"]):
        raise _Mistake(line, words.WORDS_IN_BAND.format(text=text))
    return Slot(
        match["fact"],
        match["before"],
        match["after"],
        match["default"] or "",
        bool(match["joined"]),
        match["ticks"] or "",
        prefix if dot and prefix in bands else None,
    )


def _spec(line: _Line) -> tuple[FactSpec, str]:
    """How a fact is filled; or, for a line that names a repeated block, the title of it."""
    name, kind, number_format, choices, relation, note = _six(line)
    kind, _, heading = kind.partition(" ")
    if (kind in _HEADED) is not bool(heading):
        raise _Mistake(line, words.HEADING.format(kind=_known(kind, _KINDS, line, words.KIND)))
    if kind == "table":
        return FactSpec(name), heading
    number_format, unit = _format(number_format, line)
    listed = tuple(choice for choice in choices.split(";") if choice)
    spec = FactSpec(name, _kind(kind, line), number_format or "General", listed, _relation(relation, line), note)
    return spec._replace(heading=heading, unit=unit), ""


def _extra(line: _Line) -> FactSpec:
    label, name, kind, number_format, relation, note = _six(line)
    number_format, unit = _format(number_format, line)
    spec = FactSpec(name, _kind(kind or "input", line), number_format or "General", (), _relation(relation, line), note)
    return spec._replace(label=label, unit=unit)


def _format(text: str, line: _Line) -> tuple[str, str]:
    """A number format and the unit behind it: ``0.00 万元``."""
    number_format, _, unit = text.partition(" ")
    if unit:
        _known(unit, units(), line, words.UNIT)
    return number_format, unit


def _kind(name: str, line: _Line) -> Kind:
    return Kind(_known(name, _KINDS[:-1], line, words.KIND))


def _braced(text: str) -> bool:
    return "{" in text or "}" in text


def _six(line: _Line) -> list[str]:
    fields = line.fields(6)
    if any(fields[6:]):
        raise _Mistake(line, words.TOO_MANY)
    return fields[:6]


def _relation(text: str, line: _Line) -> str:
    """The relation as it is written, its name looked up (``sum of tasks.actual`` -> ``sum``)."""
    if text:
        name, of, _ = text.partition(" of ")
        if (_known(name, RELATIONS, line, words.RELATION) == "sum") is not bool(of):
            raise _Mistake(line, words.ARGUMENT.format(name=name))
    return text


def _check_cells(drawing: Drawing, lines: Sequence[_Line]) -> None:
    """A fact stands in one cell, may be a name in a workbook, and is named like no repeated block."""
    seen: dict[str, int] = {}
    if any(isinstance(cell, Continued) and cell.upward for row in drawing.rows[:1] for cell in row.cells):
        raise _Mistake(lines[0], words.NOTHING_ABOVE)
    for line, row in zip(lines, drawing.rows, strict=True):
        for _, slot in row.slots():
            if slot.fact not in seen:
                _check_name(slot.fact, line)
                _check_band(slot, drawing, line)
                seen[slot.fact] = line.number
            elif not slot.band or seen[slot.fact] == line.number:
                raise _Mistake(line, words.TWICE.format(name=slot.fact, line=seen[slot.fact]))
            if row.repeat and not slot.band:
                raise _Mistake(line, words.ALONE_IN_BAND.format(name=slot.fact))


def _check_band(slot: Slot, drawing: Drawing, line: _Line) -> None:
    if slot.fact in drawing.bands or (slot.band and slot.fact.count(".") > 1):
        raise _Mistake(line, words.BAND_AND_FACT.format(name=slot.fact))


def _check_name(name: str, line: _Line) -> None:
    parts = name.split(".")
    plain = name.isascii() and name == name.lower() and all(map(str.isidentifier, parts))
    if not plain or parts[0] == "jx" or _is_like_a_cell(parts[-1]):
        raise _Mistake(line, words.NAME.format(name=name))


def _is_like_a_cell(name: str) -> bool:
    """What spreadsheets take for an address (a1, r, c): no name of theirs."""
    letters = name.rstrip("0123456789")
    return name in {"r", "c"} or (letters != name and letters.isalpha() and len(letters) <= 3)


def _check_bands(drawing: Drawing, lines: Sequence[_Line]) -> None:
    """A repeated block has a header row, begins once, and keeps its columns."""
    for i, row in enumerate(drawing.rows):
        for column, slot in row.slots():
            if slot.band and drawing.bands[slot.band].columns[slot.fact.partition(".")[2]] != column:
                raise _Mistake(lines[i], words.MOVED.format(name=slot.fact))
    for name, band in drawing.bands.items():
        first = lines[band.rows[0]]
        if band.header < 0 or drawing.rows[band.header].bands:
            raise _Mistake(first, words.NO_HEADER.format(name=name))
        for i in range(band.rows[0], band.rows[-1]):
            if i not in band.rows and not _belongs(drawing.rows[i]):
                again = next(row for row in band.rows if row > i)
                raise _Mistake(lines[again], words.BEGUN_TWICE.format(name=name, line=first.number))


def _belongs(row: DrawnRow) -> bool:
    """Whether a row between the rows of a block is one of them: it goes on with cells above and holds a fact of its own."""
    return any(isinstance(cell, Continued) and cell.upward for cell in row.cells) and any(row.slots())


def _check_specs(
    drawing: Drawing,
    specs: Sequence[tuple[_Line, FactSpec]],
    extras: Sequence[tuple[_Line, FactSpec]],
    titles: Sequence[tuple[_Line, str]],
) -> None:
    """Every line about a fact means one that is drawn; headings stand; nothing is said twice."""
    columns = {f"{name}.{field}" for name, band in drawing.bands.items() for field in band.columns}
    for line, spec in extras:
        _check_name(spec.name, line)
        if spec.name in columns | drawing.slots.keys() | drawing.bands.keys():
            raise _Mistake(line, words.TWICE_PRINTED.format(name=spec.name))
        columns.add(spec.name)
    names = columns | drawing.facts
    for line, spec in specs:
        if spec.heading and spec.name not in columns:
            raise _Mistake(line, words.NO_HEADING.format(name=spec.name, heading=spec.heading))
        if spec.name not in names and not any(speaks_for(spec.name, name) for name in names):
            _known(spec.name, names, line, words.NO_FACT)
    for line, name in titles:
        _known(name, drawing.bands, line, words.NOT_REPEATED)
    _check_once([*((line, spec.name) for line, spec in specs), *titles])
    for line, spec in (*specs, *extras):
        _check_relation(spec, drawing, columns, line)


def _check_once(said: Iterable[tuple[_Line, str]]) -> None:
    lines: dict[str, int] = {}
    for line, name in said:
        if lines.setdefault(name, line.number) != line.number:
            raise _Mistake(line, words.TWICE.format(name=name, line=lines[name]))


def _check_relation(spec: FactSpec, drawing: Drawing, columns: Collection[str], line: _Line) -> None:
    """Who computes has a relation; what it adds up is a column, in the same unit."""
    if (spec.kind in (Kind.COMPUTED, Kind.SUGGESTED)) is not bool(spec.relation):
        raise _Mistake(line, words.RELATED.format(name=spec.name))
    if argument := spec.relation.partition(" of ")[2]:
        _known(argument, columns, line, words.NO_FACT)
        if drawing.spec(argument).unit != spec.unit:
            raise _Mistake(line, words.UNITS.format(name=spec.name, argument=argument))
