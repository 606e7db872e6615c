"""How the rows of a grid lie on the rows of a drawing: by the drawing's own words, nothing guessed.

A drawing lies on a grid where every heading of its tables and the label of every row stand, in order. A row of a repeated
block belongs to the drawn row whose labels (产出指标, 数量指标) it stands beside, in whatever order they come.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from jixiao.forms.drawing import Continued, Drawing, Kind, Label, Slot, normal
from jixiao.forms.placement import Anchors, Effort, Placement
from jixiao.grid import Grid

_MOST_LOST = 3  # of one row of headings: a third of the narrowest table


class Piece(NamedTuple):
    """One cell of a row of the grid: where it begins, its compared text, whether it began further up."""

    column: int
    text: str
    continued: bool


class Laid(NamedTuple):
    """A drawing on a grid.

    ``rows`` has the drawn row of each row of the grid, ``columns`` where the drawn columns of that row stand (counted from
    1). ``lost`` are the headings that are blank or cut off, by row of the grid; ``shifted`` the rows whose cells are merged
    otherwise than drawn.
    """

    rows: Mapping[int, int]
    columns: Mapping[int, Mapping[int, int]]
    lost: Mapping[int, Sequence[int]]
    shifted: Sequence[int]

    def row(self, drawn: int) -> int | None:
        """The first row of the grid that lies on a drawn row."""
        return next((row for row, j in self.rows.items() if j == drawn), None)


def pieces_of(grid: Grid, anchors: Anchors, row: int, columns: Sequence[int]) -> list[Piece]:
    """The cells of one row, from the left; a merged cell is one piece in every row it covers."""
    pieces = []
    right = 0
    for column in columns:
        if column > right:
            area = anchors.area(row, column)
            pieces.append(Piece(column, normal(grid.at(area.top, area.left).text), area.top < row))
            right = area.right
    return pieces


class Lines:
    """The rows of a grid in some of its columns, each taken apart when it is asked for: of most forms it never is."""

    def __init__(self, grid: Grid, anchors: Anchors, columns: Sequence[int]) -> None:
        self.numbers = anchors.rows
        self._grid, self._anchors, self._columns = grid, anchors, columns
        self._made: dict[int, list[Piece]] = {}

    def at(self, row: int) -> list[Piece]:
        if row not in self._made:
            self._made[row] = pieces_of(self._grid, self._anchors, row, self._columns)
        return self._made[row]

    def saying(self, texts: Iterable[str]) -> list[int]:
        """The places in ``numbers`` of the rows in which a cell says one of these texts."""
        return sorted({place for text in texts for place in self._places.get(text, ())})

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        place = {row: i for i, row in enumerate(self.numbers)}
        found: dict[str, list[int]] = {}
        for (row, _), cell in self._grid.cells.items():
            if cell.text:
                found.setdefault(normal(cell.text), []).append(place[row])
        return found


def lay_over(drawing: Drawing, lines: Lines, effort: Effort) -> Laid | None:
    """Lay a drawing over the rows of a grid; None where one of its headings or labels does not stand there."""
    return _Laying(Skeleton.of(drawing), lines, effort).laid()


class Skeleton:
    """What a drawing says of its rows, worked out once."""

    _known: dict[int, "Skeleton"] = {}

    @classmethod
    def of(cls, drawing: Drawing) -> "Skeleton":
        found = cls._known.get(id(drawing))
        if found is None or found.drawing is not drawing:
            found = cls._known[id(drawing)] = cls(drawing)
        return found

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.cells = [
            [(i, cell) for i, cell in enumerate(row.cells, 1) if not (isinstance(cell, Continued) and not cell.upward)]
            for row in drawing.rows
        ]
        self.labels = [
            {i: text for i, cell in row if isinstance(cell, Label) and (text := _compared(cell))} for row in self.cells
        ]
        self.headers = self._headers()

    def _headers(self) -> frozenset[int]:
        """The drawn rows that head the columns of tables; who is named in one (评价人员) does not matter."""
        repeated = [band.header for name, band in self.drawing.bands.items() if self._is_read(name)]
        fixed = [rows[0] - 1 for rows in self.drawing.fixed_tables.values()]
        return frozenset(j for j in (*repeated, *fixed) if j >= 0 and not self.drawing.rows[j].bands)

    def _is_read(self, band: str) -> bool:
        fields = self.drawing.bands[band].columns
        return any(self.drawing.spec(f"{band}.{field}").kind is not Kind.PRIVATE for field in fields)

    def in_band(self, j: int) -> bool:
        return any(band.holds(j) for band in self.drawing.bands.values())

    @cached_property
    def required(self) -> list[int]:
        """The rows a form of this drawing has: headings, and labels with a cell beside them. A title may read otherwise."""
        return [j for j in range(len(self.cells)) if j in self.headers or self._is_labelled(j)]

    def _is_labelled(self, j: int) -> bool:
        row = self.drawing.rows[j]
        private = any(band.header == j and not self._is_read(name) for name, band in self.drawing.bands.items())
        if row.outside or private or self.in_band(j):
            return False
        return bool(self.labels[j]) and (len(self.labels[j]) > 1 or any(row.slots()))

    @cached_property
    def words(self) -> frozenset[str]:
        """The labels without which a grid is not this form, but for headings that may be lost."""
        return frozenset(text for j in self.required if j not in self.headers for text in self.labels[j].values())

    @cached_property
    def headings(self) -> frozenset[str]:
        """All labels that tell the form: those, and the headings of its columns."""
        return self.words.union(*(self.labels[j].values() for j in self.headers))

    def beside(self, j: int) -> Mapping[int, str]:
        """The labels a row of a repeated block stands beside, its own and those that go on from above, by column."""
        found = {}
        top = next(band.rows[0] for band in self.drawing.bands.values() if band.holds(j))
        for column, cell in self.cells[j]:
            i = j
            while isinstance(cell, Continued) and i > top:
                i -= 1
                cell = self.drawing.rows[i].cells[column - 1]
            if isinstance(cell, Label) and _compared(cell):
                found[column] = _compared(cell)
        return found


def _compared(label: Label) -> str:
    """A label as it is compared; a dash where nothing is to be filled in may be anything."""
    text = normal(label.text)
    return "" if text in {"—", "/"} else text


def named_rows(grid: Grid, drawing: Drawing, placement: Placement) -> dict[int, int]:
    """The drawn row of every row of a sheet of ours, told by where its named facts stand.

    A row of a repeated block whose labels were changed belongs with the row above it.
    """
    skeleton = Skeleton.of(drawing)
    rows: dict[int, int] = {}
    for j, row in enumerate(drawing.rows):
        for _, slot in row.slots():
            if not slot.band and slot.fact in placement.facts and not skeleton.in_band(j):
                rows.setdefault(placement.facts[slot.fact][0], j)
    anchors = Anchors(grid)
    for name, band in placement.bands.items():
        drawn = drawing.bands[name]
        rows.setdefault(band.header, drawn.header)
        heads = {column: band.columns[field] for field, column in drawn.columns.items() if field in band.columns}
        block = range(drawn.rows[0], drawn.rows[-1] + 1)
        pieces = {row: pieces_of(grid, anchors, row, sorted(heads.values())) for row in band.rows}
        owner = block[0]
        for number, found in _owners(skeleton, pieces, block, heads):
            owner = owner if found is None else found
            rows.setdefault(number, owner)
    return dict(sorted(rows.items()))


class _Laying:
    def __init__(self, skeleton: Skeleton, lines: Lines, effort: Effort) -> None:
        self.skeleton, self.lines, self._effort = skeleton, lines, effort
        self.numbers = lines.numbers
        self.pairs: dict[int, int] = {}
        self.columns: dict[int, dict[int, int]] = {}
        self.lost: dict[int, list[int]] = {}
        self.shifted: list[int] = []

    def laid(self) -> Laid | None:
        if not self._place_required():
            return None
        self._place_optional()
        bands = self.skeleton.drawing.bands.values()
        if not all(self._place_block(*key) for key in dict.fromkeys((b.header, *b.rows) for b in bands)):
            return None
        return Laid(dict(sorted(self.pairs.items())), self.columns, self.lost, sorted(self.shifted))

    # -- rows that stand once

    def _place_required(self) -> bool:
        at = 0
        for j in self.skeleton.required:
            places = self.lines.saying(self.skeleton.labels[j].values())
            found = next((i for i in places if i >= at and self._takes(self.numbers[i], j)), None)
            if found is None:
                return False
            at = found + 1
        return True

    def _place_optional(self) -> None:
        """Titles, notes and rows without words of their own, between the rows that are placed."""
        before = -1
        for j, row in enumerate(self.skeleton.drawing.rows):
            placed = self._at(j)
            if placed is None and not self.skeleton.in_band(j):
                for i in range(before + 1, self._limit(j)):
                    if self._follows(i, before, j) and self._takes(self.numbers[i], j):
                        placed = i
                        break
                if placed is None and row.outside:
                    continue
            before = before if placed is None else placed

    def _follows(self, i: int, before: int, j: int) -> bool:
        """A row that has no words of its own stands right under the one before it."""
        return bool(self.skeleton.labels[j]) or self._prefixed(j) or i == before + 1

    def _prefixed(self, j: int) -> bool:
        return any(slot.before for _, slot in self.skeleton.drawing.rows[j].slots())

    def _at(self, j: int) -> int | None:
        """The place in the list of the grid row that lies on a drawn row."""
        row = next((row for row, k in self.pairs.items() if k == j), None)
        return None if row is None else self.numbers.index(row)

    def _limit(self, j: int) -> int:
        """Where the next placed row begins."""
        later = [self.numbers.index(row) for row, k in self.pairs.items() if k > j]
        return min(later, default=len(self.numbers))

    def _takes(self, row: int, j: int) -> bool:
        """Lay one row on one drawn row, if its words are there."""
        if row in self.pairs:
            return False
        pieces = self.lines.at(row)
        self._effort.spend(1 + len(pieces) // 4)
        columns = self._headings(row, pieces, j) if j in self.skeleton.headers else self._labels(row, pieces, j)
        if columns is None:
            return False
        self.pairs[row], self.columns[row] = j, columns
        return True

    def _labels(self, row: int, pieces: Sequence[Piece], j: int) -> dict[int, int] | None:
        """Where the cells of a drawn row stand in a row whose words are its own; None where they are not."""
        drawn, labels = self.skeleton.cells[j], self.skeleton.labels[j]
        if len(pieces) == len(drawn):
            pairs = list(zip(drawn, pieces, strict=True))
            if all(_agrees(cell, column, labels, piece) for (column, cell), piece in pairs):
                return {column: piece.column for (column, _), piece in pairs}
        if not labels:
            return None
        found = _in_order(drawn, labels, pieces)
        if found is not None:
            self.shifted.append(row)
        return found

    def _headings(self, row: int, pieces: Sequence[Piece], j: int) -> dict[int, int] | None:
        """Where the columns of a table stand under its headings, a few of which may be blank or cut off at the end."""
        drawn, labels = self.skeleton.cells[j], self.skeleton.labels[j]
        columns, lost = {}, []
        rest = list(pieces)
        for column, cell in drawn:
            piece = rest.pop(0) if rest else None
            text = piece.text if piece else ""
            if column in labels and text != labels[column]:
                if text:
                    return None
                lost.append(column)
            elif isinstance(cell, Label) and not _compared(cell) and text:
                return None
            if piece:
                columns[column] = piece.column
        if any(piece.text for piece in rest) or len(lost) > _MOST_LOST or len(lost) * 2 >= len(labels):
            return None
        if lost:
            self.lost[row] = lost
        return columns

    # -- rows of repeated blocks

    def _place_block(self, header: int, *drawn: int) -> bool:
        """Lay the rows below a header on the drawn rows of its block; False where one stands beside foreign labels."""
        above = self._at(header)
        if above is None:
            return header not in self.skeleton.headers
        end = self._limit(drawn[-1])
        heads = self.columns[self.numbers[above]]
        rows = {row: self.lines.at(row) for row in self.numbers[above + 1 : end]}
        self._effort.spend(5 * len(rows))
        for row, j in _owners(self.skeleton, rows, range(drawn[0], drawn[-1] + 1), heads):
            if j is None:
                return False
            pieces = rows[row]
            cells = self.skeleton.cells[j]
            fits = len(pieces) == len(cells)
            self.pairs[row] = j
            self.columns[row] = {c: p.column for (c, _), p in zip(cells, pieces, strict=True)} if fits else dict(heads)
            if not fits:
                self.shifted.append(row)
        return True


def _owners(
    skeleton: Skeleton, rows: Mapping[int, Sequence[Piece]], drawn: Sequence[int], heads: Mapping[int, int]
) -> Iterator[tuple[int, int | None]]:
    """Each row with the drawn row it belongs to: the next one free beside its labels, then the one that repeats."""
    beside = {j: skeleton.beside(j) for j in drawn}
    columns = sorted({column for labels in beside.values() for column in labels})
    used: set[int] = set()
    known: dict[tuple[str, ...], list[int]] = {}
    for row, texts in _standing(rows, columns, heads):
        if texts not in known:
            said = dict(zip(columns, texts, strict=True))
            known[texts] = [j for j, labels in beside.items() if labels.items() <= said.items()]
        fitting = known[texts]
        free = next((j for j in fitting if j not in used), None)
        again = next((j for j in reversed(fitting) if skeleton.drawing.rows[j].repeat), None)
        owner = free if free is not None else again
        used |= {owner} if owner is not None else set()
        yield row, owner


def _standing(
    rows: Mapping[int, Sequence[Piece]], columns: Sequence[int], heads: Mapping[int, int]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What each row stands beside in these columns; a blank goes on with what stood above, as far as the left does."""
    above: tuple[str, ...] = ("",) * len(columns)
    for row, pieces in rows.items():
        texts = {piece.column: piece.text for piece in pieces}
        own = [texts.get(heads.get(column, 0), "") for column in columns]
        new = False
        for i, text in enumerate(own):
            new = new or bool(text and text != above[i])
            own[i] = text or ("" if new else above[i])
        above = tuple(own)
        yield row, above


def _agrees(cell: Label | Slot | Continued, column: int, labels: Mapping[int, str], piece: Piece) -> bool:
    if isinstance(cell, Continued):
        return piece.continued or not piece.text
    if column in labels:
        return piece.text == labels[column] and not piece.continued
    if isinstance(cell, Slot) and cell.before and normal(cell.before):
        return piece.text.startswith(normal(cell.before)[:4]) and not piece.continued
    return not piece.continued


def _in_order(
    drawn: Sequence[tuple[int, Label | Slot | Continued]], labels: Mapping[int, str], pieces: Sequence[Piece]
) -> dict[int, int] | None:
    """Where the labels of a row stand, and the cells behind each, in a row whose cells are merged otherwise."""
    found: dict[int, int] = {}
    at = 0
    for column, _ in drawn:
        if column in labels:
            while at < len(pieces) and pieces[at].text != labels[column]:
                at += 1
            if at == len(pieces):
                return None
        if at < len(pieces) and (column in labels or found):
            if column not in labels and pieces[at].text in labels.values():
                continue  # the next label stands here: the cell is gone
            found[column] = pieces[at].column
            at += 1
    return found
