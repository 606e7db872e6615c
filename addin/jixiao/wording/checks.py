"""What checks say, by code: one table to review.

``R18.unit`` is a second thing to say under the code R18. Words in braces are filled in by the check: ``{stated}`` and
``{expected}`` are the values of the finding, ``{scheme.title}`` and the like come from the scheme. Where ``expected`` is
given here, the check gives none. A line reads: level · place: message；应为 expected（citation）。suggestion
"""

from collections.abc import Mapping
from typing import NamedTuple

_LAW = "财预〔2020〕10号，摘要"
_FORM = "表内勾稽关系"
_RATE = "{scheme.rate_citation}"
_NOTES = "{scheme.form_citation}"
_SCHEME = "{scheme.citation}"

WEIGHT = "分值"
"""What a score may reach where no weight is stated."""
LOST = "{score}（分值{weight}）"


class Text(NamedTuple):
    """One thing a check can say."""

    severity: str
    message: str
    suggestion: str
    citation: str = _SCHEME
    expected: str | None = None


def _error(message: str, suggestion: str, citation: str = _SCHEME, expected: str | None = None) -> Text:
    return Text("error", message, suggestion, citation, expected)


def _warning(message: str, suggestion: str, citation: str = _SCHEME, expected: str | None = None) -> Text:
    return Text("warning", message, suggestion, citation, expected)


def _info(message: str, suggestion: str, citation: str = _SCHEME, expected: str | None = None) -> Text:
    return Text("info", message, suggestion, citation, expected)


