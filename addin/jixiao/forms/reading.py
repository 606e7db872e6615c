"""From a grid and a placement to an Evaluation: everything as stated."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from jixiao.evaluation import Evaluation, FundRow, Group, Indicator, Stated
from jixiao.figures import parse
from jixiao.findings import Finding
from jixiao.forms.drawing import BANDS, Drawing, Slot, same, squeezed
from jixiao.forms.placement import Anchors, Band, Placement
from jixiao.grid import Grid, is_failure

_SKELETON = re.compile(r"(指标\s*\d*\s*[:：]?|…+|\.{2,}|/|—)?\s*")
_NUMBERING = re.compile(r"^\s*指标\s*\d+\s*[:：]?\s*")
_FUND_FIELDS = ("initial", "adjusted", "arrived", "executed", "rate")


def read(
    grid: Grid,
    placement: Placement,
    drawing: Drawing,
    outside: Mapping[str, Stated] | None = None,
    defects: Sequence[Finding] = (),
    unplaced: Sequence[Stated] = (),
) -> Evaluation:
    """Read one form. ``outside`` are facts found beyond the grid (the year above a Word table)."""
    reader = _Reader(grid, placement, drawing)
    facts = {**(outside or {}), **reader.facts()}
    rows = list(reader.indicators())
    return Evaluation(
        form=drawing.id,
        scheme=grid.constants.get("jx.scheme", drawing.scheme),
        title=drawing.title,
        facts=facts,
        funds=reader.funds(facts),
        details=list(reader.details()),
        indicators=[row for row in rows if not is_skeleton(row)],
        skeleton=[row for row in rows if is_skeleton(row)],
        groups=list(reader.groups({row.row for row in rows if not is_skeleton(row)})),
        people=list(reader.people()),
        defects=defects,
        unplaced=unplaced,
    )


def is_skeleton(row: Indicator) -> bool:
    """A row that holds only the form's own prompts (指标1：, ……) and no value."""
    values = (row.target, row.actual, row.weight, row.score)
    prompt = row.name is None or _SKELETON.fullmatch(row.name.text)
    return bool(prompt) and all(value is None or value.blank or is_failure(value.text) for value in values)


def slots(drawing: Drawing) -> dict[str, Slot]:
    """The slot of every single fact of a form."""
    return {slot.fact: slot for row in drawing.rows for _, slot in row.slots() if not slot.band}


def inner_text(text: str, slot: Slot) -> str:
    """What the user said inside a cell that also prints fixed words or boxes to tick."""
    if slot.ticks:
        chosen = re.search(r"(\w+)\s*[☑√✓■]|[☑√✓■]\s*(\w+)", text)
        return (chosen[1] or chosen[2]) if chosen else "" if "□" in text or "☐" in text else text
    if slot.before or slot.after:
        pattern = _loose(slot.before) + r"(.*?)" + _loose(slot.after)
        match = re.fullmatch(r"\s*" + pattern + r"\s*", text, re.S)
        return match[1].strip() if match else text
    return text


def has_prompt(slot: Slot) -> bool:
    """Whether the form itself prints words in the cell (a filling note), which nobody stated."""
    return bool(slot.default) and parse(slot.default) is None


def ticked(text: str, slot: Slot | None) -> str:
    """How a cell with boxes to tick prints a choice: ``优☑        良□ …``."""
    return slot.ticks.replace(f"{text}□", f"{text}☑") if slot and slot.ticks and text else text


def _loose(words: str) -> str:
    return r"\s*".join(re.escape(letter) for letter in re.sub(r"\s+", "", words)).join((r"\s*", r"\s*"))


