"""Filled forms to report on, written down by hand from the published documents (names of persons left out).

A builder of its own, so that a report test needs no reader: every text is what the form prints.
"""

from decimal import Decimal

from jixiao.evaluation import Evaluation, FundRow, Group, Indicator, Stated
from jixiao.figures import parse
from jixiao.law.scheme import Band, Scheme
from jixiao.places import Place
from typed_rows import form_of

COLUMN_LABELS = {"target": "指标值", "actual": "完成值", "weight": "分值", "score": "得分", "evidence": "评价说明"}
FUND_FIELDS = ("initial", "adjusted", "arrived", "executed", "rate")


def stated(text: str, label: str = "", row: int = 1, column: int = 1) -> Stated:
    return Stated(text, Place(sheet="表", row=row, column=column, label=label), parse(text))


def facts(**texts: str) -> dict[str, Stated]:
    """``facts(project_name="…")``: the first underscore is the dot of the name."""
    return {name.replace("_", ".", 1): stated(text) for name, text in texts.items()}


def fund(key: str, label: str, headings: dict[str, str], **texts: str) -> FundRow:
    cells = {field: stated(texts[field], f"{label} {headings[field]}") for field in FUND_FIELDS if field in texts}
    return FundRow(key, label, **{field: in_wan(field, cell) for field, cell in cells.items()})


def in_wan(field: str, cell: Stated) -> Stated:
    """An amount as a form in 万元 states it."""
    return cell._replace(figure=cell.figure.of("万元")) if field != "rate" and cell.figure else cell


def indicator(row: int, level1: str, level2: str, name: str, weight: str, score: str, **more: str) -> Indicator:
    texts = {"level1": level1, "level2": level2, "name": name, "weight": weight, "score": score, **more}
    return Indicator(row, **{field: stated(text, COLUMN_LABELS.get(field, ""), row) for field, text in texts.items()})


def scheme(scheme_id: str, denominator: str) -> Scheme:
    return Scheme(
        id=scheme_id,
        title=scheme_id,
        since=2020,
        citation="财预〔2020〕10号",
        grades=[Band("优", Decimal(90)), Band("良", Decimal(80)), Band("中", Decimal(60)), Band("差", Decimal(0))],
        grade_aliases={"优秀": "优"},
        execution_denominator=denominator,
        execution_weight=None,
        rate_needing_reason=None,
        adjustment_needs_reason=False,
        tiers=(),
        reverse="linear",
        overshoot_warning=Decimal("1.3"),
        overshoot_reason=Decimal("1.5"),
        weights={},
        levels={},
    )


WUHUA_SCHEME = scheme("wuhua-2024", "arrived")
NATIONAL_SCHEME = scheme("national-2020", "adjusted")
SICHUAN_SCHEME = scheme("sichuan-2023", "adjusted")

WUHUA_HEADINGS = {"initial": "年初预算数", "arrived": "实际到位数", "executed": "实际支出数", "rate": "执行率"}
DATONG_HEADINGS = {"initial": "年初预算数", "adjusted": "全年预算数", "executed": "全年执行数", "rate": "执行率"}
SICHUAN_HEADINGS = {
    "initial": "年初预算",
    "adjusted": "调整后预算数",
    "executed": "预算执行数",
    "rate": "预算执行率",
}

WUHUA_ROWS = (
    ("决策", "项目立项", "立项依据充分性", "3", "3"),
    ("决策", "项目立项", "立项程序规范性", "4", "4"),
    ("决策", "绩效目标", "绩效目标合理性", "3", "3"),
    ("决策", "绩效目标", "绩效指标明确性", "4", "4"),
    ("决策", "资金投入", "预算编制科学性", "3", "3"),
    ("决策", "资金投入", "资金分配合理性", "4", "4"),
    ("过程", "资金管理", "资金到位率", "3", "3"),
    ("过程", "资金管理", "预算执行率", "3", "2.99"),
    ("过程", "资金管理", "资金使用合规性", "6", "6"),
    ("过程", "组织实施", "管理制度健全性", "3", "3"),
    ("过程", "组织实施", "制度执行有效性", "4", "4"),
    ("产出", "产出数量", "网络专线正常使用条数", "10", "10"),
    ("产出", "产出质量", "网络及信息化设备正常运行率", "10", "10"),
    ("产出", "产出时效", "服务响应时间", "10", "10"),
    ("产出", "产出成本", "经济成本指标", "10", "9.98"),
    ("产出", "社会效益", "确保云南人社一体化平台的正常运行", "10", "10"),
    ("产出", "满意度", "社会公众或服务对象满意度", "10", "10"),
)
WUHUA_VALUES = {  # 指标值, 完成值, 完成率 in the 报告用 area; of the report, as far as it prints them
    "网络专线正常使用条数": ("100", "100", "100%"),
    "网络及信息化设备正常运行率": ("100%", "100%", "100%"),
    "服务响应时间": ("较快", "较快", ""),
    "经济成本指标": ("", "", ""),
    "确保云南人社一体化平台的正常运行": ("正常运行", "正常运行", ""),
    "社会公众或服务对象满意度": ("90%", "90%", "100%"),
}


