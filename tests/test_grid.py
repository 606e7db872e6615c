"""A document is its paragraphs and grids in order."""

import pytest

from jixiao.grid import Cell, Document, Grid, Paragraph

FIRST, SECOND = Grid("", {}, table=1), Grid("", {}, table=2)
TITLE, YEAR, NOTE = Paragraph(1, "绩效自评表"), Paragraph(2, "（2024年度）"), Paragraph(3, "注：单位万元")


def test_grids_and_paragraphs_come_in_the_order_of_the_document() -> None:
    document = Document("表.docx", [TITLE, FIRST, YEAR, SECOND, NOTE])
    assert document.grids == [FIRST, SECOND]
    assert document.paragraphs == ["绩效自评表", "（2024年度）", "注：单位万元"]


def test_above_a_grid_stands_what_follows_the_grid_before() -> None:
    document = Document("表.docx", [TITLE, YEAR, FIRST, SECOND, NOTE])
    assert document.above(FIRST) == [TITLE, YEAR]
    assert document.above(SECOND) == []
    with pytest.raises(ValueError):
        document.above(Grid("另一张表", {}))


def test_changed_grids_stay_where_they_stood() -> None:
    filled = Document("表.docx", [TITLE, FIRST, NOTE]).with_grids(
        lambda grid: grid._replace(cells={(1, 1): Cell("甲")})
    )
    assert filled.blocks == [TITLE, Grid("", {(1, 1): Cell("甲")}, table=1), NOTE]
