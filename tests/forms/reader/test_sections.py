"""Where one form begins and the next: tables broken over pages, several forms in one table, frames, notes beside."""

from forms.reader.drawn import column, document, facts, read, table
from jixiao.forms.local import local_forms
from jixiao.forms.local.sections import is_title
from jixiao.grid import Document, Paragraph

HEADINGS = "一级指标 | 二级指标 | 三级指标 | 指标值"


def names(given: Document) -> list[str]:
    return [form.evaluation.text("project.name") for form in local_forms(given, ())]


def drawn(title: str, name: str) -> str:
    heading = f"{title} | < | <\n" if title else ""
    return f"{heading}项目名称 | {name} | < | <\n{HEADINGS}\n产出指标 | 数量指标 | {name}完成率 | 100%"


def test_two_forms_under_each_other_are_cut_at_the_second_title() -> None:
    both = drawn("项目支出绩效自评表", "甲") + "\n" + drawn("项目支出绩效自评表", "乙")
    assert names(document(both)) == ["甲", "乙"]


def test_titles_may_be_counted() -> None:
    one, two = drawn("项目支出绩效自评表（一）", "甲"), drawn("项目支出绩效自评表（二）", "乙")
    forms = local_forms(document(f"{one}\n{two}"), ())
    assert [form.evaluation.title[-3:] for form in forms] == ["（一）", "（二）"]
    assert not any(form.evaluation.unplaced for form in forms)


def test_two_forms_without_a_title_are_cut_at_the_second_project() -> None:
    assert names(document(drawn("", "甲") + "\n" + drawn("", "乙"))) == ["甲", "乙"]


def test_a_title_in_the_middle_of_a_form_begins_no_form() -> None:
    text = f"项目名称 | 甲 | < | <\n绩效项目指标表 | < | < | <\n{HEADINGS}\n产出指标 | 数量指标 | 里程 | 30公里"
    assert names(document(text)) == ["甲"]


def test_every_sheet_is_a_form_of_its_own() -> None:
    sheets = [table(drawn("", name), None, title) for name, title in (("甲", "一"), ("乙", "二"))]
    assert names(Document("书.xlsx", sheets)) == ["甲", "乙"]


def test_a_table_broken_over_two_pages_is_one_form_whose_rows_count_on() -> None:
    first = f"项目名称 | 甲 | < | <\n{HEADINGS}\n产出指标 | 数量指标 | 里程 | 30公里"
    second = " |  | 桥梁 | 2座\n效益指标 | 社会效益指标 | 满意率 | 90%"
    evaluation = read(first, second).evaluation
    rows = evaluation.tables["indicators"]
    assert column(evaluation, "indicators.name") == ["里程", "桥梁", "满意率"]
    assert column(evaluation, "indicators.level1") == ["产出指标", "产出指标", "效益指标"]
    assert len({row.number for row in rows}) == 3
    assert [(row.cells["name"].place.table, row.cells["name"].place.row) for row in rows] == [(1, 3), (2, 1), (2, 2)]


def test_the_tables_of_one_form_may_have_other_columns() -> None:
    money = "项目名称 | 甲 | <\n项目资金（万元） | 预算数 | 执行数\n年度资金总额 | 10 | 9"
    form = read(money, f"{HEADINGS} | 完成值\n产出指标 | 数量指标 | 里程 | 30公里 | 31公里")
    assert facts(form.evaluation)["funds.total.executed"] == "9"
    assert column(form.evaluation, "indicators.actual") == ["31公里"]


def test_what_stands_between_two_tables_parts_them() -> None:
    assert names(document(drawn("", "甲"), "附件2", drawn("", "乙"))) == ["甲", "乙"]


def test_a_note_beside_the_form_is_no_part_of_it() -> None:
    noted = drawn("", "甲").replace("| <\n", "| < |  |  | 请核对\n", 1)
    alone, beside = read(drawn("", "甲")).evaluation, read(noted).evaluation
    assert facts(beside) == facts(alone)
    assert [cell.text for cell in beside.unplaced] == ["请核对"]


def test_blank_rows_and_columns_change_nothing() -> None:
    rows = [line.replace("|", "|  |", 1) for line in drawn("绩效目标表", "甲").replace("| <", "| < ").split("\n")]
    spread = "\n".join([" | ", *rows[:1], " | ", *rows[1:]]).replace("|  | <", "| < | <")
    assert facts(read(spread).evaluation) == facts(read(drawn("绩效目标表", "甲")).evaluation)
    assert column(read(spread).evaluation, "indicators.target") == ["100%"]


def test_a_table_that_only_frames_another_is_left_to_that_other() -> None:
    inner = table(drawn("", "甲"), 2, inside=1)
    told = "\n".join("\t".join(inner.at(row, c).text for c in range(1, 5)).rstrip() for row in range(1, 4))
    outer = table(f"2023年度绩效自评表\n{'内'}", 1)
    outer = outer._replace(cells={**outer.cells, (2, 1): outer.at(2, 1)._replace(text=told)})
    (form,) = local_forms(Document("表.docx", [outer, inner]), ())
    assert facts(form.evaluation)["project.name"] == "甲"
    assert [cell.place.table for cell in form.evaluation.unplaced] == []


def test_known_grids_are_left_out() -> None:
    one, other = table(drawn("", "甲"), 1), table(drawn("", "乙"), 2)
    given = Document("表.docx", [one, Paragraph(1, "另一张"), other])
    assert [form.evaluation.text("project.name") for form in local_forms(given, [one])] == ["乙"]


def test_what_is_a_title() -> None:
    titles = [
        "项目支出绩效自评表",
        "2022年度科普经费项目自评表",
        "部门整体支出绩效自评表（2021年度）",
        "收入支出决算总表",
        "绩效目标自评",
    ]
    others = [
        "年度绩效目标",
        "单位：万元",
        "本项目按期完成，绩效自评表已报送。",
        "《管理办法》绩效目标表",
        "项目名称",
        "代表",
    ]
    assert [text for text in titles if not is_title(text)] == []
    assert [text for text in others if is_title(text)] == []
