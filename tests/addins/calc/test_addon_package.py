"""The file jixiao.oxt: the same bytes every time, complete, and nothing in it but the standard library and ourselves."""

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

import jixiao
from jixiao.addins.calc import addon_file, sources
from jixiao.functions import FUNCTIONS

PACKAGE = Path(jixiao.__file__).parent


@pytest.fixture(scope="module")
def package() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(addon_file()))


def test_two_builds_are_the_same_bytes() -> None:
    assert addon_file() == addon_file()


def test_every_registered_file_is_there(package: zipfile.ZipFile) -> None:
    registered = re.findall(r'full-path="([^"]+)"', package.read("META-INF/manifest.xml").decode())
    assert len(registered) == 7
    assert set(registered) <= set(package.namelist())


def test_every_part_is_well_formed(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if name.endswith((".xcu", ".xml")):
            ET.fromstring(package.read(name))


def test_the_description_says_who_and_which(package: zipfile.ZipFile) -> None:
    text = package.read("description.xml").decode()
    assert f'<version value="{jixiao.__version__}" />' in text and "绩效" in text and "jixiao" in text


def test_the_types_name_every_function(package: zipfile.ZipFile) -> None:
    idl = package.read("types/jixiao.idl").decode()
    assert re.findall(r"any (PERF_\w+)\(", idl) == list(FUNCTIONS)
    assert not re.search(r" [a-z]+_[a-z]+[,)]", idl)  # the language knows no such names


def test_the_functions_run_alone_from_the_package(package: zipfile.ZipFile, tmp_path: Path) -> None:
    """Without site packages, and without the installed package."""
    package.extractall(tmp_path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from jixiao_cells.functions import FUNCTIONS\n"
        "from jixiao_cells.addins.calc import installed, repairs\n"
        "print(len(FUNCTIONS), FUNCTIONS['PERF_GRADE'].call(95, 'wuhua-2024'))\n"
        "print([name for name in sys.modules if name.partition('.')[0] == 'jixiao'])"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(tmp_path / "pythonpath")], capture_output=True, text=True
    )
    assert ran.stdout.splitlines() == [f"{len(FUNCTIONS)} 优", "[]"], ran.stderr


def test_the_law_is_in_the_package(package: zipfile.ZipFile) -> None:
    for path in (PACKAGE / "law" / "schemes").glob("*.toml"):
        assert package.read(f"pythonpath/jixiao_cells/law/schemes/{path.name}") == path.read_bytes()


def test_a_module_that_needs_a_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    original = sources._source
    monkeypatch.setattr(
        sources, "_source", lambda name: ("import numpy\n" if name == "jixiao.figures" else "") + original(name)
    )
    with pytest.raises(ValueError, match="jixiao.figures imports numpy"):
        sources.component_files()
