"""Forms of many rows through the real commands. Nothing is timed; something quadratic would never come to its end."""

from decimal import Decimal
from pathlib import Path

from docx import Document as WordFile

from jixiao.actions.book import Book, Sheet
from jixiao.cli import main
from jixiao.forms import library
from jixiao.forms.compose import Content, blank
from jixiao.forms.recognise import forms
from jixiao.grid import Value
from jixiao.hosts.builder import build
from jixiao.hosts.package import PackageHost


def large_form(path: Path, rows: int) -> Path:
    """A 四川 form of so many indicators; the first 900 weigh 0.1 each, the others nothing."""
    drawing = library.drawing("sichuan-project-2023")
    drawing = drawing._replace(rows=[row._replace(repeat=rows) if row.repeat else row for row in drawing.rows])
    form = blank(drawing, 2023)
    facts, band = form.layout.placement.facts, form.layout.placement.bands["indicators"]
    contents = dict(form.contents)
    for column in ("initial", "adjusted", "executed"):
        contents[facts[f"funds.fiscal.{column}"]] = Content(Decimal(10))
    for number, row in enumerate(band.rows):
        texts: dict[str, Value] = {
            "level1": "产出指标", "level2": "数量指标", "name": f"第{number + 1}项", "nature": "≥", "target": Decimal(10),
            "unit": "人", "reason": "" if number else "推迟", "actual": Decimal(10 if number else 5), "weight": Decimal("0.1") if number < 900 else Decimal(0),
        }  # fmt: skip
        contents.update({(row, band.columns[field]): Content(value) for field, value in texts.items()})
    path.write_bytes(build(Book([Sheet("大表", form._replace(contents=contents))])))
    return path


def stated(path: Path, fact: str) -> Value:
    grid = PackageHost(path).read().grids[0]
    return grid.at(grid.names[fact].top, grid.names[fact].left).value


def test_ten_thousand_indicators_are_filled_and_checked(tmp_path: Path) -> None:
    path = large_form(tmp_path / "一万项.xlsx", 10_000)
    assert main(["fill", str(path)]) == 0
    assert stated(path, "total.weight") == 100
    assert stated(path, "total.score") == Decimal("99.95")  # the first reached 5 of 10
    assert main(["check", str(path)]) == 0


def test_reports_and_exports_of_many_indicators_hold_every_one(tmp_path: Path) -> None:
    path = large_form(tmp_path / "三百项.xlsx", 300)
    assert main(["fill", str(path)]) == 0
    assert main(["report", str(path), "-o", str(tmp_path / "报告.docx")]) == 0
    assert main(["export", str(path), "-o", str(tmp_path / "上报.xlsx")]) == 0
    assert main(["export", str(path), "--word", "-o", str(tmp_path / "上报.docx")]) == 0
    [exported] = forms(PackageHost(tmp_path / "上报.xlsx").read())
    assert [row.name.text for row in exported.evaluation.indicators if row.name][-1] == "第300项"
    for name in ("报告.docx", "上报.docx"):
        assert "第300项" in "".join(WordFile(str(tmp_path / name)).element.itertext()), name
