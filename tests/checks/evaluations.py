"""Filled forms as an accountant reads them, made into Evaluation values.

A table is text: the first line names the columns in the form's own words, every further line is one row. Rows stand from
line 4 (funds) and from line 12 (indicators) of a sheet 自评表; columns in the order written. Single facts stand in line 1.
"""

from decimal import Decimal

from jixiao.checks import check
from jixiao.evaluation import Evaluation, FundRow, Group, Indicator, Stated
from jixiao.figures import parse
from jixiao.findings import Finding, Severity
from jixiao.places import Place
from typed_rows import changed, form_of

FIELDS = {
    "一级指标": "level1", "二级指标": "level2", "三级指标": "name", "指标性质": "nature", "指标值": "target",
    "度量单位": "unit", "完成值": "actual", "分值": "weight", "权重": "weight", "得分": "score", "偏差原因": "reason",
    "年初预算数": "initial", "全年预算数": "adjusted", "实际到位数": "arrived", "执行数": "executed", "执行率": "rate",
    "执行率（%）": "rate",
}  # fmt: skip
SOURCES = {
    "资金总额": "total", "财政拨款": "fiscal", "财政资金": "fiscal", "上年结转": "carryover", "财政专户": "special",
    "单位资金": "own", "中央财政": "central", "省级财政": "province", "市级财政": "city", "区级财政": "district",
    "其他资金": "other", "一般公共预算": "general", "政府性基金": "government_fund",
}  # fmt: skip
MONEY = {"initial", "adjusted", "arrived", "executed"}
FUNDS_LINE, DETAILS_LINE, INDICATORS_LINE, FACTS_COLUMN = 4, 50, 12, 20


def stated(text: str, label: str = "", row: int = 1, column: int = 1, exact: str | None = None) -> Stated:
    place = Place(sheet="自评表", row=row, column=column, label=label)
    return Stated(text, place, parse(text), None if exact is None else Decimal(exact))


def in_wan(field: str, cell: Stated) -> Stated:
    """An amount as a form in 万元 states it; any other cell as it is."""
    return cell._replace(figure=cell.figure.of("万元")) if field in MONEY and cell.figure else cell


