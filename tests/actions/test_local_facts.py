"""所见 of a form nobody has drawn: what it calls itself, its money, its facts and its tables in its own words."""

import pytest

from jixiao.actions.facts import SeenForm, seen
from typed_forms import SELF_EVALUATION, document


def only(text: str = SELF_EVALUATION, **around: str) -> SeenForm:
    [form] = seen(document(text, **around))
    return form


@pytest.mark.parametrize(
    ("line", "unit", "told", "amount"),
    [
        ("单位：元", "元", "金额单位元", "432000.00元"),
        ("金额单位：千元", "千元", "金额单位千元", "432000.00千元"),
        ("单位：亿元", "亿元", "金额单位亿元", "432000.00亿元"),
        ("（盖章）", "", "未注明金额单位", "432000.00"),
    ],
)
def test_a_local_form_is_called_by_its_own_title_and_unit(line: str, unit: str, told: str, amount: str) -> None:
    form = only(unit=line)
    first, *lines = form.lines()
    assert first == f"〔第1张表〕某某县项目支出绩效自评表（本地表样，自评，{told}）"
    assert f"年度资金总额 全年执行数：{amount}（第3行第4列）" in lines
    entry = form.as_json("某某县.docx")
    assert (entry["form"], entry["title"], entry["unit"]) == ("local", "某某县项目支出绩效自评表", unit or None)
    assert entry["stage"] == "self"


def test_facts_stand_in_the_order_of_the_form_and_people_read_no_english() -> None:
    form = only()
    places = [(seen.cell.place.row or 0, seen.cell.place.column or 0) for seen in form.facts]
    assert places == sorted(places)
    assert not [line for line in form.lines() if line.isascii() or "year" in line or "funds" in line]
    assert "年度：2023（正文第2段）" in list(form.lines())


def test_tables_have_the_usual_names_and_unknown_columns_their_own() -> None:
    text = SELF_EVALUATION.replace("自评得分", "自评得分 | 备查号").replace("50 | 50", "50 | 50 | 甲17")
    form = only(text)
    [table] = form.tables
    assert (table.name, table.title, len(table.rows)) == ("indicators", "绩效指标", 2)
    head, first, *_ = table.lines()
    assert head == "绩效指标，2行：" and first.startswith("  第6行 一级指标：产出指标")
    assert "备查号：甲17" in first


def test_a_row_is_told_by_its_own_number_though_its_labels_began_above() -> None:
    text = SELF_EVALUATION.replace("\n效益指标", "\n | | 培训人数 | ≥300人 | 310人 | 0 | 0\n效益指标")
    [table] = only(text).tables
    assert [line[:5] for line in list(table.lines())[1:]] == ["  第6行", "  第7行", "  第8行"]


def test_a_drawn_form_is_told_by_its_drawing(imported_facts: SeenForm) -> None:
    assert list(imported_facts.lines())[0].endswith("项目支出绩效自评表（评分方案 national-2020）")
    assert imported_facts.as_json("大同.docx")["unit"] == "万元"


@pytest.fixture
def imported_facts(seeds: str) -> SeenForm:
    from jixiao.hosts.files import load_document

    [form] = seen(load_document(f"{seeds}/datong-2021-project.docx"))
    return form
