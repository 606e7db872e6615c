"""The contracts other tools rely on: exit codes, JSON, no overwriting, and the whole chain on published documents."""

import json
import shutil
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jixiao.cli import main
from jixiao.hosts.files import load_document
from jixiao.hosts.saving.locks import locked

SEEDS = Path(__file__).parent / "seeds"
PROJECT_SEEDS = ["wuhua-2024-project", "datong-2021-project", "anju-2023-accounts-and-projects"]
Imported = Callable[[str], Path]


@pytest.fixture(scope="session")
def library_of_imports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("imported")
    books = {}
    for seed in PROJECT_SEEDS:
        books[seed] = folder / f"{seed}.xlsx"
        assert main(["import", str(SEEDS / f"{seed}.docx"), "-o", str(books[seed])]) == 0
    return books


@pytest.fixture
def imported(library_of_imports: dict[str, Path], tmp_path: Path) -> Imported:
    """A fresh copy of an imported workbook."""

    def copy(seed: str) -> Path:
        return Path(shutil.copy(library_of_imports[seed], tmp_path / f"{seed}.xlsx"))

    return copy


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]]]:
    capsys.readouterr()
    code = main(["check", *arguments, "--json"])
    listed = json.loads(capsys.readouterr().out)
    assert isinstance(listed, list)
    return code, listed


def errors(listed: list[dict[str, object]]) -> list[dict[str, object]]:
    return [finding for finding in listed if finding["severity"] == "error"]


def test_wuhua_has_no_error(capsys: pytest.CaptureFixture[str], imported: Imported) -> None:
    for file in (SEEDS / "wuhua-2024-project.docx", imported("wuhua-2024-project")):
        code, listed = findings(capsys, str(file))
        assert code == 0
        assert errors(listed) == []


def test_anju_has_one_error_a_form_for_the_blank_actuals(
    capsys: pytest.CaptureFixture[str], imported: Imported
) -> None:
    for file in (SEEDS / "anju-2023-accounts-and-projects.docx", imported("anju-2023-accounts-and-projects")):
        code, listed = findings(capsys, str(file))
        assert code == 1
        assert [finding["code"] for finding in errors(listed)] == ["R20"] * 5


def test_datong_execution_score_is_reported_with_its_scheme(
    capsys: pytest.CaptureFixture[str], imported: Imported
) -> None:
    for file in (SEEDS / "datong-2021-project.docx", imported("datong-2021-project")):
        code, listed = findings(capsys, str(file))
        assert code == 1
        [finding] = errors(listed)
        assert (finding["code"], finding["stated"], finding["expected"]) == ("R02", "10", "6.96")
        assert "财预〔2020〕10号" in str(finding["message"]) + str(finding["citation"])


def test_the_json_items_have_the_promised_fields(capsys: pytest.CaptureFixture[str], imported: Imported) -> None:
    book = str(imported("datong-2021-project"))
    _, listed = findings(capsys, book)
    for finding in listed:
        assert set(finding) == {
            "file",
            "severity",
            "code",
            "message",
            "stated",
            "expected",
            "places",
            "citation",
            "suggestion",
        }
        assert finding["file"] == book
        places = finding["places"]
        assert isinstance(places, list)
        for place in places:
            assert set(place) == {"sheet", "cell", "label"}


def test_the_rules_are_listed_form_by_form(capsys: pytest.CaptureFixture[str], imported: Imported) -> None:
    files = [str(imported("wuhua-2024-project")), str(SEEDS / "datong-2021-project.docx")]
    capsys.readouterr()
    assert main(["check", "--rules", *files]) == 1  # as without: R02 of the second
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line[0] in "【〔"] == [
        *(f"【{files[0]}】", "〔五华区预算支出部门评价表〕", f"【{files[1]}】", "〔第1张表〕")
    ]
    [first, second] = [line for line in lines if line.startswith("R26 ")]
    assert first == second == "R26 没有可核对的内容（本表不涉及）：年中调整预算（追加或调减）的，单独说明理由。"
    assert [line for line in lines if line.startswith("R02 已核对（4格）：")] != []
    assert [line.partition("：")[0] for line in lines if line.startswith("共")] == ["共41条规则"] * 2


def test_the_rules_in_json(capsys: pytest.CaptureFixture[str], imported: Imported) -> None:
    files = [str(SEEDS / "wuhua-2024-project.docx"), str(imported("anju-2023-accounts-and-projects"))]
    code, listed = findings(capsys, "--rules", *files)
    assert code == 1
    assert len(listed) == 6 * 41
    word, *_, sheet = listed
    assert word.keys() == {"file", "table", "code", "sentence", "state", "cells", "reason"}
    assert sheet.keys() == {"file", "sheet", "code", "sentence", "state", "cells", "reason"}
    assert [word[key] for key in ("file", "table", "code", "state", "cells")] == [files[0], 1, "R01", "checked", 9]
    assert {item["state"] for item in listed} == {"checked", "nothing"}


