"""One change in words, as people are shown it before or after it is made."""

from collections.abc import Sequence
from decimal import Decimal

from jixiao.formats import printed
from jixiao.grid import Change, Value
from jixiao.places import address

EMPTY = "（空）"
TEXT = "文字“{text}”"
FORMULA = "（公式）"
LINE = "{sheet} {cell} {label}：{old} → {new}"
WAITS = "{sheet} {cell} {label}：先看 {cells}"
TYPED = "{sheet} {cell} {label}：手工填写 {old}，按公式应为 {new}"


def change_line(change: Change) -> str:
    """``项目1 G8 执行率：（空） → 99.83%``."""
    return LINE.format(**_words(change))


def typed_line(change: Change) -> str:
    """A computed cell somebody typed over: what is typed, and what its formula would give."""
    return TYPED.format(**_words(change))


def waiting_line(change: Change, cells: Sequence[str]) -> str:
    """A formula that is not written yet: where it belongs, and the cells to look at first."""
    where = address(change.row, change.column)
    return WAITS.format(sheet=change.sheet, cell=where, label=change.label, cells="、".join(cells))


def _words(change: Change) -> dict[str, str]:
    return {
        "sheet": change.sheet,
        "cell": address(change.row, change.column),
        "label": change.label,
        "old": _typed(change) or _printed(change.old, change.number_format),
        "new": _printed(change.value, change.number_format, FORMULA if change.formula else EMPTY),
    }


def _typed(change: Change) -> str:
    """A number typed as text looks like the number it becomes."""
    is_text = isinstance(change.old, str) and change.old and isinstance(change.value, Decimal)
    return TEXT.format(text=change.old) if is_text else ""


def _printed(value: Value, number_format: str, blank: str = EMPTY) -> str:
    if isinstance(value, Decimal):
        return printed(value, number_format)
    return str(value) if value not in (None, "") else blank
