"""Drawings that a user keeps: known like the shipped ones, and a mistake in one is felt by nobody else."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from jixiao import shelf
from jixiao.errors import Refusal
from jixiao.forms import library
from jixiao.forms.recognise import forms
from jixiao.hosts.files import load_document
from shelves import keep, own_folder

SHIPPED = ["datong-project-2021", "national-project-2020", "sichuan-project-2023", "wuhua-project-2024"]
WUHUA = Path(__file__).parents[1] / "seeds" / "wuhua-2024-project.docx"
NAME = "某区项目自评表-2026"
TEXT = f"""id = {NAME}
title = 某区项目自评表
since = 2026
scheme = national-2020
report = project-evaluation
widths = 1200 1200 1200

== form
 | 项目名称 | {{project.name}} | <
 | 项目指标 | 指标值 | 完成值
* | {{indicators.name}} | {{indicators.target}} | {{indicators.actual}}

== facts
indicators.target | input | 0.00 个
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with own_folder(tmp_path, monkeypatch) as own:
        yield own


def sentence(name: str) -> str:
    """Why a drawing is left out; all others are there."""
    assert library.identifiers() == SHIPPED
    assert library.own_drawings() == []
    with pytest.raises(Refusal) as refused:
        library.drawing(name)
    assert str(refused.value) == library.left_out()[name]
    return library.left_out()[name]


def test_one_s_own_stand_behind_the_shipped_ones(folder: Path) -> None:
    keep(folder, f"{NAME}.txt", TEXT)
    assert library.identifiers() == [*SHIPPED, NAME]
    assert [drawing.title for drawing in library.own_drawings()] == ["某区项目自评表"]
    assert library.drawing(NAME) is library.drawings()[-1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_notepad_may_save_it_in_either_way(folder: Path, encoding: str) -> None:
    keep(folder, f"{NAME}.txt", TEXT.replace("\n", "\r\n").encode(encoding))
    assert library.drawing(NAME).title == "某区项目自评表"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("scheme =", "schema =", "第4行：没有“schema”这个开头项；最接近的是“scheme”"),
        ("national-2020", "nationl-2020", "第4行：没有“nationl-2020”；最接近的是“national-2020”"),
        ("== facts", "== fakts", "第13行：没有“== fakts”这一段；最接近的是“facts”"),
        (
            "indicators.target | input",
            "indicators.taget | input",
            "第14行：表上没有“indicators.taget”这一格；最接近的是",
        ),
        ("| input", "| inputs", "第14行：没有“inputs”这种单元格；最接近的是“input”"),
        ("0.00 个", "0.00 各", "第14行：没有“各”这个单位"),
        (f"id = {NAME}", "id = 别的", "第1行：“id”应与文件名相同，填的是“别的”"),
        ("| <", "|", "第9行：画了2格，列宽有3列"),
        ("1200 1200 1200", "宽 1200 1200", "第6行：“widths”应填数字"),
        ("{project.name}", "{项目}", "第9行：“{项目}”里的花括号看不懂"),
        ("since = 2026\n", "", "第1行：开头缺少 since"),
    ],
)
def test_a_mistake_leaves_that_drawing_out_in_one_sentence(folder: Path, old: str, new: str, said: str) -> None:
    changed = (
        TEXT.replace(f"{{project.name}} {old}", f"{{project.name}} {new}") if old == "| <" else TEXT.replace(old, new)
    )
    if new == "|":
        changed = TEXT.replace(" | <", "")
    keep(folder, f"{NAME}.txt", changed)
    assert said in sentence(NAME)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("大", "#" * 300_000, "太大"),
        ("二进制", bytes(range(256)), "不是文本"),
        ("统一码", TEXT.encode("utf-16"), "不是文本，请用记事本另存为 UTF-8"),
        ("空", "", "开头缺少"),
        ("wuhua-project-2024", TEXT.replace(NAME, "wuhua-project-2024"), "是自带的编号"),
        ("local", TEXT.replace(NAME, "local"), "不能作文件名"),
        ("甲&乙", TEXT.replace(NAME, "甲&乙"), "不能作文件名"),
    ],
)
def test_a_file_that_is_no_drawing_is_left_out(folder: Path, name: str, content: str | bytes, said: str) -> None:
    keep(folder, f"{name}.txt", content)
    assert said in library.left_out()[name]
    assert library.identifiers() == SHIPPED
    assert library.drawing("wuhua-project-2024").issuer == "昆明市五华区财政局"


def test_a_drawing_by_a_broken_scheme_says_what_is_wrong_with_the_scheme(folder: Path) -> None:
    keep(folder, "某区.toml", 'extends = "national-2020"\ntitle = "某区"\nsince = "早"\n')
    keep(folder, f"{NAME}.txt", TEXT.replace("national-2020", "某区"))
    assert "评分方案文件 某区.toml：参数“since”" in sentence(NAME)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes are those of Unix")
def test_no_link_leads_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "别处.txt").write_text(TEXT, encoding="utf-8")
    (folder / f"{NAME}.txt").symlink_to(tmp_path / "别处.txt")
    os.mkfifo(folder / "管道.txt")
    (folder / "文件夹.txt").mkdir()
    shelf.forget()
    assert "指向别处的链接" in sentence(NAME)
    assert [*library.left_out()] == [NAME]


def test_a_folder_of_the_unit_is_named_in_one_line(folder: Path, tmp_path: Path) -> None:
    shared = tmp_path / "共用"
    shared.mkdir()
    keep(folder, "共用文件夹.txt", f"{shared}\r\n".encode("gb18030"))
    keep(shared, f"{NAME}.txt", TEXT)
    keep(shared, "乙.txt", TEXT.replace(NAME, "乙"))
    keep(folder, "乙.txt", TEXT.replace(NAME, "乙"))
    assert library.identifiers() == [*SHIPPED, "乙", NAME]
    assert library.left_out() == {"乙": "没有采用：自己的文件夹里已有“乙”，共用文件夹里的不再采用。"}
    keep(folder, "共用文件夹.txt", "/没有/这个文件夹")
    assert library.identifiers() == [*SHIPPED, "乙"]
    assert "共用文件夹“/没有/这个文件夹”读不出来" in shelf.complaints()[0]


def test_without_a_folder_a_check_looks_once(folder: Path) -> None:
    folder.rmdir()
    shelf.forget()
    with patch.object(shelf.os, "scandir", wraps=os.scandir) as looks, patch.object(shelf.time, "monotonic", lambda: 0):
        for _ in range(100):
            assert library.identifiers() == SHIPPED
        assert looks.call_count == 1


def test_one_s_own_goes_before_a_shipped_one_only_where_it_fits_as_well(folder: Path) -> None:
    shipped = (Path(library.folder()) / "drawings" / "wuhua-project-2024.txt").read_text(encoding="utf-8")
    document = load_document(str(WUHUA))
    keep(folder, "本区.txt", shipped.replace("id     = wuhua-project-2024", "id = 本区"))
    assert [form.evaluation.form for form in forms(document)] == ["本区"]
    keep(folder, "本区.txt", TEXT.replace(NAME, "本区"))  # three headings that many forms have
    assert [form.evaluation.form for form in forms(document)] == ["wuhua-project-2024"]
    more = shipped.replace("id     = wuhua-project-2024", "id = 本区").replace("项目负责人", "项目带头人")
    keep(folder, "本区.txt", more)
    assert [form.evaluation.form for form in forms(document)] == ["wuhua-project-2024"]
