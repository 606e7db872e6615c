"""The report of a form nobody has drawn: everything it states, in its own words and units, and nothing it does not say."""

from random import Random

import pytest
from report_samples import NATIONAL_SCHEME, scheme, stated

from jixiao.evaluation import Evaluation, FundRow, Indicator, Stated
from jixiao.figures import entered, parse
from jixiao.places import Place
from jixiao.report.document import Chart, Paragraph, Style, Table, WordDocument
from jixiao.report.project import project_report, report_gaps
from typed_rows import form_of

NO_SCHEME = scheme("local", "adjusted")._replace(grades=[], grade_aliases={})
"""A scheme that knows no grades."""


def cell(text: str, label: str, row: int, column: int, unit: str = "") -> Stated:
    figure = parse(text)
    counted = figure.of(unit) if figure and unit else figure
    return Stated(text, Place(table=1, row=row, column=column, label=label), counted)


def local(unit: str = "元", **facts: str) -> Evaluation:
    """A county's own form: 预算金额 and 支出金额, 自评得分 and 复核得分, no goals, no grade, no second level."""
    rows = [
        ("产出", "培训场次", "≥10场", "12场", "30", "30", "28"),
        ("产出", "培训人数", "300人", "270人", "30", "27", "27"),
        ("效益", "满意度", "≥90%", "95%", "30", "30", "30"),
    ]
    headings = ("项目类别", "考核内容", "计划数", "完成数", "标准分", "自评得分", "复核得分")
    fields = ("level1", "name", "target", "actual", "weight", "score", "review")
    indicators = [
        Indicator(
            row,
            **{
                field: cell(text, heading, row, column)
                for column, (field, heading, text) in enumerate(zip(fields, headings, texts, strict=True), 1)
            },
        )
        for row, texts in enumerate(rows, 10)
    ]
    money = {"initial": ("预算金额", "480000.00"), "executed": ("支出金额", "432000.00")}
    total = {
        field: cell(text, f"资金合计 {heading}", 5, column, unit)
        for column, (field, (heading, text)) in enumerate(money.items(), 2)
    }
    named = {
        "project.name": "农民培训",
        "project.unit": "某某县农业农村局",
        "year": "2023",
        "total.score": "87",
        **facts,
    }
    return form_of(
        form="local",
        scheme="local",
        title="某某县项目绩效自评表",
        facts={name: stated(text) for name, text in named.items()},
        funds=[FundRow("total", "资金合计", **total, rate=cell("90%", "资金合计 完成率", 5, 4))],
        indicators=indicators,
        unit=unit,
    )


def text_of(document: WordDocument) -> str:
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return "\n".join(paragraphs + [found.text for table in tables for row in table.rows for _, found in row.cells])


def heads(document: WordDocument) -> list[str]:
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    return [found.text for _, found in table.rows[0].cells]


@pytest.mark.parametrize("unit", ["元", "千元", "万元", "亿元"])
def test_amounts_are_told_in_the_unit_of_the_form_and_the_words_of_its_columns(unit: str) -> None:
    told = text_of(project_report(local(unit), NO_SCHEME))
    assert f"2023年度预算金额480000.00{unit}，支出金额432000.00{unit}，执行率为90%。" in told
    assert "金额单位" not in told and (unit == "万元" or "万元" not in told)


@pytest.mark.parametrize("year", ["2023", "2023年", "2023年度"])
def test_the_year_is_said_once_however_it_was_typed(year: str) -> None:
    told = text_of(project_report(local(year=year), NO_SCHEME))
    assert "（2023年度）" in told and "2023年年" not in told and "年度年度" not in told


def test_a_row_for_all_reasons_answers_for_every_lost_point() -> None:
    """Some places ask once, below the indicators, why targets were missed."""
    missing = "培训人数”的扣分原因"
    assert any(missing in gap for gap in report_gaps(project_report(local(), NO_SCHEME)))
    document = project_report(local(**{"text.deviation": "疫情期间少办一期。"}), NO_SCHEME)
    assert not any(missing in gap for gap in report_gaps(document))
    assert "疫情期间少办一期。" in text_of(document)


def test_a_row_for_all_reasons_that_is_blank_is_a_gap() -> None:
    gaps = report_gaps(project_report(local(**{"text.deviation": ""}), NO_SCHEME))
    assert [gap for gap in gaps if "存在的问题" in gap]


def test_a_unit_nobody_said_is_asked_for_and_never_printed() -> None:
    document = project_report(local(""), NO_SCHEME)
    told = text_of(document).replace("如（万元）、（元）", "")
    assert "2023年度预算金额480000.00，支出金额432000.00，执行率为90%。" in told
    assert "元" not in told
    assert "待补充：金额单位（请在表格资金部分的标题填写，如（万元）、（元））" in report_gaps(document)


def test_what_an_amount_says_itself_is_not_said_twice() -> None:
    form = local("万元")
    own = {
        f"funds.total.{field}": form.facts[f"funds.total.{field}"]._replace(text=text, figure=entered(text, "万元"))
        for field, text in (("initial", "48万"), ("executed", "432000元"))
    }
    told = text_of(project_report(form.replaced({**form.facts, **own}), NO_SCHEME))
    assert "预算金额48万元，支出金额43.2万元，" in told


def test_units_and_operands_of_headings_are_not_read_aloud() -> None:
    form = local("万元")
    facts = dict(form.facts)
    for field, label in (("initial", "合计 预算金额（万元）"), ("executed", "合计 支出金额(B)")):
        old = facts[f"funds.total.{field}"]
        facts[f"funds.total.{field}"] = old._replace(place=old.place._replace(label=label))
    assert "预算金额480000.00万元，支出金额432000.00万元，" in text_of(project_report(form.replaced(facts), NO_SCHEME))