def wuhua() -> Evaluation:
    """五华 2024, 社会保险保障运行专项经费: every figure of the published form and report."""
    amounts = {"initial": "17.32", "arrived": "17.32", "executed": "17.29", "rate": "99.83%"}
    blank = dict.fromkeys(amounts, "")
    rows = []
    for row, texts in enumerate(WUHUA_ROWS, start=26):
        target, actual, completion = WUHUA_VALUES.get(texts[2], ("", "", ""))
        rows.append(indicator(row, *texts, target=target, actual=actual, completion=completion, evidence=""))
    execution = next(row for row in rows if row.name.text == "预算执行率")
    level1 = [("决策、过程", "40", range(26, 37)), ("产出", "60", range(37, 43))]
    level2 = [
        ("项目立项", "7", (26, 27)),
        ("绩效目标", "7", (28, 29)),
        ("资金投入", "7", (30, 31)),
        ("资金管理", "6", (32, 33)),
        ("资金管理", "6", (34,)),
        ("组织实施", "7", (35, 36)),
        *((WUHUA_ROWS[row - 26][1], "10", (row,)) for row in range(37, 43)),
    ]
    return form_of(
        form="wuhua-project-2024",
        scheme="wuhua-2024",
        title="五华区预算支出部门评价表",
        facts={
            **facts(
                year="2024",
                project_name="社会保险保障运行专项经费",
                project_department="昆明市五华区社会保险中心",
                project_unit="昆明市五华区社会保险中心",
                project_kind="经常性项目（√）       一次性项目（  ）",
                goal_expected="确保云南人社一体化平台的正常运行，维护不少于100条社保业务人社专用网络；",
                goal_actual="本年平台正常运行。该项目预算金额173246.00元，支付金额172920.00元。",
                total_weight="100",
                total_score="99.97",
                total_group1_weight="100",
                total_group2_weight="100",
                grade="优",
                text_problems="无",
                report_basis="《甲文件》（云劳社〔2002〕76号）\n《乙文件》（云政发〔2006〕139号）",
                report_organisation="由办公室牵头，财务科配合。",
                report_controls="《内部控制制度》",
                report_standards="《关于开展2024年度预算支出部门绩效评价工作的通知》（五财〔2025〕14号）",
                report_methods="成本效益分析法",
                report_process="2025年2月完成评分。",
                text_experience="加强预算绩效管理。",
                text_suggestions="1.完善制度。\n2.加强监督。",
                text_other="无",
                report_date="2025年3月15日",
                arrival_rate="100%",
                saving_rate="0.17%",
            ),
            "execution.weight": execution.weight,  # here 预算执行率 is a row of the indicator table
            "execution.score": execution.score,
        },
        funds=[
            fund("total", "合计", WUHUA_HEADINGS, **amounts),
            fund("central", "中央财政", WUHUA_HEADINGS, **blank),
            fund("district", "区级财政", WUHUA_HEADINGS, **amounts),
        ],
        indicators=rows,
        groups=[
            *(Group(1, label, stated(weight), tuple(members)) for label, weight, members in level1),
            *(Group(2, label, stated(weight), members) for label, weight, members in level2),
        ],
    )


