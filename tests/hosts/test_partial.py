"""A part of an engine: what it does not cover is refused by name, read or set."""

from functools import cached_property

import pytest

from jixiao.hosts.libreoffice.partial import Partial


class Cell(Partial):
    """A part with one of each kind of attribute."""

    row: int
    alerts = True

    def __init__(self, row: int) -> None:
        self.row = row
        self._text = ""

    @property
    def text(self) -> str:
        return self._text

    @text.setter
    def text(self, value: str) -> None:
        self._text = value

    @property
    def address(self) -> str:
        return f"A{self.row}"

    @cached_property
    def api(self) -> object:
        return object()

    def clear(self) -> None:
        self._text = ""


class Merged(Cell):
    """A part of a part."""


@pytest.mark.parametrize("kind", [Cell, Merged])
def test_what_is_there_is_read_and_set(kind: type[Cell]) -> None:
    cell = kind(3)
    cell.text, cell.alerts = "甲", False
    assert (cell.text, cell.alerts, cell.row, cell.address) == ("甲", False, 3, "A3")
    assert cell.api is cell.api
    assert kind(4).alerts


@pytest.mark.parametrize("kind", [Cell, Merged])
@pytest.mark.parametrize("name", ["color", "row", "address", "api", "clear", "Text"])
def test_what_cannot_be_set_is_refused_by_name(kind: type[Cell], name: str) -> None:
    cell = kind(3)
    with pytest.raises(NotImplementedError, match=f"^LibreOffice engine: {kind.__name__}.{name} = …$"):
        setattr(cell, name, 5)
    assert cell.row == 3


def test_what_is_not_there_to_read_is_refused_by_name() -> None:
    with pytest.raises(NotImplementedError, match=r"^LibreOffice engine: Cell.color$"):
        Cell(3).color  # noqa: B018
    assert not hasattr(Cell(3), "__len__")
