"""One form on one worksheet: labels, merged areas, borders, print set-up, names, notes, drop-downs."""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from decimal import Decimal
from typing import NamedTuple

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.evaluation.stated import one_line
from jixiao.formats import printed
from jixiao.forms.compose import Content, Filled
from jixiao.forms.drawing import FactSpec, Kind, Label, Slot
from jixiao.forms.layout import LaidCell, cells_by_row
from jixiao.forms.placement import Spot
from jixiao.grid import TWIPS_PER_CHARACTER, Value
from jixiao.hosts.defined import quoted, reference
from jixiao.hosts.marks import FIRST_MARKS_COLUMN, SHOWN, marks_area
from jixiao.hosts.package.markup import coded
from jixiao.ours import MARKS_NAME
from jixiao.places import address, letters
from jixiao.wording import workbook as words

WIDEST_UPRIGHT = 10600  # twips: what of a form fits an upright A4 page with hardly a change of size
LINE_POINTS = 14
TITLE_POINTS = 30
LEAST_POINTS = 19.5  # the row height of the published forms
FILLS = {
    Kind.INPUT: PatternFill("solid", fgColor="FFFBEA"),
    Kind.SUGGESTED: PatternFill("solid", fgColor="EAF6EA"),
    Kind.COMPUTED: PatternFill("solid", fgColor="EAF0F8"),
}
_THIN = Side(style="thin", color="000000")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
FONT = "宋体"
WEIGHED = {"weights-total": "weight", "group1-total": "group1_weight", "group2-total": "group2_weight"}
"""The relations whose sum is 100, and the column of weights each adds up."""
_MARKED = PatternFill(bgColor="FFC7CE")


class Look(NamedTuple):
    """What a cell looks like. Cells that look alike share one style: openpyxl takes long to compare styles."""

    font: str = FONT
    size: float = 10.5
    bold: bool = False
    side: str | None = None  # None for the covered cells of a merged area
    boxed: bool = True
    number_format: str = "General"
    kind: Kind | None = None  # who may fill it