class _Reader:
    def __init__(self, grid: Grid, placement: Placement, drawing: Drawing) -> None:
        self.grid, self.placement, self.drawing = grid, placement, drawing
        self.anchors = Anchors(grid)
        self.labels = labels_of(drawing)

    def stated(self, row: int, column: int, label: str, slot: Slot | None = None) -> Stated:
        anchor = self.anchors.of(row, column)
        cell = self.grid.at(*anchor)
        text = inner_text(cell.text, slot) if slot else cell.text
        if slot and has_prompt(slot):
            text = "" if same(text, slot.default) else text.strip().removeprefix(slot.default).strip()
        exact = cell.value if isinstance(cell.value, Decimal) else None
        return Stated(text, self.grid.place(row, anchor[1], label), parse(text), exact, cell.formula)

    def facts(self) -> dict[str, Stated]:
        known = slots(self.drawing)
        return {
            fact: self.stated(row, column, self.labels.get(fact, ""), known.get(fact))
            for fact, (row, column) in self.placement.facts.items()
        }

    def funds(self, facts: Mapping[str, Stated]) -> list[FundRow]:
        keys = dict.fromkeys(
            fact.split(".")[1] for fact in slots(self.drawing) if fact.startswith("funds.") and fact.count(".") == 2
        )
        return [
            FundRow(key, self._fund_label(key), *(facts.get(f"funds.{key}.{field}") for field in _FUND_FIELDS))
            for key in keys
        ]

    def _fund_label(self, key: str) -> str:
        label = self.labels.get(f"funds.{key}.initial", "")
        return label.partition(" ")[0]

    def rows(self, band_name: str) -> Iterator[tuple[int, dict[str, Stated]]]:
        band = self.placement.bands.get(band_name)
        if band is None:
            return
        for row in band.rows:
            yield (
                row,
                {
                    field: self.stated(row, column, self.labels.get(f"{band_name}.{field}", ""))
                    for field, column in band.columns.items()
                },
            )

    def details(self) -> Iterator[FundRow]:
        for row, values in self.rows("details"):
            if any(not value.blank for value in values.values()):
                content = values.pop("content", None)
                yield FundRow(str(row), content.text if content else "", **values)

    def indicators(self) -> Iterator[Indicator]:
        for row, values in self.rows("indicators"):
            fields = {field: value for field, value in values.items() if field in Indicator._fields}
            if "name" in fields:
                fields["name"] = fields["name"]._replace(text=_NUMBERING.sub("", fields["name"].text))
            for level in ("level1", "level2"):
                if level in fields:
                    fields[level] = fields[level]._replace(text=squeezed(fields[level].text))
            yield Indicator(row, **fields)

    def groups(self, members: set[int]) -> Iterator[Group]:
        band = self.placement.bands.get("indicators")
        if band is None:
            return
        for level in (1, 2):
            column = band.columns.get(f"group{level}_weight")
            if column:
                yield from self._groups(band, level, column, members)

    def _groups(self, band: Band, level: int, column: int, members: set[int]) -> Iterator[Group]:
        row = band.rows[0] if band.rows else band.end
        while row < band.end:
            area = self.anchors.area(row, column)
            rows = [member for member in range(row, area.bottom + 1) if member in members]
            if rows:
                labels = dict.fromkeys(self.grid.at(*self.anchors.of(member, column - 1)).text for member in rows)
                label = "、".join(squeezed(text) for text in labels if text.strip())
                yield Group(level, label, self.stated(row, column, f"{label} 分值"), rows)
            row = area.bottom + 1

    def people(self) -> Iterator[Mapping[str, Stated]]:
        for _, values in self.rows("people"):
            if any(not value.blank for value in values.values()):
                yield values


def labels_of(drawing: Drawing) -> dict[str, str]:
    """The words by which a finding names each fact: ``funds.total.initial`` -> 年度资金总额 年初预算数."""
    labels = {spec.name: spec.label for spec in drawing.extras}
    first = {name: drawing.band_rows(name)[:1] for name in BANDS}
    for i, row in enumerate(drawing.rows):
        for column, slot in row.slots():
            if slot.band:
                labels[slot.fact] = drawing.heading(first[slot.band][0], column)
            elif slot.fact.startswith(("funds.", "execution.", "total.")):
                labels[slot.fact] = f"{_bare(drawing.caption(i, column))} {drawing.heading(i, column)}".strip()
            elif slot.before or slot.after:
                labels[slot.fact] = {"year": "年度"}.get(slot.fact, squeezed(slot.before))
            else:
                labels[slot.fact] = drawing.caption(i, column)
    for spec in drawing.specs:
        if spec.heading:
            labels[spec.name] = spec.heading
    return labels


def _bare(label: str) -> str:
    return re.sub(r"^其中[:：]", "", label)
