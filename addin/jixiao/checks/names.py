"""Years and names are the same wherever they stand."""

import re
from collections.abc import Iterator

from jixiao.checks.periods import left_standing, other_period, periods
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.naming import without_code
from jixiao.evaluation.stage import DECIDED
from jixiao.evaluation.stated import text_of
from jixiao.figures import INVISIBLE, visible
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme

_YEAR = re.compile(r"20\d\d")
_NAME_YEAR = re.compile(r"^(20\d\d)年|(20\d\d)年?度?$")
_NARRATIVES = ("goal.", "analysis.", "text.")
_GOALS = ("goal.expected", "goal.actual")  # what was to be done, and was, this year; the other texts may look back
_TOLD = [f"{topic}*" for topic in _NARRATIVES]
_NAMES = ("project.name", "project.unit", "project.department")
_PLAIN = re.compile(rf"[\s（）()【】〔〕\[\]{INVISIBLE}]")
_ENDS = 3
_SHORTEST = 6
_UNLIKE = 5


def _dated(evaluation: Evaluation, scheme: Scheme) -> bool | None:
    """Whether the title, the name or a text tells a year to compare; None if the year of the form itself is none."""
    if not _YEAR.search(evaluation.text("year")):
        return None
    named = _NAME_YEAR.search(without_code(evaluation.text("project.name")))
    return bool(
        named or _YEAR.search(evaluation.title) or any(periods(cell.text) for _, cell in _narratives(evaluation))
    )


@rule("R41", of=[f"year {told}" for told in ("title", "project.name", *_TOLD)], where=_dated, stages=DECIDED)
def years(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """表名、评价时段和目标中的年度与表内年度一致；日期、项目编码、文件名和文件号中的年份不算，比较、多年规划和某年起的不算。"""
    year = _YEAR.search(evaluation.text("year"))
    if not year:
        return
    title = _YEAR.search(evaluation.title)
    if title and title[0] != year[0]:
        yield say("R41", scheme, [evaluation.facts["year"]], year[0], title[0])
    for fact, cell in _narratives(evaluation):
        if other := other_period(cell.text, year[0]):
            yield say("R41.text", scheme, [cell], other, year[0])
        elif fact in _GOALS and (last := left_standing(cell.text, year[0])):
            yield say("R41.goal", scheme, [cell], last)
    name = evaluation.facts.get("project.name")
    in_name = _NAME_YEAR.search(without_code(text_of(name)))
    if in_name and year[0] not in in_name.groups():
        yield say("R41.name", scheme, [name], in_name[1] or in_name[2], year[0])


def _narratives(evaluation: Evaluation) -> Iterator[tuple[str, Stated]]:
    return (entry for entry in evaluation.facts.items() if entry[0].startswith(_NARRATIVES))


def _telling(evaluation: Evaluation, scheme: Scheme) -> bool:
    """Whether a name is long enough to be found in a text, or stands twice in the heading."""
    names = [bare(evaluation.text(fact)) for fact in _NAMES]
    return max(map(len, names)) >= _SHORTEST or bool(evaluation.text("unit.name"))


@rule(
    "R42",
    of=["unit.name project.unit", *(f"{name} {text}" for name in _NAMES for text in _TOLD)],
    where=_telling,
    stages=DECIDED,
)
def names(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """填列单位与实施单位一致；文字中的项目、单位名称与表头一致（不计项目编码、年份、括号、空格和平台所加的“部门”）。"""
    heading, unit = evaluation.facts.get("unit.name"), evaluation.facts.get("project.unit")
    ours, theirs = bare(text_of(heading)), bare(text_of(unit))
    if ours and theirs and ours != theirs:
        yield say("R42", scheme, [heading, unit], text_of(heading), text_of(unit))
    known = [bare(text_of(evaluation.facts.get(fact))) for fact in _NAMES]
    for _, cell in _narratives(evaluation):
        text = _PLAIN.sub("", cell.text)
        for name in known:
            for variant in near_misses(name, text, known):
                yield say("R42.text", scheme, [cell], variant, name)


def bare(name: str) -> str:
    """A name without what may differ between two writings of it."""
    plain = _PLAIN.sub("", without_code(visible(name).strip()))
    return re.sub(r"(?<=局)部门$", "", _NAME_YEAR.sub("", plain))


def near_misses(name: str, text: str, known: list[str]) -> list[str]:
    """Stretches of a text that begin or end like a name, are as long, and differ in a letter or two: slips of the pen."""
    size = len(name)
    if size < _SHORTEST:
        return []
    starts = {match.start() for match in re.finditer(re.escape(name[:_ENDS]), text)}
    starts |= {match.end() - size for match in re.finditer(re.escape(name[-_ENDS:]), text)}
    stretches = [text[start : start + size] for start in sorted(starts) if 0 <= start <= len(text) - size]
    return [stretch for stretch in dict.fromkeys(stretches) if stretch not in known and _alike(stretch, name)]


def _alike(stretch: str, name: str) -> bool:
    differing = sum(ours != theirs for ours, theirs in zip(stretch, name, strict=True))
    return 0 < differing <= max(1, len(name) // _UNLIKE // 2)