def test_the_rules_of_a_file_without_a_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plain = tmp_path / "普通表.xlsx"
    openpyxl.Workbook().save(plain)
    assert main(["check", "--rules", str(plain)]) == 2
    assert capsys.readouterr() == ("", "没有找到已知的绩效表：普通表.xlsx；里面没有表格。\n")
    assert findings(capsys, "--rules", str(plain)) == (2, [])
    assert main(["check", "--rules", str(tmp_path / "没有.xlsx")]) == 2


def test_fill_replace_typed_ends_in_a_clean_check(capsys: pytest.CaptureFixture[str], imported: Imported) -> None:
    book = imported("datong-2021-project")
    assert main(["fill", str(book), "--replace-typed"]) == 0
    code, listed = findings(capsys, str(book))
    assert (code, errors(listed)) == (0, [])
    sheet = load_document(str(book)).grids[0]
    total = sheet.names["total.score"]
    assert sheet.at(total.top, total.left).value == Decimal("96.96")
    [backup] = (book.parent / "备份").iterdir()
    assert load_document(str(backup)).grids[0].at(total.top, total.left).value == Decimal(100)


def test_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str], imported: Imported) -> None:
    book = imported("datong-2021-project")
    before = book.read_bytes()
    assert main(["fill", "--dry-run", "--replace-typed", str(book)]) == 0
    assert book.read_bytes() == before
    printed = capsys.readouterr().out
    assert "10 → 6.96" in printed


def test_mark_and_unmark(imported: Imported) -> None:
    book = imported("datong-2021-project")
    assert main(["check", "--mark", str(book)]) == 1
    marked = {grid.title: grid for grid in load_document(str(book)).grids}
    results = marked["校验结果"]
    assert [results.at(row, 7).text for row in range(4, 12)].count("6.96") == 1
    marks = [results.at(row, 12).text for row in range(4, 12)]
    assert "I7" in marks or "J7" in marks
    assert main(["check", "--unmark", str(book)]) == 0
    results = {grid.title: grid for grid in load_document(str(book)).grids}["校验结果"]
    assert not any(results.at(row, column).text for row in range(4, 40) for column in range(1, 31))


@pytest.mark.parametrize("seed", PROJECT_SEEDS)
def test_the_whole_chain(seed: str, imported: Imported, tmp_path: Path) -> None:
    book = str(imported(seed))
    assert main(["fill", book]) == 0
    assert main(["report", book, "-o", str(tmp_path / ("报告.docx" if "anju" not in seed else "报告"))]) == 0
    assert main(["export", book, "-o", str(tmp_path / "上报.xlsx")]) == 0
    assert main(["export", book, "-o", str(tmp_path / "上报.docx")]) == 0
    reports = list(tmp_path.glob("报告*/*.docx")) + list(tmp_path.glob("报告*.docx"))
    assert len(reports) == (5 if "anju" in seed else 1)


def test_the_export_has_values_only(imported: Imported, tmp_path: Path) -> None:
    clean = tmp_path / "上报.xlsx"
    assert main(["export", str(imported("wuhua-2024-project")), "-o", str(clean)]) == 0
    book = openpyxl.load_workbook(clean)
    assert book.sheetnames == ["五华区预算支出部门评价表"]
    sheet = book.active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not sheet.defined_names and not book.defined_names.keys() - {"_xlnm.Print_Area"}
    assert not sheet.conditional_formatting
    assert sheet.max_column == 7  # nothing beside the form
    assert {99.97, 2.99, 17.29} <= {cell.value for cell in cells}


def test_the_word_export_says_what_the_published_form_says(imported: Imported, tmp_path: Path) -> None:
    """Every text of the published table stands in the exported one, and is read back the same."""
    for seed in PROJECT_SEEDS:
        out = tmp_path / f"{seed}.docx"
        assert main(["export", str(imported(seed)), "-o", str(out)]) == 0
        published, exported = load_document(str(SEEDS / f"{seed}.docx")), load_document(str(out))
        for one, other in zip(published.grids, exported.grids, strict=True):
            lost = texts_of(one) - texts_of(other)
            assert lost <= {"优☑良□中□差□"}, seed  # a space of the published form inside a box is not kept