def datong() -> Evaluation:
    """大同 2021, 社会保险管理经费: published with an execution score of 10 at 70 %."""
    amounts = {"initial": "194", "adjusted": "194", "executed": "135", "rate": "70%"}
    rows = (
        ("产出指标", "数量指标", "日常工作的完成率", "20", "20", "100%", "100%", "100.00%"),
        ("产出指标", "质量指标", "经费保障率", "10", "10", "100%", "100%", "100.00%"),
        ("产出指标", "质量指标", "经费准确率", "10", "10", "100%", "100%", "100.00%"),
        ("产出指标", "时效指标", "支付使用及时性", "10", "10", "及时", "及时", ""),
        ("效益指标", "社会效益指标", "解决日常办公正常运转，业务及时办结", "30", "30", "保障", "保障", ""),
        ("满意度指标", "服务对象满意度指标", "满意度", "10", "10", ">95%", ">95%", ""),
    )
    return form_of(
        form="datong-project-2021",
        scheme="national-2020",
        title="项目支出绩效自评表",
        facts={
            **facts(
                year="2021",
                project_name="社会保险管理经费",
                project_department="大同市人力资源和社会保障局",
                project_unit="大同市社会保险中心",
                goal_expected="目标1.保障日常办公正常运转；\n目标2.用于单位日常职工工作需要",
                goal_actual="单位在职职工131人，保证了职工办公。完成率100%",
                execution_weight="10",
                execution_score="10",
                total_weight="100",
                total_score="100",
                grade="优",
                analysis_execution="保证了单位职工日常办公需要。",
                analysis_output="业务及时办结。",
                analysis_benefit="可以解决的完成率100%。",
                analysis_satisfaction="群众满意度>95%",
                text_experience="认真贯彻执行政策法规。",
                text_problems="一、项目经费存在多头管理的现象。\n二、项目经费延迟拨付。",
                text_measures="一、统一预算、统一审批。",
                report_basis="",
            )
        },
        funds=[
            fund("total", "年度资金总额", DATONG_HEADINGS, **amounts),
            fund("fiscal", "当年财政拨款", DATONG_HEADINGS, **amounts),
        ],
        indicators=[
            indicator(20 + i, *texts[:5], target=texts[5], actual=texts[6], completion=texts[7], reason="")
            for i, texts in enumerate(rows)
        ],
    )


def anju() -> Evaluation:
    """安居 2023, 建国初期…困难补助: no 完成值 in any row, as published."""
    rows = (
        ("产出指标", "数量指标", "享受困难补助的退休干部名单，发放困难补助。", "20", "20", "＝", "2", "人"),
        ("产出指标", "质量指标", "应发尽发", "10", "10", "＝", "100", "%"),
        ("产出指标", "时效指标", "按时发放", "10", "10", "定性", "按时", ""),
        ("效益指标", "社会效益指标", "保障生活补助", "20", "20", "定性", "优", ""),
        ("满意度指标", "帮扶对象满意度指标", "发放对象满意度指标", "10", "10", "≥", "95", "%"),
        ("成本指标", "经济成本指标", "按标准发放", "20", "20", "定性", "优", ""),
    )
    return form_of(
        form="sichuan-project-2023",
        scheme="sichuan-2023",
        title="部门预算项目支出绩效自评表",
        facts={
            **facts(
                year="2023",
                project_name="51090423T000007872173-建国初期参加革命工作退休干部困难补助2023",
                project_department="遂宁市安居区社会保险事业管理局部门",
                project_unit="遂宁市安居区社会保险事业管理局",
                goal_expected="发放困难补助。",
                goal_actual="按时足额支付，无结余资金。",
                goal_process="按时足额支付。",
                funds_reason="退休干部去世，年中调减。",
                execution_weight="10",
                execution_score="10",
                total_weight="100",
                total_score="100",
                text_conclusion="严格执行相关政策。",
                text_problems="无",
                text_measures="无",
            )
        },
        funds=[
            fund("total", "总额", SICHUAN_HEADINGS, initial="1.58", adjusted="1.27", executed="1.27", rate="100.00%"),
            fund("fiscal", "财政资金", SICHUAN_HEADINGS, initial="1.58", adjusted="1.27", executed="1.27"),
            fund("own", "单位资金", SICHUAN_HEADINGS, initial="0.00", adjusted="0.00", executed="0.00"),
        ],
        indicators=[
            indicator(18 + i, *texts[:5], nature=texts[5], target=texts[6], unit=texts[7], actual="", reason="")
            for i, texts in enumerate(rows)
        ],
    )


def empty() -> Evaluation:
    return Evaluation(form="national-project-2020", scheme="national-2020", title="项目支出绩效自评表", facts={})
