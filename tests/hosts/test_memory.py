"""The host in memory keeps what it is told, and refuses what a file would refuse."""

from decimal import Decimal

import pytest

from jixiao.errors import Refusal
from jixiao.grid import Area, Cell, Change, Document, Grid, Link
from jixiao.hosts.memory import MemoryHost


@pytest.fixture
def host() -> MemoryHost:
    cells = {(1, 1): Cell("甲", "甲"), (2, 2): Cell("1", Decimal(1), "A1")}
    return MemoryHost(Document("表.xlsx", [Grid("表1", cells, [Area(5, 1, 6, 2)]), Grid("表2", {})]))


def test_changes_are_read_again(host: MemoryHost) -> None:
    host.write([Change("表1", 1, 1, None), Change("表1", 2, 2, Decimal("2.50"), "A1*2"), Change("表2", 1, 1, True)])
    first, second = host.read().grids
    assert first.cells == {(2, 2): Cell("2.5", Decimal("2.50"), "A1*2")}
    assert second.at(1, 1) == Cell("TRUE", True)


@pytest.mark.parametrize("refused", [Change("表9", 1, 1, "x"), Change("表1", 6, 1, "x"), Change("表1", 5, 2, "x")])
def test_one_refusal_refuses_all(host: MemoryHost, refused: Change) -> None:
    before = host.read()
    with pytest.raises(Refusal, match=r"^表\.xlsx：“?.*表"):
        host.write([Change("表1", 1, 1, "乙"), refused])
    assert host.read() == before


def test_the_corner_of_a_merged_area_can_be_written(host: MemoryHost) -> None:
    host.write([Change("表1", 5, 1, "乙")])
    assert host.read().grids[0].at(5, 1).text == "乙"


def test_marks_replace_those_before(host: MemoryHost) -> None:
    host.mark({"表1": ["A1"]}, [["错误", Link("表1", "A1")]])
    host.mark({"表2": iter(["B2"])}, [["提示"]])
    assert host.marks == {"表2": ["B2"]} and host.lines == [["提示"]]


def test_saving_remembers_the_document_as_it_is(host: MemoryHost) -> None:
    assert host.saved is None
    host.save()
    before = host.read()
    host.write([Change("表1", 1, 1, "乙")])
    assert host.saved == before != host.read()
