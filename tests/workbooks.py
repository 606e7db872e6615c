"""Helpers for tests that act on workbooks of ours."""

from jixiao.grid import Document


def named_cell(document: Document, fact: str, sheet: int = 0) -> tuple[int, int]:
    """Where a fact stands in a workbook of ours."""
    area = document.grids[sheet].names[fact]
    return area.top, area.left
