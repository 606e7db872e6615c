"""A drawing as text: what ``notation.parse`` reads back to the same drawing, its columns one below the other.

So a person can read it in Notepad, and correct what was not understood.
"""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from jixiao.forms.drawing import Content, Continued, Drawing, DrawnRow, FactSpec, Label, Slot
from jixiao.wording.workbook import SUMMARY

_WIDEST = 30  # half-width letters to which a column is filled up
_EVERYWHERE = "\\|"
_IN_CELLS = _EVERYWHERE + "{}"
_LEADING = ("#", "==")  # what begins a comment or a section


def written(drawing: Drawing, head: Sequence[str] = (), tail: Sequence[str] = ()) -> str:
    """The text of a drawing; ``head`` and ``tail`` are said in comments before and behind it."""
    parts = [[*_comments(head), *_meta(drawing)], ["", "== form", *_aligned(map(_row, drawing.rows))]]
    if facts := [*_titles(drawing), *map(_spec, drawing.specs)]:
        parts.append(["", "== facts", *_aligned(map(_shortened, facts))])
    if drawing.extras:
        parts.append(["", "== report", *_aligned(map(_shortened, map(_extra, drawing.extras)))])
    if tail:
        parts.append(["", *_comments(tail)])
    return "".join(f"{line}\n" for part in parts for line in part)


def _comments(lines: Sequence[str]) -> Iterator[str]:
    return (f"# {line}".rstrip() for text in lines for line in text.splitlines())


def _meta(drawing: Drawing) -> Iterator[str]:
    yield f"id     = {drawing.id}"
    yield f"title  = {_escaped(drawing.title)}"
    if drawing.issuer:
        yield f"issuer = {_escaped(drawing.issuer)}"
    yield f"since  = {drawing.since}"
    yield f"scheme = {drawing.scheme}"
    yield f"report = {_escaped(drawing.report)}"
    if drawing.summary:
        yield f"summary = {SUMMARY}"
    yield f"widths = {' '.join(map(str, drawing.widths))}"


# ---------------------------------------------------------------- rows


def _row(row: DrawnRow) -> list[str]:
    return [_marker(row), *map(_content, row.cells)]


def _marker(row: DrawnRow) -> str:
    repeat = {0: "", 1: "*"}.get(row.repeat, f"*{row.repeat}")
    return repeat + "+" * row.outside + (f"@{row.height}" if row.height else "")


def _content(cell: Content) -> str:
    if isinstance(cell, Continued):
        return "^" if cell.upward else "<"
    if isinstance(cell, Label):
        return f"\\{cell.text}" if cell.text in {"<", "^"} else _escaped(cell.text, _IN_CELLS)
    return _slot(cell)


def _slot(slot: Slot) -> str:
    default = f"={_inside(slot.default)}" if slot.default else ""
    ticks = f" ~ {_inside(slot.ticks)}" if slot.ticks else ""
    inner = f"{{{slot.fact}{'/' * slot.joined}{default}{ticks}}}"
    return _ended(_signs(slot.before, _IN_CELLS), first=True) + inner + _ended(_signs(slot.after, _IN_CELLS), last=True)


def _inside(text: str) -> str:
    """Words inside the braces of a fact: `` ~ `` would begin the boxes to tick."""
    return _signs(text, _IN_CELLS).replace(" ~", " \\~")


# ---------------------------------------------------------------- facts


def _titles(drawing: Drawing) -> Iterator[list[str]]:
    return ([name, f"table {_escaped(title)}"] for name, title in drawing.titles.items())


def _spec(spec: FactSpec) -> list[str]:
    kind = f"{spec.kind.value} {_escaped(spec.heading)}" if spec.heading else spec.kind.value
    choices = ";".join(_signs(choice, _EVERYWHERE + ";") for choice in spec.choices)
    choices = _ended(choices, first=True, last=True)
    return [spec.name, kind, _format(spec), choices, spec.relation, _escaped(spec.note)]


def _extra(spec: FactSpec) -> list[str]:
    label = _escaped(spec.label)
    if label.startswith(_LEADING):
        label = f"\\{label}"
    return [label, spec.name, spec.kind.value, _format(spec), spec.relation, _escaped(spec.note)]


def _format(spec: FactSpec) -> str:
    number_format = _signs(spec.number_format, _EVERYWHERE + " ")
    if spec.unit:
        return f"{number_format} {spec.unit}"
    return "" if number_format == "General" else number_format


# ---------------------------------------------------------------- texts and columns


def _escaped(text: str, signs: str = _EVERYWHERE) -> str:
    """A text between bars: what means something there is escaped, also blanks at its ends."""
    return _ended(_signs(text, signs), first=True, last=True)


def _signs(text: str, signs: str) -> str:
    for sign in signs:
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _ended(text: str, first: bool = False, last: bool = False) -> str:
    if last and text.endswith(" "):
        text = f"{text[:-1]}\\ "
    return f"\\{text}" if first and text.startswith(" ") else text


def _aligned(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines with their bars below one another, as far as no text is too long."""
    rows = list(lines)
    widths = [0] * max(map(len, rows))
    for row in rows:
        for column, text in enumerate(row):
            if _shown(text) <= _WIDEST:
                widths[column] = max(widths[column], _shown(text))
    for row in rows:
        filled = [text + " " * (width - _shown(text)) for text, width in zip(row, widths, strict=False)]
        line = " | ".join([*filled[:-1], row[-1]])
        yield line if row[-1] else line.rstrip(" ")


def _shortened(line: Sequence[str]) -> list[str]:
    """A line without the empty fields at its end, but never without any."""
    fields = list(line)
    while len(fields) > 2 and not fields[-1]:
        fields.pop()
    return fields


def _shown(text: str) -> int:
    """How wide a text is, in half-width letters."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
