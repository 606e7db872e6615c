"""What is generated is fresh, and what is shipped is complete."""

import re
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

from jixiao import templates
from jixiao.addins import macros_folder
from jixiao.checks import CATALOGUE
from jixiao.forms import library
from jixiao.forms.notation import parse

ROOT = Path(__file__).parent.parent


def test_generated_files_are_what_the_drawings_give_now() -> None:
    stale = [path.name for path, data in templates.built() if not path.is_file() or path.read_bytes() != data]
    assert stale == [], "run: make templates"


def test_nothing_else_lies_beside_the_drawings() -> None:
    generated = {path.resolve() for path, _ in templates.built()}
    for folder in (Path(library.folder()).resolve(), Path(macros_folder()).resolve()):
        lying = {path for ending in ("xlsx", "xlsm", "xlam", "docx", "oxt") for path in folder.rglob(f"*.{ending}")}
        assert lying == {path for path in generated if folder in path.parents and path.suffix not in {".bas", ".xml"}}


def test_every_drawing_has_its_workbook() -> None:
    names = {path.name for path, _ in templates.built()}
    assert {f"{identifier}.xlsx" for identifier in library.identifiers()} <= names


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return zipfile.ZipFile(folder / build_wheel(str(folder)))


def test_the_wheel_holds_every_module(wheel: zipfile.ZipFile) -> None:
    package = ROOT / "addin"
    modules = {str(path.relative_to(package)) for path in package.rglob("*.py")}
    assert modules - {*wheel.namelist()} == set()


def test_the_wheel_holds_drawings_workbooks_and_samples(wheel: zipfile.ZipFile) -> None:
    folder = ROOT / "workbook_templates"
    shipped = {path for path in folder.rglob("*.*") if path.suffix in {".txt", ".xlsx", ".xlsm", ".docx"}}
    assert len(shipped) > 12
    for path in shipped:
        assert wheel.read(f"jixiao/workbook_templates/{path.relative_to(folder)}") == path.read_bytes()


def test_the_wheel_holds_the_add_in_and_what_it_is_made_of(wheel: zipfile.ZipFile) -> None:
    folder = ROOT / "macros"
    shipped = {
        path
        for path in folder.rglob("*.*")
        if path.suffix in {".xlam", ".oxt", ".bas", ".cls", ".xml", ".png", ".html"}
    }
    assert len(shipped) > 35
    for path in shipped:
        assert wheel.read(f"jixiao/macros/{path.relative_to(folder)}") == path.read_bytes()


def test_the_wheel_holds_the_law(wheel: zipfile.ZipFile) -> None:
    shipped = {Path(name).name for name in wheel.namelist() if name.startswith("jixiao/law/schemes/")}
    assert shipped == {path.name for path in (ROOT / "addin" / "jixiao" / "law" / "schemes").glob("*.toml")}


def test_the_wheel_holds_nothing_from_outside_the_package(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"jixiao"}


# ---------------------------------------------------------------- documents


def test_the_guide_says_what_every_check_checks() -> None:
    lines = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if re.match(r"\| R\d\d \|", line)]
    assert sorted(told) == sorted(f"| {rule.code} | {rule.sentence} |" for rule in CATALOGUE)


def test_the_example_drawing_can_be_read() -> None:
    guide = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```\n(id .*?)```", guide, re.DOTALL)
    drawing = parse(example)
    assert drawing.id == "example-project-2026"
    assert {len(row.cells) for row in drawing.rows} == {5}
    assert drawing.bands["indicators"].columns.keys() == {"name", "weight", "score"}


def test_links_and_pictures_of_the_documents_exist_and_are_light() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], page.name
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size >= 200_000] == []
