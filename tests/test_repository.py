"""What is generated is fresh, and what is shipped is complete."""

import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel
from jixiao import templates
from jixiao.forms import library

ROOT = Path(__file__).parent.parent


def test_generated_files_are_what_the_drawings_give_now() -> None:
    stale = [path.name for path, data in templates.built() if not path.is_file() or path.read_bytes() != data]
    assert stale == [], "run: make templates"


def test_nothing_else_lies_beside_the_drawings() -> None:
    generated = {path.resolve() for path, _ in templates.built()}
    folder = Path(library.folder()).resolve()
    assert {*folder.rglob("*.xlsx"), *folder.rglob("*.docx")} == generated


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
    shipped = {path for path in folder.rglob("*.*") if path.suffix in {".txt", ".xlsx", ".docx"}}
    assert len(shipped) > 8
    for path in shipped:
        assert wheel.read(f"jixiao/workbook_templates/{path.relative_to(folder)}") == path.read_bytes()


def test_the_wheel_holds_the_law(wheel: zipfile.ZipFile) -> None:
    shipped = {Path(name).name for name in wheel.namelist() if name.startswith("jixiao/law/schemes/")}
    assert shipped == {path.name for path in (ROOT / "addin" / "jixiao" / "law" / "schemes").glob("*.toml")}


def test_the_wheel_holds_nothing_from_outside_the_package(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"jixiao"}
