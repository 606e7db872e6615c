"""Random valid forms of seven layouts, each with the truth of its cells.

A layout is written as in a ``.form`` file; what stands in braces is filled in, and a line with ``*`` before it is there for
every indicator. Amounts add up, weights are 100, rates and scores follow, and whoever missed a target says why.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import NamedTuple

from form_file import ABOVE, FormFile, parse

CENT = Decimal("0.01")
REASON = "受天气影响，部分工作推迟，已列入下年计划"

NATIONAL = """\
载体：工作表
金额单位：万元
表数：1
【表】
项目支出绩效自评表 | < | < | < | < | < | < | < | <
（{年度}年度） | < | < | < | < | < | < | < | <
项目名称 | < | {项目} ::项目名称 | < | < | < | < | < | <
主管部门 | < | {部门} ::主管部门 | < | 实施单位 | {单位} ::实施单位 | < | < | <
项目资金⏎（万元） | < |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
【资金】 _ | _ | _ | 年初预算数 | 全年预算数 | 执行数 | 分值 | 执行率 | 得分
^ | < | 年度资金总额 ::总额 | {总额预算} | {总额预算} | {总额执行} | 10 | {总额率} | {执行得分}
^ | < | 其中：当年财政拨款 ::财政拨款 | {甲预算} | {甲预算} | {甲执行} | — |  | —
^ | < | 上年结转资金 ::上年结转 | {乙预算} | {乙预算} | {乙执行} | — |  | —
^ | < | 其他资金 ::其他资金 | {丙预算} | {丙预算} | {丙执行} | — |  | —
【完】
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | <
^ | {目标} ::预期目标 | < | < | < | {完成} ::目标完成情况 | < | < | <
绩⏎效⏎指⏎标 | 一级指标 | 二级指标 | 三级指标 | 年度⏎指标值 | 实际⏎完成值 | 分值 | 得分 | 偏差原因分析及改进措施
【指标】 _ | 一级 | 二级 | 三级 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因
*^ | {一级} | {二级} | {三级} | {指标值} | {完成值} | {分值} | {得分} | {原因}
【完】
总分 | < | < | < | < | < | 100 ::分值合计 | {总分} ::总分 |
"""

SICHUAN = """\
载体：Word表格
金额单位：万元
表数：1
【段】部门预算项目支出绩效自评表（{年度}年度）
【表】
项目名称 | {项目} ::项目名称 | < | < | < | < | < | < | < | < | <
主管部门 | {部门} ::主管部门 | < | < | < | 实施单位（盖章） | < | {单位} ::实施单位 | < | < | <
项目基本情况 | 1.项目年度目标完成情况 | < | 项目年度目标 | < | < | < | 年度目标完成情况 | < | < | <
^ | ^ | < | {目标} ::预期目标 | < | < | < | {完成} ::目标完成情况 | < | < | <
^ | 2.项目实施内容及过程概述 | < | {概况} ::项目概况 | < | < | < | < | < | < | <
预算执行情况（10分） | 年度预算数（万元） | 年初预算 | 调整后预算数 | 预算执行数 | < | 预算执行率 | < | 权重 | 得分 | 原因
【资金】 _ | _ | 年初预算数 | 全年预算数 | 执行数 | _ | 执行率 | _ | 分值 | 得分 | 原因
^ | 总额 ::总额 | {总额预算} | {总额预算} | {总额执行} | < | {总额率} | < | 10 | {执行得分} |
^ | 其中：财政资金 ::财政拨款 | {甲预算} | {甲预算} | {甲执行} | < |  | < | / | / |
^ | 单位资金 ::单位资金 | {乙预算} | {乙预算} | {乙执行} | < |  | < | / | / |
^ | 其他资金 ::其他资金 | {丙预算} | {丙预算} | {丙执行} | < |  | < | / | / |
【完】
绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析
【指标】 _ | 一级 | 二级 | 三级 | 性质 | 指标值 | 度量单位 | 完成值 | 分值 | 得分 | 偏差原因
*^ | {一级} | {二级} | {三级} | {性质} | {值} | {单} | {完成数} | {分值} | {得分} | {原因}
【完】
合计 | < | < | < | < | < | < | < | 100 ::分值合计 | {总分} ::总分 |
存在问题 | {问题} ::问题 | < | < | < | < | < | < | < | < | <
改进措施 | {措施} ::改进措施 | < | < | < | < | < | < | < | < | <
"""

YUNNAN = """\
载体：工作表
金额单位：元
表数：1
【表】
{年度}年度项目支出绩效自评表 | < | < | < | < | < | < | < | < | <
项目名称 | < | {项目} ::项目名称 | < | < | < | < | < | < | <
主管部门 | < | {部门} ::主管部门 | < | < | 实施单位 | {单位} ::实施单位 | < | < | <
项目资金⏎（元） | < |  | 年初预算数 | 全年预算数 | < | 全年执行数 | 分值 | 执行率 | 得分
【资金】 _ | _ | _ | 年初预算数 | 全年预算数 | _ | 执行数 | 分值 | 执行率 | 得分
^ | < | 年度资金总额 ::总额 | {总额预算} | {总额预算} | < | {总额执行} | 10 | {总额率} | {执行得分}
^ | < | 其中：当年财政拨款 ::财政拨款 | {甲预算} | {甲预算} | < | {甲执行} | — |  | —
^ | < | 上年结转资金 ::上年结转 | {乙预算} | {乙预算} | < | {乙执行} | — |  | —
^ | < | 其他资金 ::其他资金 | {丙预算} | {丙预算} | < | {丙执行} | — |  | —
【完】
年度⏎总体⏎目标 | < | 预期目标 | < | < | < | 实际完成情况 | < | < | <
^ | < | {目标} ::预期目标 | < | < | < | {完成} ::目标完成情况 | < | < | <
绩效指标 | < | < | 年度指标值 | < | < | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | ^ | ^ | ^ | ^
【指标】 一级 | 二级 | 三级 | 性质 | 指标值 | 度量单位 | 完成值 | 分值 | 得分 | 偏差原因
*{一级} | {二级} | {三级} | {性质} | {值} | {单} | {完成值} | {分值} | {得分} | {原因}
【完】
其他需要说明事项 | < | < | 无 ::说明 | < | < | < | < | < | <
总分 | < | < | < | < | < | < | 100 ::分值合计 | {总分} ::总分 | {等次} ::等次
"""

WEIGHT_FIRST = """\
载体：Word表格
金额单位：元
表数：1
【段】财政项目支出绩效自评表
【段】（{年度}年度）
【表】
项目名称 | < | {项目} ::项目名称 | < | < | < | < | <
主管部门 | < | {部门} ::主管部门 | < | 实施单位 | < | {单位} ::实施单位 | <
资金情况（元） | < |  | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分
【资金】 _ | _ | _ | 全年预算数 | 执行数 | 分值 | 执行率 | 得分
^ | < | 年度资金总额： ::总额 | {总额预算} | {总额执行} | 10 | {总额率} | {执行得分}
^ | < | 其中：本年财政拨款 ::财政拨款 | {甲预算} | {甲执行} | — |  | —
^ | < | 上年结转资金 ::上年结转 | {乙预算} | {乙执行} | — |  | —
^ | < | 其他资金 ::其他资金 | {丙预算} | {丙执行} | — |  | —
【完】
年度总体目标 | 年初设定目标 | < | < | 全年实际完成情况 | < | < | <
^ | {目标} ::预期目标 | < | < | {完成} ::目标完成情况 | < | < | <
一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 | 未完成原因及拟采取的改进措施
【指标】 一级 | 二级 | 三级 | 分值 | 指标值 | 完成值 | 得分 | 偏差原因
*{一级} | {二级} | {三级} | {分值} | {指标值} | {完成值} | {得分} | {原因}
【完】
总分 | < | < | 100 ::分值合计 |  |  | {总分} ::总分 |
"""

TRANSFER = """\
载体：Word表格
金额单位：万元
表数：1
【段】转移支付绩效目标自评表
【段】（{年度}年度）
【表】
转移支付（项目）名称 | < | {项目} ::项目名称 | < | < | < | <
中央主管部门 | < | {部门} ::主管部门 | < | < | < | <
地方主管部门 | < | {地方部门} ::地方主管部门 | < | 资金使用单位 | {单位} ::实施单位 | <
项目资金⏎（万元） | < |  | < | 全年预算数（A） | 全年执行数（B） | 预算执行率（B/A）
【资金】 _ | _ | _ | _ | 全年预算数 | 执行数 | 执行率
^ | < | 年度资金总额： ::总额 | < | {总额预算} | {总额执行} | {总额率}
^ | < | 其中：中央财政资金 ::中央 | < | {甲预算} | {甲执行} |
^ | < | 地方资金 ::地方 | < | {乙预算} | {乙执行} |
^ | < | 其他资金 ::其他资金 | < | {丙预算} | {丙执行} |
【完】
总体目标完成情况 | 总体目标 | < | < | 全年实际完成情况 | < | <
^ | {目标} ::预期目标 | < | < | {完成} ::目标完成情况 | < | <
绩效指标 | 一级⏎指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因和改进措施
【指标】 _ | 一级 | 二级 | 三级 | 指标值 | 完成值 | 偏差原因
*^ | {一级} | {二级} | {三级} | {指标值} | {完成值} | {原因}
【完】
说明 | 无 ::说明 | < | < | < | < | <
"""

RUBRIC = """\
载体：工作表
金额单位：未注明
表数：1
【表】
{年度}年度部门整体支出绩效评价自评表 | < | < | < | < | < | <
单位：{单位} ::实施单位 | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标分值 | 指标解释 | 指标说明及评分标准 | 自评得分
【指标】 一级 | 二级 | 三级 | 分值 | 指标解释 | 评分标准 | 得分
*{一级含分} | {二级} | {三级} | {分值} | {解释} | {标准} | {得分}
【完】
合计 | < | < | 100 ::分值合计 |  |  | {指标总分} ::总分
"""

MONITORING = """\
载体：工作表
金额单位：万元
表数：1
【表】
项目支出绩效目标执行监控表 | < | < | < | < | < | < | <
（{年度}年度） | < | < | < | < | < | < | <
项目名称 | < | {项目} ::项目名称 | < | < | < | < | <
主管部门及代码 | < | {部门} ::主管部门 | < | 实施单位 | {单位} ::实施单位 | < | <
项目资金⏎（万元） | < |  | 年初预算数 | 1-7月执行数 | 1-7月执行率 | 全年预计执行数 | <
【资金】 _ | _ | _ | 年初预算数 | 中期执行数 | 中期执行率 | 预计执行数 | _
^ | < | 年度资金总额 ::总额 | {总额预算} | {总额半年} | {总额半年率} | {总额执行} | <
^ | < | 其中：一般公共预算拨款 ::一般公共预算 | {甲预算} | {甲半年} |  | {甲执行} | <
^ | < | 其他资金 ::其他资金 | {丁预算} | {丁半年} |  | {丁执行} | <
【完】
年度总体目标 | < | {目标} ::预期目标 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 完成目标可能性 | 备注
【指标】 一级 | 二级 | 三级 | 指标值 | 中期完成 | 预计完成 | 完成可能性 | 备注
*{一级} | {二级} | {三级} | {指标值} | {半年值} | {指标值} | 确定能 |
"""

LAYOUTS: Mapping[str, str] = {
    "national": NATIONAL,
    "sichuan": SICHUAN,
    "yunnan": YUNNAN,
    "weight-first": WEIGHT_FIRST,
    "transfer": TRANSFER,
    "rubric": RUBRIC,
    "monitoring": MONITORING,
}

LEVELS: Sequence[tuple[str, int, Sequence[str]]] = (
    ("产出指标", 50, ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", 30, ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", 10, ("服务对象满意度指标",)),
)
RUBRIC_LEVELS: Sequence[tuple[str, int, Sequence[str]]] = (
    ("投入", 20, ("目标设定", "预算配置")),
    ("过程", 30, ("预算执行", "预算管理", "资产管理")),
    ("产出", 30, ("职责履行",)),
    ("效果", 20, ("履职效益",)),
)


def form(layout: str, seed: int) -> FormFile:
    """A valid filled form."""
    random = Random(f"{layout} {seed}")
    levels = RUBRIC_LEVELS if layout == "rubric" else LEVELS
    rows = list(_indicators(random, levels))
    values = _facts(random) | _funds(random, "元" if layout in ("yunnan", "weight-first") else "万元")
    values |= _totals(rows, Decimal(values["执行得分"]))
    return parse(f"{layout}-{seed}", "\n".join(_lines(LAYOUTS[layout], values, rows)))


def _lines(layout: str, values: Mapping[str, str], rows: Sequence["_Indicator"]) -> Iterator[str]:
    for line in layout.splitlines():
        if line.startswith("*"):
            yield from (line[1:].format(**row.cells) for row in rows)
        else:
            yield line.format(**values)


# ---------------------------------------------------------------- what is filled in


class _Indicator(NamedTuple):
    """One row: its cells by their word in the layouts, and its score."""

    cells: Mapping[str, str]
    score: Decimal


def _indicators(random: Random, levels: Sequence[tuple[str, int, Sequence[str]]]) -> Iterator[_Indicator]:
    numbers = iter(random.sample(range(100, 1000), 60))
    for level1, points, all_below in levels:
        below = sorted(random.sample(range(len(all_below)), random.randint(1, len(all_below))))
        counts = [random.randint(1, 3) for _ in below]
        weights = iter(_split(random, points, sum(counts)))
        above1 = level1
        for at, count in zip(below, counts, strict=True):
            above2 = all_below[at]
            for _ in range(count):
                yield _indicator(random, (above1, above2, points), next(numbers), next(weights))
                above1 = above2 = ABOVE


def _indicator(random: Random, levels: tuple[str, str, int], number: int, weight: int) -> _Indicator:
    level1, level2, points = levels
    target = random.choice([_counted, _percentage, _worded])(random)
    score = (weight * target.share).quantize(CENT, ROUND_HALF_UP)
    cells = {
        "一级": level1,
        "一级含分": level1 if level1 == ABOVE else f"{level1}（{points}分）",
        "二级": level2,
        "三级": f"{random.choice(_TASKS)}{number}",
        "分值": str(weight),
        "得分": _plain(score),
        "原因": REASON if target.share < 1 else "",
        "解释": f"反映{random.choice(_TASKS)}的情况",
        "标准": f"全部做到得{weight}分；每少一项扣0.5分，扣完为止。",
        **target.cells,
    }
    return _Indicator(cells, score)


class _Target(NamedTuple):
    cells: Mapping[str, str]
    share: Decimal  # of it that was reached, at most 1


def _counted(random: Random) -> _Target:
    target, unit = random.randint(2, 400) * 5, random.choice(["人次", "场", "套", "份", "户"])
    actual = target * random.choice([100, 100, 105, 80]) // 100
    return _reached("≥", target, unit, actual, target * 2 // 5)


def _percentage(random: Random) -> _Target:
    target = random.randint(85, 98)
    return _reached("≥", target, "%", target + random.choice([0, 1, 2]), target // 2)


def _reached(sign: str, target: int, unit: str, actual: int, half: int) -> _Target:
    cells = {
        "指标值": f"{sign}{target}{unit}",
        "完成值": f"{actual}{unit}",
        "性质": sign,
        "值": str(target),
        "单": unit,
        "完成数": str(actual),
        "半年值": f"{half}{unit}",
    }
    return _Target(cells, min(Decimal(1), Decimal(actual) / target))


def _worded(random: Random) -> _Target:
    words = random.choice(["及时", "达标", "持续改善", "有效"])
    cells = {
        "指标值": words,
        "完成值": words,
        "性质": "定性",
        "值": words,
        "单": "",
        "完成数": words,
        "半年值": "正在推进",
    }
    return _Target(cells, Decimal(1))


_TASKS = ("举办培训", "更新设备", "发放补助", "巡查河道", "编印资料", "维修场馆", "走访群众", "抽查样品")
_PLACES = ("青禾县", "柳溪镇", "东岭区", "石桥街道")
_TRADES = ("文化和旅游局", "农业农村局", "图书馆", "卫生健康局", "档案馆", "水务局")


def _facts(random: Random) -> dict[str, str]:
    place = random.choice(_PLACES)
    task, other = random.sample(_TASKS, 2)
    return {
        "年度": str(random.randint(2019, 2025)),
        "项目": f"{place}{task}专项经费",
        "部门": place + random.choice(_TRADES),
        "地方部门": f"某市{random.choice(_TRADES)}",
        "单位": f"{place}{random.choice(_TRADES)}服务中心",
        "目标": f"全年{task}，{other}。",
        "完成": f"已按计划{task}，{other}。",
        "概况": f"按季度{task}，全过程公开。",
        "问题": "预算编制不够细。",
        "措施": "提早编制预算，按月检查进度。",
    }


def _funds(random: Random, unit: str) -> dict[str, str]:
    """Amounts of three sources and their total; the fourth is the second and third together."""
    budgets = {name: _amount(random, unit) for name in "甲乙丙"}
    shares = {name: Decimal(random.choice([100, 100, 99, 96, 93])) / 100 for name in "甲乙丙"}
    spent = {name: (budgets[name] * shares[name]).quantize(CENT, ROUND_HALF_UP) for name in "甲乙丙"}
    half = {name: (budgets[name] / 2).quantize(CENT, ROUND_HALF_UP) for name in "甲乙丙"}
    for amounts in (budgets, spent, half):
        amounts["丁"] = amounts["乙"] + amounts["丙"]
        amounts["总额"] = amounts["甲"] + amounts["丁"]
    rate = spent["总额"] / budgets["总额"]
    found = {
        f"{name}{word}": str(v)
        for word, a in (("预算", budgets), ("执行", spent), ("半年", half))
        for name, v in a.items()
    }
    return found | {
        "总额率": _percent(rate),
        "总额半年率": _percent(half["总额"] / budgets["总额"]),
        "执行得分": _plain((10 * rate).quantize(CENT, ROUND_HALF_UP)),
    }


def _amount(random: Random, unit: str) -> Decimal:
    most = 10 ** random.randint(4, 6) if unit == "万元" else 10 ** random.randint(6, 8)
    return Decimal(random.randint(most // 10, most)) / 100


def _totals(rows: Sequence[_Indicator], execution: Decimal) -> dict[str, str]:
    scores = sum((row.score for row in rows), Decimal(0))
    total = scores + execution
    grade = next(grade for least, grade in ((90, "优"), (80, "良"), (60, "中"), (0, "差")) if total >= least)
    return {"指标总分": _plain(scores), "总分": _plain(total), "等次": grade}


def _split(random: Random, total: int, parts: int) -> list[int]:
    cuts = sorted(random.sample(range(1, total), parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _percent(share: Decimal) -> str:
    return f"{(100 * share).quantize(CENT, ROUND_HALF_UP)}%"
