"""附：评分表: merged as the form merges, every place of the grid covered exactly once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import NATIONAL_SCHEME, SICHUAN_SCHEME, WUHUA_SCHEME, anju, datong, empty, indicator, stated, wuhua

from jixiao.evaluation import Group
from jixiao.report.document import Table
from jixiao.report.scoretable import score_table
from typed_rows import form_of

TYPE_AREA = 8844


def covered(table: Table) -> list[tuple[int, int]]:
    """Every grid place some cell covers, by (row, column), with repetitions."""
    return [
        (top + down, left + right)
        for top, row in enumerate(table.rows)
        for left, cell in row.cells
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    ]


def grid(table: Table) -> list[tuple[int, int]]:
    return [(row, column) for row in range(len(table.rows)) for column in range(len(table.widths))]


def texts(table: Table, row: int) -> list[str]:
    return [cell.text for _, cell in table.rows[row].cells]


def spans(table: Table, column: int) -> list[tuple[str, int]]:
    return [(cell.text, cell.row_span) for row in table.rows for left, cell in row.cells if left == column]


@pytest.mark.parametrize(
    ("sample", "scheme"), [(wuhua, WUHUA_SCHEME), (datong, NATIONAL_SCHEME), (anju, SICHUAN_SCHEME)]
)
def test_fills_the_type_area_under_a_repeated_header(sample, scheme):
    table = score_table(sample(), scheme)
    assert sorted(covered(table)) == grid(table)
    assert sum(table.widths) == TYPE_AREA
    assert [row.header for row in table.rows] == [True] + [False] * (len(table.rows) - 1)


def test_wuhua_merges_as_the_form_does():
    table = score_table(wuhua(), WUHUA_SCHEME)
    assert spans(table, 0)[1:4] == [("决策", 6), ("过程", 5), ("产出", 6)]
    assert spans(table, 1)[1:3] == [("40", 11), ("60", 6)]
    assert spans(table, 2)[4:7] == [("资金管理", 2), ("资金管理", 1), ("组织实施", 2)]
    assert spans(table, 3)[4:7] == [("6", 2), ("6", 1), ("7", 2)]
    assert texts(table, -2) == ["总分", "100", "", "100", "", "100", "99.97"]
    assert texts(table, -1) == ["评价等次", "优☑  良□  中□  差□"]


def test_self_evaluation_forms_begin_with_the_execution_rate():
    table = score_table(datong(), NATIONAL_SCHEME)
    assert texts(table, 1) == ["预算执行率", "70%", "10", "10"]
    assert spans(table, 1)[1:3] == [("数量指标", 1), ("质量指标", 2)]
    assert texts(table, -2) == ["总分", "100", "100"]


def test_no_grade_ticks_no_box():
    assert texts(score_table(anju(), SICHUAN_SCHEME), -1) == ["评价等次", "优□  良□  中□  差□"]


def test_no_indicators_no_table():
    assert score_table(empty(), NATIONAL_SCHEME) is None


@given(
    st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from("丙丁"), st.integers(0, 3)), min_size=1, max_size=12),
    st.booleans(),
)
def test_any_labels_and_groups_cover_the_grid_once(rows, grouped):
    indicators = [indicator(i, level1, level2, f"指标{i}", "1", "1") for i, (level1, level2, _) in enumerate(rows)]
    groups = [
        Group(level, "", stated("5"), [i for i, (_, _, number) in enumerate(rows) if number == chosen])
        for level in (1, 2)
        for chosen in range(3)
    ]
    evaluation = form_of("form", "scheme", "", {}, indicators=indicators, groups=groups if grouped else ())
    table = score_table(evaluation, NATIONAL_SCHEME)
    assert sorted(covered(table)) == grid(table)
