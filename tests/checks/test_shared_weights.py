"""Rows of the indicator table: a weight merged over several is nobody's alone, and counts once."""

from published import DATONG, WUHUA

from jixiao.checks import check
from jixiao.checks.rulings import rulings
from jixiao.evaluation import Evaluation, Row


def merged(form: Evaluation, first: int, last: int, field: str, text: str) -> Evaluation:
    """The form with one cell of a column merged over rows, as it is read: every row tells it and where it began."""

    def row(row: Row) -> Row:
        if not first <= row.number <= last:
            return row
        head = next(each for each in form.tables["indicators"] if each.number == first).cells[field]
        cell = head._replace(
            text=text, figure=head.figure and head.figure._replace(value=type(head.figure.value)(text))
        )
        began = {**row.began, field: first} if row.number > first else row.began
        return row._replace(cells={**row.cells, field: cell}, began=began)

    return form.replaced(tables={**form.tables, "indicators": list(map(row, form.tables["indicators"]))})


WHOLE = merged(WUHUA, 12, 13, "weight", "7")  # 3 + 4 of 项目立项, printed as one 7


def test_a_merged_weight_belongs_to_its_first_row() -> None:
    first, second = WHOLE.indicators[:2]
    assert first.shared and second.shared and not WHOLE.indicators[2].shared
    assert first.weight and first.weight.text == "7" and second.weight is None
    assert len(WHOLE.cells("indicators.weight[]")) == 16  # 17 rows


def test_an_honest_form_with_a_merged_weight_is_not_flagged() -> None:
    before = [finding.code for finding in check(WUHUA)]
    assert [finding.code for finding in check(WHOLE)] == before


def test_a_merged_weight_is_looked_at_once() -> None:
    r05 = next(ruling for ruling in rulings(WHOLE) if ruling.rule.run.__name__ == "weights_are_100")
    assert r05.cells == 16


def test_points_of_a_shared_weight_are_nobody_s_loss() -> None:
    """20 points over two rows that were scored 10 each: no row has lost any."""
    whole = merged(DATONG, 13, 14, "weight", "20")
    assert [finding.code for finding in check(whole)] == [finding.code for finding in check(DATONG)]
