"""Forms of many rows through the real commands. Nothing is timed; something quadratic would never come to its end."""

from decimal import Decimal
from pathlib import Path

from docx import Document as WordFile

from jixiao.cli import main
from jixiao.forms.recognise import forms
from jixiao.grid import Value
from jixiao.hosts.package import PackageHost
from workbooks import large_form


def stated(path: Path, fact: str) -> Value:
    grid = PackageHost(path).read().grids[0]
    return grid.at(grid.names[fact].top, grid.names[fact].left).value


def test_thousands_of_indicators_are_filled_and_checked(tmp_path: Path) -> None:
    path = large_form(tmp_path / "两千项.xlsx", 2_000)
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
