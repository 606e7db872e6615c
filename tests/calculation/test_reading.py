"""Which formulas read which cells."""

from sheet import Typed, grid

from jixiao.calculation.reading import Readers
from jixiao.grid import Document
from jixiao.places import address, split_address

NAMES = {("", "总数"): "'表'!$A$1:$A$3"}


def stale(changed: str, typed: Typed, other: Typed | None = None) -> set[str]:
    readers = Readers(Document("手工.xlsx", [grid("表", typed), grid("附表", other or {})]), NAMES)
    found = readers.stale([("表", *split_address(changed))])
    return {
        address(row, column) if sheet == "表" else f"{sheet}!{address(row, column)}" for sheet, row, column in found
    }


def test_formulas_read_cells_ranges_names_and_one_another() -> None:
    typed = {"B1": "=A1+1", "B2": "=SUM(A1:A3)", "B3": "=B2*2", "B4": "=SUM(总数)", "B5": "=SUM(A2:A3)", "B6": "=B5"}
    assert stale("A1", typed, {"A1": "=表!B3", "A2": "=A1"}) == {"B1", "B2", "B3", "B4", "附表!A1", "附表!A2"}


def test_what_lies_between_two_places_is_read() -> None:
    assert stale("C5", {"D9": "=SUM(C2:INDEX(C:C,ROW()-1))", "D1": "=SUM(C1:INDEX(D:D,8))"}) == {"D9", "D1"}


def test_a_long_chain_is_followed_to_its_end() -> None:
    chain = {f"B{row}": f"=B{row - 1}+A{row}" for row in range(2, 3000)}
    assert len(stale("A2", chain)) == 2998


def test_what_does_not_tell_what_it_reads_is_unclear() -> None:
    typed = {"B1": '=INDIRECT("A1")', "B2": "=OFFSET(A1,1,1)", "B3": "=[1]表!A1", "B4": "=未知+1"}
    readers = Readers(Document("手工.xlsx", [grid("表", typed)]), NAMES)
    assert {(row, column) for _, row, column in readers.unclear} == {(row, 2) for row in range(1, 5)}