TEXTS: Mapping[str, Text] = {
    # the checks themselves
    "R00": _warning(
        "{code}这一项校验未能完成（{problem}）", "其他各项不受影响；请核对该项，并把本表发给维护人员。", _FORM
    ),
    "R00.scheme": _warning("评分方案“{stated}”未收录，暂按“{scheme.title}”校验", "请核对表内的方案名称。"),
    "R58": _warning(
        "公式未能计算，显示为{stated}",
        "请先“填写”（jixiao fill）再校验；仍为#VALUE!的核对所用的数。",
        "表内公式",
    ),
    "R58.unsaved": _warning(
        "公式没有保存结果，也不能代为计算，有关各项未核对",
        "请用 Excel、WPS 或 LibreOffice 打开本表，保存后再校验。",
        "表内公式",
    ),
    # funds
    "R01": _error("执行率填{stated}", "请核对执行数和预算数，或改正执行率。", _RATE),
    "R03": _error("填{stated}，与其中各来源之和不符", "请核对各来源金额和总额。", _FORM),
    "R03.rounding": _info(
        "填{stated}，各来源之和为{computed}，相差恰在舍入范围的边上", "多为四舍五入所致，一般无需修改。", _FORM
    ),
    "R62": _error("填{stated}，与该栏各格之和不符", "请核对各格和合计。", _FORM),
    "R62.rounding": _info(
        "填{stated}，该栏各格之和为{computed}，相差恰在舍入范围的边上", "多为四舍五入所致，一般无需修改。", _FORM
    ),
    "R04": _error("没有预算和支出，执行率填{stated}", "请清空这一格。", _RATE, "空白、—、/或0.00%"),
    "R28": _error(
        "执行数{stated}，大于预算数（到位数）{limit}",
        "确有追加的，请先更正预算数；否则请核对执行数。",
        _LAW,
        "不超过{limit}",
    ),
    "R28.rounding": _info(
        "执行数{stated}，预算数（到位数）{limit}，相差恰在舍入范围的边上", "多为四舍五入所致，一般无需修改。", _LAW
    ),
    "R29": _error("填{stated}，与各明细之和不符", "请核对明细金额和合计。", _FORM),
    "R29.rounding": _info(
        "填{stated}，各明细之和为{computed}，相差恰在舍入范围的边上", "多为四舍五入所致，一般无需修改。", _FORM
    ),
    "R29.doubled": _error(
        "填{stated}，“其中”各行又加了一次", "“其中”各行只说明来源，不再加入合计，请改正合计。", _FORM
    ),
    "R51": _info("执行率填{stated}，按表内数字计为{computed}，舍入所致", "无需修改。", _RATE),
    "R51.yuan": _info("{stated}，按文中金额（元）计为{computed}，舍入所致", "无需修改。", _RATE),
    "R38.amount": _warning(
        "表中填{stated}，文中写{told}，只差单位", "请核对：表头的金额单位是{unit}，金额应按{unit}填写。", _FORM
    ),
    "R38.funds": _error(
        "填{stated}，与来源之和或预算数正好相差一万倍", "请核对金额单位，可能是把元填进了万元的格子。", _FORM
    ),
    # weights
    "R05": _error("分值合计{stated}分", "请调整各项分值。"),
    "R05.goal": _warning("各指标的分值合计{stated}分", "请核对各项分值。", _FORM, "100（预算执行率另计的，为90或80）"),
    "R06": _error("分值填{stated}，与所含下级指标分值之和不符", "请核对本级和下级的分值。", _FORM),
    "R06.total": _error("分值合计填{stated}，与各项之和不符", "请改正合计。", _FORM),
    "R07": _warning("分值为{stated}，与统一设置的不同", "确因项目特点调整的，可以保留；否则请按统一分值设置。"),
    # scores and totals
    "R02": _error(
        "填{stated}，按执行率{rate}计得分（{scheme.title}）",
        "请改正得分，总分和等次随之更正。",
        "{scheme.execution_citation}",
    ),
    "R02.printed": _error("填{stated}，执行率{rate}，与栏内所印的算法不符", "请按所印的算法改正得分。", _FORM),
    "R02.whole": _info(
        "填{stated}，得分按执行率{rate}计为{expected}，取整所致", "无需修改。", "{scheme.execution_citation}"
    ),
    "R08": _error("得分填{stated}，超出分值范围", "请核对得分和分值。", expected="0至{most}"),
    "R09": _error("总分填{stated}，与各项得分之和不符", "请改正总分，并核对各项得分。", _FORM),
    "R09.rounding": _info("总分填{stated}，各项得分之和为{expected}，舍入所致", "建议按各项得分之和填写。", _FORM),
    "R09.weight": _error("分值合计填{stated}，与各项分值之和不符", "请改正合计。", _FORM),
    "R14": _error("等次填“{stated}”，总分{total}", "请核对总分和等次。"),
    "R14.hidden": _warning("显示{stated}，单元格内实为{exact}", "请把总分按显示的位数取整，以免等次判断不一。"),
    "R14.possible": _warning(
        "等次填“{stated}”，总分{total}，通行的分数线都不是这样分等", "请核对总分、等次和本地的分数线。", _LAW
    ),
    "R14.unknown": _warning("等次填“{stated}”，不在本方案的等次之内", "请按本方案的等次填写。"),
    # scores of single indicators
    "R10": _error("“{row}”得分{stated}，按完成比例应低一些", "请核对完成值和得分。", _LAW),
    "R10.low": _warning("“{row}”得分{stated}，低于按完成比例计算的得分", "另有扣分的，请在原因栏说明。", _LAW),
    "R11": _error(
        "“{row}”得分{stated}，超过指标值的反向指标应再扣分", "请核对完成值和得分。", "{scheme.reverse_citation}"
    ),
    "R11.low": _warning(
        "“{row}”得分{stated}，低于按公式计算的得分", "另有扣分的，请在原因栏说明。", "{scheme.reverse_citation}"
    ),
    "R12": _warning("“{stated}”是全部选项，不是一个档次", "请只填目标要达到的那一个档次。", _LAW, "一个档次"),
    "R12.tier": _error("得分{stated}，不在“{tier}”的得分范围内", "请核对完成值的档次和得分。", _LAW, "{least}至{most}"),
    "R13": _warning("{stated}，为指标值的{multiple}倍", "请分析原因；指标值偏低的，建议下年调高。", _LAW),
    "R13.reason": _warning(
        "{stated}，为指标值的{multiple}倍，未写原因", "请填写原因；因指标值明显偏低的，应酌情扣减得分。", _LAW
    ),
    # reasons
    "R15": _error("{stated}，完成值未达到指标值", "请补填偏差原因和改进措施。", _LAW, "偏差原因"),
    "R16": _warning("{stated}，得分{lost}", "请补填扣分原因；没有原因的，可记满分。", _LAW, "扣分原因"),
    "R26": _warning(
        "年初预算{initial}，调整后{adjusted}，此栏{stated}", "请单独说明追加或调减的理由。", _NOTES, "调整理由"
    ),
    "R27": _error("执行率{rate}，低于{limit}，此栏{stated}", "请说明原因（100字以内）。", _NOTES, "执行率偏低的原因"),
    # entries
    "R17": _error("“{stated}”列在“{level1}”之下", "请移到所属的一级指标之下。", _NOTES),
    "R18.number": _error("“{stated}”不是数字", "请只填数字；单位和说明不写在这一格。", _FORM, "数字"),
    "R18.negative": _error("填{stated}，为负数", "金额和分值不填负数，请核对。", _FORM, "不小于0的数"),
    "R18.points": _warning("得分填“{stated}”，为百分数", "得分请填分数，与总分同一口径。", _FORM, "分数"),
    "R18.nature": _error("指标性质填“{stated}”", "请从下拉列表中选择。", _NOTES, "＝、≥、≤、＞、＜或定性"),
    "R18.target": _error("定量指标的指标值填“{stated}”", "请填数字；不能计量的，指标性质请选“定性”。", _NOTES, "数字"),
    "R18.actual": _error("定量指标的完成值填“{stated}”", "请填实际完成的数字，单位与指标值相同。", _NOTES, "数字"),
    "R18.unit": _error(
        "完成值填“{stated}”，与度量单位不一致", "请按度量单位填写完成值。", _NOTES, "与指标值同一单位的数字"
    ),
    "R18.percent": _warning(
        "定性指标的度量单位填“%”", "定性指标不填度量单位；能够计量的，请改选指标性质。", _NOTES, "空白"
    ),
    "R18.zero": _warning("原因栏填“0”", "没有偏差的留空；有偏差的请写明原因。", _NOTES, "空白或原因"),
    "R19": _warning("填“{stated}”，与指标值连同符号相同", "请填实际完成的数，如96%。", _LAW, "实际完成的数"),
    "R38": _warning(
        "{stated}，与指标值{target}相差约一万倍，可能是单位写错", "请核对两者的单位，如元与万元、人与万人。", _FORM
    ),
    "R20": _error("{stated}，已计得分", "请补填实际完成值。", _LAW, "实际完成值"),
    "R20.score": _error("{stated}，已填完成值", "请补填得分。", _LAW, "得分"),
    # what is still to be filled in
    "R60.both": _error("{stated}，完成值和得分均未填写", "请补填；全部评分后，再定总分和等次。", _FORM, "完成值和得分"),
    "R60.score": _error("{stated}，尚未评分", "请补填；全部评分后，再定总分和等次。", _FORM, "得分"),
    "R60.actual": _error("{stated}，未填完成值", "请补填实际完成值。", _FORM, "实际完成值"),
    "R60.dropped": _info(
        "“{rows}”填不涉及或本年未实施", "分值怎样处理（调整到其他指标或记满分），请先征得财政部门同意。", _FORM
    ),
    "R60.heading": _warning("{stated}", "请补填。", _FORM, "名称或年度"),
    "R60.goal": _warning("{stated}", "请补填。", _FORM, "绩效目标或完成情况"),
    "R60.total": _error("{stated}，已开始评分", "各项都评分后，请补填总分。", _FORM, "总分"),
    "R60.grade": _warning("{stated}，总分已填", "请补填评价等次。", _FORM, "评价等次"),
    "R60.funds": _error("{stated}，各来源已填", "请补填总额。", _FORM, "各来源之和"),
    # years and names
    "R41": _error("表内年度为{stated}，表名为{expected}年度", "请核对年度。", _FORM),
    "R41.text": _error("文中写{stated}年，与表内年度不一致", "请核对是否沿用了其他年度的文字。", _FORM),
    "R41.goal": _warning(
        "目标写{stated}年完成，与表内年度不一致", "请核对是否沿用了上年的目标；目标确是这样写的可以保留。", _FORM
    ),
    "R41.name": _warning("项目名称中的年份为{stated}，与表内年度不一致", "跨年项目可以保留；否则请核对。", _FORM),
    "R42": _error("填列单位“{stated}”与实施单位“{expected}”不一致", "请统一单位名称。", _FORM),
    "R42.text": _warning("文中写“{stated}”，与表头名称只差个别字", "请核对名称。", _FORM),
}
