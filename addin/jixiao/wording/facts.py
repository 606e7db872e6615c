"""What was read from a form, as people are shown it."""

from jixiao.grid import NOT_KNOWN
from jixiao.places import Place
from jixiao.wording.findings import BLANK
from jixiao.wording.places import spot

FORM = "{title}（评分方案 {scheme}）"
TABLE = "{title}，{count}行："
ROW = "  第{number}行 {cells}"


HIDDEN = "，隐藏"
UNSAVED = "公式没有保存结果"


def fact_line(label: str, value: str, place: Place, hidden: bool) -> str:
    """``年度资金总额 执行率：99.83%（G8）``; lines of a long text follow each other."""
    said = UNSAVED if value == NOT_KNOWN else "／".join(value.split("\n")) or BLANK
    return f"{label}：{said}（{spot(place)}{HIDDEN if hidden else ''}）"