def texts_of(grid: object) -> set[str]:
    return {"".join(cell.text.split()) for cell in grid.cells.values() if cell.text.strip()}  # type: ignore[attr-defined]


def test_nothing_is_overwritten_without_force(imported: Imported, tmp_path: Path) -> None:
    book = str(imported("datong-2021-project"))
    target = tmp_path / "已有.docx"
    target.write_bytes(b"mine")
    for command in (["report", book], ["export", book]):
        assert main([*command, "-o", str(target)]) == 2
    assert main(["new", "--year", "2025", "-o", str(target)]) == 2
    assert target.read_bytes() == b"mine"


def test_a_file_without_a_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plain = tmp_path / "普通表.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["2023年职工花名册"])
    book.active.append(["序号", "姓名", "部门", "岗位", "入职日期", "备注"])
    book.active.append([1, "甲", "办公室", "文员", "2020-01-01"])
    book.save(plain)
    assert main(["check", str(plain)]) == 2
    expected = "没有找到已知的绩效表：普通表.xlsx；见到的栏目是“序号”“姓名”“部门”“岗位”“入职日期”，不像绩效表。\n"
    assert capsys.readouterr() == ("", expected)
    assert findings(capsys, str(plain)) == (2, [])
    for command in ("fill", "report", "export", "import"):
        assert main([command, str(plain)]) == 2
        assert "普通表.xlsx" in capsys.readouterr().err


