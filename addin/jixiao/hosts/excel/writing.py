"""Changes as few blocks of cells, each written at one stroke and put back if a later one is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.grid import Change, Value
from jixiao.hosts.excel.calls import patient
from jixiao.hosts.excel.contents import formulas_of, is_formula, values_of

if TYPE_CHECKING:
    from xlwings import Range, Sheet

TEXT_FORMAT = "@"


def columns(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """The changes of one column after the other, from top to bottom."""
    by_column: dict[tuple[str, int], list[Change]] = {}
    for change in changes:
        by_column.setdefault((change.sheet, change.column), []).append(change)
    return (sorted(column, key=lambda change: change.row) for column in by_column.values())


class Span(NamedTuple):
    """A part of a column in which cells change, and others between them perhaps do not."""

    sheet: "Sheet"
    column: int
    changes: Mapping[int, Change]

    def blocks(self) -> "Iterator[Block]":
        """As few blocks as there can be: our formulas between the changes are entered again, what people typed is not."""
        top, bottom = min(self.changes), max(self.changes)
        before = _entries(self._range(top, bottom))
        start = top
        for row in range(top, bottom + 2):
            if row <= bottom and (row in self.changes or _is_ours(before[row - top])):
                continue
            if start < row:
                yield self._block(start, row - 1, before[start - top : row - top])
            start = row + 1

    def _block(self, top: int, bottom: int, before: Sequence[Any]) -> "Block":
        rows = range(top, bottom + 1)
        entries = [self._entry(row, former) for row, former in zip(rows, before, strict=True)]
        formats = [
            self.changes[row].number_format for row in rows if row in self.changes and not _is_text(entries[row - top])
        ]
        return Block(self._range(top, bottom), entries, before, formats[0] if formats else None)

    def _entry(self, row: int, former: Any) -> Any:
        change = self.changes.get(row)
        return _entry(change.value, change.formula) if change else former

    def _range(self, top: int, bottom: int) -> "Range":
        return self.sheet.range((top, self.column), (bottom, self.column))


class Block:
    """Cells below one another, written at one stroke. ``number_format`` is what numbers and formulas among them need."""

    def __init__(
        self, target: "Range", entries: Sequence[Any], before: Sequence[Any], number_format: str | None
    ) -> None:
        self._target, self._entries, self._before, self._format = target, entries, before, number_format

    def put(self) -> None:
        """Write. In cells formatted as text everything would stay text: those get their number format first."""
        if self._format:
            self._format_numbers(self._target)
        _type(self._target, self._entries)

    def put_back(self) -> None:
        """Enter again what stood there."""
        _type(self._target, self._before)

    def _format_numbers(self, target: "Range") -> None:
        """Halve until a part has one format: nearly always the whole has."""
        known = patient(lambda: target.number_format)
        if known == TEXT_FORMAT:
            patient(lambda: setattr(target, "number_format", self._format))
        elif known is None and len(target) > 1:
            middle = len(target) // 2
            self._format_numbers(target[:middle, :])
            self._format_numbers(target[middle:, :])


def _entry(value: Value, formula: str | None) -> Any:
    """What one would type: a text gets an apostrophe, so that the program takes it for nothing else."""
    if formula is not None:
        return f"={formula}"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str):
        return f"'{value}" if value else ""
    return "" if value is None else value


def _entries(target: "Range") -> list[Any]:
    """What stands in a column, as it would be typed again."""
    formulas, values = formulas_of(target), values_of(target)
    return [_again(entry, raw) for (entry,), (raw,) in zip(formulas, values, strict=True)]


def _again(entry: Any, raw: Any) -> Any:
    return entry if is_formula(entry) and entry != raw else _entry(raw, None)


def _is_ours(entry: Any) -> bool:
    """A formula that can be entered again as it is; people's own may be array formulas, and look the same here."""
    return is_formula(entry) and "PERF_" in entry


def _is_text(entry: Any) -> bool:
    return entry == "" or (isinstance(entry, str) and entry.startswith("'"))


def _type(target: "Range", entries: Sequence[Any]) -> None:
    patient(lambda: setattr(target, "formula", [[entry] for entry in entries]))
