"""导入 of forms nobody has drawn: the document's own layout and every text of it; with --form as much as that form has places for."""

import re
from collections import Counter
from decimal import Decimal
from functools import cache

import generated
import pytest
from building import document
from form_file import FormFile, every, parse
from hypothesis import given, settings
from hypothesis import strategies as st
from imported import Imported, bare, texts

from jixiao.actions.importing import import_document
from jixiao.errors import Refusal
from jixiao.evaluation.stated import NOTHING
from jixiao.forms import library
from jixiao.forms.conversion import compared, labels_of
from jixiao.forms.drawing import Drawing

SAMPLE = [
    "anxi-2022",  # two tables, one of them no form
    "caidian-2021",  # another name of the unit above the table
    "daqing-blank",
    "ezhou-2022",
    "jiayuguan-2023",
    "langzhong-2021",
    "liuyang-2021",  # numbers nobody understands
    "nanxian-2022",
    "sample-national-monitor-2019",
    "wuchuan-2021",  # 年度资金总额：50万 in one cell
    "xiaoxian-2023",
    "yongde-2022",  # amounts in 元, signs and units in columns of their own
]
NATIONAL, SICHUAN = "national-project-2020", "sichuan-project-2023"


@cache
def published() -> dict[str, FormFile]:
    return {form.id: form for form in every()}


@cache
def imported(name: str, into: str = "") -> Imported:
    return Imported(published()[name], into)


@pytest.mark.parametrize("name", SAMPLE)
def test_every_text_of_the_document_is_on_the_sheet_or_in_the_list(name: str) -> None:
    found = imported(name)
    assert found.shown() + Counter(map(bare, found.listed)) == texts(found.before)


@pytest.mark.parametrize("name", SAMPLE)
def test_the_sheet_is_read_by_its_headings_as_the_document_was(name: str) -> None:
    assert imported(name).read_again() == []


@pytest.mark.parametrize("name", SAMPLE)
def test_names_are_those_a_workbook_may_have(name: str) -> None:
    for grid in imported(name).sheets:
        assert grid.constants["jx.form"] == "local"
        for defined in grid.names.keys() - {"_xlnm.Print_Area"}:
            assert re.fullmatch(r"[a-z0-9_.]+", defined)
            assert not re.fullmatch(r"[a-z]{1,3}[0-9]+", defined.rpartition(".")[2])


def test_sheets_are_called_as_their_forms() -> None:
    titles = [grid.title for grid in imported("anxi-2022").sheets]
    assert titles == ["2022年省级第七批水利专项资金绩效目标表"]


@settings(max_examples=6, deadline=None)
@given(layout=st.sampled_from(sorted(generated.LAYOUTS)), seed=st.integers(0, 10_000))
def test_generated_forms_lose_nothing(layout: str, seed: int) -> None:
    found = Imported(generated.form(layout, seed))
    if found.book.sheets[0].form.constants["jx.form"] == "local":
        assert found.shown() + Counter(map(bare, found.listed)) == texts(found.before)
    _loses_nothing(Imported(generated.form(layout, seed), SICHUAN), library.drawing(SICHUAN))


@pytest.mark.parametrize("into", [NATIONAL, SICHUAN])
@pytest.mark.parametrize("name", ["caidian-2021", "jiayuguan-2023", "qingshan-a-2020", "xiaoxian-2023", "yongde-2022"])
def test_what_another_form_has_no_place_for_is_listed(name: str, into: str) -> None:
    _loses_nothing(imported(name, into), library.drawing(into))


def _loses_nothing(found: Imported, target: Drawing) -> None:
    """Every text is a label of the form, stands on its sheet, was listed, or is an amount that is there in its unit."""
    on_sheet = " ".join(bare(cell.text) for grid in found.sheets for cell in grid.cells.values())
    listed = Counter(map(bare, found.listed))
    amounts = {figure.amount for grid in found.sheets for cell in grid.cells.values() if (figure := cell.figure)}
    for text in texts(found.before).elements():
        if compared(text) in labels_of(target) | NOTHING or compared(text) in compared(on_sheet):
            continue
        if listed[text]:
            listed[text] -= 1
            continue
        number = re.fullmatch(r"([\d,.]+)(?:万|万元|元)?", text)
        assert number, text
        value = Decimal(number[1].replace(",", ""))
        assert amounts & {value, value / 10_000}, text


# ---------------------------------------------------------------- by hand

IN_YUAN = """\
来源：手写
地点：手写
年度：2023
版式：手写
阶段：自评
载体：Word表格
金额单位：{unit}
表数：1
存档：完整
【段】某县专项资金绩效自评表
{line}
【表】
项目名称 | 甲项目 | < | < | < | <
资金情况 | < | 全年预算数 | 全年执行数 | 分值 | 得分
^ | 年度资金总额 | 1234567.89 | 1000000 | 10 | 8.1
一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值
产出指标 | 数量指标 | 培训人数 | ≥90人 | 95人 | 50
成本指标 | 经济成本指标 | 总成本 | ≤120万元 | 100万元 | 40
"""


def by_hand(line: str, unit: str) -> Imported:
    return Imported(parse("手写", IN_YUAN.format(line=line, unit=unit)), NATIONAL)


def test_amounts_are_counted_in_the_unit_of_the_other_form() -> None:
    found = by_hand("【段】单位：元", "元")
    [sheet] = found.sheets
    total = sheet.names["funds.total.adjusted"]
    assert sheet.at(total.top, total.left).text == "123.456789"
    executed = sheet.names["funds.total.executed"]
    assert sheet.at(executed.top, executed.left).text == "100.00"
    assert [text for text in found.listed if "元" in text or "成本" in text] == [
        "经济成本指标", "总成本", "≤120万元", "100万元", "单位：元",
    ]  # fmt: skip


def test_amounts_in_a_unit_nobody_names_are_not_counted_in_another() -> None:
    given = document(parse("手写", IN_YUAN.format(line="", unit="未注明")))
    with pytest.raises(Refusal, match="没有注明金额单位"):
        import_document(given, form=NATIONAL)


def test_a_form_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(Refusal, match="没有一项内容能放进表样"):
        import_document(document(published()["budget-control-rubric"]), form=NATIONAL)