def test_a_refused_file_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], imported: Imported, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 no zip")
    good = imported("datong-2021-project")
    code, listed = findings(capsys, str(broken), str(good))
    assert code == 2
    assert {finding["file"] for finding in listed} == {str(good)}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.xlsx", b""),
        ("文本.docx", "这不是压缩包".encode()),
        ("旧表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("旧文.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_refused_files_get_one_chinese_line(
    name: str, content: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for command in ("check", "fill", "import", "report", "export"):
        assert main([command, str(path)]) == 2
        [line] = capsys.readouterr().err.strip().splitlines()
        assert name in line
        assert any("\u4e00" <= letter <= "\u9fff" for letter in line)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_long_chinese_name_with_spaces(imported: Imported, tmp_path: Path) -> None:
    stem = "绩效 自评 表" * 9 + "（最终 版）"
    book = tmp_path / f"{stem}.xlsx"
    shutil.copy(imported("datong-2021-project"), book)
    assert len(book.name.encode()) > 150
    assert main(["fill", str(book), "--replace-typed"]) == 0
    assert main(["check", str(book)]) == 0


def test_new_forms_are_clean_and_filled_by_nobody(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for form in ("national-project-2020", "datong-project-2021", "sichuan-project-2023", "wuhua-project-2024"):
        for native in ([], ["--native"]):
            book = tmp_path / f"{form}{len(native)}.xlsx"
            assert main(["new", "--form", form, "--year", "2025", "-o", str(book), *native]) == 0
            formulas = [
                cell.formula for grid in load_document(str(book)).grids for cell in grid.cells.values() if cell.formula
            ]
            assert any("PERF_" in formula for formula in formulas) is not bool(native)
            assert main(["fill", str(book)]) == 0
            assert "没有需要填写" in capsys.readouterr().out


def test_next_years_workbook(imported: Imported, tmp_path: Path) -> None:
    book = tmp_path / "明年.xlsx"
    source = str(imported("anju-2023-accounts-and-projects"))
    assert main(["new", "--from", source, "--year", "2024", "-o", str(book)]) == 0
    grids = load_document(str(book)).grids
    assert [grid.title for grid in grids][:5] == ["项目1", "项目2", "项目3", "项目4", "项目5"]
    first = grids[0]
    column = first.names["indicators.score"].left
    rows = range(first.names["indicators.score"].top + 1, first.names["indicators.score"].bottom)
    assert len(rows) == 6
    assert not any(first.at(row, column).text for row in rows)
    assert "2024" in first.at(1, 1).text


def test_protected_sheets_can_be_filled(tmp_path: Path) -> None:
    book = tmp_path / "保护.xlsx"
    assert main(["new", "--year", "2025", "--protect", "-o", str(book)]) == 0
    assert openpyxl.load_workbook(book).active.protection.sheet
    assert main(["fill", str(book)]) == 0
    assert main(["check", str(book)]) in (0, 1)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A hostile Word form: the project is called =HYPERLINK(...)."""
    hostile = tmp_path / "公式.docx"
    with zipfile.ZipFile(SEEDS / "datong-2021-project.docx") as source, zipfile.ZipFile(hostile, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "word/document.xml":
                data = data.replace("社会保险管理经费".encode(), b"=1+1|cmd", 1)
            target.writestr(part, data)
    book = tmp_path / "公式.xlsx"
    assert main(["import", str(hostile), "-o", str(book)]) == 0
    cells = [cell for row in openpyxl.load_workbook(book).worksheets[0].iter_rows() for cell in row]
    [cell] = [cell for cell in cells if isinstance(cell.value, str) and "1+1|cmd" in cell.value]
    assert cell.data_type == "s"


def test_a_report_into_a_folder_works_for_one_form_too(imported: Imported, tmp_path: Path) -> None:
    folder = tmp_path / "报告们"
    assert main(["report", str(imported("datong-2021-project")), "-o", str(folder)]) == 0
    assert len(list(folder.glob("*.docx"))) == 1


@pytest.mark.parametrize("output", ["报告.pdf", "报告.doc", "", "2024.12"])
def test_an_output_with_another_ending_is_no_folder(
    imported: Imported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    source = imported("wuhua-2024-project")
    before = set(tmp_path.iterdir())
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(source), "-o", output]) == 2
    assert capsys.readouterr().err == f"“{output}”：这一步的输出文件应以 .docx 结尾。\n"
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("output", ["报告", "2024.12/"])
def test_an_output_that_looks_like_a_folder_is_one(
    imported: Imported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    source = imported("wuhua-2024-project")
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(source), "-o", output]) == 0
    assert [path.suffix for path in (tmp_path / output).iterdir()] == [".docx"]


def test_what_force_replaces_is_kept_as_a_backup(imported: Imported, tmp_path: Path) -> None:
    source, output = imported("wuhua-2024-project"), tmp_path / "上报.docx"
    output.write_bytes("别人的文件".encode())
    assert main(["export", str(source), "-o", str(output), "--force"]) == 0
    [backup] = (tmp_path / "备份").glob("上报-*.docx")
    assert backup.read_bytes() == "别人的文件".encode()
    assert output.read_bytes().startswith(b"PK")


def test_what_is_being_written_is_not_replaced(
    imported: Imported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = imported("wuhua-2024-project"), imported("datong-2021-project")
    before = output.read_bytes()
    with locked(str(output)):
        assert main(["export", str(source), "-o", str(output), "--force"]) == 2
    assert "正由另一个绩效程序" in capsys.readouterr().err
    assert output.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_refused(
    imported: Imported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "占用"
    taken.write_bytes(b"mine")
    assert main(["report", str(imported("anju-2023-accounts-and-projects")), "-o", str(taken)]) == 2
    assert "占用" in capsys.readouterr().err
    assert taken.read_bytes() == b"mine"


def test_unmarking_answers_in_json_too(imported: Imported, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["check", "--unmark", "--json", str(imported("wuhua-2024-project"))]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_mistake_of_ours_in_one_file_does_not_stop_the_others(
    imported: Imported, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jixiao.actions import examine as room

    real = room.examined

    def broken(document: object) -> object:
        if "wuhua" in document.name:  # type: ignore[attr-defined]
            raise RuntimeError("a bug")
        return real(document)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "examined", broken)
    files = [str(imported("wuhua-2024-project")), str(imported("datong-2021-project"))]
    code, listed = findings(capsys, *files)
    assert code == 2
    assert {finding["file"] for finding in listed} == {files[1]}


def test_a_new_form_has_no_errors(tmp_path: Path) -> None:
    for form in ("national-project-2020", "datong-project-2021", "sichuan-project-2023", "wuhua-project-2024"):
        book = tmp_path / f"{form}.xlsx"
        assert main(["new", "--form", form, "--year", "2025", "-o", str(book)]) == 0
        assert main(["check", str(book)]) == 0


def test_from_goes_alone(imported: Imported, tmp_path: Path) -> None:
    source = str(imported("datong-2021-project"))
    target = str(tmp_path / "明年.xlsx")
    assert main(["new", "--from", source, "--projects", "3", "--year", "2022", "-o", target]) == 2


def test_what_cannot_be_marked_is_still_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook of a bureau has no sheet 校验结果: nothing is written, and everything is said."""
    import openpyxl

    book = openpyxl.Workbook()
    path = tmp_path / "本地.xlsx"
    rows = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "培训人次", "≥100人次", "120人次", 60, 60],
        ["效益指标", "社会效益指标", "知晓率", "≥90%", "95%", 40, 40],
        ["总分", "", "", "", "", 100, 99],
    ]
    for row in rows:
        book.active.append(row)
    book.save(path)
    before = path.read_bytes()
    assert main(["check", str(path), "--mark"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("没有标记：") and "总分填99" in said and "不能标记" in said
    assert path.read_bytes() == before
