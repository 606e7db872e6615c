"""A mistake in a drawing is one sentence: the line, what is wrong, and the nearest name."""

import pytest

from jixiao.errors import Refusal
from jixiao.forms.drawing import Drawing, Kind
from jixiao.forms.notation import parse

GOOD = """\
id = small-2026
title = 小表
issuer = 某局
since = 2026
scheme = national-2020
report = none
widths = 100 100 100

== form
     | 部门名称  | {unit.name}    | <
     | 任务      | 目标           | 完成
*2   | {tasks.name} | {tasks.target} | {tasks.actual}
     | 合计      | {total.target} | {total.actual}

== facts
tasks        | table 年度任务
tasks.target | input    | 0 人
total.target | computed | 0 人 | | sum of tasks.target
"""  # lines counted from 1: ``== form`` is line 9, the task rows are line 12


def test_the_drawing_itself_is_right() -> None:
    drawing = parse(GOOD, "small-2026")
    assert isinstance(drawing, Drawing)
    assert list(drawing.bands) == ["tasks"] and drawing.bands["tasks"].title == "年度任务"
    assert drawing.spec("tasks.target").unit == "人"
    assert drawing.spec("total.target").kind is Kind.COMPUTED


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{total.actual}", "{total.target}", "第13行：“total.target”已在第13行画过"),
        (
            "     | 合计 ",
            "     | 任务 | 目标 | 完成\n*1   | {tasks.name} | {tasks.target} | {tasks.actual}\n     | 合计 ",
            "第14行：重复的行“tasks”在第12行已经开始，中间隔着别的行，不能再开始一次",
        ),
        ("sum of tasks.target", "summe of tasks.target", "第18行：没有名为“summe”的关系；最接近的是“sum”"),
        (
            "| | sum of tasks.target",
            "| | execution-rates",
            "第18行：没有名为“execution-rates”的关系；最接近的是“execution-rate”",
        ),
        ("{unit.name}", "{tasks}", "第10行：“tasks”既是重复的行，又是单独一格"),
        ("{unit.name}", "{tasks.all.name}", "第10行：“tasks.all.name”既是重复的行，又是单独一格"),
        ("sum of tasks.target", "sum of tasks.goal", "第18行：表上没有“tasks.goal”这一格；最接近的是“tasks.actual”"),
        (
            "tasks.target | input",
            "tasks.targets | input",
            "第17行：表上没有“tasks.targets”这一格；最接近的是“tasks.target”",
        ),
        ("| input ", "| inputs ", "第17行：没有“inputs”这种单元格；最接近的是“input”"),
        (
            "{tasks.actual}",
            "{tasks.a1}",
            "第12行：“tasks.a1”不能作名称：用小写字母、数字和点，最后一段不能像单元格地址",
        ),
        ("*2   |", "*x   |", "第12行：行首的“*x”看不懂"),
        ("== facts", "== fact", "第15行：没有“== fact”这一段；最接近的是“facts”"),
        ("issuer =", "issuers =", "第3行：没有“issuers”这个开头项；最接近的是“issuer”"),
        ("scheme = national-2020\n", "", "第1行：开头缺少 scheme"),
        ("| 任务      | 目标           | 完成", "| 任务 | 目标", "第11行：画了2格，列宽有3列"),
        ("since = 2026", "since = 今年", "第4行：“since”应填数字，填的是“今年”"),
        ("widths = 100 100 100", "widths = 100 宽 100", "第7行：“widths”应填数字，填的是“宽”"),
        ("scheme = national-2020", "scheme = nationl-2020", "第5行：没有“nationl-2020”；最接近的是“national-2020”"),
        ("report = none", "report = none\nsummary = 汇总", "第7行：没有“汇总”；最接近的是“项目汇总”"),
        ("     | 部门名称  |", "     | <         |", "第10行：第一格左边没有可以合并的格"),
        ("     | 部门名称  |", "     | ^         |", "第10行：第一行上面没有可以合并的格"),
        (
            "{total.actual}",
            "{Total.Actual}",
            "第13行：“{Total.Actual}”里的花括号看不懂：一格一个名称，用小写字母、数字和点",
        ),
        ("{unit.name}", "{a}至{b}", "第10行：“{a}至{b}”里的花括号看不懂：一格一个名称，用小写字母、数字和点"),
        (
            "{tasks.actual}",
            "（{tasks.actual}）人",
            "第12行：重复的行里，“（{tasks.actual}）人”这一格只能写名称和先印的字",
        ),
        ("| 0 人 | | sum", "| 0 棵 | | sum", "第18行：没有“棵”这个单位"),
        ("| input ", "| input 目标 ", "第17行：“input”：label 和 table 后面写标题，别的后面什么也不写"),
        ("| table 年度任务", "| table", "第16行：“table”：label 和 table 后面写标题，别的后面什么也不写"),
        ("sum of tasks.target", "sum", "第18行：关系“sum”后面的 of 不对：sum 必须写，执行率和执行得分可以写，别的不写"),
        (
            "sum of tasks.target",
            "grade of x",
            "第18行：关系“grade”后面的 of 不对：sum 必须写，执行率和执行得分可以写，别的不写",
        ),
        ("| sum of tasks.target", "| sum of tasks.target | 说明 | 多余", "第18行：竖线太多"),
        ("{tasks.actual}", "{tasks.target}", "第12行：“tasks.target”已在第12行画过"),
        ("{tasks.actual}", "{grade}", "第12行：“grade”不能放在重复的行里；重复的行里名称写作“表.列”"),
        (
            "     | 合计 ",
            "*1   | {tasks.target} | {tasks.name} | {tasks.actual}\n     | 合计 ",
            "第12行：“tasks.name”和这张表别的行不在同一列",
        ),
        ("{unit.name}", "unit.name}", "第10行：“unit.name}”里的花括号看不懂：一格一个名称，用小写字母、数字和点"),
        ("{unit.name}", "{jx.form}", "第10行：“jx.form”不能作名称：用小写字母、数字和点，最后一段不能像单元格地址"),
        ("0 人 | | sum", "0 次 | | sum", "第18行：“total.target”和所加的“tasks.target”单位不同"),
        (
            "| computed | 0 人 | | sum of tasks.target",
            "| computed | 0 人",
            "第18行：“total.target”：computed 和 suggested 要写关系，别的不写",
        ),
        ("tasks        | table", "total.target | table", "第16行：“total.target”不是重复的行"),
        ("== facts", "== form", "第15行：“== form”只能有一段"),
        ("issuer = 某局", "issuer = 某局\nissuer = 某局", "第4行：“issuer”要写一次，也只写一次"),
        ("id = small-2026", "id = other-2026", "第1行：“id”应与文件名相同，填的是“other-2026”"),
        ("== facts\n", "== facts\ntasks.target | input\n", "第18行：“tasks.target”已在第16行画过"),
        ("| table 年度任务", "| label 任务项", "第16行：“tasks”上面没有标题“任务项”"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    with pytest.raises(Refusal) as refused:
        parse(GOOD.replace(old, new, 1), "small-2026")
    assert str(refused.value) == f"表样small-2026{sentence}。"


def test_a_blank_before_the_star_changes_nothing() -> None:
    assert list(parse(GOOD.replace("*2   |", " *2  |")).bands) == ["tasks"]


def test_a_repeated_row_on_top_has_no_header() -> None:
    top = GOOD.replace("     | 部门名称  | {unit.name}    | <\n     | 任务      | 目标           | 完成\n", "")
    with pytest.raises(Refusal, match="第10行：重复的行“tasks”上面没有表头"):
        parse(top, "small-2026")


FUNDS = GOOD.replace(
    "== facts",
    """\
     | 资金      | 到位           | 执行
     | 金额      | {funds.total.arrived} | {funds.total.executed}
     | 执行率    | {funds.total.rate}    | {execution.score}

== facts
funds.total.rate | computed | 0.00% | | execution-rate of arrived
execution.score | suggested | 0.00 | | execution-score of 20 arrived""",
)


def test_a_relation_may_name_the_column_of_funds_it_divides_by() -> None:
    drawing = parse(FUNDS, "small-2026")
    assert isinstance(drawing, Drawing)
    assert drawing.spec("funds.total.rate").relation == "execution-rate of arrived"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("rate of arrived", "rate of initial", "第20行：表上没有“initial”这一格"),  # the drawing has no such column
        ("rate of arrived", "rate of 20 arrived", "第20行：表上没有“20”这一格"),  # a rate has no points
        ("score of 20 arrived", "score of 20 arived", "第21行：表上没有“arived”这一格；最接近的是“arrived”"),
    ],
)
def test_it_names_one_the_drawing_has(old: str, new: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        parse(FUNDS.replace(old, new), "small-2026")
