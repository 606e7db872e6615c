"""A local form whose cells print something else: as it will be copied."""

from collections.abc import Mapping

from jixiao.evaluation import Stated
from jixiao.forms.local import LocalForm
from jixiao.forms.local.lines import Line
from jixiao.forms.local.sections import Heard
from jixiao.grid import Cell, Grid
from jixiao.places import Where

Texts = Mapping[Where, str]


def rewritten(form: LocalForm, texts: Texts, stated: Texts) -> LocalForm:
    """The same form: its cells print these ``texts``, and state what ``stated`` says, by where they stand."""
    grids = {id(line.grid): _grid(line.grid, texts) for line in form.lines}
    lines = [Line(grids[id(line.grid)], line.row, line.number, line.pieces, line.after_gap) for line in form.lines]

    def said(heard: Heard) -> Heard:
        return heard._replace(text=texts.get(heard.place.spot, heard.text))

    def restated(cell: Stated) -> Stated:
        text = stated.get(cell.place.spot)
        return cell if text is None else cell._replace(text=text, figure=None, exact=None, formula=None)

    return form._replace(
        grid=grids.get(id(form.grid), form.grid),
        evaluation=form.evaluation.retold(restated),
        lines=lines,
        above=[said(heard) for heard in form.above],
        private={name: restated(cell) for name, cell in form.private.items()},
    )


def _grid(grid: Grid, texts: Texts) -> Grid:
    cells = dict(grid.cells)
    for row, column in grid.cells:
        text = texts.get(grid.place(row, column).spot)
        if text is not None:
            cells[row, column] = Cell(text, text or None)
    return grid._replace(cells=cells)
