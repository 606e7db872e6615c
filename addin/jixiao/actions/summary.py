"""项目汇总: one line for every project of a workbook, its amounts in 万元 whatever they are in there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.formats import RATE
from jixiao.forms.compose import Content
from jixiao.forms.placement import Spot
from jixiao.forms.recognised import Recognised
from jixiao.forms.workings import Operand, Workings, normal_form, operand, shows
from jixiao.grid import Change, Document
from jixiao.ours import FORM_NAME, SUMMARY_FORM
from jixiao.places import address, sheet_name
from jixiao.relations.catalogue import relation
from jixiao.relations.formulas import formula
from jixiao.relations.values import shown
from jixiao.wording import workbook as words

FIRST_ROW = 4
IN_WAN = "in-wan"


class Column(NamedTuple):
    """A column of the sheet after that of the sheets' names: what it tells, the relation of a line and of the last line."""

    fact: str
    line: str
    last: str = ""
    number_format: str = "General"


COLUMNS = (
    Column("project.name", "as-stated"),
    Column("funds.total.initial", IN_WAN, "sum of projects.funds.total.initial", "0.00"),
    Column("funds.total.adjusted", IN_WAN, "sum of projects.funds.total.adjusted", "0.00"),
    Column("funds.total.executed", IN_WAN, "sum of projects.funds.total.executed", "0.00"),
    Column("funds.total.rate", "as-stated", "execution-rate", RATE),
    Column("total.score", "as-stated"),
    Column("grade", "as-stated"),
    Column("funds.total.surplus", "surplus-rate", number_format=RATE),
    Column("funds.total.large_surplus", "large-surplus"),
)


_AMOUNTS_BEGIN = 3
AMOUNTS = [column.fact for column in COLUMNS if column.line == IN_WAN]


class Line(NamedTuple):
    """One project: its sheet, and the relations there, which know its facts."""

    sheet: str
    workings: Workings

    @property
    def unit(self) -> str:
        """The unit of the project's amounts; empty where its sheet does not say it."""
        return self.workings.drawing.spec(AMOUNTS[0]).unit


class Operands(NamedTuple):
    """What a name of a relation means on the sheet: where it stands, here or on another sheet, and what stands there."""

    reference: str
    value: Operand | Sequence[Operand]


def summary_contents(lines: Sequence[Line]) -> dict[Spot, Content]:
    """The cells of the sheet 项目汇总: a line for each project, read from its sheet, and what they come to.

    Amounts in no known unit are left open, and with them their sum.
    """
    contents: dict[Spot, Content] = {}
    for row, line in enumerate(lines, FIRST_ROW):
        contents[row, 1] = Content(line.sheet)
        if not line.unit:
            contents[row, _AMOUNTS_BEGIN] = Content(words.SUMMARY_NO_UNIT)
        relations = [f"{IN_WAN} of {line.unit}" if column.line == IN_WAN else column.line for column in COLUMNS]
        contents.update(_cells(row, relations, line.workings, _of_project(line)))
    last = FIRST_ROW + len(lines)
    if lines:
        contents[last, 1] = Content(words.SUMMARY_TOTAL)
        known = _of_columns(contents, last) if all(line.unit for line in lines) else {}
        contents.update(_cells(last, [column.last for column in COLUMNS], lines[0].workings, known))
    return contents


def _cells(
    row: int, relations: Sequence[str], workings: Workings, known: dict[str, Operands]
) -> Iterator[tuple[Spot, Content]]:
    """The cells of one row: every relation whose operands are known reads them, or the cells before it in the row."""
    for number, (column, name) in enumerate(zip(COLUMNS, relations, strict=True), 2):
        tree = relation(name, workings.scheme, known, column.fact) if name else None
        if tree is None or not known.keys() >= set(tree.facts()):
            continue
        found = shown(tree, lambda name: known[name].value)
        written = formula(tree, lambda name: known[name].reference)
        known["." + column.fact.rpartition(".")[2]] = Operands(address(row, number), found)
        yield (row, number), Content(found, written, column.number_format)


def _of_project(line: Line) -> dict[str, Operands]:
    """The facts of a project that the summary tells, on the project's own sheet."""
    spots, sheet = line.workings.placement.facts, sheet_name(line.sheet)
    return {
        column.fact: Operands(f"{sheet}!{address(*spot)}", line.workings.value(spot))
        for column in COLUMNS
        if (spot := spots.get(column.fact)) and (line.unit or column.fact not in AMOUNTS)
    }


def _of_columns(contents: Mapping[Spot, Content], end: int) -> dict[str, Operands]:
    """The columns over all lines: ``projects.funds.total.initial[]``."""
    columns: dict[str, Operands] = {}
    for number, column in enumerate(COLUMNS, 2):
        values = [operand(contents[row, number].value) for row in range(FIRST_ROW, end) if (row, number) in contents]
        reference = f"{address(FIRST_ROW, number)}:{address(end - 1, number)}"
        columns[f"projects.{column.fact}[]"] = Operands(reference, values)
    return columns


def summary_changes(document: Document, filled: Sequence[tuple[Recognised, Workings]]) -> list[Change]:
    """What must be rewritten on the sheet 项目汇总 so that it lists every project sheet as filled."""
    grid = next((grid for grid in document.grids if grid.constants.get(FORM_NAME) == SUMMARY_FORM), None)
    if grid is None:
        return []
    wanted: Mapping[Spot, Content] = summary_contents([Line(found.grid.title, workings) for found, workings in filled])
    changes = []
    for (row, column), content in sorted(wanted.items()):
        cell = grid.at(row, column)
        if (
            not cell.saved
            or not shows(cell.value, content.value)
            or _compared(cell.formula) != _compared(content.formula)
        ):
            label = words.SUMMARY_COLUMNS[column - 1][0]
            stood = cell.value if cell.saved else None
            number_format = content.number_format or "General"
            changes.append(Change(grid.title, row, column, content.value, content.formula, stood, label, number_format))
    for (row, column), cell in sorted(grid.cells.items()):
        if (
            row >= FIRST_ROW
            and column <= len(words.SUMMARY_COLUMNS)
            and (row, column) not in wanted
            and (cell.text or cell.formula)
        ):
            changes.append(Change(grid.title, row, column, None, None, cell.value))
    return changes


def _compared(formula: str | None) -> str:
    """A reference to another sheet, whether its name is in quotes or not."""
    return normal_form(formula or "").replace("'", "")
