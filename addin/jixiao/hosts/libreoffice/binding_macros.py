"""What the add-in ``jixiao.xlam`` does when a workbook is bound in Excel (macros/JixiaoBinding.bas), done in Calc."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao.hosts.libreoffice.bridge import Denied, Live, enum, struct
from jixiao.hosts.libreoffice.documents import Book, Sheet
from jixiao.office.launcher import file_url, properties
from jixiao.owned import TemporaryFolder
from jixiao.places import address
from jixiao.wording import calc as words

_STYLES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"
  xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">
<office:styles><style:style style:name="{name}" style:family="table-cell">
<style:table-cell-properties fo:background-color="#ffc7ce"/></style:style></office:styles>
<office:body><office:spreadsheet><table:table table:name="1"><table:table-row><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document>
"""
_PINK, _GREY = 0xFFC7CE, 0x666666
_CONDITION, _EXPRESSION = 0, 24  # com.sun.star.sheet: ConditionEntryType.CONDITION, ConditionFormatOperator2.EXPRESSION
_TOP, _MIDDLE = 1, 2  # com.sun.star.table.CellVertJustify2
_PIXEL = 2540 / 96  # hundredths of a millimetre, as Calc measures
_LINE = 9  # the width of a thin line
_FONT, _HEADING_FONT = "宋体", "黑体"


# ---- conditional formats


def show_marks(sheet: Sheet, area: str, condition: str) -> None:
    """Colour the cells of an area that fulfil the condition. Formats of others stay and come first."""
    sheet.refuse_protected()
    with sheet.book.spreadsheet.rows_as_high():
        rule = {
            "Operator": enum("sheet.ConditionOperator", "FORMULA"),
            "Formula1": sheet.book.spreadsheet.notation.to_calc(condition),
            "StyleName": _marked_style(sheet.book),
        }
        free, shared = _parted(sheet, sheet.areas(area.split(",")))
        if free.getCount():
            _replace_formats(free, rule)
        if shared.getCount():
            _add_format(sheet, shared, rule)


def _parted(sheet: Sheet, cells: Live) -> tuple[Live, Live]:
    """The cells that have no conditional format yet, and those that have."""
    free, shared = _ranges(sheet, cells.getRangeAddresses()), _ranges(sheet, ())
    for other in _formats(sheet):
        for taken in other.getPropertyValue("Range").getRangeAddresses():
            both = free.queryIntersection(taken).getRangeAddresses()
            free.removeRangeAddresses(both)
            shared.addRangeAddresses(both, True)
    return free, shared


def _ranges(sheet: Sheet, addresses: Sequence[Any]) -> Live:
    ranges: Live = sheet.book.api.createInstance("com.sun.star.sheet.SheetCellRanges")
    ranges.addRangeAddresses(tuple(addresses), True)
    return ranges


def _replace_formats(cells: Live, rule: Mapping[str, Any] | None) -> None:
    """Give cells this one conditional format, or none. Calc shows it at once; what others made for them would be gone."""
    entries = cells.getPropertyValue("ConditionalFormat")
    entries.clear()
    if rule:
        entries.addNew(properties(**rule))
    cells.setPropertyValue("ConditionalFormat", entries)


def _add_format(sheet: Sheet, cells: Live, rule: Mapping[str, Any]) -> None:
    """Give cells one more conditional format. Calc shows it when the workbook is opened again."""
    formats = sheet.api.getPropertyValue("ConditionalFormats")
    number = formats.createByRange(cells)
    added = next(added for added in _formats(sheet) if added.getPropertyValue("ID") == number)
    added.createEntry(_CONDITION, 0)
    entry = added.getByIndex(0)
    for name, value in {**rule, "Operator": _EXPRESSION}.items():
        entry.setPropertyValue(name, value)


def hide_marks(sheet: Sheet, word: str) -> str:
    """Remove the conditional formats whose condition has this word; tells the areas they were for."""
    sheet.refuse_protected()
    formats = sheet.api.getPropertyValue("ConditionalFormats")
    areas: list[str] = []
    for ours in list(_speaking_of(word, sheet)):
        cells = ours.getPropertyValue("Range").getRangeAddresses()
        areas += map(_address, cells)
        formats.removeByID(ours.getPropertyValue("ID"))
        free, _ = _parted(sheet, _ranges(sheet, cells))
        if free.getCount():
            _replace_formats(free, None)  # else they would remember the number, and show what gets it next
    if not any(any(_speaking_of(word, each)) for each in sheet.book.sheets):
        _forget_style(sheet.book)
    return ",".join(areas)


