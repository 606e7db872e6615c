"""The notation of the drawings: a form is a picture of itself.

A drawing is a text file. Above the first section stand ``key = value`` lines; then come

``== form``    one line a row of the official form, its cells between bars::

       | 项目名称 | <        | {project.name}      a label, merged to the right, and the cell of a fact
    *3 | ^        | 产出指标 | {indicators.name}   three rows that may become any number; labels repeat as ``^``
    +  | 附件1：  | <        | <                   outside the border

  ``<`` continues the cell to the left, ``^`` the one above. ``{fact=text}`` is filled with a text at first;
  ``{fact/}`` joins with the cell above while the column to its left does and the text is the same;
  ``（{year}）年度`` prints a fact between fixed words; ``{grade ~ 优□ 良□}`` ticks one of several boxes.
  ``@60`` in front of a row gives it a height in points. U+3000 is kept.

``\\n`` is a line break, everywhere; a backslash in front of any other sign or blank is that sign itself, whatever it means
elsewhere: ``\\|``, ``\\{``, ``\\<``, ``\\#``, ``\\\\``.

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
from collections.abc import Callable, Collection, Mapping, Sequence

from jixiao.errors import Refusal
from jixiao.figures import unit_of
from jixiao.forms.drawing import Content, Continued, Drawing, DrawnRow, FactSpec, Kind, Label, Slot
from jixiao.forms.mistakes import Line, Mistake, known, plain, shielded
from jixiao.forms.soundness import check_bands, check_cells, check_specs
from jixiao.law.loading import scheme_ids
from jixiao.relations.catalogue import BY_BUDGET, RELATIONS
from jixiao.wording import drawings as words
from jixiao.wording.workbook import SUMMARY

_MARKER = re.compile(r"(?:\*(\d*))?(\+)?(?:@(\d+))?")
_CELL = re.compile(
    r"(?P<before>[^{]*)\{(?P<fact>[a-z0-9_.]+)(?P<joined>/)?(?:=(?P<default>(?:(?! ~ )[^}])*))?(?: ~ (?P<ticks>[^}]*))?\}(?P<after>.*)",
    re.S,
)
_BAND = re.compile(r"\{([a-z0-9_]+)\.")
_META = ("id", "title", "issuer", "since", "scheme", "report", "summary", "widths")
_WORDED = ("title", "issuer")
_HEADED = ("label", "table")
_KINDS = (*(kind.value for kind in Kind), "table")
_CHOICES: Mapping[str, Callable[[], Collection[str]]] = {"scheme": scheme_ids, "summary": lambda: [SUMMARY]}
_NEEDED = frozenset(_META) - {"summary", "issuer"}
_LINE_END = re.compile("\r\n|\r|\n")
_MOST = {"since": 9999, "widths": 32767}
_MOST_COLUMNS, _MOST_ROWS, _HIGHEST = 100, 500, 409


def parse(text: str, name: str = "") -> Drawing:
    """Read a drawing; ``name`` is what messages call the file. Raises Refusal with the line of the first mistake."""
    try:
        return _drawing(_sections(text), name)
    except Mistake as mistake:
        raise Refusal(words.MISTAKE.format(name=name, line=mistake.number, sentence=mistake)) from None


def _sections(text: str) -> dict[str, list[Line]]:
    """The lines of every section; the first, without a name, holds ``key = value``."""
    sections: dict[str, list[Line]] = {"": []}
    own = sections[""]
    for number, line in enumerate(map(shielded, _LINE_END.split(text)), 1):
        if line.startswith("=="):
            name = known(line.strip("= "), ("form", "facts", "report"), number, words.SECTION)
            if name in sections:
                raise Mistake(number, words.SECTION_TWICE.format(name=name))
            own = sections.setdefault(name, [])
        elif line.strip(" ") and not line.startswith("#"):
            own.append(Line(number, line))
    return sections


def _drawing(sections: Mapping[str, Sequence[Line]], name: str) -> Drawing:
    meta = _meta(sections[""])
    if name and meta["id"] != name:
        raise Mistake(_line_of("id", sections[""]), words.OTHER_ID.format(id=meta["id"]))
    widths = [_whole(width, "widths", sections[""]) for width in meta["widths"].split()]
    if len(widths) > _MOST_COLUMNS:
        raise Mistake(_line_of("widths", sections[""]), words.TOO_WIDE.format(most=_MOST_COLUMNS))
    lines = sections.get("form", [])
    if not lines:
        raise Mistake(1, words.NO_FORM)
    bands = {band for line in lines if line.text.lstrip().startswith("*") for band in _BAND.findall(line.text)}
    rows = [_row(line, len(widths), bands) for line in lines]
    specs = [(line, *_spec(line)) for line in sections.get("facts", [])]
    extras = [(line, _extra(line)) for line in sections.get("report", [])]
    drawing = Drawing(
        id=meta["id"],
        title=plain(meta["title"]),
        issuer=plain(meta.get("issuer", "")),
        since=_whole(meta["since"], "since", sections[""]),
        scheme=meta["scheme"],
        report=plain(meta["report"]),
        summary="summary" in meta,
        widths=widths,
        rows=rows,
        specs=[spec for _, spec, title in specs if not title],
        extras=[spec for _, spec in extras],
        titles={spec.name: title for _, spec, title in specs if title},
    )
    check_cells(drawing, lines)
    check_bands(drawing, lines)
    check_specs(
        drawing,
        [(line, spec) for line, spec, title in specs if not title],
        extras,
        [(line, spec.name) for line, spec, title in specs if title],
    )
    return drawing


def _whole(text: str, key: str, lines: Sequence[Line]) -> int:
    """The number in a line of the head."""
    if not text.isdecimal() or len(text) > len(str(_MOST[key])) or int(text) > _MOST[key]:
        raise Mistake(_line_of(key, lines), words.NUMBER.format(key=key, text=text))
    return int(text)


def _line_of(key: str, lines: Sequence[Line]) -> Line:
    return next(line for line in lines if line.text.partition("=")[0].strip() == key)


def _meta(lines: Sequence[Line]) -> dict[str, str]:
    meta = {}
    for line in lines:
        key, _, value = line.text.partition("=")
        key = known(key.strip(), _META, line, words.KEY)
        value = value.strip(" ") if key in _WORDED else value.strip()
        if key in meta or not value:
            raise Mistake(line, words.KEY_ONCE.format(key=key))
        meta[key] = value
        if key in _CHOICES:
            known(value, _CHOICES[key](), line, words.VALUE)
    if missing := sorted(_NEEDED - meta.keys()):
        raise Mistake(1, words.NO_KEY.format(keys="、".join(missing)))
    return meta


def _row(line: Line, width: int, bands: Collection[str]) -> DrawnRow:
    marker, *cells = line.fields(0)
    match = _MARKER.fullmatch(marker)
    if not match:
        raise Mistake(line, words.MARKER.format(marker=marker))
    if len(cells) != width:
        raise Mistake(line, words.WIDTH.format(cells=len(cells), width=width))
    if cells[0] == "<":
        raise Mistake(line, words.NOTHING_LEFT)
    repeat = 0 if match[1] is None else _bounded(match[1] or "1", _MOST_ROWS, line)
    contents = [_content(cell, bands, line) for cell in cells]
    return DrawnRow(contents, repeat, bool(match[2]), _bounded(match[3] or "0", _HIGHEST, line))


def _bounded(digits: str, most: int, line: Line) -> int:
    if len(digits) > len(str(most)) or int(digits) > most:
        raise Mistake(line, words.TOO_MUCH.format(number=digits[:9], most=most))
    return int(digits)


def _content(text: str, bands: Collection[str], line: Line) -> Content:
    """What stands in a cell; every slot knows the repeated block it is a column of."""
    if text in {"<", "^"}:
        return Continued(text == "^")
    match = _CELL.fullmatch(text)
    if _braced(match["after"] if match else text):
        raise Mistake(line, words.BRACES.format(text=text))
    if not match:
        return Label(plain(text))
    prefix, dot, _ = match["fact"].partition(".")
    if dot and prefix in bands and (match["before"] or match["after"] or match["ticks"]):
        raise Mistake(line, words.WORDS_IN_BAND.format(text=text))
    return Slot(
        match["fact"],
        plain(match["before"]),
        plain(match["after"]),
        plain(match["default"] or ""),
        bool(match["joined"]),
        plain(match["ticks"] or ""),
        prefix if dot and prefix in bands else None,
    )


def _spec(line: Line) -> tuple[FactSpec, str]:
    """How a fact is filled; or, for a line that names a repeated block, the title of it."""
    name, kind, number_format, choices, relation, note = _six(line)
    kind, _, heading = kind.partition(" ")
    if (kind in _HEADED) is not bool(heading):
        raise Mistake(line, words.HEADING.format(kind=known(kind, _KINDS, line, words.KIND)))
    if kind == "table":
        return FactSpec(name), plain(heading)
    number_format, unit = _format(number_format, line)
    listed = tuple(plain(choice) for choice in choices.split(";") if choice)
    spec = FactSpec(name, _kind(kind, line), number_format or "General", listed, _relation(relation, line), plain(note))
    return spec._replace(heading=plain(heading), unit=unit), ""


def _extra(line: Line) -> FactSpec:
    label, name, kind, number_format, relation, note = _six(line)
    number_format, unit = _format(number_format, line)
    filled_by = _kind(kind or "input", line)
    spec = FactSpec(name, filled_by, number_format or "General", (), _relation(relation, line), plain(note))
    return spec._replace(label=plain(label), unit=unit)


def _format(text: str, line: Line) -> tuple[str, str]:
    """A number format and the unit behind it: ``0.00 万元``."""
    number_format, _, unit = text.partition(" ")
    if unit and unit_of(unit) is None:
        raise Mistake(line, words.UNIT.format(name=unit))
    return plain(number_format), unit


def _kind(name: str, line: Line) -> Kind:
    return Kind(known(name, _KINDS[:-1], line, words.KIND))


def _braced(text: str) -> bool:
    return "{" in text or "}" in text


def _six(line: Line) -> list[str]:
    fields = line.fields(6)
    if any(fields[6:]):
        raise Mistake(line, words.TOO_MANY)
    return fields[:6]


def _relation(text: str, line: Line) -> str:
    """The relation as it is written, its name looked up (``sum of tasks.actual`` -> ``sum``)."""
    if text:
        name, of, _ = text.partition(" of ")
        known(name, RELATIONS, line, words.RELATION)
        if bool(of) is not (name == "sum") and not (of and name in BY_BUDGET):
            raise Mistake(line, words.ARGUMENT.format(name=name))
    return text