class FormSheet:
    """Draws one form on one worksheet."""

    def __init__(self, ws: Worksheet, form: Filled) -> None:
        self.ws, self.form, self.layout = ws, form, form.layout
        self.drawing = self.layout.drawing
        self._looks: dict[Look, StyleArray] = {}
        self._chosen: dict[tuple[str, ...], list[tuple[int, int]]] = {}

    def draw(self, protect: bool) -> None:
        """The working sheet: colours, notes, drop-downs, names, and the facts for the report beside the form."""
        self._cells(working=True)
        self._band_notes()
        self._extras()
        self._drop_downs()
        self._sizes()
        self._names()
        self._formats()
        self._print()
        if protect:
            self.ws.protection.sheet = True
            self.ws.protection.formatCells = self.ws.protection.formatRows = self.ws.protection.formatColumns = False
            self.ws.protection.insertRows = self.ws.protection.deleteRows = False

    def draw_clean(self) -> None:
        """The official form with its values and nothing else."""
        self._cells(working=False)
        self._sizes()
        self._print()

    def _cells(self, working: bool) -> None:
        for cell in self.layout.cells:
            self._cell(cell, working)
        for cell in self.layout.cells:
            if cell.row_span * cell.column_span > 1:
                bottom, right = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
                self.ws.merge_cells(None, cell.row, cell.column, bottom, right)

    def _cell(self, laid: LaidCell, working: bool) -> None:
        content = laid.content
        if not laid.outside:
            for row in range(laid.row, laid.row + laid.row_span):
                for column in range(laid.column, laid.column + laid.column_span):
                    self._style(row, column, Look())
        font, size = ("黑体", 16) if self._is_title(laid) else (FONT, 10.5)
        look = Look(font, size, side=_side(laid), boxed=not laid.outside)
        if isinstance(content, Label):
            shown = self.form.contents.get((laid.row, laid.column), Content(content.text or None))
            self._style(laid.row, laid.column, look._replace(number_format=shown.number_format or "General"))
            self._write(laid.row, laid.column, shown)
            return
        spec = self.drawing.spec(content.fact)
        self._value(laid.row, laid.column, spec, content, look._replace(kind=spec.kind if working else None))
        if working:
            self._offer(laid.row, laid.column, spec)
            if not content.band:
                self._note(laid.row, laid.column, spec)

    def _is_title(self, laid: LaidCell) -> bool:
        """Whether a cell prints the title of the form, perhaps with the year in it, or before a unit or year."""
        title, content = self.drawing.title, laid.content
        if isinstance(content, Label):
            return one_line(content.text) == title != ""
        whole = one_line(f"{content.before}{self._text(laid)}{content.after}")
        return title != "" and (title in content.before or (not content.band and whole == title))

    def _value(self, row: int, column: int, spec: FactSpec, slot: Slot | None, look: Look) -> None:
        content = self.form.contents.get((row, column), Content(None))
        number_format = content.number_format or spec.number_format
        if slot and (slot.before or slot.after):
            worded = isinstance(content.value, str) and not content.formula
            number_format = wrapped(slot, "@" if worded else number_format)
            if content.value is None and spec.number_format == "@":
                content = Content(" ")
        self._style(row, column, look._replace(number_format=number_format))
        if not content.formula:
            self._write(row, column, content)

    def _style(self, row: int, column: int, look: Look) -> None:
        cell = self.ws.cell(row, column)
        if look in self._looks:
            cell._style = copy(self._looks[look])
            return
        cell.font = Font(name=look.font, size=look.size, bold=look.bold)
        if look.side:
            cell.alignment = Alignment(look.side, "center", wrap_text=True)
        if look.boxed:
            cell.border = BOX
        cell.number_format = look.number_format
        if look.kind:
            cell.fill = FILLS.get(Kind.INPUT if look.kind is Kind.PRIVATE else look.kind, PatternFill())
            cell.protection = Protection(locked=look.kind is Kind.COMPUTED)
        self._looks[look] = copy(cell._style)

    def _write(self, row: int, column: int, content: Content) -> None:
        put(self.ws.cell(row, column), content.value)

    def _offer(self, row: int, column: int, spec: FactSpec) -> None:
        if spec.choices:
            self._chosen.setdefault(tuple(spec.choices), []).append((column, row))

    def _drop_downs(self) -> None:
        """One list for all cells with the same choices, given as runs down a column.

        A list that ends in … only suggests; before any other entry than those of a closed one the user is asked.
        """
        for choices, cells in self._chosen.items():
            listed = [choice for choice in choices if choice != "…"]
            validation = DataValidation("list", formula1='"' + ",".join(listed) + '"', allow_blank=True)
            validation.errorStyle, validation.error = "warning", words.NOT_IN_LIST
            validation.showErrorMessage = len(listed) == len(choices)
            validation.sqref = MultiCellRange(" ".join(runs(cells)))
            self.ws.add_data_validation(validation)

    def _note(self, row: int, column: int, spec: FactSpec) -> None:
        if spec.note:
            note = Comment(spec.note, words.NOTE_AUTHOR, height=60, width=240)
            self.ws.cell(row, column).comment = note

    def _band_notes(self) -> None:
        """The filling notes of a repeated block stand once, at the heads of its columns."""
        for name, band in self.layout.placement.bands.items():
            for field, column in band.columns.items():
                self._note(band.header, column, self.drawing.spec(f"{name}.{field}"))

    def _extras(self) -> None:
        """Nothing stands beside a form that has no facts for the report."""
        if not self.layout.extras:
            return
        left = self.drawing.width + 2
        self.ws.cell(1, left, words.FOR_REPORT).font = Font(name=FONT, size=10.5, bold=True)
        for extra in self.layout.extras:
            label = self.ws.cell(*extra.label, extra.spec.label)
            label.font = Font(name=FONT, size=10)
            label.alignment = Alignment("left", "center", wrap_text=True)
            for row in extra.rows:
                self._value(row, extra.column, extra.spec, None, Look(size=10, side="left", kind=extra.spec.kind))
                self._offer(row, extra.column, extra.spec)
            if extra.label[0] == extra.rows[0]:
                self._note(extra.rows[0], extra.column, extra.spec)
        for column in range(left, left + 10):
            self.ws.column_dimensions[letters(column)].width = 16
        self.ws.column_dimensions[letters(left + 1)].width = 36
        self._legend(left)

    def _legend(self, column: int) -> None:
        """What the colours mean, under the facts for the report."""
        first = max((extra.rows[0] for extra in self.layout.extras if len(extra.rows) == 1), default=1) + 2
        for row, kind in enumerate(FILLS, first):
            cell = self.ws.cell(row, column, words.LEGEND[kind.value])
            cell.fill, cell.font, cell.border = FILLS[kind], Font(name=FONT, size=9), BOX

    def _sizes(self) -> None:
        numbers = self._widest_numbers()
        for column, twips in enumerate(self.drawing.widths, 1):
            width = max(twips / TWIPS_PER_CHARACTER, numbers.get(column, 0))
            self.ws.column_dimensions[letters(column)].width = round(width, 1)
        by_row = cells_by_row(self.layout)
        for row, drawn in enumerate(self.layout.drawn, 1):
            needed = self._needed(by_row[row])
            least = TITLE_POINTS if any(map(self._is_title, by_row[row])) else LEAST_POINTS
            self.ws.row_dimensions[row].height = max(self.drawing.rows[drawn].height or least, needed, LEAST_POINTS)

    def _widest_numbers(self) -> dict[int, float]:
        """By column the characters its numbers take: one that does not fit is not cut off, but shown as ####."""
        widest: dict[int, float] = {}
        for cell in self.layout.cells:
            content = self.form.contents.get((cell.row, cell.column))
            if cell.column_span == 1 and content and isinstance(content.value, Decimal):
                taken = len(printed(content.value, self._format(cell, content))) + 1.5
                widest[cell.column] = max(taken, widest.get(cell.column, 0))
        return widest

    def _format(self, cell: LaidCell, content: Content) -> str:
        """The number format of a cell."""
        own = "General" if isinstance(cell.content, Label) else self.drawing.spec(cell.content.fact).number_format
        return content.number_format or own

    def _needed(self, cells: Sequence[LaidCell]) -> float:
        """The height at which the longest text of a row is whole."""
        lines = 1
        for cell in cells:
            if cell.row_span > 1:
                continue
            text = cell.content.text if isinstance(cell.content, Label) else self._text(cell)
            twips = sum(self.drawing.widths[cell.column - 1 : cell.column - 1 + cell.column_span])
            lines = max(lines, lines_of(text, twips / TWIPS_PER_CHARACTER - 1))
        return min(lines * LINE_POINTS + 5, 400)

    def _text(self, cell: LaidCell) -> str:
        value = self.form.contents.get((cell.row, cell.column), Content(None)).value
        return str(value) if value is not None else ""

    def _names(self) -> None:
        title = self.ws.title
        for name, area in self.layout.placement.defined():
            self.ws.defined_names[name] = DefinedName(name, attr_text=reference(area, title))
        for name, text in self.form.constants.items():
            self.ws.defined_names[name] = DefinedName(name, attr_text=quoted(text))
        self.ws.defined_names[MARKS_NAME] = DefinedName(
            MARKS_NAME, attr_text=marks_area(words.RESULTS, FIRST_MARKS_COLUMN)
        )

    def _formats(self) -> None:
        """Marks, and a weight sum that is not 100."""
        area = f"A1:{address(len(self.layout.drawn), self.layout.drawing.width + 9)}"
        self.ws.conditional_formatting.add(area, FormulaRule([SHOWN], fill=_MARKED))
        for fact, spot in self.layout.placement.facts.items():
            column = WEIGHED.get(self.drawing.spec(fact).relation)
            if column and "indicators" in self.layout.placement.bands:
                weights = self.layout.placement.bands["indicators"].area(column).absolute.rpartition(":")[0]
                self._warn_if_unbalanced(spot, f"{weights}:{address(spot[0] - 1, spot[1])}")

    def _warn_if_unbalanced(self, spot: Spot, weights: str) -> None:
        """A sum of weights that is not 100 turns red, once any weight is typed."""
        total = address(*spot)
        unbalanced = [f"AND(COUNT({weights})>0,ISNUMBER({total}),ROUND({total},2)<>100)"]
        rule = FormulaRule(unbalanced, font=Font(color="C00000", bold=True))
        self.ws.conditional_formatting.add(total, rule)

    def _print(self) -> None:
        ws = self.ws
        ws.print_area = f"A1:{address(len(self.layout.drawn), self.drawing.width)}"
        upright = sum(self.drawing.widths) <= WIDEST_UPRIGHT
        ws.page_setup.paperSize, ws.page_setup.orientation = 9, "portrait" if upright else "landscape"
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        ws.print_options.horizontalCentered = True
        margins = ws.page_margins
        margins.left = margins.right = 0.6
        margins.top = margins.bottom = 0.7
        ws.oddFooter.center.text = words.PAGE_NUMBER
        ws.sheet_view.showGridLines = False


