"""A published form nobody has drawn becomes a drawing of its owner: drawn, corrected, kept, and known from then on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from building import document, write
from form_file import FOLDER as PUBLISHED
from form_file import load

from jixiao.actions.draw import plan
from jixiao.cli import main
from jixiao.evaluation import Evaluation
from jixiao.forms import library
from jixiao.forms.drawing import is_for_now
from jixiao.forms.notation import parse
from jixiao.forms.recognise import forms
from jixiao.forms.writing import written
from jixiao.grid import Change
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from shelves import keep, own_folder

NAME = "某县水利资金目标表-2026"
SAMPLE = ["anxi-2022", "baodi-2022", "huoshan-2024", "anju-food-2021", "appraisal-before-rubric", "gucheng-2020"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with own_folder(tmp_path / "home", monkeypatch) as own:
        yield own


def stated(evaluation: Evaluation) -> dict[str, str | list[str]]:
    """What is surely stated, single facts and columns; the words of cells that nobody named are nothing."""
    certain = evaluation.certain
    facts: dict[str, str | list[str]] = {name: cell.text for name, cell in certain.facts.items() if not cell.blank}
    for table, rows in certain.tables.items():
        for row in rows:
            for field, cell in row.cells.items():
                if not cell.blank and not field.startswith("?"):
                    facts.setdefault(f"{table}.{field}", []).append(cell.text)  # type: ignore[union-attr]
    return facts


@pytest.mark.parametrize("name", SAMPLE)
def test_what_is_drawn_is_a_sound_drawing_that_promises_no_guess(name: str) -> None:
    """Every cell that was not beyond doubt waits for a person, and the end of the file says what it may be."""
    published = document(load(PUBLISHED / f"{name}.form"))
    for form, file in zip(forms(published), plan(published).files, strict=True):
        drawing = file.model.drawing
        assert parse(written(drawing, file.model.head, file.model.tail)) == drawing
        sure = stated(form.evaluation).keys()
        named = {fact for fact in drawing.facts if not is_for_now(fact)} - {"year"}
        assert {fact for fact in named if ".other" not in fact} <= form.evaluation.certain.facts.keys()
        waiting = [slot.fact for row in drawing.rows for _, slot in row.slots() if is_for_now(slot.fact)]
        told = [line.partition("（")[0].partition("：")[0] for line in file.model.tail]
        assert {fact for fact in waiting if not fact.startswith("unread_")} <= {*told}
        assert {band for band in drawing.bands if is_for_now(band)} <= {*told}
        assert sure


def test_drawn_corrected_kept_and_known(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(load(PUBLISHED / "anxi-2022.form"), tmp_path)
    [local] = forms(load_document(str(source)))
    facts = stated(local.evaluation)
    assert main(["draw", str(source), "-o", str(tmp_path / f"{NAME}.txt")]) == 0
    said = capsys.readouterr().out
    assert "有 3 处拿不准或没有看懂" in said and f"放进 {folder}" in said

    text = (tmp_path / f"{NAME}.txt").read_bytes().decode("utf-8-sig")
    assert "西坪镇尧山村”）：没有看懂" in text and "# 金额单位：万元。" in text
    for column, village in ((6, "yaoshan"), (7, "wupei"), (8, "sanyang")):
        text = text.replace(f"indicators.unread{column}", f"indicators.{village}")
    keep(folder, f"{NAME}.txt", text)
    assert main(["draw", "--check"]) == 0
    assert f"{NAME}：没有问题，" in capsys.readouterr().out

    book, clean = str(tmp_path / "新.xlsx"), str(tmp_path / "上报.docx")
    assert main(["new", "--form", NAME, "--year", "2022", "-o", book]) == 0
    host = PackageHost(Path(book))
    [form] = forms(host.read())
    assert form.evaluation.form == NAME and not form.evaluation.indicators
    changes = []
    for fact, value in facts.items():
        table, _, field = fact.partition(".")
        if fact in form.placement.facts:
            changes.append(Change(form.grid.title, *form.placement.facts[fact], value))
        elif table in form.placement.bands and not field.startswith("level"):
            band = form.placement.bands[table]
            changes += [
                Change(form.grid.title, row, band.columns[field], one)
                for row, one in zip(band.rows, value, strict=True)
            ]
    host.write(changes)
    host.save()
    [filled] = forms(load_document(book))
    assert {fact: value for fact, value in stated(filled.evaluation).items() if fact in facts} == facts
    assert main(["check", book]) == 0
    assert main(["export", book, "-o", clean]) == 0

    for again in (str(source), clean):
        [known] = forms(load_document(again))
        assert known.evaluation.form == NAME
        assert {fact: value for fact, value in stated(known.evaluation).items() if fact in facts} == facts


def test_a_broken_drawing_that_a_workbook_names_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = (Path(library.folder()) / "drawings" / "sichuan-project-2023.txt").read_text(encoding="utf-8")
    own = shipped.replace("id     = sichuan-project-2023", f"id = {NAME}")
    keep(folder, f"{NAME}.txt", own)
    book = str(tmp_path / "新.xlsx")
    assert main(["new", "--form", NAME, "--year", "2026", "-o", book]) == 0
    assert load_document(book).grids[0].constants["jx.form"] == NAME
    keep(folder, f"{NAME}.txt", own.replace("computed", "computd"))
    capsys.readouterr()
    assert main(["check", book]) in (0, 1)
    assert "没有“computd”这种单元格；最接近的是“computed”" in capsys.readouterr().out
    assert main(["fill", book]) == 2
    assert "没有“computd”这种单元格" in capsys.readouterr().err
    assert main(["draw", "--check"]) == 1
    assert "没有“computd”这种单元格" in capsys.readouterr().out
    assert main(["new", "--form", NAME, "--year", "2026", "-o", str(tmp_path / "二.xlsx")]) == 2
    assert "没有“computd”这种单元格" in capsys.readouterr().err


def test_of_a_form_that_is_known_its_drawing_is_printed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = Path(__file__).parents[2] / "seeds" / "wuhua-2024-project.docx"
    target = tmp_path / "五华.txt"
    assert main(["draw", str(seed), "-o", str(target)]) == 0
    text = target.read_bytes().decode("utf-8-sig")
    assert text.startswith("# “wuhua-2024-project.docx”里的表就是已有的表样“wuhua-project-2024”")
    assert parse(text, "五华") == library.drawing("wuhua-project-2024")._replace(id="五华")
    assert main(["draw", "--check", str(target)]) == 0
    assert "栏目与“wuhua-project-2024”完全相同，遇到这种表按“五华”认" in capsys.readouterr().out
    assert main(["draw", str(seed), str(seed), "-o", str(target)]) == 2
    assert main(["draw", "--check", str(seed)]) == 2
    assert main(["draw", str(seed), "-o", str(tmp_path / "a&b.txt")]) == 2
    assert "不能作文件名" in capsys.readouterr().err


def test_an_empty_folder_is_said_and_is_no_mistake(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "--check"]) == 0
    assert "里还没有表样" in capsys.readouterr().out
