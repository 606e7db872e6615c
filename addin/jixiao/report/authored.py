"""Texts the author typed, as paragraphs; where one is missing, a visible gap that says where to type it."""

from collections.abc import Iterator

from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.stated import one_line
from jixiao.places import Place
from jixiao.report.document import Paragraph, Style
from jixiao.wording import report as words


def lines(text: str) -> list[str]:
    """The paragraphs of a text cell: one a line, numbering as typed; a line of mere punctuation ends the one before."""
    found: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if found and not any(map(str.isalnum, line)):
            found[-1] += line
        else:
            found.append(line)
    return found


def body(text: str) -> Iterator[Paragraph]:
    """A text cell as body paragraphs."""
    for line in lines(text):
        yield Paragraph(Style.BODY, line)


def gap(evaluation: Evaluation, key: str, stated: Stated | None = None, **names: str) -> Paragraph:
    """The gap for something missing (a key of ``words.MISSING``), a fact or what ``stated`` should state.

    It names the cell where there is one, and else where the official form has it; a local form has no such place.
    """
    missing, cell = words.MISSING[key], stated or evaluation.facts.get(key)
    where = (_spot(cell.place) if cell else "") or (missing.where if evaluation.drawn else missing.local)
    return Paragraph(Style.GAP, words.GAP.format(what=missing.what.format(**names), where=where, hint=missing.hint))


def _spot(place: Place) -> str:
    """Where to type, in the form's own words; empty where a place has neither address nor label."""
    column = words.COLUMN.format(label=one_line(place.label)) if place.label else ""
    return words.AT_CELL.format(cell=place.cell, column=column) if place.cell else column


def authored(evaluation: Evaluation, fact: str) -> Iterator[Paragraph]:
    """An author text as body paragraphs, or its gap."""
    if evaluation.text(fact):
        yield from body(evaluation.text(fact))
    else:
        yield gap(evaluation, fact)


def authored_if_asked(evaluation: Evaluation, fact: str) -> Iterator[Paragraph]:
    """Like ``authored``, but silent where the form does not ask for this text."""
    if fact in evaluation.facts:
        yield from authored(evaluation, fact)


def is_none(text: str) -> bool:
    """Whether the author says that there is nothing to say: 无, 暂无。"""
    return text.strip("。.；; \n") in words.NONE
