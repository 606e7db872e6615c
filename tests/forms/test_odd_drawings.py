"""Drawings with what real forms have and ours do not: a heading over two columns, tables that lost all their rows."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from forms.invented import shelf, write
from jixiao import cli
from jixiao.forms.recognise import forms
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost

WIDE = """\
id = wide-2026
title = 任务完成情况表
issuer = 某局
since = 2026
scheme = national-2020
report = none
widths = 2000 1200 1200 1200

== form
     | 任务完成情况表 | < | < | <
     | 部门名称     | {unit.name} | 联系电话 | {unit.phone}
     | 任务        | 目标与完成   | <       | 备注
*2   | {tasks.name} | {tasks.target} | {tasks.actual} | {tasks.note}
     | 合计        | {total.target} | {total.actual} |

== facts
tasks.target | input    | 0 人
tasks.actual | input    | 0 人
total.target | computed | 0 人 | | sum of tasks.target
total.actual | computed | 0 人 | | sum of tasks.actual
"""
ROWS = [
    {"name": "参保扩面", "target": "30", "actual": "31", "note": "超额"},
    {"name": "资格认证", "target": "20", "actual": "19", "note": "外出"},
]


@pytest.fixture(autouse=True)
def library(tmp_path: Path) -> Iterator[None]:
    with shelf(tmp_path / "library", WIDE):
        yield


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "任务.xlsx"
    assert cli.main(["new", "--form", "wide-2026", "--year", "2026", "--native", "-o", str(path)]) == 0
    write(path, {"unit.name": "某中心"}, {"tasks": ROWS})
    return path


def stated(path: Path) -> list[dict[str, str]]:
    [form] = forms(load_document(str(path)))
    assert form.drawing.id == "wide-2026"
    return [{field: cell.text for field, cell in row.cells.items()} for row in form.evaluation.tables["tasks"]]


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_a_heading_over_two_columns_loses_neither(filled: Path, ending: str) -> None:
    exported = filled.with_name(f"上报{ending}")
    assert cli.main(["export", str(filled), "-o", str(exported)]) == 0
    assert stated(exported) == stated(filled) == ROWS


def test_both_columns_are_called_by_the_heading_over_them(filled: Path) -> None:
    [form] = forms(load_document(str(filled)))
    assert form.evaluation.facts["total.actual"].place.label == "合计 目标与完成"
    assert form.evaluation.text("total.actual") == "50"


def test_a_table_without_rows_adds_up_nothing_and_breaks_nothing(filled: Path) -> None:
    """What Excel leaves when all rows are deleted: the names span the header and the total row alone."""
    book = openpyxl.load_workbook(filled)
    [sheet] = [sheet for sheet in book if "jx.form" in sheet.defined_names]
    sheet.delete_rows(4, 2)
    for letter, field in zip("ABCD", ("name", "target", "actual", "note"), strict=True):
        where = f"'{sheet.title}'!${letter}$3:${letter}$4"
        sheet.defined_names[f"tasks.{field}"] = DefinedName(f"tasks.{field}", attr_text=where)
    book.save(filled)
    assert cli.main(["fill", str(filled)]) == 0
    [form] = forms(PackageHost(filled).read())
    assert form.evaluation.tables["tasks"] == []
