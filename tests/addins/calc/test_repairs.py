"""Repairs as texts and files: only the names of our functions change, and only once."""

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.addins.calc import repairs
from jixiao.errors import Refusal

OF_LIBREOFFICE = "ORG.JIXIAO.FUNCTIONS."


@pytest.mark.parametrize(
    ("shown", "readable"),
    [
        ("=perf_grade(A1)", "=PERF_GRADE(A1)"),
        ("{=perf_grade(A1:A3)}", "{=PERF_GRADE(A1:A3)}"),
        ("=_xll.perf_grade(A1)", "=PERF_GRADE(A1)"),
        ("=[1]!perf_grade(A1)", "=PERF_GRADE(A1)"),
        ("=[12]!_xll.PERF_GRADE(A1)", "=PERF_GRADE(A1)"),
        ("=jixiao.xlam!perf_grade(A1)", "=PERF_GRADE(A1)"),
        (r"='c:\用户\某 某\jixiao.xlam'!perf_grade(A1)", "=PERF_GRADE(A1)"),
        ("=IF(A1>0;perf_wan(perf_share(A1;B1));0)", "=IF(A1>0;PERF_WAN(PERF_SHARE(A1;B1));0)"),
        ("='It''s'.A1&perf_grade(A1)", "='It''s'.A1&PERF_GRADE(A1)"),
        ('="说""perf_grade("&perf_grade(1)', '="说""perf_grade("&PERF_GRADE(1)'),
    ],
)
def test_a_formula_becomes_readable(shown: str, readable: str) -> None:
    assert repairs.readable(shown) == readable
    assert repairs.readable(readable) == readable


@pytest.mark.parametrize(
    "formula",
    [
        "=ORG.JIXIAO.FUNCTIONS.PERF_GRADE(A1)",
        "=myperf_grade(A1)",
        "=perf_grades(A1)",
        "=perf_grade+1",
        "=other.xlam!perf_grade(A1)",
        "='c:\\other.xlam'!perf_grade(A1)",
        "='perf_grade(A1)'.A1",
        '="perf_grade(A1)"',
        "=_xlfn.single(A1)",
        "=lower(A1)",
        "",
    ],
)
def test_other_formulas_stay_as_they_are(formula: str) -> None:
    assert repairs.readable(formula) == formula


@given(st.text(alphabet="perf_gadPERF_GRADE(\"'![1]._xl;A1 年", max_size=60))
def test_what_was_made_readable_is_readable(formula: str) -> None:
    once = repairs.readable(formula)
    assert repairs.readable(once) == once


SHEET = (
    '<c r="A1"><f aca="false">{0}PERF_GRADE(B1)</f><v>{1}PERF_GRADE(1)</v></c>'
    '<c r="A2"><f aca="false" t="array" ref="A2:A3">{0}PERF_WAN({0}PERF_SHARE(B1,B2))</f></c>'
    '<c r="A4"><f>&quot;{1}PERF_GRADE(&quot;&amp;{0}PERF_GRADE(B1)&amp;&apos;{1}PERF_GRADE(&apos;!A1</f></c>'
    "<c><f>X{1}PERF_GRADE(1)+{1}PERF_OTHER(1)+{1}PERF_GRADES(1)</f><is><t>{1}PERF_GRADE(1)</t></is></c>"
    "<formula1>{0}PERF_GRADE(B1)</formula1><cfRule><formula>{0}PERF_GRADE(B1)=1</formula></cfRule>"
)
"""A sheet as LibreOffice writes it: {0} stands before calls of our functions, {1} before what only looks like one."""


def test_only_calls_in_formulas_become_plain() -> None:
    assert repairs.plain(SHEET.format(OF_LIBREOFFICE, OF_LIBREOFFICE)) == SHEET.format("", OF_LIBREOFFICE)


def workbook(path: Path, sheet: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", f"<definedName name='等次'>{OF_LIBREOFFICE}PERF_GRADE($A$1)</definedName>")
        package.writestr("xl/worksheets/sheet1.xml", sheet)
        package.writestr("xl/sharedStrings.xml", f"<sst><t>{OF_LIBREOFFICE}PERF_GRADE(1)</t></sst>")
        package.writestr("xl/media/图.png", bytes(range(256)))
    os.utime(path, ns=(10**18, 10**18 + 1))
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_file_is_mended_in_place_and_once(tmp_path: Path) -> None:
    path = workbook(tmp_path / "绩效.xlsx", SHEET.format(OF_LIBREOFFICE, OF_LIBREOFFICE))
    before, stat = parts(path), path.stat()
    with path.open("rb") as held:
        assert repairs.mend_file(str(path))
        assert held.read() == path.read_bytes()  # who has it open sees the new content
    after, content = parts(path), path.read_bytes()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}
    assert after["xl/worksheets/sheet1.xml"].decode() == SHEET.format("", OF_LIBREOFFICE)
    assert after["xl/workbook.xml"].decode() == "<definedName name='等次'>PERF_GRADE($A$1)</definedName>"
    assert not repairs.mend_file(str(path))
    assert path.read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir()] == ["绩效.xlsx"]


def test_a_file_that_is_not_ours_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", "<f>SUM(A1)</f>")
    path.chmod(0o644)
    content, stat = path.read_bytes(), path.stat()
    assert not repairs.mend_file(str(path))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, stat.st_mtime_ns)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<f>" + b" " * (20 << 20))


def entity(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "b">]><f/>')


def cut(path: Path) -> None:
    path.write_bytes(workbook(path, "<f/>").read_bytes()[:-9])


@pytest.mark.parametrize("hostile", [bomb, entity, cut])
def test_a_hostile_file_is_refused_and_stays(tmp_path: Path, hostile: object) -> None:
    path = tmp_path / "坏.xlsx"
    hostile(path)  # type: ignore[operator]
    content = path.read_bytes()
    with pytest.raises(Refusal):
        repairs.mend_file(str(path))
    assert path.read_bytes() == content


def test_a_full_disk_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "满.xlsx", SHEET.format(OF_LIBREOFFICE, OF_LIBREOFFICE))
    content = path.read_bytes()
    failures = iter([OSError(28, "disk full")])

    def full(handle: int) -> None:
        for error in failures:
            raise error

    monkeypatch.setattr(repairs.os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        repairs.mend_file(str(path))
    assert path.read_bytes() == content