def test_parts_are_called_without_the_points_in_their_labels() -> None:
    form = local()
    named = form.retold(
        lambda found: found._replace(
            text={"产出": "产出指标（60分）", "效益": "项目效益\n30分"}.get(found.text, found.text)
        )
    )
    told = text_of(project_report(named, NO_SCHEME))
    assert "（二）项目产出情况分析" in told and "（三）项目效益情况分析" in told


def test_while_rows_are_unscored_there_is_no_grade_to_ask_for() -> None:
    form = local(grade="")
    first, *others = form.tables["indicators"]
    blank = first._replace(cells={**first.cells, "score": first.cells["score"]._replace(text="", figure=None)})
    gaps = report_gaps(project_report(form.replaced(tables={"indicators": [blank, *others]}), NO_SCHEME))
    assert "尚有1项未评分，暂不定等次" in gaps and not [gap for gap in gaps if "等级" in gap]
    assert "待补充：评分等级（请在 A1 单元格填写）" in report_gaps(project_report(form, NO_SCHEME))


def test_a_scheme_without_grades_gives_no_scale_and_no_boxes() -> None:
    told = text_of(project_report(local(), NO_SCHEME))
    assert "百分制" not in told and "等级" not in told and "等次" not in told and "□" not in told
    assert "评价综合得分为87分。" in told
    with_grade = text_of(project_report(local(grade="较好"), NO_SCHEME))
    assert "评分等级为较好。" in with_grade and "评价等次" in with_grade and "□" not in with_grade


def test_the_table_has_the_columns_of_the_form_by_its_own_headings() -> None:
    document = project_report(local(), NO_SCHEME)
    assert heads(document) == ["项目类别", "考核内容", "计划数", "完成数", "标准分", "自评得分", "复核得分"]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert sum(table.widths) == 8844
    assert "培训场次：指标值≥10场，实际完成值12场。分值30分，得30分。复核得分28分。" in text_of(document)


def test_a_weight_in_the_label_of_a_level_takes_no_other_column_away() -> None:
    form = local()
    weight = cell("60", "项目类别", 10, 1)
    rows = [
        row._replace(
            cells={**row.cells, "group1_weight": weight}, began={"group1_weight": 10} if row.number == 11 else {}
        )
        if row.number < 12
        else row
        for row in form.tables["indicators"]
    ]
    document = project_report(form.replaced(tables={"indicators": rows}), NO_SCHEME)
    assert heads(document) == ["项目类别", "分值", "考核内容", "计划数", "完成数", "标准分", "自评得分", "复核得分"]


def test_gaps_send_nobody_to_columns_the_form_does_not_have() -> None:
    gaps = report_gaps(project_report(local(), NO_SCHEME))
    assert "待补充：项目绩效目标（请在报告此处填写）" in gaps
    assert not [gap for gap in gaps if "表格" in gap and "金额单位" not in gap]


def test_columns_in_doubt_are_told_but_nothing_is_concluded() -> None:
    form = local("")
    doubted = {
        name: found._replace(sure=0.5, text="48" if name.endswith("initial") else found.text)
        for name, found in form.facts.items()
        if name.startswith("funds.")
    }
    adjusted = {"funds.total.adjusted": cell("520000", "资金合计 调整后", 5, 8)._replace(sure=0.5)}
    told = text_of(project_report(form.replaced({**form.facts, **doubted, **adjusted}), NO_SCHEME))
    assert "调增" not in told and "＝（" not in told.replace("实际完成率＝（", "")


# ---------------------------------------------------------------- whatever of it is missing


def part(random: Random, form: Evaluation) -> Evaluation:
    """A form with some of its facts, rows and columns; cells may be blank, or hold words."""
    facts = {name: found for name, found in form.facts.items() if random.random() < 0.6}
    columns = {field for field in Indicator._fields if random.random() < 0.6}
    rows = [
        row._replace(cells={field: found for field, found in row.cells.items() if field in columns})
        for row in form.tables["indicators"]
        if random.random() < 0.8
    ]
    tables = {"indicators": rows} if random.random() < 0.9 else {}
    odd = random.choice([None, "", "—", "不详", "10分", "12.5%", "-3"])

    def changed(found: Stated) -> Stated:
        if odd is None or random.random() < 0.7:
            return found
        return found._replace(text=odd, figure=parse(odd))

    return form.replaced(facts, tables).retold(changed)


@pytest.mark.parametrize("seed", range(60))
def test_a_report_is_whole_whatever_the_form_leaves_out(seed: int) -> None:
    random = Random(seed)
    unit = random.choice(["元", "千元", "亿元", ""])
    form = part(
        random, local(unit, grade="优", **{"execution.weight": "10", "execution.score": "9", "text.problems": "无"})
    )
    used = random.choice([NO_SCHEME, NATIONAL_SCHEME])
    document = project_report(form, used)
    told = text_of(document).replace("如（万元）、（元）", "")
    assert [b.text for b in document.blocks if isinstance(b, Paragraph) and b.style is Style.HEADING1][-1][:2] == "八、"
    assert "万元" not in told and "None" not in told and "{" not in told
    assert ("百分制" in told) == (used is NATIONAL_SCHEME)
    for block in document.blocks:
        if isinstance(block, Table):
            widths = len(block.widths)
            assert min(block.widths) > 0 and sum(block.widths) == 8844
            assert all(
                column + found.column_span <= widths and found.column_span > 0
                for row in block.rows
                for column, found in row.cells
            )
        if isinstance(block, Chart):
            assert len(block.categories) > 1
