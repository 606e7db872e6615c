"""项目汇总: one line for every project of a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.figures import rounded
from jixiao.forms.compose import Content
from jixiao.forms.placement import Spot
from jixiao.forms.recognise import Recognised
from jixiao.forms.workings import Operand, Workings, normal_form, shows
from jixiao.grid import Change, Document
from jixiao.places import address
from jixiao.wording import workbook as words

FIRST_ROW = 4
FACTS = (
    "project.name",
    "funds.total.initial",
    "funds.total.adjusted",
    "funds.total.executed",
    "funds.total.rate",
    "total.score",
    "grade",
)
FORMATS = ("General", "0.00", "0.00", "0.00", "0.00%", "General", "General", "0.00%", "General")
MOST_SURPLUS = Decimal("0.1")


class Line(NamedTuple):
    """One project: its sheet, and for every fact its value and where it stands."""

    sheet: str
    values: Sequence[Operand]
    spots: Sequence[Spot | None]


def line(sheet: str, workings: Workings) -> Line:
    """The line of one project, values as its sheet will show them."""
    spots = [workings.placement.facts.get(fact) for fact in FACTS]
    return Line(sheet, [workings.value(spot) if spot else None for spot in spots], spots)


def summary_contents(lines: Sequence[Line]) -> dict[Spot, Content]:
    """The cells of the sheet 项目汇总: references to the sheets, the surplus rate (结余率) and whether it is over 10 %."""
    contents: dict[Spot, Content] = {}
    for row, project in enumerate(lines, FIRST_ROW):
        contents[row, 1] = Content(project.sheet)
        for column, (value, spot) in enumerate(zip(project.values, project.spots, strict=True), 2):
            if spot:
                reference = f"'{project.sheet.replace(chr(39), chr(39) * 2)}'!{address(*spot)}"
                formula = f'IF({reference}="","",{reference})'
                contents[row, column] = Content(value, formula, FORMATS[column - 2])
        contents.update(_surplus(row, project.values[2], project.values[3]))
    contents.update(_totals(lines))
    return contents


def _surplus(row: int, budget: Operand, executed: Operand) -> Iterator[tuple[Spot, Content]]:
    rate = None
    if isinstance(budget, Decimal) and isinstance(executed, Decimal) and budget:
        rate = rounded((budget - executed) / budget, 4)
    over = None if rate is None else words.OVER_TEN if rate > MOST_SURPLUS else words.NOT_OVER_TEN
    formula = f'IF(COUNT(D{row},E{row})<2,"",IF(D{row}=0,"",ROUND((D{row}-E{row})/D{row},4)))'
    flag = f'IF(I{row}="","",IF(I{row}>0.1,"{words.OVER_TEN}","{words.NOT_OVER_TEN}"))'
    yield (row, 9), Content(rate, formula, FORMATS[7])
    yield (row, 10), Content(over, flag, FORMATS[8])


def _totals(lines: Sequence[Line]) -> Iterator[tuple[Spot, Content]]:
    row = FIRST_ROW + len(lines)
    yield (row, 1), Content(words.SUMMARY_TOTAL)
    sums: list[Operand] = []
    for column in (3, 4, 5):
        addends = [value for project in lines if isinstance(value := project.values[column - 2], Decimal)]
        sums.append(rounded(sum(addends, Decimal(0)), 2) if addends else None)
        cells = f"{address(FIRST_ROW, column)}:{address(row - 1, column)}"
        yield (row, column), Content(sums[-1], f'IF(COUNT({cells})=0,"",ROUND(SUM({cells}),2))', "0.00")
    budget, executed = sums[1], sums[2]
    rate = None
    if isinstance(budget, Decimal) and isinstance(executed, Decimal) and budget:
        rate = rounded(executed / budget, 4)
    formula = f'IF(COUNT(D{row},E{row})<2,"",IF(D{row}=0,"",ROUND(E{row}/D{row},4)))'
    yield (row, 6), Content(rate, formula, FORMATS[4])


def summary_changes(document: Document, filled: Sequence[tuple[Recognised, Workings]]) -> list[Change]:
    """What must be rewritten on the sheet 项目汇总 so that it lists every project sheet as filled."""
    grid = next((grid for grid in document.grids if grid.constants.get("jx.form") == "summary"), None)
    if grid is None:
        return []
    wanted: Mapping[Spot, Content] = summary_contents([line(found.grid.title, workings) for found, workings in filled])
    changes = []
    for (row, column), content in sorted(wanted.items()):
        cell = grid.at(row, column)
        if not shows(cell.value, content.value) or _compared(cell.formula) != _compared(content.formula):
            label = words.SUMMARY_COLUMNS[column - 1][0]
            number_format = content.number_format or "General"
            changes.append(
                Change(grid.title, row, column, content.value, content.formula, cell.value, label, number_format)
            )
    for (row, column), cell in sorted(grid.cells.items()):
        if row >= FIRST_ROW and column <= len(words.SUMMARY_COLUMNS) and (row, column) not in wanted and cell.text:
            changes.append(Change(grid.title, row, column, None, None, cell.value))
    return changes


def _compared(formula: str | None) -> str:
    """A reference to another sheet, whether its name is in quotes or not."""
    return normal_form(formula or "").replace("'", "")
