"""The add-on of LibreOffice: what it says itself, and English help for an office that is not Chinese."""

NOT_INSTALLED = "这台电脑上没有找到绩效程序（或者没有装全），按钮用不了；单元格函数不受影响。请在终端运行 jixiao install，再重新打开 LibreOffice。"
OTHER_PYTHON = "LibreOffice 用的是 Python {here}，绩效程序装在 Python {there} 里，按钮用不了。请用 Python {here} 安装绩效程序，再运行 jixiao install。"
OTHER_VERSION = "绩效程序是 {there} 版，LibreOffice 里的加载项是 {here} 版。请运行 jixiao install 更新加载项，再重新打开 LibreOffice。"

ADDON = "绩效：预算绩效表的函数和按钮"
PUBLISHER = "jixiao"

# ---------------------------------------------------------------- English

ENGLISH_ADDON = "Performance: functions and buttons for budget performance forms"
CATEGORY = "Performance"

BUTTONS = {
    "new": "New form",
    "import": "Import",
    "bind": "Bind",
    "fill": "Fill",
    "check": "Check",
    "undo": "Undo",
    "report": "Report",
    "export": "Export",
    "doctor": "Check installation",
    "help": "Help",
}

OWN_FORMS = "My own forms..."

DESCRIPTIONS = {
    "PERF_GRADE": "The grade of a total score (优, 良, 中, 差). The total is not rounded first: 89.996 is 良.",
    "PERF_SCORE": "The score of an indicator: full points if the target is met, else by completion; "
    "words must equal the target, anything else is left to a reviewer, or is an error if the nature compares numbers.",
    "PERF_EXEC_RATE": "Budget execution rate: executed / budget, four decimal places; empty for a budget of 0.",
    "PERF_EXEC_SCORE": "Score of the execution rate: points × rate, at most the points, two decimal places; empty for a budget of 0.",
    "PERF_ARRIVAL_RATE": "Rate of arrived funds: arrived / budget, four decimal places; empty for a budget of 0.",
    "PERF_TIER_CHECK": "Whether the score of a qualitative indicator lies within its tier; it checks and gives no score.",
    "PERF_SATISFACTION_SCORE": "Score of a satisfaction rate: full points if the target is met, else in proportion.",
    "PERF_WEIGHT_DIFF": "Sum of the weights minus the expected sum; 0 if they agree.",
    "PERF_COMPLETION": "Completion rate: actual / target, four decimal places; empty if one is not a number or the target is 0.",
    "PERF_DEVIATION": "Deviation: (actual - target) / target, four decimal places; empty if one is not a number or the target is 0.",
    "PERF_GROWTH": "Growth rate: (this year - last year) / last year, four decimal places; 不可比 after a year of 0.",
    "PERF_SHARE": "Share: part / whole, four decimal places; empty for a whole of 0.",
    "PERF_SAVING_RATE": "Saving rate: (planned - actual cost) / planned cost, four decimal places; empty for a plan of 0.",
    "PERF_BAND_SCORE": "Full points at one line, none at the other, in proportion between them.",
    "PERF_STEP_SCORE": "Full points at a line; each whole step short of it costs points, never below 0.",
    "PERF_SURVEY_SCORE": "Average score of a survey: sum of copies × points / valid copies, two decimal places; empty without copies.",
    "PERF_WAN": "Yuan as ten thousand yuan (万元), two decimal places.",
    "PERF_EXPLAIN": "Says in words how the score of an indicator came about.",
}

HELP = {
    "总分": "Total score, 0 to 100",
    "方案": "Scoring scheme, such as national-2020; 财预〔2020〕10号 if omitted",
    "指标值": "Target of the year, such as 95, ≥95%, 及时",
    "完成值": "Actual value",
    "分值": "Full points, the weight",
    "性质": "Nature: ＝ ≥ ≤ ＞ ＜ 定性; if omitted, the sign before the target, else ＝",
    "执行数": "Executed (spent) amount",
    "预算数": "Budget, adjusted or arrived as the form says",
    "到位数": "Arrived amount",
    "档次": "Tier by name or number: 1 reached, 2 partly reached, 3 not reached",
    "得分": "Score that was given",
    "满意度": "Satisfaction found by the survey",
    "分值区域": "A column of weights; blanks do not count",
    "应有合计": "Expected sum; 100 if omitted",
    "本年": "This year",
    "上年": "Last year",
    "部分": "A part",
    "总数": "The whole",
    "计划成本": "Planned cost",
    "实际成本": "Actual cost",
    "值": "Actual value",
    "满分线": "Value that earns full points",
    "零分线": "Value that earns none",
    "步长": "Size of a step: positive below the line, negative above it",
    "每步扣分": "Points lost with each step",
    "份数区域": "Copies for each answer",
    "有效份数": "Valid copies",
    "元": "Amount in yuan",
}
