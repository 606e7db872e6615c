Attribute VB_Name = "JixiaoFunctions"
Option Explicit

' 由函数表生成（make templates），不要手工修改。

Public Function PERF_GRADE(total, Optional scheme)
    On Error GoTo failed
    PERF_GRADE = Answer(Server.CallUDF("jixiao.cells", "PERF_GRADE", Array(Plain(total), Plain(scheme))))
    Exit Function
failed:
    PERF_GRADE = Unavailable()
End Function

Public Function PERF_SCORE(target, actual, weight, Optional nature, Optional scheme)
    On Error GoTo failed
    PERF_SCORE = Answer(Server.CallUDF("jixiao.cells", "PERF_SCORE", Array(Plain(target), Plain(actual), Plain(weight), Plain(nature), Plain(scheme))))
    Exit Function
failed:
    PERF_SCORE = Unavailable()
End Function

Public Function PERF_EXEC_RATE(executed, budget)
    On Error GoTo failed
    PERF_EXEC_RATE = Answer(Server.CallUDF("jixiao.cells", "PERF_EXEC_RATE", Array(Plain(executed), Plain(budget))))
    Exit Function
failed:
    PERF_EXEC_RATE = Unavailable()
End Function

Public Function PERF_EXEC_SCORE(executed, budget, Optional weight, Optional scheme)
    On Error GoTo failed
    PERF_EXEC_SCORE = Answer(Server.CallUDF("jixiao.cells", "PERF_EXEC_SCORE", Array(Plain(executed), Plain(budget), Plain(weight), Plain(scheme))))
    Exit Function
failed:
    PERF_EXEC_SCORE = Unavailable()
End Function

Public Function PERF_ARRIVAL_RATE(arrived, budget)
    On Error GoTo failed
    PERF_ARRIVAL_RATE = Answer(Server.CallUDF("jixiao.cells", "PERF_ARRIVAL_RATE", Array(Plain(arrived), Plain(budget))))
    Exit Function
failed:
    PERF_ARRIVAL_RATE = Unavailable()
End Function

Public Function PERF_TIER_CHECK(tier, weight, score)
    On Error GoTo failed
    PERF_TIER_CHECK = Answer(Server.CallUDF("jixiao.cells", "PERF_TIER_CHECK", Array(Plain(tier), Plain(weight), Plain(score))))
    Exit Function
failed:
    PERF_TIER_CHECK = Unavailable()
End Function

Public Function PERF_SATISFACTION_SCORE(satisfaction, target, weight, Optional scheme)
    On Error GoTo failed
    PERF_SATISFACTION_SCORE = Answer(Server.CallUDF("jixiao.cells", "PERF_SATISFACTION_SCORE", Array(Plain(satisfaction), Plain(target), Plain(weight), Plain(scheme))))
    Exit Function
failed:
    PERF_SATISFACTION_SCORE = Unavailable()
End Function

Public Function PERF_WEIGHT_DIFF(weights, Optional expected)
    On Error GoTo failed
    PERF_WEIGHT_DIFF = Answer(Server.CallUDF("jixiao.cells", "PERF_WEIGHT_DIFF", Array(Plain(weights), Plain(expected))))
    Exit Function
failed:
    PERF_WEIGHT_DIFF = Unavailable()
End Function

Public Function PERF_COMPLETION(actual, target)
    On Error GoTo failed
    PERF_COMPLETION = Answer(Server.CallUDF("jixiao.cells", "PERF_COMPLETION", Array(Plain(actual), Plain(target))))
    Exit Function
failed:
    PERF_COMPLETION = Unavailable()
End Function

Public Function PERF_DEVIATION(target, actual)
    On Error GoTo failed
    PERF_DEVIATION = Answer(Server.CallUDF("jixiao.cells", "PERF_DEVIATION", Array(Plain(target), Plain(actual))))
    Exit Function
failed:
    PERF_DEVIATION = Unavailable()
End Function

Public Function PERF_GROWTH(this_year, last_year)
    On Error GoTo failed
    PERF_GROWTH = Answer(Server.CallUDF("jixiao.cells", "PERF_GROWTH", Array(Plain(this_year), Plain(last_year))))
    Exit Function
