"""Every drawing prints what was read of it: each fact and table with its Chinese name, value and cell.

The expected lines are read off the published documents; the invented drawing prints its own in test_invented_drawing.
"""

import json
from pathlib import Path

import pytest

from jixiao import cli
from jixiao.actions.facts import seen
from jixiao.forms import library
from jixiao.forms.drawing import Kind
from jixiao.hosts.files import load_document

TESTS = Path(__file__).parents[1]

PUBLISHED = {
    "wuhua-project-2024": (
        "seeds/wuhua-2024-project.docx",
        [
            "〔第1张表〕五华区预算支出部门评价表（评分方案 wuhua-2024）",
            "年度：2024（正文第3段）",
            "项目名称：社会保险保障运行专项经费（第1行第3列）",
            "合计 实际支出数：17.29万元（第11行第6列）",
            "区级财政 执行率：99.83%（第15行第7列）",
            "市级财政 年初预算数：空白（第14行第4列）",
            "预算执行率 得分：2.99（第28行第7列）",
            "总分 得分：99.97（第38行第7列）",
            "评价等次：优（第39行第3列）",
            "支出明细，1行：",
            "绩效指标，17行：",
            "二级指标：资金管理（第28行第3列）；分值：6（第28行第4列）；三级指标：预算执行率（第28行第5列）",
        ],
        1,
    ),
    "datong-project-2021": (
        "seeds/datong-2021-project.docx",
        [
            "〔第1张表〕项目支出绩效自评表（评分方案 national-2020）",
            "年度：2021（第2行第1列）",
            "年度资金总额 全年执行数：135万元（第6行第6列）",
            "年度资金总额 执行率：70%（第6行第8列）",
            "其他资金 全年预算数：空白（第9行第5列）",
            "绩效指标，6行：",
            "年度指标值：>95%（第37行第5列）；实际完成值：>95%（第37行第6列）；分值：10（第37行第7列）；得分：10（第37行第8列）",
        ],
        1,
    ),
    "sichuan-project-2023": (
        "seeds/anju-2023-accounts-and-projects.docx",
        [
            "〔第1张表〕部门预算项目支出绩效自评表（评分方案 sichuan-2023）",
            "总额 调整后预算数：1.27万元（第10行第4列）",
            "合计 得分：95（第20行第10列）",
            "绩效指标，6行：",
            "绩效指标，4行：",
            "绩效指标，7行：",
            "绩效指标，3行：",
        ],
        5,
    ),
    "national-project-2020": (
        "previous/national-blank.xlsx",
        [
            "〔项目支出绩效自评表〕项目支出绩效自评表（评分方案 national-2020）",
            "年度：2025（A3）",
            "年度资金总额 年初预算数：空白（D7）",
            "年度资金总额 分值：10（G7）",
            "立项依据：空白（L6）",
        ],
        1,
    ),
}


def test_every_drawing_prints_its_evaluation_here() -> None:
    assert sorted(PUBLISHED) == list(library.identifiers())


@pytest.mark.parametrize("identifier", PUBLISHED)
def test_facts_and_tables_are_printed(identifier: str, capsys: pytest.CaptureFixture[str]) -> None:
    file, lines, forms = PUBLISHED[identifier]
    assert cli.main(["facts", str(TESTS / file)]) == 0
    told = capsys.readouterr().out
    assert [line for line in lines if line not in told] == []
    assert told.count("〔") == forms


@pytest.mark.parametrize("identifier", PUBLISHED)
def test_no_fact_of_the_drawing_is_missing(identifier: str, capsys: pytest.CaptureFixture[str]) -> None:
    file, _, count = PUBLISHED[identifier]
    assert cli.main(["facts", str(TESTS / file), "--json"]) == 0
    forms = json.loads(capsys.readouterr().out)
    assert len(forms) == count
    drawing = library.drawing(identifier)
    printed = {fact for fact in drawing.slots if drawing.spec(fact).kind is not Kind.PRIVATE}
    for form in forms:
        assert printed <= {fact["name"] for fact in form["facts"]}
        assert all(fact["label"] != fact["name"] for fact in form["facts"]), "people read no English"


def test_persons_are_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    """评价人员, 项目负责人 and 联系电话 are placed for copying; their cells are no facts."""
    cli.main(["facts", str(TESTS / "seeds/wuhua-2024-project.docx")])
    told = capsys.readouterr().out
    assert "项目负责人" not in told and "甲某" not in told and "联系电话" not in told and "职务" not in told


def test_what_is_hidden_is_read_and_said_to_be_hidden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    path = tmp_path / "隐藏.xlsx"
    book = openpyxl.load_workbook(TESTS / "previous/datong-native.xlsx")
    book.worksheets[0].row_dimensions[8].hidden = True  # 其中：当年财政拨款
    book.save(path)
    assert cli.main(["facts", str(path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "当年财政拨款 全年执行数：135万元（F8，隐藏）" in told
    assert "主管部门：大同市人力资源和社会保障局（C5）" in told


def test_a_unit_typed_behind_a_number_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    path = tmp_path / "带单位.xlsx"
    book = openpyxl.load_workbook(TESTS / "previous/datong-native.xlsx")
    for cell, text in {"F8": "135.00万元", "E8": "1940000元", "H38": "９.５ 分", "F9": "0.50①"}.items():
        book.worksheets[0][cell] = text
    book.save(path)
    assert cli.main(["facts", str(path)]) == 0
    told = capsys.readouterr().out
    assert "当年财政拨款 全年执行数：135万元（F8）" in told
    assert "当年财政拨款 全年预算数：194万元（E8）" in told
    assert "得分：9.5分（H38）" in told
    assert "上年结转资金 全年执行数：0.5万元（F9）" in told
    assert cli.main(["report", str(path), "-o", str(tmp_path / "报告.docx")]) == 0
    said = " ".join(
        cell.text for grid in load_document(str(tmp_path / "报告.docx")).grids for cell in grid.cells.values()
    )
    said += " ".join(load_document(str(tmp_path / "报告.docx")).paragraphs)
    assert "得9.5分" in said
    assert not any(doubled in said for doubled in ("万元万元", "元万元", "分分"))


def test_a_name_in_a_narrow_column_is_one_name(tmp_path: Path) -> None:
    """In facts, report and both exports; a goal keeps its paragraphs."""
    import openpyxl

    path = tmp_path / "窄栏.xlsx"
    book = openpyxl.load_workbook(TESTS / "previous/datong-native.xlsx")
    for cell, text in {
        "D14": "参保\n缴费\n人数",
        "F5": "大同市\n社会保险中心",
        "F12": "一是参保。\n二是缴费。",
    }.items():
        book.worksheets[0][cell] = text
    book.save(path)
    [form] = seen(load_document(str(path)))
    facts = {one.name: one.cell.text for one in form.facts}
    assert facts["project.unit"] == "大同市社会保险中心"
    assert facts["goal.actual"] == "一是参保。\n二是缴费。"
    assert "参保缴费人数" in {one.cell.text for table in form.tables for row in table.rows for one in row}
    for command, name in (("report", "报告.docx"), ("export", "上报.docx"), ("export", "上报.xlsx")):
        assert cli.main([command, str(path), "-o", str(tmp_path / name)]) == 0
        made = load_document(str(tmp_path / name))
        words = "\t".join([*made.paragraphs, *(cell.text for grid in made.grids for cell in grid.cells.values())])
        assert "参保缴费人数" in words and "缴费\n" not in words


def test_a_file_without_a_form_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    assert cli.main(["facts", str(path)]) == 2
    assert "没有找到已知的绩效表" in capsys.readouterr().err
