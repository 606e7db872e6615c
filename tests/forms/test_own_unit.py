"""The unit of money is what the document prints; where it contradicts itself, or says nothing, none is guessed."""

from collections.abc import Callable, Mapping

import pytest

from jixiao.actions.create import new_from
from jixiao.actions.export import export_word
from jixiao.actions.fill import fill
from jixiao.actions.importing import import_document
from jixiao.actions.write_report import write_reports
from jixiao.builder import build
from jixiao.checks import check
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation
from jixiao.findings import Finding
from jixiao.forms.recognise import forms
from jixiao.grid import Cell, Document, Grid, Paragraph
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.report.document import Paragraph as Written
from jixiao.report.document import Table

SEEDS = __file__.rpartition("forms")[0] + "seeds/"
SEED = SEEDS + "datong-2021-project.docx"
HEADING = "项目资金\n（万元）"


@pytest.fixture(scope="module")
def word() -> Document:
    """大同, as published: 194 and 135 under 项目资金（万元）."""
    return load_document(SEED)


@pytest.fixture(scope="module")
def named(word: Document) -> Document:
    """The same form as a workbook of ours."""
    return PackageHost.from_bytes(build(import_document(word)), "大同.xlsx").read()


def rewritten(document: Document, changed: Callable[[str], str]) -> Document:
    """Every text of the tables rewritten."""
    return document.with_grids(lambda grid: grid._replace(cells=_each(grid.cells, changed)))


def _each(cells: Mapping[tuple[int, int], Cell], changed: Callable[[str], str]) -> dict[tuple[int, int], Cell]:
    return {
        spot: cell if (text := changed(cell.text)) == cell.text else Cell(text, text) for spot, cell in cells.items()
    }


def headed(document: Document, heading: str) -> Document:
    """The form with another heading of its fund block."""
    found = [
        cell
        for grid in document.grids
        for cell in grid.cells.values()
        if "".join(cell.text.split()) == "项目资金（万元）"
    ]
    assert len(found) == 1
    return rewritten(document, lambda text: heading if "".join(text.split()) == "项目资金（万元）" else text)


def with_line(document: Document, text: str) -> Document:
    """A Word form with a line between its title and its table."""
    at = next(i for i, block in enumerate(document.blocks) if isinstance(block, Grid))
    return document._replace(blocks=[*document.blocks[:at], Paragraph(99, text), *document.blocks[at:]])


def only(document: Document) -> Evaluation:
    [form] = forms(document)
    return form.evaluation


def units(evaluation: Evaluation) -> set[str]:
    """The units of all amounts of the fund block."""
    cells = (cell for name, cell in evaluation.facts.items() if name.startswith("funds.") and "rate" not in name)
    return {cell.figure.heading for cell in cells if cell.figure}


def slips(evaluation: Evaluation) -> list[Finding]:
    return [finding for finding in check(evaluation) if finding.code == "R38"]


@pytest.fixture(params=["word", "named"])
def published(request: pytest.FixtureRequest) -> Document:
    """The form as a Word table without names, and as a workbook with them."""
    document: Document = request.getfixturevalue(request.param)
    return document


def test_the_official_form_is_in_its_own_unit(published: Document) -> None:
    assert (only(published).unit, units(only(published))) == ("万元", {"万元"})
    assert only(published).number("funds.total.executed") == 135


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("项目资金（元）", "元"),
        ("项目资金\n(单位：元)", "元"),
        ("项目资金（ 千元 ）", "千元"),
        ("项目资金（亿元，保留两位小数）", "亿元"),
        ("项目资金", ""),
        ("项目资金（元谋县）", ""),
    ],
)
def test_the_heading_of_the_block_decides(published: Document, heading: str, unit: str) -> None:
    evaluation = only(headed(published, heading))
    assert (evaluation.unit, units(evaluation), slips(evaluation)) == (unit, {unit}, [])


@pytest.mark.parametrize(
    "line",
    [
        "单位：元",
        "填报单位：元谋县财政局   单位：元",
        "金额单位：人民币元",
        "（单位:元）",
        "2021年度项目支出绩效自评表（元）",
    ],
)
def test_a_line_above_the_table_decides_where_the_block_is_silent(word: Document, line: str) -> None:
    evaluation = only(with_line(headed(word, "项目资金"), line))
    assert (evaluation.unit, units(evaluation)) == ("元", {"元"})


@pytest.mark.parametrize("line", ["填报单位：元谋县财政局", "实施单位：元", "资金共1000元", "见附件（元）说明"])
def test_other_lines_say_no_unit(word: Document, line: str) -> None:
    assert only(with_line(headed(word, "项目资金"), line)).unit == ""


def test_a_row_above_the_block_decides_where_the_block_is_silent(named: Document) -> None:
    with_row = rewritten(headed(named, "项目资金"), lambda text: "附件1   单位：元" if text == "附件1" else text)
    assert only(with_row).unit == "元"


def test_a_heading_and_a_line_that_differ_are_found(word: Document) -> None:
    evaluation = only(with_line(headed(word, "项目资金（元）"), "单位：万元"))
    assert (evaluation.unit, units(evaluation)) == ("", {""})
    [slip] = slips(evaluation)
    assert slip.severity.value == "warning"
    assert [place.paragraph or place.row for place in slip.places] == [5, 99]
    assert "“项目资金（元）”" in slip.message and "“单位：万元”" in slip.message


