"""The PERF_* functions in words: category, descriptions, argument names and help, and the sentences they answer with."""

from jixiao.figures import Interval, plain

CATEGORY = "绩效"

DESCRIPTIONS = {
    "PERF_GRADE": "按总分给出评价等次（优、良、中、差）；总分不先舍入，89.996 是良。",
    "PERF_SCORE": "一项指标的得分：达到指标值得满分，未达到按完成比例；文字指标一字不差得满分，其余留空由人评分。",
    "PERF_EXEC_RATE": "预算执行率＝执行数÷预算数，保留四位小数（99.83%）。",
    "PERF_EXEC_SCORE": "预算执行率得分＝分值×执行率，不超过分值，保留两位小数。",
    "PERF_ARRIVAL_RATE": "资金到位率＝实际到位数÷预算数，保留四位小数。",
    "PERF_TIER_CHECK": "核对定性指标的得分是否在所选档次之内；只核对，不给分。",
    "PERF_SATISFACTION_SCORE": "满意度指标的得分：达到指标值得满分，未达到按比例，保留两位小数。",
    "PERF_WEIGHT_DIFF": "分值合计与应有合计之差，相符为 0。",
    "PERF_COMPLETION": "完成率＝完成值÷指标值，保留四位小数；不是数的留空。",
    "PERF_DEVIATION": "偏差率＝（完成值－指标值）÷指标值，保留四位小数；不是数的留空。",
    "PERF_GROWTH": "增长率＝（本年－上年）÷上年，保留四位小数；上年为 0 没有增长率。",
    "PERF_SHARE": "占比＝部分÷总数，保留四位小数。",
    "PERF_SAVING_RATE": "成本节约率＝（计划成本－实际成本）÷计划成本，保留四位小数。",
    "PERF_BAND_SCORE": "达到满分线得满分，到零分线不得分，其间按比例，保留两位小数；两线高低不限。",
    "PERF_STEP_SCORE": "达到满分线得满分，每差一步扣一次分，不足一步不扣，扣完为止。",
    "PERF_SURVEY_SCORE": "问卷平均得分＝Σ（份数×分值）÷有效份数，保留两位小数。",
    "PERF_WAN": "把元换算成万元，保留两位小数。",
    "PERF_EXPLAIN": "用文字说明一项指标的得分是怎样算出来的。",
}

HELP = {
    "总分": "0 至 100 的总分",
    "方案": "评分方案，如 national-2020；省略时用财预〔2020〕10号",
    "指标值": "年度指标值，如 95、≥95%、及时",
    "完成值": "实际完成值",
    "分值": "满分，即权重",
    "性质": "指标性质：＝ ≥ ≤ ＞ ＜ 定性；省略时看指标值前的符号，都没有按＝",
    "执行数": "执行（实际支出）数",
    "预算数": "预算数，口径按表格：调整后预算数或实际到位数",
    "到位数": "实际到位数",
    "档次": "档次的名称或序号：1 达成年度指标，2 部分达成，3 未达成",
    "得分": "所给的得分",
    "满意度": "调查得到的满意度",
    "分值区域": "一列分值；空白不计",
    "应有合计": "应有的合计，省略时为 100",
    "本年": "本年数",
    "上年": "上年数",
    "部分": "其中一部分",
    "总数": "总数",
    "计划成本": "计划成本",
    "实际成本": "实际成本",
    "值": "实际值",
    "满分线": "得满分的值",
    "零分线": "不得分的值",
    "步长": "一步多大：正数表示低于满分线扣分，负数表示高于满分线扣分",
    "每步扣分": "每差一步扣的分",
    "份数区域": "各选项的份数",
    "有效份数": "有效问卷份数",
    "元": "以元为单位的金额",
}

TIER_KEPT = "符合"


def tier_broken(tier: str, allowed: Interval, upper_included: bool) -> str:
    """What PERF_TIER_CHECK answers for a score outside its tier."""
    edge = "（含）" if upper_included else "（不含）"
    return f"“{tier}”应得{plain(allowed.low)}分（含）至{plain(allowed.high)}分{edge}"
