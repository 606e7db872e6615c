"""Words by which the rows of any form are known. Nobody is shown them: what people read stands in ``wording``."""

EXECUTION_RATE = "执行率"
ARRIVAL_RATE = "到位率"
BUDGET_EXECUTION = "预算执行率"  # among the level-1 names of a scheme
FUND_WORDS = ("预算", "资金", "经费", "支出", "拨款")
COST = "成本"
OUTPUT, BENEFIT, SATISFACTION = "产出", "效益", "满意度"
JUDGED = frozenset({"决策", "过程"})  # judged by evidence, without target and actual value
QUALITATIVE = "定性"
EQUALS = frozenset({"=", "＝"})
LEVEL_SUFFIX = "指标"
WHOLE_UNIT = "整体"  # in the title of a form about all a unit does

STAGE_TITLES = {
    "review": ("复核", "抽查"),
    "self": ("自评",),
    "monitoring": ("监控", "跟踪"),
    "department": ("部门评价", "绩效评价", "财政评价", "重点评价", "支出评价"),
    "goal": ("申报", "批复", "绩效目标", "目标表"),
}
"""What the title of a form says of its stage; the first that is found counts: 项目支出绩效目标自评表 is one of 自评."""
EXPECTED = "预计"  # in the heading of what a year will come to
DONE = "完成"
NOT_DONE = ("不涉及", "未涉及", "本年未实施", "本年度未实施", "未实施", "未开展", "本年未开展", "本年度未开展")
"""How a form says that there was nothing to do for an indicator."""
FINISHED = (
    "项目已完成",
    "项目完成",
    "全部完成",
    "全面完成",
    "已完工",
    "已竣工",
    "已结束",
    "已结项",
    "完成验收",
    "已验收",
)
NOT = "未"
"""How a form says that its project is finished, and how it says the contrary."""
