"""The notation of the drawings, and what the four shipped drawings must say (counted in the published documents)."""

import pytest

from jixiao.errors import Refusal
from jixiao.forms import library
from jixiao.forms.drawing import Continued, Kind, Label, Slot, normal
from jixiao.forms.notation import parse
from jixiao.relations.catalogue import RELATIONS

SMALL = """
id = small
title = 小表
issuer = 某局
since = 2024
scheme = national-2020
report = project-evaluation
widths = 100 100 100

== form
+@30 | 小表      | <                | <
     | 项目名称  | {project.name}   | <
     | 一级指标  | 三级指标          | 得分
*2   | 产出指标  | {indicators.name=指标1：} | {indicators.score}
     | ^        | （{year}）年度    | {grade ~ 优□ 良□}

== facts
indicators.level1 | label 一级指标
indicators.score  | suggested | 0.00 | | indicator-score | 建议
"""


def test_cells_are_labels_slots_or_continuations() -> None:
    drawing = parse(SMALL)
    title, name, header, repeated, last = drawing.rows
    assert title.outside and title.height == 30
    assert list(name.cells) == [Label("项目名称"), Slot("project.name"), Continued(upward=False)]
    assert repeated.repeat == 2
    assert repeated.cells[1] == Slot("indicators.name", default="指标1：", band="indicators")
    assert last.cells[1] == Slot("year", "（", "）年度")
    assert last.cells[2] == Slot("grade", ticks="优□ 良□")
    assert header.bands == set() and repeated.bands == {"indicators"}


def test_labels_can_be_values() -> None:
    assert parse(SMALL).bands["indicators"].columns == {"name": 2, "score": 3, "level1": 1}


def test_a_row_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(Refusal, match="第12行：画了4格，列宽有3列"):
        parse(SMALL.replace("| 项目名称  | {project.name}   | <", "| 项目名称 | {project.name} | < | <"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("项 目\n名称：", "项目名称"),
        ("预算执行情况（10分）", "预算执行情况(9.5分)"),
        ("实施单位 （盖章）", "实施单位(盖章)"),
    ],
)
def test_labels_are_compared_without_their_layout(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("identifier", "rows", "columns"),
    [  # rows and columns counted in the published Word documents; rows outside the border are extra
        ("datong-project-2021", 47, 9),
        ("wuhua-project-2024", 48, 7),
    ],
)
def test_a_new_form_has_the_rows_of_the_published_one(identifier: str, rows: int, columns: int) -> None:
    drawing = library.drawing(identifier)
    inside = [row for row in drawing.rows if not row.outside]
    assert sum(row.repeat or 1 for row in inside) == rows
    assert drawing.width == columns


@pytest.mark.parametrize("identifier", library.identifiers())
def test_every_drawing_is_complete(identifier: str) -> None:
    drawing = library.drawing(identifier)
    slots = [slot for row in drawing.rows for _, slot in row.slots()]
    singles = [slot.fact for slot in slots if not slot.band]
    assert len(singles) == len(set(singles)), "a fact stands in one cell"
    for spec in (*drawing.specs, *drawing.extras):
        assert spec.kind in (Kind.INPUT, Kind.LABEL, Kind.PRIVATE) or spec.relation in RELATIONS
    for fact in ("year", "project.name", "project.department", "project.unit", "total.weight", "total.score"):
        assert fact in singles
    assert "grade" in singles or "grade" in [spec.name for spec in drawing.extras]
