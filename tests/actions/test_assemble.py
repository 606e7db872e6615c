"""What the sheets of a workbook are called: as they were, as their forms, and no two alike."""

import pytest

from jixiao.actions.assemble import assemble
from jixiao.forms import library
from jixiao.forms.compose import Filled, blank

DRAWING = library.drawing("sichuan-project-2023")


def form(title: str, sheet: str = "") -> Filled:
    filled = blank(DRAWING._replace(title=title), 2024)
    return filled._replace(title=sheet)


@pytest.mark.parametrize(
    "given, named",
    [
        ([("自评表", "")], ["自评表"]),
        ([("自评表", ""), ("自评表", "")], ["项目1", "项目2"]),
        ([("自评表", ""), ("监控表", ""), ("自评表", "")], ["项目1", "监控表", "项目2"]),
        ([("", ""), ("", "")], ["项目1", "项目2"]),
        ([("自评表", "Sheet1"), ("监控表", "sheet1")], ["Sheet1", "sheet1 (2)"]),
        ([("2021年[甲]项目/乙：*？表", "")], ["2021年（甲）项目／乙：＊？表"]),
        ([("校验结果", "")], ["校验结果 (2)"]),
        ([("长" * 40, ""), ("短", "")], ["长" * 31, "短"]),
        ([("长" * 31 + "一", "长" * 31), ("短", "长" * 31)], ["长" * 31, "长" * 27 + " (2)"]),
    ],
)
def test_sheets_are_called(given: list[tuple[str, str]], named: list[str]) -> None:
    assert [sheet.title for sheet in assemble([form(*one) for one in given], (), False).sheets] == named
