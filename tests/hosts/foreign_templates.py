"""Workbooks of other people, made at random: whatever a bureau's template may carry, in many orders."""

import io
import random
import zipfile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.grid import Area, Binding

LOOSE_PARTS = {
    "xl/vbaProject.bin": bytes(range(256)) * 9,
    "xl/ctrlProps/ctrlProp1.xml": b'<formControlPr xmlns="urn:x" objectType="Button"/>',
    "xl/printerSettings/printerSettings1.bin": bytes(range(255, -1, -1)),
    "customXml/item1.xml": b"<?xml version='1.0'?>\n<a  b='1' ></a>",
    "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="urn:x"/>',
}
TITLES = ("项目支出", "Sheet1", "it's", "表 2", "附件（一）", "汇总&合计")
_PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


def template(seed: int) -> bytes:
    """A workbook with some of all that."""
    chance = random.Random(seed)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title in chance.sample(TITLES, chance.randint(1, 4)):
        _sheet(book.create_sheet(title), chance)
    if chance.random() < 0.3:
        book.create_chartsheet("图表").add_chart(BarChart())
    if len(book.worksheets) > 1 and chance.random() < 0.5:
        book.worksheets[-1].sheet_state = chance.choice(["hidden", "veryHidden"])
    for number in range(chance.choice([0, 0, 1, 3])):
        book.defined_names[f"名称{number}"] = DefinedName(f"名称{number}", attr_text="1+1")
    buffer = io.BytesIO()
    book.save(buffer)
    return _with_parts(buffer.getvalue(), chance)


def binding(seed: int, data: bytes) -> Binding:
    """Names for one of its sheets, and cells that will show a rate."""
    chance = random.Random(-seed - 1)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = chance.choice(book.worksheets)
    names = {}
    for number in range(chance.randint(1, 9)):
        row, column = chance.randint(1, 30), chance.randint(1, 9)
        names[f"funds.f{number}_x"] = Area(row, column, row + chance.choice([0, 0, 3]), column)
    constants = {"jx.form": "local", "jx.scheme": '"甲"&<乙>', "jx.formulas": "native", "jx.bound": "yes"}
    rates = [(chance.randint(1, 40), chance.randint(1, 9)) for _ in range(chance.randint(0, 5))]
    return Binding(sheet.title, names, constants, rates)


def _sheet(sheet: Worksheet, chance: random.Random) -> None:
    line = Side(style="thin")
    for _ in range(chance.choice([0, 5, 60])):
        cell = sheet.cell(chance.randint(1, 30), chance.randint(1, 9))
        cell.value = chance.choice(["文字", 12.5, True, None, "=1+1"])
        cell.number_format = chance.choice(["General", "0.00", "0.00%", "General"])
        cell.font = chance.choice([Font(), Font(bold=True), Font(name="仿宋")])
        cell.border = chance.choice([Border(), Border(line, line, line, line)])
        cell.fill = chance.choice([PatternFill(), PatternFill("solid", fgColor="DDDDDD")])
        cell.protection = chance.choice([Protection(), Protection(locked=False)])
    extras = [_validation, _comment, _picture, _table, _format, _protected, _chart, _local_name, _sizes, _printing]
    for extra in chance.sample(extras, chance.randint(0, len(extras))):
        extra(sheet, chance)


def _validation(sheet: Worksheet, chance: random.Random) -> None:
    listed = DataValidation("list", formula1='"优,良,中,差"')
    listed.add("B2:B9")
    sheet.add_data_validation(listed)


def _comment(sheet: Worksheet, chance: random.Random) -> None:
    sheet["C3"].comment = Comment("说明", "财政局")


def _picture(sheet: Worksheet, chance: random.Random) -> None:
    sheet.add_image(Image(io.BytesIO(_PIXEL)), "H2")


def _table(sheet: Worksheet, chance: random.Random) -> None:
    sheet["K1"], sheet["L1"], sheet["K2"] = "列一", "列二", 1
    sheet.add_table(Table(displayName=f"T{chance.randrange(10**9)}", ref="K1:L3"))


def _format(sheet: Worksheet, chance: random.Random) -> None:
    sheet.conditional_formatting.add("A1:C9", FormulaRule(["A1>1"], fill=PatternFill(bgColor="FF0000")))
    sheet.conditional_formatting.add("D1:D9", CellIsRule("lessThan", ["0"], font=Font(color="FF0000")))


def _protected(sheet: Worksheet, chance: random.Random) -> None:
    sheet.protection.sheet = True
    if chance.random() < 0.5:
        sheet.protection.password = "1234"


def _chart(sheet: Worksheet, chance: random.Random) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, 1, 1, 1, 5))
    sheet.add_chart(chart, "N2")


def _local_name(sheet: Worksheet, chance: random.Random) -> None:
    sheet.defined_names["合计"] = DefinedName("合计", attr_text="1")
    sheet.print_area = "A1:I30"


def _sizes(sheet: Worksheet, chance: random.Random) -> None:
    sheet.column_dimensions["B"].width, sheet.row_dimensions[7].height = 20, 30
    sheet.row_dimensions[33].hidden = True
    sheet.merge_cells("F20:H22")


def _printing(sheet: Worksheet, chance: random.Random) -> None:
    sheet.oddFooter.center.text = "第 &P 页"
    sheet.page_setup.orientation = "landscape"
    sheet.freeze_panes = "B3"


def _with_parts(data: bytes, chance: random.Random) -> bytes:
    """Parts beside the sheets, of which openpyxl knows nothing; sometimes the names are missing altogether."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        bare = chance.random() < 0.5
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml" and bare:
                content = content.replace(b"<definedNames/>", b"").replace(b"<definedNames />", b"")
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"<Default", b'<Default Extension="bin" ContentType="application/octet-stream"/><Default', 1
                )
            new.writestr(name, content)
        for name in chance.sample(sorted(LOOSE_PARTS), chance.randint(0, len(LOOSE_PARTS))):
            new.writestr(name, LOOSE_PARTS[name])
    return buffer.getvalue()