def table(text: str, first_line: int) -> list[tuple[int, str, dict[str, Stated]]]:
    """Line number, first cell and the stated values of every row."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [
        (
            line,
            cells[0],
            {
                FIELDS[name]: in_wan(FIELDS[name], stated(cell, name, line, column))
                for column, (name, cell) in enumerate(zip(head, cells, strict=True), 1)
                if name in FIELDS
            },
        )
        for line, cells in enumerate(rows, first_line)
    ]


def evaluation(
    scheme: str,
    funds: str,
    indicators: str,
    details: str = "",
    groups: tuple[Group, ...] = (),
    title: str = "项目支出绩效自评表",
    **facts: str,
) -> Evaluation:
    """A form from its tables; a fact is named with ``_`` for its dot (``total_score="95"``)."""
    known = {
        name.replace("_", ".", 1): stated(text, name, 1, column)
        for column, (name, text) in enumerate(facts.items(), FACTS_COLUMN)
    }
    rows = [FundRow(SOURCES[name], name, **cells) for _, name, cells in table(funds, FUNDS_LINE)]
    return form_of(
        form="test",
        scheme=scheme,
        title=title,
        facts=known,
        funds=rows,
        details=[FundRow(str(line), name, **cells) for line, name, cells in table(details, DETAILS_LINE)]
        if details
        else [],
        indicators=[Indicator(line, **cells) for line, _, cells in table(indicators, INDICATORS_LINE)],
        groups=groups,
        unit="万元",
    )


def with_facts(form: Evaluation, **facts: str) -> Evaluation:
    """The same form with some facts stated otherwise."""
    named = {name.replace("_", ".", 1): text for name, text in facts.items()}
    return form.replaced(facts={**form.facts, **{name: _restated(form, name, text) for name, text in named.items()}})


def _restated(form: Evaluation, name: str, text: str) -> Stated:
    """The fact where it stood, or right of all others."""
    old = form.facts.get(name)
    return stated(text, name, 1, old.place.column if old else FACTS_COLUMN + len(form.facts))


def with_fund(form: Evaluation, source: str, **cells: str) -> Evaluation:
    """The same form with one fund row changed: ``with_fund(form, "财政拨款", executed="300")``."""
    rows = [_changed(row, cells) if row.key == SOURCES[source] else row for row in form.funds]
    return changed(form, funds=rows)


def with_indicator(form: Evaluation, number: int, **cells: str) -> Evaluation:
    """The same form with the n-th indicator changed (from 1)."""
    rows = list(form.indicators)
    rows[number - 1] = _changed(rows[number - 1], cells)
    return changed(form, indicators=rows)


def _changed(row, cells):  # type: ignore[no-untyped-def]
    new = {}
    for field, text in cells.items():
        old = getattr(row, field)
        new[field] = in_wan(field, old._replace(text=text, figure=parse(text), exact=None))
    return row._replace(**new)


def found(form: Evaluation, code: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in check(form) if finding.code == code]


def codes(form: Evaluation, least: Severity = Severity.INFO) -> list[str]:
    """The codes of all findings at least as severe, sorted."""
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    return sorted(item.code for item in check(form) if order.index(item.severity) >= order.index(least))


def lines_of(finding: Finding) -> list[int | None]:
    return [place.row for place in finding.places]


NATIONAL = evaluation(
    "national-2020",
    """
    资金     | 年初预算数 | 全年预算数 | 执行数 | 执行率
    资金总额  | 200.00    | 200.00   | 150.00 | 75.00%
    财政拨款  | 180.00    | 180.00   | 140.00 | 77.78%
    上年结转  | 20.00     | 20.00    | 10.00  | 50.00%
    其他资金  |           |          |        |
    """,
    """
    一级指标  | 二级指标         | 三级指标     | 指标值  | 完成值  | 分值 | 得分 | 偏差原因
    产出指标  | 数量指标         | 培训人数     | ≥100   | 110    | 20  | 20  |
    产出指标  | 质量指标         | 合格率       | 100%   | 90%    | 20  | 18  | 两人缺考，明年补考。
    产出指标  | 时效指标         | 按时开班     | 及时    | 及时    | 10  | 10  |
    效益指标  | 社会效益指标      | 增加就业     | ≥50    | 50     | 30  | 30  |
    满意度指标 | 服务对象满意度指标 | 学员满意度    | ≥95%   | 96%    | 10  | 10  |
    """,
    year="2024",
    project_name="职业技能培训经费",
    project_department="某某市人力资源和社会保障局",
    project_unit="某某市技能培训指导中心",
    goal_expected="完成2024年度职业技能培训任务，培训不少于100人。",
    goal_actual="某某市技能培训指导中心完成职业技能培训110人。",
    execution_weight="10",
    execution_score="7.5",
    total_weight="100",
    total_score="95.5",
    grade="优",
)
"""A valid 国家 form: every relation holds; execution 75 %, one explained miss."""

SICHUAN = evaluation(
    "sichuan-2023",
    """
    资金     | 年初预算数 | 全年预算数 | 执行数 | 执行率
    资金总额  | 10.00     | 10.00    | 9.50   | 95.00%
    财政资金  | 10.00     | 10.00    | 9.50   | 95.00%
    财政专户  | 0.00      | 0.00     | 0.00   | 0.00%
    单位资金  | 0.00      | 0.00     | 0.00   | 0.00%
    其他资金  |           |          |        |
    """,
    """
    一级指标  | 二级指标         | 三级指标     | 指标性质 | 指标值  | 度量单位 | 完成值  | 权重 | 得分 | 偏差原因
    产出指标  | 数量指标         | 稽核单位     | ≥      | 16     | 户     | 17     | 20  | 20  |
    产出指标  | 时效指标         | 及时办结     | 定性    | 优      |       | 优      | 20  | 20  |
    效益指标  | 社会效益指标      | 追回资金     | ＝      | 100    | %     | 100    | 20  | 20  |
    满意度指标 | 服务对象满意度指标 | 群众满意度    | ≥      | 95     | %     | 97     | 10  | 10  |
    成本指标  | 经济成本指标      | 差旅费       | ≤      | 10     | 万元   | 9.5    | 20  | 20  |
    """,
    title="部门预算项目支出绩效自评表",
    year="2023",
    project_name="51090423T000007870783-基金风险防控项目2023",
    project_department="某某市社会保险事业管理局部门",
    project_unit="某某市社会保险事业管理局",
    funds_reason="1.预算执行率=预算执行数/调整后预算数，预算执行率未达到90%的需说明原因（100字以内）;"
    "2.年中发生预算调整的（追加或调减）,应单独说明理由；3.其他资金包括：社会投入资金、银行贷款.",
    execution_weight="10",
    execution_score="9.5",
    total_weight="100",
    total_score="99.5",
)
"""A valid 四川 form."""
