"""What a document states: every value with its place and its printed precision. Nothing is computed or corrected here.

An evaluation is facts and tables, each value once. Funds, details and indicators are views of them that answer the
questions asked of such rows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain

from jixiao.evaluation.doubts import Doubt, doubts, sureness, without_doubts
from jixiao.evaluation.funds import FundRow, detail_rows, fund_rows
from jixiao.evaluation.indicators import Group, Indicator, groups, indicators, unused
from jixiao.evaluation.related import Related
from jixiao.evaluation.stage import Stage, stage_of
from jixiao.evaluation.stated import Row, Stated, Unread, each_once
from jixiao.figures import bare
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme
from jixiao.ours import LOCAL
from jixiao.places import Where
from jixiao.relations.catalogue import relation

__all__ = ["Evaluation", "FundRow", "Group", "Indicator", "Related", "Row", "Stage", "Stated", "Unread"]


MERGES = "R57"
"""The code of what is said of cells that are merged otherwise than on the official form."""


class Evaluation:
    """One filled form.

    ``facts`` holds every single fact by name (``project.name``, ``total.score``); a fact the form does not have is
    missing, an empty cell is blank. ``tables`` holds the repeated blocks by name, blank rows too.
    ``defects`` are findings made while reading: missing columns, shifted merges. ``unplaced`` is text that fits nowhere.
    ``unread`` is what of the form was not understood. ``unit`` is the unit of its money (元, 千元, 万元, 亿元); empty where
    nothing says it.
    ``sums`` are the facts that the form itself makes the sum of a column: ``total.income`` of ``income.amount``.
    """

    def __init__(
        self,
        form: str,
        scheme: str,
        title: str,
        facts: Mapping[str, Stated],
        tables: Mapping[str, Sequence[Row]] | None = None,
        defects: Sequence[Finding] = (),
        unplaced: Sequence[Stated] = (),
        sums: Mapping[str, str] | None = None,
        unread: Sequence[Unread] = (),
        unit: str = "",
    ) -> None:
        self.form, self.scheme, self.title = form, scheme, title
        self.facts = facts
        self.tables: Mapping[str, Sequence[Row]] = tables or {}
        self.defects, self.unplaced = defects, unplaced
        self.sums: Mapping[str, str] = sums or {}
        self.unread, self.unit = unread, unit

    @property
    def drawn(self) -> bool:
        """Whether an official form says what belongs where; else the form has what it has."""
        return self.form != LOCAL

    def text(self, fact: str) -> str:
        """The printed text of a fact, stripped; empty if blank or absent."""
        stated = self.facts.get(fact)
        return bare(stated.text) if stated else ""

    @property
    def year(self) -> str:
        """The year the form is for: its four digits, of ``2023年度`` too; empty if blank or absent."""
        text = self.text("year")
        found = re.search(r"20\d\d", text)
        return found[0] if found else text

    def number(self, fact: str) -> Decimal | None:
        """The printed number of a fact; None if blank, absent or not a number."""
        stated = self.facts.get(fact)
        return stated.number if stated else None

    @cached_property
    def funds(self) -> Sequence[FundRow]:
        """The fund block, its total among the rows."""
        return fund_rows(self.facts)

    def fund(self, key: str) -> FundRow | None:
        return next((row for row in self.funds if row.key == key), None)

    @cached_property
    def details(self) -> Sequence[FundRow]:
        """The spending details (支出明细) that are filled in."""
        return detail_rows(self.tables.get("details", ()))

    @cached_property
    def indicators(self) -> Sequence[Indicator]:
        """The indicators somebody filled in or that the form prints."""
        return [row for row in self._rows if not unused(row)]

    @cached_property
    def skeleton(self) -> Sequence[Indicator]:
        """The rows of the indicator table nobody filled in (指标1：, ……)."""
        return [row for row in self._rows if unused(row)]

    @cached_property
    def _rows(self) -> Sequence[Indicator]:
        return indicators(self.tables.get("indicators", ()))

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The printed weights that stand for several indicators."""
        return list(groups(self.tables.get("indicators", ()), {row.row for row in self.indicators}))

    @cached_property
    def stage(self) -> Stage:
        """Whether the form declares goals, watches them, or evaluates them."""
        return stage_of(self.title, self.facts, self.tables.get("indicators", ()))

    @property
    def merged_otherwise(self) -> bool:
        """Whether cells are merged otherwise than on the official form: then nothing tells what they stand for together."""
        return any(defect.code == MERGES for defect in self.defects)

    @cached_property
    def doubtful(self) -> Mapping[Where, Doubt]:
        """The cells of which it is not beyond doubt what they mean, by where they stand."""
        return doubts(self.facts, self.tables)

    @cached_property
    def certain(self) -> "Evaluation":
        """The same form without its doubtful cells."""
        tables = {name: [without_doubts(row) for row in rows] for name, rows in self.tables.items()}
        facts = {name: cell for name, cell in self.facts.items() if sureness(name, cell) == 1}
        return self.replaced(facts, tables)

    @cached_property
    def names(self) -> Sequence[str]:
        """What the form has, every cell under one name: a fact that stands in a row of a repeated block counts there."""
        repeated = [
            (f"{table}.{field}", cell.place.spot)
            for table, rows in self.tables.items()
            for row in rows
            for field, cell in row.cells.items()
        ]
        columns, spots = dict(repeated), {spot for _, spot in repeated}
        return [*(name for name, cell in self.facts.items() if cell.place.spot not in spots), *columns]

    @cached_property
    def columns(self) -> frozenset[str]:
        """Every column of its tables: ``indicators.weight``."""
        return frozenset(
            f"{table}.{field}" for table, rows in self.tables.items() for row in rows for field in row.cells
        )

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The words by which the form itself tells each fact and column."""
        columns = {
            f"{table}.{field}": cell
            for table, rows in self.tables.items()
            for row in rows[:1]
            for field, cell in row.cells.items()
        }
        return {name: cell.place.label for name, cell in (*self.facts.items(), *columns.items()) if cell.place.label}

    @cached_property
    def computes(self) -> bool:
        """Whether any of its cells holds a formula."""
        tables = (row.cells.values() for rows in self.tables.values() for row in rows)
        return any(cell.formula is not None for cell in chain(self.facts.values(), *tables))

    def cells(self, name: str) -> list[Stated]:
        """The cells behind a name: of a column (``indicators.weight[]``) each cell of the rows in use once."""
        if not name.endswith("[]"):
            return [self.facts[name]] if name in self.facts else []
        table, _, field = name.removesuffix("[]").partition(".")
        heads: dict[int, Stated] = {}
        for row in self.in_use(table):
            if field in row.cells:
                heads.setdefault(row.head(field), row.cells[field])
        return list(heads.values())

    def every_cell(self) -> list[Stated]:
        """All cells of the form, each once, whatever facts it is: merged ones where they begin."""
        rows = (row for rows in self.tables.values() for row in rows)
        columns = (cell for row in rows for field, cell in row.cells.items() if field not in row.began)
        return each_once([*self.facts.values(), *columns])

    def in_use(self, table: str) -> Sequence[Row]:
        """The rows of a repeated block in which somebody stated anything; of the indicators those that are no prompts."""
        rows = self.tables.get(table, ())
        if table == "indicators":
            used = {row.row for row in self.indicators}
            return [row for row in rows if row.number in used]
        return [row for row in rows if not row.blank]

    def related(self, name: str, scheme: Scheme, of: str = "") -> Related:
        """A named relation over what this form states, perhaps ``of`` one of its facts."""
        tree, block = relation(name, scheme, self.names, of), of.rpartition(".")[0]
        return Related(
            tree, {name: self.cells(block + name if name.startswith(".") else name) for name in tree.facts()}
        )

    @property
    def execution_stands_apart(self) -> bool:
        """Whether 预算执行率 is scored in the fund block; else it is a row of the indicator table, or not scored."""
        return bool(self.apart("execution.weight") or self.apart("execution.score"))

    def apart(self, fact: str) -> list[Stated]:
        """A fact whose cell is not one of a repeated block."""
        return self.cells(fact) if fact in self.names else []

    def replaced(
        self,
        facts: Mapping[str, Stated] | None = None,
        tables: Mapping[str, Sequence[Row]] | None = None,
        unplaced: Sequence[Stated] | None = None,
        scheme: str = "",
    ) -> "Evaluation":
        """The same form with other facts, tables or left-over texts, or scored by another scheme."""
        return Evaluation(
            self.form,
            scheme or self.scheme,
            self.title,
            self.facts if facts is None else facts,
            self.tables if tables is None else tables,
            self.defects,
            self.unplaced if unplaced is None else unplaced,
            self.sums,
            self.unread,
            self.unit,
        )

    def retold(self, change: Callable[[Stated], Stated]) -> "Evaluation":
        """The same form with every cell changed so."""
        tables = {
            name: [row._replace(cells={field: change(cell) for field, cell in row.cells.items()}) for row in rows]
            for name, rows in self.tables.items()
        }
        return self.replaced({name: change(cell) for name, cell in self.facts.items()}, tables)
