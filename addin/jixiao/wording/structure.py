"""What is said about tables that do not look like the official form."""

from collections.abc import Sequence

from jixiao.findings import Finding, Severity
from jixiao.places import Place
from jixiao.wording.findings import MORE

MOST_NAMED = 5


def missing_columns(places: Sequence[Place], labels: Sequence[str]) -> Finding:
    """R56: columns or cells of the official form that the document lacks."""
    more = MORE.format(count=len(labels)) if len(labels) > MOST_NAMED else ""
    return Finding(
        "R56",
        Severity.ERROR,
        f"缺少表样中的“{'”“'.join(labels[:MOST_NAMED])}”{more}",
        places,
        expected="与表样一致",
        suggestion="请按表样补上，再校验一次。",
    )


def shifted_merges(places: Sequence[Place]) -> Finding:
    """R57: cells merged otherwise than on the official form."""
    return Finding(
        "R57",
        Severity.WARNING,
        "单元格的合并与表样不一致",
        places,
        expected="与表样一致",
        suggestion="请对照表样检查这几行的内容是否读对。",
    )


def unknown_form(identifier: str, known: Sequence[str]) -> str:
    """What is said to somebody who asks for a form there is not."""
    return f"没有名为“{identifier}”的表样；现有：{'、'.join(known)}。"
