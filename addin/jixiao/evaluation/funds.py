"""The fund block (项目资金) and the spending details (支出明细): amounts in the unit the form prints, mostly 万元."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from jixiao.evaluation.stated import Row, Stated, one_line

AMOUNTS = ("initial", "adjusted", "arrived", "executed")
"""The columns of a fund row that hold amounts."""

TOTAL = "total"


class FundRow(NamedTuple):
    """One row of the fund block; a column the form does not have is None."""

    key: str
    label: str
    initial: Stated | None = None  # 年初预算数
    adjusted: Stated | None = None  # 全年/调整后预算数
    arrived: Stated | None = None  # 实际到位数
    executed: Stated | None = None  # 执行/支出数
    rate: Stated | None = None  # 执行率
    interim: Stated | None = None  # 1–7月执行数

    @property
    def is_total(self) -> bool:
        return self.key == TOTAL


def fund_rows(facts: Mapping[str, Stated]) -> list[FundRow]:
    """The rows of the fund block in the order of the form, from facts named ``funds.source.column``."""
    rows: dict[str, dict[str, Stated]] = {}
    for name, cell in facts.items():
        block, _, rest = name.partition(".")
        source, _, column = rest.partition(".")
        if block == "funds" and column in FundRow._fields:
            rows.setdefault(source, {})[column] = _headed(cell) if column == "rate" else cell
    return [FundRow(source, _label(cells.values()), **cells) for source, cells in rows.items()]


def _headed(rate: Stated) -> Stated:
    """A rate whose heading carries the percent sign: 99.83 under 执行率（%） is 99.83 %."""
    if rate.figure is None or rate.figure.unit or not headed_in_percent(rate):
        return rate
    return rate._replace(figure=rate.figure.of("%"))


def headed_in_percent(rate: Stated) -> bool:
    """Whether the heading over a rate carries the percent sign."""
    return one_line(rate.place.label).rstrip("）)").endswith(("%", "％"))


def _label(cells: Iterable[Stated]) -> str:
    """The words in front of a row: a cell is called 年度资金总额 执行数."""
    return next((cell.place.label.partition(" ")[0] for cell in cells), "")


def detail_rows(rows: Iterable[Row]) -> list[FundRow]:
    """The spending details in which anything is stated, called by what they are for."""
    return [_detail(row) for row in rows if not row.blank]


def _detail(row: Row) -> FundRow:
    content = row.cells.get("content")
    amounts = {
        field: _headed(cell) if field == "rate" else cell
        for field, cell in row.cells.items()
        if field in FundRow._fields
    }
    return FundRow(str(row.number), content.text if content else "", **amounts)
