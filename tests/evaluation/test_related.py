"""What a form has, every cell under one name, and the relations over it."""

from decimal import Decimal

from jixiao.evaluation import Evaluation, Group, Indicator, Stated
from jixiao.figures import Interval, parse
from jixiao.law import scheme
from jixiao.places import Place
from typed_rows import form_of

WUHUA = scheme("wuhua-2024")


def stated(text: str, row: int, column: int) -> Stated:
    return Stated(text, Place(sheet="表", row=row, column=column, label=f"{row}行"), parse(text))


def indicator(row: int, name: str, weight: str, score: str) -> Indicator:
    cells = [stated(text, row, column) for column, text in enumerate((name, weight, score), 5)]
    return Indicator(row, name=cells[0], weight=cells[1], score=cells[2])


def wuhua() -> Evaluation:
    """预算执行率 is the second of three rows, a note stands right of them; the third is a row nobody filled in."""
    rows = [indicator(20, "资金到位率", "3", "3"), indicator(21, "预算执行率", "3", "2.99"), indicator(22, "", "", "")]
    facts = {
        "execution.weight": stated("3", 21, 6),
        "execution.score": stated("2.99", 21, 7),
        "report.basis": stated("文件", 21, 12),
        "funds.total.arrived": stated("17.32", 9, 5),
        "funds.total.executed": stated("17.29", 9, 6),
    }
    weight = stated("6", 20, 3)
    groups = [Group(2, "资金管理", weight, (20, 21))]
    return form_of("test", "wuhua-2024", "部门评价表", facts, indicators=rows, groups=groups)


def test_a_cell_of_the_indicator_table_is_no_fact_besides() -> None:
    names = wuhua().names
    assert "execution.score" not in names and "indicators.score" in names
    assert "report.basis" in names  # beside a row, in no column of it
    assert not wuhua().execution_stands_apart


def test_a_column_is_the_cells_of_the_rows_in_use() -> None:
    assert [cell.text for cell in wuhua().cells("indicators.weight[]")] == ["3", "3"]
    assert [cell.text for cell in wuhua().cells("execution.score")] == ["2.99"]
    assert wuhua().cells("details.executed[]") == wuhua().cells("grade") == []


def test_a_weight_over_several_rows_is_one_cell() -> None:
    assert [cell.text for cell in wuhua().cells("indicators.group2_weight[]")] == ["6"]


def test_execution_counts_once() -> None:
    """3 + 2.99, though the form states 2.99 as a fact and as a row."""
    assert wuhua().related("scores-total", WUHUA).exact() == Decimal("5.99")


def test_values_and_bounds_of_what_is_printed() -> None:
    rate = wuhua().related("execution-rate", WUHUA, "funds.total.rate")
    assert [cell.text for cell in rate.operands] == ["17.29", "17.32"]
    assert rate.value == Decimal("0.9983")
    assert str(rate.exact()).startswith("0.998267898")  # 17.29 ÷ 17.32, not rounded
    assert rate.exact(lambda cell: None) is None
    assert rate.bounds() == Interval(Decimal("0.9977"), Decimal("0.9988"))  # 17.285 ÷ 17.325 to 17.295 ÷ 17.315
    assert rate.bounds(lambda name, figure: Interval(figure.value, figure.value)) == (Decimal("0.9983"),) * 2


def test_an_absent_cell_gives_nothing() -> None:
    arrival = wuhua().related("arrival-rate", WUHUA)
    assert arrival.value is arrival.exact() is arrival.bounds() is None