failed:
    PERF_GROWTH = Unavailable()
End Function

Public Function PERF_SHARE(part, whole)
    On Error GoTo failed
    PERF_SHARE = Answer(Server.CallUDF("jixiao.cells", "PERF_SHARE", Array(Plain(part), Plain(whole))))
    Exit Function
failed:
    PERF_SHARE = Unavailable()
End Function

Public Function PERF_SAVING_RATE(plan, spent)
    On Error GoTo failed
    PERF_SAVING_RATE = Answer(Server.CallUDF("jixiao.cells", "PERF_SAVING_RATE", Array(Plain(plan), Plain(spent))))
    Exit Function
failed:
    PERF_SAVING_RATE = Unavailable()
End Function

Public Function PERF_BAND_SCORE(value, full, zero, weight)
    On Error GoTo failed
    PERF_BAND_SCORE = Answer(Server.CallUDF("jixiao.cells", "PERF_BAND_SCORE", Array(Plain(value), Plain(full), Plain(zero), Plain(weight))))
    Exit Function
failed:
    PERF_BAND_SCORE = Unavailable()
End Function

Public Function PERF_STEP_SCORE(value, full, step_size, cut, weight)
    On Error GoTo failed
    PERF_STEP_SCORE = Answer(Server.CallUDF("jixiao.cells", "PERF_STEP_SCORE", Array(Plain(value), Plain(full), Plain(step_size), Plain(cut), Plain(weight))))
    Exit Function
failed:
    PERF_STEP_SCORE = Unavailable()
End Function

Public Function PERF_SURVEY_SCORE(counts, points, valid)
    On Error GoTo failed
    PERF_SURVEY_SCORE = Answer(Server.CallUDF("jixiao.cells", "PERF_SURVEY_SCORE", Array(Plain(counts), Plain(points), Plain(valid))))
    Exit Function
failed:
    PERF_SURVEY_SCORE = Unavailable()
End Function

Public Function PERF_WAN(yuan)
    On Error GoTo failed
    PERF_WAN = Answer(Server.CallUDF("jixiao.cells", "PERF_WAN", Array(Plain(yuan))))
    Exit Function
failed:
    PERF_WAN = Unavailable()
End Function

Public Function PERF_EXPLAIN(target, actual, weight, Optional nature, Optional scheme)
    On Error GoTo failed
    PERF_EXPLAIN = Answer(Server.CallUDF("jixiao.cells", "PERF_EXPLAIN", Array(Plain(target), Plain(actual), Plain(weight), Plain(nature), Plain(scheme))))
    Exit Function
failed:
    PERF_EXPLAIN = Unavailable()
End Function