def number(document: Document, fact: str, text: str, value: str) -> Document:
    """A workbook in which a number prints like this."""
    from decimal import Decimal

    def changed(grid: Grid) -> Grid:
        if fact not in grid.names:
            return grid
        area = grid.names[fact]
        return grid._replace(cells={**grid.cells, (area.top, area.left): Cell(text, Decimal(value))})

    return document.with_grids(changed)


def test_a_number_whose_format_prints_another_unit_than_its_heading_is_found(named: Document) -> None:
    evaluation = only(number(headed(named, "项目资金（元）"), "funds.fiscal.executed", "135.00万元", "135"))
    [slip] = slips(evaluation)
    assert (evaluation.unit, "“项目资金（元）”、“135.00万元”" in slip.message) == ("", True)
    assert [place.cell for place in slip.places] == ["A6", "F8"]


def test_a_format_that_counts_in_ten_thousands_contradicts_nothing(named: Document) -> None:
    """1350000 prints as 135.00万元: under 元 and under 万元 it is the same amount."""
    in_yuan = only(number(headed(named, "项目资金（元）"), "funds.fiscal.executed", "135.00万元", "1350000"))
    assert (in_yuan.unit, in_yuan.number("funds.fiscal.executed"), in_yuan.defects) == ("元", 1350000, [])
    in_wan = only(number(named, "funds.fiscal.executed", "135.00万元", "1350000"))
    assert (in_wan.unit, in_wan.number("funds.fiscal.executed"), in_wan.defects) == ("万元", 135, [])


def test_a_workbook_of_ours_may_say_its_unit_in_many_ways(named: Document) -> None:
    assert only(headed(named, "项目资金 单位：元")).unit == "元"
    assert only(headed(named, "项目资金/千元")).unit == "千元"
    assert only(headed(named, "项目资金额千元")).unit == "千元"


def test_amounts_may_say_their_unit_themselves(named: Document) -> None:
    evaluation = only(number(headed(named, "项目资金"), "funds.fiscal.executed", "135.00千元", "135"))
    assert (evaluation.unit, units(evaluation)) == ("千元", {"千元"})


def test_columns_in_different_units_are_found_and_nothing_is_concluded_from_them(word: Document) -> None:
    mixed = rewritten(
        headed(word, "项目资金"),
        lambda text: {"年初预算数": "年初预算数（万元）", "全年执行数": "全年执行数（元）"}.get(text, text),
    )
    evaluation = only(mixed)
    assert (evaluation.unit, len(slips(evaluation))) == ("", 1)
    assert {cell.sure for name, cell in evaluation.facts.items() if name.endswith("executed")} == {0.5}
    assert evaluation.facts["project.name"].sure == 1


# ---------------------------------------------------------------- what is made of such a form


def texts(document: Document) -> list[str]:
    return ["".join(cell.text.split()) for grid in document.grids for cell in grid.cells.values()]


@pytest.mark.parametrize(("heading", "unit"), [("项目资金（元）", "元"), ("项目资金", "")])
def test_an_import_keeps_heading_and_amounts(published: Document, heading: str, unit: str) -> None:
    book = import_document(headed(published, heading))
    again = PackageHost.from_bytes(build(book), "导入.xlsx").read()
    assert heading in texts(again) and not any("万元" in text for text in texts(again))
    evaluation = only(again)
    assert (evaluation.unit, evaluation.number("funds.total.executed")) == (unit, 135)
    assert heading not in {stated.text for stated in book.unplaced}
    assert slips(evaluation) == []


def told(document: Document) -> str:
    [report] = write_reports(document)
    return "\n".join(block.text for block in report.document.blocks if isinstance(block, Written))


@pytest.mark.parametrize(
    ("heading", "unit"), [("项目资金（元）", "元"), ("项目资金（千元）", "千元"), ("项目资金", "")]
)
def test_what_is_imported_and_filled_is_reported_in_the_unit_of_the_document(
    word: Document, heading: str, unit: str
) -> None:
    """194 and 135, whatever they count: from the Word table, and from the workbook made of it and filled."""
    host = PackageHost.from_bytes(build(import_document(headed(word, heading))), "导入.xlsx")
    host.write(fill(host.read()).changes)
    before, after = check(only(headed(word, heading))), check(only(host.read()))
    assert {finding.code for finding in after} >= {finding.code for finding in before if finding.code.startswith("R0")}
    for document in (headed(word, heading), host.read()):
        text = told(document)
        assert f"2021年度年初预算数194{unit}，全年预算数194{unit}，全年执行数135{unit}，执行率为70%。" in text
        assert "万元" not in text.replace("如（万元）、（元）", "")
        assert ("金额单位" in text) == (not unit)


def test_an_export_keeps_the_heading(published: Document) -> None:
    [table] = [block for block in export_word(headed(published, "项目资金（元）")).blocks if isinstance(block, Table)]
    printed = ["".join(cell.text.split()) for row in table.rows for _, cell in row.cells]
    assert "项目资金（元）" in printed and "项目资金（万元）" not in printed


def test_next_years_form_keeps_the_heading(published: Document) -> None:
    again = PackageHost.from_bytes(build(new_from(headed(published, "项目资金（元）"), 2022)), "新.xlsx").read()
    assert "项目资金（元）" in texts(again) and only(again).unit == "元"


@pytest.mark.parametrize("make", [import_document, export_word, lambda document: new_from(document, 2022)])
def test_a_form_that_contradicts_itself_is_not_copied(word: Document, make: Callable[[Document], object]) -> None:
    with pytest.raises(Refusal, match="大同|datong.*金额单位前后不一（“项目资金（元）”、“单位：万元”）"):
        make(with_line(headed(word, "项目资金（元）"), "单位：万元"))
