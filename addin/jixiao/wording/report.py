"""Every word of the 项目支出绩效评价报告 that is not typed by the user: headings, sentences, hints for gaps.

Sentences here state no fact of their own: what a project did, had or set up comes from the sheet or not at all.
Figures enter only through placeholders, always as the printed text of their cell.
"""

from typing import NamedTuple

TITLE = "项目支出绩效评价报告"
TITLE_YEAR = "（{year}年度）"

# Stand-ins for a name the form leaves blank.
THIS_UNIT = "本单位"
THIS_PROJECT = "本项目"
THIS_YEAR = "本年度"
YEAR = "{year}年度"
PROJECT = "项目"

# Headings, after 财预〔2020〕10号 附件3（参考提纲）.
BASICS = "一、基本情况"
OVERVIEW = "（一）项目概况"
FOUNDATION = "项目立项依据"
PROCESS = "项目实施内容及过程"
FUNDS = "资金投入和使用情况"
GOAL = "（二）项目绩效目标"
MANAGEMENT = "（三）项目组织管理情况"
ORGANISATION = "1.项目组织保障"
CONTROLS = "2.项目单位内控机制"
WORK = "二、绩效评价工作开展情况"
AIMS = "（一）绩效评价目的、对象和范围"
PRINCIPLES = "（二）绩效评价原则、依据、评价方法、评价标准"
STEPS = "（三）绩效评价工作过程"
CONCLUSION = "三、综合评价情况及评价结论（附相关评分表）"
RESULT = "（一）综合结论"
ACHIEVEMENT = "（二）绩效目标实现情况"
ANALYSIS = "四、绩效评价指标分析"
EXECUTION_PART = "预算执行"
OTHER_PART = "其他指标"
PART = "项目{part}情况分析"
EXPERIENCE = "五、主要经验及做法"
PROBLEMS = "六、存在的问题及原因分析"
SUGGESTIONS = "七、有关建议"
OTHER = "八、其他需要说明的问题"

# Paragraphs that are the same for every project.
PURPOSE = (
    "1.绩效评价目的：通过对项目绩效目标、资金投入和使用、组织管理、产出和效益的评价，了解绩效目标的完成程度，"
    "衡量资金使用的经济性、效率性和效益性，查找问题、分析原因，为改进项目管理、合理安排预算提供参考。"
)
SUBJECT = "2.绩效评价对象：{unit}{project}支出绩效。"
SCOPE = "3.绩效评价范围：{year}{unit}{project}的实施情况及其产生的效益。"
PRINCIPLE = "1.评价原则：科学公正、统筹兼顾、激励约束、公开透明。"
STANDARDS = "2.评价依据："
METHODS = "3.评价方法："
CRITERIA = "4.评价标准：以项目预先设定的绩效目标、工作计划和预算安排为评价标准"
CRITERIA_SCORED = "，按指标分值量化评分，各项得分之和为评价总分。"
CRITERIA_END = "。"
CHAIN = (
    "评价工作的基本思路：确认{year}{project}支出的绩效目标→梳理项目管理制度和相关资料→确定评价重点"
    "→构建绩效评价指标体系→对照指标评分→形成评价结论。"
)

# Sentences with figures. The full-width ＝ lets a long formula break across lines.
OVERVIEW_NAME = "项目名称为{name}"
OVERVIEW_UNIT = "实施单位为{unit}"
OVERVIEW_DEPARTMENT = "主管部门为{department}"
OVERVIEW_KIND = "项目类型为{kind}"
AMOUNT = "{column}{amount}"
COLUMNS = {"initial": "年初预算数", "adjusted": "全年预算数", "arrived": "实际到位数", "executed": "实际支出数"}
AMOUNTS_RATE = "执行率为{rate}"
AMOUNTS = "{year}{amounts}。"
SOURCES = "实际支出按资金来源分：{sources}。"
SOURCE = "{label}{amount}"
RAISED = "{adjusted}比{initial}调增。"
LOWERED = "{adjusted}比{initial}调减。"
FUNDS_REASON = "情况说明：{reason}"

EXACTLY, ROUGHLY = "＝", "≈"
RATIO = "{name}＝（{over}/{under}）×100%＝{numerator}/{denominator}{equals}{rate}。"
RATE = "{name}为{rate}。"
ARRIVAL = "资金到位率"
EXECUTION = "预算执行率"
SAVING = "成本节约率"
SAVING_RATIO = (
    "成本节约率＝［（计划成本-实际成本）/计划成本］×100%＝［（{plan}-{actual}）/{plan}］×100%{equals}{rate}"
    "（计划成本按{plan_column}、实际成本按{actual_column}计）。"
)
OVERSPENT = "实际成本超出计划成本，为超支。"
EVEN = "实际成本与计划成本持平。"

ITEM = "（{number}）{name}"
UNNAMED = "名称未填的指标"
ITEM_TEXT = "{name}：{text}"
TARGET = "指标值{target}"
ACTUAL = "实际完成值{actual}"
ACTUAL_SATISFACTION = "实际满意度{actual}"
COMPLETION = "实际完成率＝（实际完成值/指标值）×100%＝{actual}/{target}{equals}{rate}"
COMPLETION_RATE = "实际完成率为{rate}"
WEIGHT = "分值{points}"
SCORE = "得{points}"
POINTS = "分"
REVIEW = "{heading}{points}。"
REASON = "偏差原因及改进措施：{reason}"

