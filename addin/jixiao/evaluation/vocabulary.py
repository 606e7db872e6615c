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