def _speaking_of(word: str, sheet: Sheet) -> Iterator[Live]:
    return (each for each in _formats(sheet) if any(word in condition for condition in _conditions(each)))


def _address(area: Any) -> str:
    first, last = (area.StartRow, area.StartColumn), (area.EndRow, area.EndColumn)
    return ":".join(address(row + 1, column + 1) for row, column in (first, last))


def _formats(sheet: Sheet) -> Iterator[Live]:
    formats = sheet.api.getPropertyValue("ConditionalFormats")
    return map(formats.of, formats.getConditionalFormats())


def _conditions(form: Live) -> Iterator[str]:
    """Bars, scales and icons of a format have none."""
    for number in range(form.getCount()):
        entry = form.getByIndex(number)
        if entry.getType() == _CONDITION:
            yield entry.getPropertyValue("Formula1")


def _marked_style(book: Book) -> str:
    """In Calc a condition leads to a style of cells. None can be coloured as long as any sheet of the workbook is protected."""
    styles = _styles(book)
    if not styles.hasByName(words.MARKED_STYLE):
        styles.insertByName(words.MARKED_STYLE, book.api.createInstance("com.sun.star.style.CellStyle"))
        try:
            styles.getByName(words.MARKED_STYLE).setPropertyValue("CellBackColor", _PINK)
        except Denied:
            _forget_style(book)
            _take_over_style(book)
    return words.MARKED_STYLE


def _take_over_style(book: Book) -> None:
    """The style from a file: that no protection forbids. Only then, for in rare cases it ends the office."""
    with TemporaryFolder() as folder:
        path = os.path.join(folder, "styles.fods")
        with open(path, "w", encoding="utf-8") as file:
            file.write(_STYLES.format(name=words.MARKED_STYLE))
        only_new = properties(OverwriteStyles=False, LoadCellStyles=True, LoadPageStyles=False)
        book.api.getStyleFamilies().loadStylesFromURL(file_url(path), only_new)


def _forget_style(book: Book) -> None:
    styles = _styles(book)
    if styles.hasByName(words.MARKED_STYLE):
        styles.removeByName(words.MARKED_STYLE)


def _styles(book: Book) -> Live:
    styles: Live = book.api.getStyleFamilies().getByName("CellStyles")
    return styles


# ---- the sheet 校验结果


def lay_out_results(sheet: Sheet, widths: str) -> None:
    """The look of the sheet; what it says stands there already. The marks from column L on are hidden."""
    numbers = [float(width) for width in widths.split(",")]
    last = len(numbers) - 1
    _dress(sheet.api.getCellRangeByPosition(0, 0, 0, 0), _font(_HEADING_FONT, 14))
    _dress(sheet.api.getCellRangeByPosition(0, 1, 0, 1), {**_font(_FONT, 9), "CharColor": _GREY})
    heads = _font(_FONT, 10.5) | _weight(150.0) | _aligned("CENTER", _MIDDLE) | _boxed()
    _dress(sheet.api.getCellRangeByPosition(0, 2, last, 2), heads)
    _dress(sheet.api.getCellRangeByPosition(0, 3, last, 62), _font(_FONT, 10.5) | _aligned("LEFT", _TOP))
    columns = sheet.api.getColumns()
    for number, width in enumerate(numbers):
        columns.getByIndex(number).setPropertyValue("Width", round((7 * width + 5) * _PIXEL))
    end = columns.getCount() - 1
    sheet.api.getCellRangeByPosition(11, 0, end, 0).getColumns().setPropertyValue("IsVisible", False)
    sheet.api.setPrintTitleRows(True)
    sheet.api.setTitleRows(struct("table.CellRangeAddress", StartRow=2, EndRow=2, EndColumn=last))


def _dress(cells: Live, look: Mapping[str, Any]) -> None:
    for name, value in look.items():
        cells.setPropertyValue(name, value)


def _font(name: str, points: float) -> dict[str, Any]:
    """Calc keeps the font of Chinese letters apart."""
    return {
        "CharFontName": name, "CharFontNameAsian": name, "CharHeight": points, "CharHeightAsian": points,
    }  # fmt: skip


def _weight(weight: float) -> dict[str, Any]:
    return {"CharWeight": weight, "CharWeightAsian": weight}


def _aligned(across: str, down: int) -> dict[str, Any]:
    return {"HoriJustify": enum("table.CellHoriJustify", across), "VertJustify": down, "IsTextWrapped": True}


def _boxed() -> dict[str, Any]:
    line = struct("table.BorderLine2", OuterLineWidth=_LINE, LineWidth=_LINE)
    return dict.fromkeys(("TopBorder", "BottomBorder", "LeftBorder", "RightBorder"), line)
