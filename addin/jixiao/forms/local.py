"""Any form that is none of the drawn ones, read by what its headings say: a local form."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Row, Stated, Unread
from jixiao.evaluation.stated import Part
from jixiao.figures import Figure, bare, measured, parse, shown, unit_of, visible
from jixiao.findings import Finding
from jixiao.forms import money
from jixiao.forms.blocks.block import ACROSS, AMOUNTS, LEVELS, MONEY, NUMBERS, TABLE, Block, BlockRow, Entry, last
from jixiao.forms.blocks.funds import CONTENT, DETAIL
from jixiao.forms.blocks.pairs import heard
from jixiao.forms.blocks.reader import Reader
from jixiao.forms.defects import DOUBTFUL, differing_units
from jixiao.forms.headings import UNITS, heading, plain, squeezed
from jixiao.forms.lines import Line, Piece
from jixiao.forms.sections import Heard, Section, is_title, sections
from jixiao.forms.vocabulary import vocabulary
from jixiao.grid import Document, Grid
from jixiao.places import LAST_ROW, Place

LOCAL = "local"
"""The form and the scheme of what no drawing identifies."""

PRIVATE = frozenset({"project.leader", "project.phone", "finance.leader", "report.filler", "report.checker"})
"""Facts that name persons; they are read, so that nothing else is made of them, and not told."""

_TOLD_AS_FACTS = ("funds", ACROSS, "goal")
_ROW_TABLES = ("indicators", "accounts", "survey", "tasks")
_GRADE = r"(不合格|优秀|良好|合格|优|良|中|差)"
_TICK = r"[☑√✓✔■]"
_TICKED_BEHIND = re.compile(rf"{_GRADE}\s{{0,9}}[（(]?\s{{0,9}}{_TICK}")
_TICKED_BEFORE = re.compile(rf"{_TICK}\s{{0,9}}[）)]?\s{{0,9}}{_GRADE}")
_BOXES = "□☐☑√✓✔■"
_HEAD = re.compile(r"\(?(?:20\d\d)?年度?\)?|附(?:件|表)[\d-]{0,5}:?|(?:公开|预算|财决|自评)?\d{0,2}-?\d{0,2}表")
_YEAR = re.compile(r"(20\d\d)年?度?")
_ONCE = ("total.", "grade")
"""What a form states once; the last of several is the likeliest."""

_ONE_OF_SEVERAL = 0.7
_SUPPOSED_WEIGHT = 0.9  # how sure points in a label are the weight of its group


_WEIGHTS_IN = {"level1": "group1_weight", "level2": "group2_weight", "name": "weight"}
"""In whose label points may be printed, and which weight they are."""


class LocalForm(NamedTuple):
    """One form: where it begins, what it states, and its blocks with the places of their columns."""

    grid: Grid
    evaluation: Evaluation
    blocks: Sequence[Block]


def local_forms(document: Document, skip: Collection[Grid] = ()) -> list[LocalForm]:
    """The forms of a document in order, but for those that are known already (``skip``).

    Raises Sprawling for a sheet that is far larger than any form.
    """
    words = vocabulary()
    found = []
    for section in sections(document, skip, words):
        reader = Reader(section.lines, words).read()
        if is_form(reader, section):
            found.append(LocalForm(section.grid, _Telling(reader, section).evaluation(), reader.blocks))
    return found


def is_form(reader: Reader, section: Section) -> bool:
    """Whether what was read is a form: indicators, funds with goals, or another table that is surely one of ours.

    A price list, a roster or a timetable is none.
    """
    kinds = {block.kind for block in reader.blocks if block.rows}
    facts = {fact.field.partition(".")[0] for fact in reader.facts} | ({"goal"} if "goal" in kinds else set())
    named = len({fact.field for fact in reader.facts if fact.field.startswith("project.")}) > 1
    titled = is_title(section.title)
    funds = _sources(reader)
    return (
        any(_is_indicators(block, named or titled) for block in reader.blocks)
        or "survey" in kinds
        or (funds > 0 and "goal" in facts)
        or (funds > 1 and (named or titled))
        or ("tasks" in kinds and (titled and named))
        or any(_is_account(block, section.title) for block in reader.blocks if block.kind == "accounts")
        or (titled and len({fact.field for fact in reader.facts}) > 3)
    )


def _sources(reader: Reader) -> int:
    """How many known sources of money are named."""
    rows = {row.key for block in reader.blocks for row in block.rows if block.kind == "funds"}
    across = {f.partition(".")[0] for b in reader.blocks for r in b.rows for f in r.entries if b.kind == ACROSS}
    facts = {fact.field for fact in reader.facts if fact.field.startswith("funds.")}
    return len([key for key in (*rows, *across, *facts) if key and key[0] != "?" and key != DETAIL])


def _is_indicators(block: Block, named: bool) -> bool:
    """Whether a block tells of indicators: of their levels, or of a name what is aimed at, weighed or judged.

    One without rows counts in a form that is titled or names its project: nobody has filled it in yet.
    """
    fields = {column.field for column in block.columns if column.known}
    names, told = fields & set(LEVELS), fields - {*LEVELS, "topic", "number", "note", "unit"}
    filled = bool(block.rows) or (named and len(names) > 1)
    return block.kind == "indicators" and filled and (len(names) > 1 or len(told) > 1)


_BUDGET = ("决算", "预算", "收支")
_ACCOUNTS = ("收入", "支出", "拨款", "经费", "结余", "结转", "合计", "总计")


def _is_account(block: Block, title: str) -> bool:
    """Whether figures beside names are accounts: the title says so, or several rows are called so."""
    titled = is_title(title)
    if titled and any(word in title for word in _BUDGET) and block.rows:
        return True
    names = [row.entries["name"].text for row in block.rows if "name" in row.entries]
    return sum(any(word in name for word in _ACCOUNTS) for name in names) > (1 if titled else 2)


class _Telling:
    """What a reader has found, told as facts and tables."""

    def __init__(self, reader: Reader, section: Section) -> None:
        self.reader, self.section = reader, section
        self.money = money.of_form(reader, section)

    def evaluation(self) -> Evaluation:
        facts: dict[str, Stated] = {}
        for name, cell in self._facts():
            _enter(facts, name, cell)
        _settle_goals(facts)
        for name, cell in self._heard(set(facts)):
            facts.setdefault(name, cell)
        tables = {name: rows for name in _ROW_TABLES if (rows := list(self._rows(name)))}
        details = list(self._details())
        if details:
            tables["details"] = details
        return Evaluation(
            form=LOCAL,
            scheme=LOCAL,
            title=self.section.title,
            facts=facts,
            tables=tables,
            unplaced=list(self._unplaced()),
            unread=list(self._unread()),
            unit=self.money.unit,
            defects=self._defects(),
        )

    # ---------------------------------------------------------------- facts

    def _facts(self) -> Iterator[tuple[str, Stated]]:
        year = self._year()
        if year:
            yield "year", year
        for fact in self.reader.facts:
            if fact.field not in PRIVATE:
                yield fact.field, self._stated(fact, self._unit(fact))
        for block in self.reader.blocks:
            for row in block.rows:
                if row.total or block.kind in _TOLD_AS_FACTS:
                    yield from self._of_row(block, row)

    def _heard(self, known: Collection[str]) -> Iterator[tuple[str, Stated]]:
        """What the paragraphs above the table state and the table does not."""
        for said in self.section.above:
            if said.number is None:
                continue
            for reading, label, value in heard(said.text, self.reader.words):
                if reading.field not in known and reading.field not in PRIVATE:
                    place = Place(paragraph=said.number, label=squeezed(label))
                    figure = _figure(value, None, "", True)
                    yield reading.field, Stated(value, place, figure)

    def _of_row(self, block: Block, row: BlockRow) -> Iterator[tuple[str, Stated]]:
        unit = self._unit_of(block)
        for field, entry in row.entries.items():
            name = self._fact_name(block, row, field)
            if name and (entry.piece.fresh or entry.text) and entry.line is row.line and entry.piece.fresh:
                label = ""
                if row.total and row.label:
                    label = f"{squeezed(row.label.piece.text)} {entry.column.label if entry.column else ''}".strip()
                stated = self._stated(entry, unit, label)
                yield name, stated

    def _fact_name(self, block: Block, row: BlockRow, field: str) -> str:
        """What a cell of a row is called as a single fact; empty for a cell of a table."""
        if row.total:
            return field
        if block.kind == "goal":
            return field if field.startswith("?") else f"goal.{field}"
        if block.kind == ACROSS:
            return f"funds.{field}"
        if block.kind == "funds" and row.key != DETAIL:
            own = row.key == "total" and field in ("weight", "score")
            return f"execution.{field}" if own else f"funds.{row.key}.{field}"
        return ""

    def _unit(self, fact: Entry) -> str:
        """The unit of a single amount: that of its own label, else of the form."""
        if not fact.field.startswith("funds."):
            return ""
        own = heading(fact.label).unit
        return own if own in UNITS else self.money.unit

    def _year(self) -> Stated | None:
        """The year the form is for: in brackets or words above it."""
        for said in self.section.above:
            flat = plain(said.text)
            match = _YEAR.search(flat) if len(flat) < 100 else None
            if match and (len(flat) < 14 or is_title(said.text) or "年度" in flat):
                return Stated(match[1], self._place_of(said), parse(match[1]))
        return None

    def _place_of(self, said: Heard) -> Place:
        if said.line:
            row, column = said.line.said[0].spot
            return said.line.grid.place(row, column)
        if said.number is not None:
            return Place(paragraph=said.number)
        return self.section.grid.place(1, 1)

    # ---------------------------------------------------------------- tables

    def _rows(self, kind: str) -> Iterator[Row]:
        for block in self.reader.blocks:
            if block.kind == kind:
                groups: dict[str, tuple[str, int]] = {}
                free = _free_weights(block)
                for row in block.rows:
                    if not row.total:
                        yield self._row(block, row, groups, free)

    def _row(self, block: Block, row: BlockRow, groups: dict[str, tuple[str, int]], free: Mapping[str, str]) -> Row:
        unit = self._unit_of(block) if block.kind == "accounts" else ""
        number = row.line.number + row.side * LAST_ROW
        cells = {field: self._stated(entry, unit) for field, entry in row.entries.items()}
        began = {
            field: entry.line.number + row.side * LAST_ROW
            for field, entry in row.entries.items()
            if entry.line is not row.line
        }
        if free:
            self._weights_in_labels(row, cells, began, groups, free)
        return Row(number, cells, began)

    def _unit_of(self, block: Block) -> str:
        """The unit of money of one block."""
        return "" if self.money.contradictory else block.unit or self.money.unit

    def _weights_in_labels(
        self,
        row: BlockRow,
        cells: dict[str, Stated],
        began: dict[str, int],
        groups: dict[str, tuple[str, int]],
        free: Mapping[str, str],
    ) -> None:
        """Points printed in a label (产出指标（50分）) are the weight of its group, of an indicator without weight its own.

        ``groups`` says of each level the label of the last row and where it began: on the next page it is printed again.
        """
        for level, name in free.items():
            entry = row.entries.get(level)
            points = heading(entry.text).points if entry and len(entry.text) < 60 and entry.text[-1:] in "分)）" else ""
            if entry is None or not points or (level == "name" and f"{points}分" not in plain(entry.text)):
                groups.pop(level, None)
                continue
            first = began.get(level, row.line.number)
            if level != "name" and groups.get(level, ("", 0))[0] == entry.text:
                first = groups[level][1]
            groups[level] = entry.text, first
            sure = min(cells[level].sure, _SUPPOSED_WEIGHT)
            cells[name] = Stated(points, cells[level].place, parse(points), sure=sure)
            if first < row.line.number:
                began[name] = first

    def _details(self) -> Iterator[Row]:
        for block in self.reader.blocks:
            for row in block.rows:
                if block.kind == "funds" and row.key == DETAIL:
                    unit = self._unit_of(block)
                    cells = {f: self._stated(e, unit) for f, e in row.entries.items()}
                    if row.label:
                        cells = {CONTENT: self._stated(row.label, "")} | cells
                    yield Row(row.line.number, cells)

    # ---------------------------------------------------------------- cells

    def _stated(self, entry: Entry, unit: str, label: str = "") -> Stated:
        """One cell: its number in the unit its block prints."""
        grid, (row, column) = entry.line.grid, entry.piece.spot
        cell = grid.at(row, column)
        text = cell.text if entry.inner is None else entry.inner
        if last(entry.field) == "grade":
            text = _ticked(text)
        exact = cell.value if isinstance(cell.value, Decimal) and entry.inner is None else None
        field = last(entry.field)
        numeric = field in NUMBERS
        words = not text or (not numeric and exact is None and "\u4e00" <= text[-1] <= "\u9fff")  # no number ends so
        figure = None if words else _figure(text, exact, unit if field in MONEY else "", numeric)
        place = grid.place(row, column, label or entry.label)
        sure = min(entry.sure, DOUBTFUL) if self.money.mixed and field in AMOUNTS else entry.sure
        return Stated(visible(text) if figure else text, place, figure, exact, cell.formula, sure)

    def _defects(self) -> list[Finding]:
        said = self.money.said
        return [differing_units([one.place for one in said], [one.words for one in said])] if len(said) > 1 else []

    # ---------------------------------------------------------------- what was not understood

    def _unread(self) -> Iterator[Unread]:
        for block in self.reader.blocks:
            if block.kind == TABLE:
                column = block.columns[0]
                words = "、".join(column.label for column in block.columns)
                yield Unread(words, column.line.grid.place(*column.piece.spot), Part.TABLE)
                continue
            for column in block.columns:
                if not column.known or column.field == "topic":
                    yield self._column(column.label, column.line, column.piece, False)
            for column in block.contradicted:
                yield self._column(column.label, column.line, column.piece, True)
            for row in block.rows:
                if row.key.startswith("?") and row.label and row.label.piece.text:
                    yield Unread(squeezed(row.label.piece.text), self._at(row.line, row.label.piece), Part.ROW)
        for line, piece, part in self.reader.unknown:
            yield Unread(squeezed(piece.text), self._at(line, piece), part)

    def _column(self, label: str, line: Line, piece: Piece, contradicted: bool) -> Unread:
        return Unread(label, self._at(line, piece), Part.COLUMN, contradicted)

    def _at(self, line: Line, piece: Piece) -> Place:
        return line.grid.place(*piece.spot)

    def _unplaced(self) -> Iterator[Stated]:
        heads = {said.spot for said in self.section.above if said.line and _is_head(said.text)}
        left = [*self.reader.unplaced(), *self.section.beside]
        for line, piece in left:
            if piece.spot not in heads:
                yield Stated(line.grid.at(*piece.spot).text, self._at(line, piece))


def _free_weights(block: Block) -> Mapping[str, str]:
    """The levels whose labels may tell a weight, for no column does."""
    fields = {column.field for column in block.columns}
    names = _WEIGHTS_IN if block.kind == "indicators" else {}
    return {level: name for level, name in names.items() if level in fields and name not in fields}


def _is_head(text: str) -> bool:
    """Whether a line above a form is its title, its year, its unit of money, or what annex it is."""
    flat = plain(text)
    return is_title(text) or bool(_HEAD.fullmatch(flat)) or bool(money.ABOVE.search(flat))


def _enter(facts: dict[str, Stated], name: str, cell: Stated) -> None:
    """Enter a fact; a form may state one twice: the surer keeps the name, and if they differ neither is certain."""
    known = facts.get(name)
    if known is None:
        facts[name] = cell
        return
    if known.place.spot == cell.place.spot:
        return
    differ = bare(known.text) != bare(cell.text) and not known.blank and not cell.blank
    if differ and (name.startswith(_ONCE) or (name.startswith("funds.") and known.sure == cell.sure)):
        known, cell = (one._replace(sure=min(one.sure, _ONE_OF_SEVERAL)) for one in (known, cell))
    later = cell.sure > known.sure or (known.blank and not cell.blank) or (name.startswith(_ONCE) and not cell.blank)
    first, second = (cell, known) if later else (known, cell)
    facts[name] = first
    number = 2
    while f"{name}.{number}" in facts:
        number += 1
    facts[f"{name}.{number}"] = second


def _settle_goals(facts: dict[str, Stated]) -> None:
    """Of two goals the one that names the year is the year's: 项目总目标 beside 年度目标 is that of the whole project."""
    first, second = facts.get("goal.expected"), facts.get("goal.expected.2")
    if first and second and "goal.medium" not in facts and ("年" in second.place.label) > ("年" in first.place.label):
        facts["goal.expected"], facts["goal.medium"] = second, first
        del facts["goal.expected.2"]


@lru_cache(8192)
def _figure(text: str, exact: Decimal | None, unit: str, numeric: bool) -> Figure | None:
    """A printed number, in the unit of its block unless it prints one of its own (¥17.32, 259.45万元, 99.97分)."""
    figure = parse(text) if exact is None else shown(text, exact)
    if figure is None and numeric and len(text) < 80:
        words = plain(text).lstrip("¥￥").partition("(")[0]
        figure = parse(words) or measured(words) or (measured(words + "元") if words.endswith("万") else None)
    if figure and figure.scale != 1 and not figure.unit:
        _, scale = unit_of(unit) or ("", Decimal(1))
        figure = figure.counted_in(scale)
    return figure.of(unit) if figure and unit else figure


def _ticked(text: str) -> str:
    """The grade that is ticked, by a box behind or before it; nothing where no box is, the text itself without boxes."""
    if not any(box in text for box in _BOXES):
        return text
    match = (_TICKED_BEFORE if text.lstrip(" （(")[:1] in _BOXES else _TICKED_BEHIND).search(text)
    return match[1] if match else ""