Public Sub DescribeFunctions()
    Describe "PERF_GRADE", "绩效", _
        "按总分给出评价等次（优、良、中、差）；总分不先舍入，89.996 是良。", Array( _
        "0 至 100 的总分", _
        "评分方案，如 national-2020；省略时用财预〔2020〕10号")
    Describe "PERF_SCORE", "绩效", _
        "一项指标的得分：达到指标值得满分，未达到按完成比例；文字和单位不同、不能比较的，一字不差得满分，其余留空由人评分；性质为 ≥ ≤ ＞ ＜ ＝ 的不能填文字。", Array( _
        "年度指标值，如 95、≥95%、≥24场、及时", _
        "实际完成值", _
        "满分，即权重", _
        "指标性质：＝ ≥ ≤ ＞ ＜ 定性；省略时看指标值前的符号，都没有按＝", _
        "评分方案，如 national-2020；省略时用财预〔2020〕10号")
    Describe "PERF_EXEC_RATE", "绩效", _
        "预算执行率＝执行数÷预算数，保留四位小数（99.83%）；预算数为 0 的留空。", Array( _
        "执行（实际支出）数", _
        "预算数，口径按表格：调整后预算数或实际到位数")
    Describe "PERF_EXEC_SCORE", "绩效", _
        "预算执行率得分＝分值×执行率，不超过分值，保留两位小数；预算数为 0 的留空。", Array( _
        "执行（实际支出）数", _
        "预算数，口径按表格：调整后预算数或实际到位数", _
        "满分，即权重", _
        "评分方案，如 national-2020；省略时用财预〔2020〕10号")
    Describe "PERF_ARRIVAL_RATE", "绩效", _
        "资金到位率＝实际到位数÷预算数，保留四位小数；预算数为 0 的留空。", Array( _
        "实际到位数", _
        "预算数，口径按表格：调整后预算数或实际到位数")
    Describe "PERF_TIER_CHECK", "绩效", _
        "核对定性指标的得分是否在所选档次之内；只核对，不给分。", Array( _
        "档次的名称或序号：1 达成年度指标，2 部分达成，3 未达成", _
        "满分，即权重", _
        "所给的得分")
    Describe "PERF_SATISFACTION_SCORE", "绩效", _
        "满意度指标的得分：达到指标值得满分，未达到按比例，保留两位小数。", Array( _
        "调查得到的满意度", _
        "年度指标值，如 95、≥95%、≥24场、及时", _
        "满分，即权重", _
        "评分方案，如 national-2020；省略时用财预〔2020〕10号")
    Describe "PERF_WEIGHT_DIFF", "绩效", _
        "分值合计与应有合计之差，相符为 0。", Array( _
        "一列分值；空白不计", _
        "应有的合计，省略时为 100")
    Describe "PERF_COMPLETION", "绩效", _
        "完成率＝完成值÷指标值，保留四位小数；不能比较的、指标值为 0 的留空。", Array( _
        "实际完成值", _
        "年度指标值，如 95、≥95%、≥24场、及时")
    Describe "PERF_DEVIATION", "绩效", _
        "偏差率＝（完成值－指标值）÷指标值，保留四位小数；不能比较的、指标值为 0 的留空。", Array( _
        "年度指标值，如 95、≥95%、≥24场、及时", _
        "实际完成值")
    Describe "PERF_GROWTH", "绩效", _
        "增长率＝（本年－上年）÷上年，保留四位小数；上年为 0 的写“不可比”，两年都是 0 的留空。", Array( _
        "本年数", _
        "上年数")
    Describe "PERF_SHARE", "绩效", _
        "占比＝部分÷总数，保留四位小数；总数为 0 的留空。", Array( _
        "其中一部分", _
        "总数")
    Describe "PERF_SAVING_RATE", "绩效", _
        "成本节约率＝（计划成本－实际成本）÷计划成本，保留四位小数；计划成本为 0 的留空。", Array( _
        "计划成本", _
        "实际成本")
    Describe "PERF_BAND_SCORE", "绩效", _
        "达到满分线得满分，到零分线不得分，其间按比例，保留两位小数；两线高低不限。", Array( _
        "实际值", _
        "得满分的值", _
        "不得分的值", _
        "满分，即权重")
    Describe "PERF_STEP_SCORE", "绩效", _
        "达到满分线得满分，每差一步扣一次分，不足一步不扣，扣完为止。", Array( _
        "实际值", _
        "得满分的值", _
        "一步多大：正数表示低于满分线扣分，负数表示高于满分线扣分", _
        "每差一步扣的分", _
        "满分，即权重")
    Describe "PERF_SURVEY_SCORE", "绩效", _
        "问卷平均得分＝Σ（份数×分值）÷有效份数，保留两位小数；没有有效份数的留空。", Array( _
        "各选项的份数", _
        "一列分值；空白不计", _
        "有效问卷份数")
    Describe "PERF_WAN", "绩效", _
        "把元换算成万元，保留两位小数。", Array( _
        "以元为单位的金额")
    Describe "PERF_EXPLAIN", "绩效", _
        "用文字说明一项指标的得分是怎样算出来的。", Array( _
        "年度指标值，如 95、≥95%、≥24场、及时", _
        "实际完成值", _
        "满分，即权重", _
        "指标性质：＝ ≥ ≤ ＞ ＜ 定性；省略时看指标值前的符号，都没有按＝", _
        "评分方案，如 national-2020；省略时用财预〔2020〕10号")
End Sub