def _side(laid: LaidCell) -> str:
    """Long texts stand left, everything else in the middle."""
    content = laid.content
    if isinstance(content, Label):
        note = content.text.startswith(("附件", "注", "其中", "　")) or len(content.text) > 60
        return "left" if note else "center"
    texts = content.fact.startswith(("goal.", "analysis.", "text.")) or content.fact.endswith("reason")
    signed = bool(content.before) and content.fact != "year"
    return "left" if texts or signed else "center"


def put(cell: Cell, value: Value) -> None:
    """Put a value into a cell; a text stays the text it is, whatever it looks like: openpyxl does not see to that."""
    cell.value = coded(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def wrapped(slot: Slot, number_format: str) -> str:
    """A number format that prints the fixed words of a cell around the value: ``"（"0"）年度"``."""
    before = f'"{slot.before}"' if slot.before else ""
    after = f'"{slot.after}"' if slot.after else ""
    return f"{before}{number_format}{after}"


def runs(cells: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The ranges that cover cells (column, row): neighbours below one another as one range."""
    column = first = last = 0
    for at in sorted(cells):
        if at == (column, last + 1):
            last += 1
            continue
        if first:
            yield f"{address(first, column)}:{address(last, column)}"
        column, first = at
        last = first
    if first:
        yield f"{address(first, column)}:{address(last, column)}"


def lines_of(text: str, characters: float) -> int:
    """How many lines a text takes in a column of so many half-width characters."""
    total = 0
    for line in text.split("\n"):
        width = sum(2 if ord(letter) > 0x2E7F else 1 for letter in line)
        total += max(1, -(-width // max(int(characters), 1)))
    return total
