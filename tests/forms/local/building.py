"""A published form as the hosts would read it: in memory, or as a real file."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from form_file import FormFile, Table, owner_of

from jixiao.figures import parse
from jixiao.grid import Area, Cell, Document, Grid, Paragraph
from jixiao.places import Place, letters


def document(form: FormFile) -> Document:
    """What a host reads from the document: sheets where it was a workbook, else tables between paragraphs."""
    blocks: list[Grid | Paragraph] = []
    tables = paragraphs = 0
    for block in form.blocks:
        if isinstance(block, str):
            paragraphs += 1
            blocks.append(Paragraph(paragraphs, block))
        else:
            tables += 1
            blocks.append(_grid(block, tables, form.on_sheets))
    return Document(f"{form.id}{ending(form)}", blocks)


def ending(form: FormFile) -> str:
    return ".xlsx" if form.on_sheets else ".docx"


def title(number: int) -> str:
    """What a sheet is called."""
    return f"Sheet{number}"


def place(form: FormFile, table: int, row: int, column: int) -> Place:
    """Where a cell of the form stands in the document."""
    if form.on_sheets:
        return Place(sheet=title(table), row=row, column=column)
    return Place(table=table, row=row, column=column)


def _grid(table: Table, number: int, on_sheet: bool) -> Grid:
    cells = {
        (r, c): _cell(piece.text, on_sheet)
        for r, row in enumerate(table, 1)
        for c, piece in enumerate(row, 1)
        if piece.text or not (on_sheet or piece.joined)  # a Word table has its empty cells, too
    }
    return Grid(title(number) if on_sheet else "", cells, merges(table), table=None if on_sheet else number)


def _cell(text: str, on_sheet: bool) -> Cell:
    """A number is a number only in a workbook, and there only if it was typed as one."""
    return Cell(text, Decimal(text) if on_sheet and plain(text) else text or None)


def plain(text: str) -> bool:
    """Whether a cell shows a number as a workbook without formats would show it."""
    figure = parse(text)
    return figure is not None and not figure.percent and f"{figure.value.normalize():f}" == text


def merges(table: Table) -> list[Area]:
    """The areas of a table that are more than one position."""
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for spot, corner in owner_of(table).items():
        bottom, right = ends.get(corner, corner)
        ends[corner] = max(bottom, spot[0]), max(right, spot[1])
    return [Area(*corner, *end) for corner, end in sorted(ends.items()) if corner != end]


# ---------------------------------------------------------------- real files


def write(form: FormFile, folder: Path) -> Path:
    """The form as a workbook or Word file, made by programs of others."""
    path = folder / f"{form.id}{ending(form)}"
    (_workbook if form.on_sheets else _word)(form, path)
    return path


def _texts(table: Table) -> Iterator[tuple[int, int, str]]:
    for r, row in enumerate(table, 1):
        for c, piece in enumerate(row, 1):
            if piece.text:
                yield r, c, piece.text


def _workbook(form: FormFile, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(form.tables, 1):
        sheet = book.create_sheet(title(number))
        for r, c, text in _texts(table):
            cell = sheet.cell(r, c, Decimal(text) if plain(text) else text)
            cell.data_type = "n" if plain(text) else "s"  # =100% is what somebody typed, no formula
        for top, left, bottom, right in merges(table):
            sheet.merge_cells(f"{letters(left)}{top}:{letters(right)}{bottom}")
    book.save(path)


def _word(form: FormFile, path: Path) -> None:
    from docx import Document as Word

    word = Word()
    for block in form.blocks:
        if isinstance(block, str):
            word.add_paragraph(block)
            continue
        grid = word.add_table(len(block), len(block[0]))
        for top, left, bottom, right in merges(block):
            grid.cell(top - 1, left - 1).merge(grid.cell(bottom - 1, right - 1))
        for r, c, text in _texts(block):
            grid.cell(r - 1, c - 1).text = text
        word.add_paragraph()
    word.save(str(path))