TOTAL = "评价综合得分为{points}"
GRADE = "评分等级为{grade}"
UNSCORED = "〔尚有{count}项未评分，暂不定等次〕"
SCALE = "评价结果采用百分制，分为{count}个等级：{bands}。"
NUMERALS, TEN = "零一二三四五六七八九", "十"
BAND_TOP = "{grade}（得分≥{least}）"
BAND_MIDDLE = "{grade}（{above}＞得分≥{least}）"
BAND_BOTTOM = "{grade}（得分＜{above}）"

SUGGESTIONS_FOR_PROBLEMS = "针对存在的问题，提出以下改进措施和建议："
SUGGESTIONS_GENERAL = "结合{year}项目实施情况，提出以下建议："
NONE = frozenset({"无", "暂无", "没有", "/", "／", "—", "-"})

# The score table and the chart.
TABLE_CAPTION = "附：{project}支出绩效评价评分表"
TOTAL_ROW = "总分"
GRADE_ROW = "评价等次"
BOX, TICKED = "{grade}□", "{grade}☑"
CHART_TITLE = "分值与得分（单位：分）"
CHART_CAPTION = "图  各一级指标评价得分情况"
CHART_WEIGHT, CHART_SCORE = "分值", "得分"


class Missing(NamedTuple):
    """What to say where a text is missing: what it is, where it is typed, and what belongs there.

    A cell that the form has is named by its own label; ``where`` is for official forms without such a cell, ``local`` for
    forms nobody has drawn.
    """

    what: str
    where: str
    hint: str = ""
    local: str = "报告此处"


GAP = "【待补充：{what}（请在{where}填写{hint}）】"
AT_CELL = " {cell} 单元格{column}"
COLUMN = "“{label}”栏"
REPORT_AREA = "表格右侧“报告用”部分"

MISSING = {
    "project.unit": Missing("单位名称", "表格“实施单位”栏"),
    "project.name": Missing("项目名称", "表格“项目名称”栏"),
    "year": Missing("评价年度", "表头“年度”处"),
    "funds.total": Missing("资金投入和使用情况", "表格的资金部分", "预算数、执行数"),
    "funds.unit": Missing("金额单位", "表格资金部分的标题", "，如（万元）、（元）", "表格资金部分的标题"),
    "goal.expected": Missing("项目绩效目标", "表格“预期目标”栏"),
    "goal.actual": Missing("绩效目标实现情况", "表格“实际完成情况”栏"),
    "goal.process": Missing("项目实施内容及过程", "表格“项目实施内容及过程概述”栏"),
    "report.basis": Missing("立项依据", REPORT_AREA, "文件名称和文号，一行一个"),
    "report.organisation": Missing("项目组织保障情况", REPORT_AREA, "机构、职责分工等"),
    "report.controls": Missing("内控机制", REPORT_AREA, "内部控制、财务等制度名称"),
    "report.standards": Missing("评价依据", REPORT_AREA, "本次评价所依据的文件，一行一个"),
    "report.methods": Missing("评价方法", REPORT_AREA, "方法名称，如成本效益分析法、比较法"),
    "report.process": Missing("评价工作过程", REPORT_AREA, "评价的步骤和时间"),
    "report.date": Missing("报告日期", REPORT_AREA),
    "total.score": Missing("评价总分", "表格“总分”行"),
    "grade": Missing("评分等级", "表格“评价等次”处"),
    "indicators": Missing("绩效评价指标", "表格绩效指标部分", "指标、分值和得分"),
    "analysis.execution": Missing("项目实施和预算执行情况及分析", "表格同名栏"),
    "analysis.output": Missing("产出情况及分析", "表格同名栏"),
    "analysis.benefit": Missing("效益情况及分析", "表格同名栏"),
    "analysis.satisfaction": Missing("满意度情况及分析", "表格同名栏"),
    "text.conclusion": Missing("评价结论", "表格“评价结论”栏"),
    "text.experience": Missing("主要经验及做法", "表格“主要经验及做法”栏"),
    "text.problems": Missing("存在的问题及原因分析", "表格“存在的问题”栏", "，没有的填“无”"),
    "text.deviation": Missing("存在的问题及原因分析", "表格“偏差原因”栏", "，没有的填“无”"),
    "text.suggestions": Missing("有关建议", "表格“改进措施及有关建议”栏", "，没有的填“无”"),
    "text.measures": Missing("有关建议", "表格“改进措施”栏", "，没有的填“无”"),
    "text.other": Missing("其他需要说明的问题", REPORT_AREA, "，没有的填“无”"),
    "indicator.name": Missing("指标名称", "表格“三级指标”栏"),
    "indicator.target": Missing("“{name}”的指标值", "表格“指标值”栏"),
    "indicator.actual": Missing("“{name}”的实际完成值", "表格“完成值”栏"),
    "indicator.score": Missing("“{name}”的得分", "表格“得分”栏"),
    "indicator.reason": Missing("“{name}”的扣分原因", "表格的原因分析栏"),
}

TABLE_COLUMNS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "target": "指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "review": "复核得分",
}
