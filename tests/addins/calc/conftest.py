"""One office with the add-on for all tests of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import jixiao
from jixiao.addins.calc import ADDON, addon_file
from jixiao.errors import Refusal
from jixiao.office.finding import load_uno
from jixiao.office.launcher import Office
from programs import missing

RECORDER = """
import json, os

def press(context, document, name, argument):
    with open(os.environ["JIXIAO_PRESSED"], "a", encoding="utf-8") as file:
        json.dump([document.getTitle(), name, argument], file)
        file.write("\\n")
    if argument == "fail":
        raise RuntimeError("a bug")
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package ``jixiao`` that only writes down which button was pressed, in the file ``pressed`` beside it."""
    folder = tmp_path_factory.mktemp("site")
    package = folder / "jixiao"
    package.mkdir()
    (package / "__init__.py").write_text(f'__version__ = "{jixiao.__version__}"\n', encoding="utf-8")
    (package / "inside.py").write_text(RECORDER, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def office(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with the add-on. Without LibreOffice the test is skipped; under CI it fails."""
    try:
        load_uno()
    except Refusal as refusal:
        missing(str(refusal))
    package = tmp_path_factory.mktemp("addon") / ADDON
    package.write_bytes(addon_file())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIXIAO_SITE", str(site))
        patch.setenv("JIXIAO_PRESSED", str(site / "pressed"))
        patch.setenv("XDG_STATE_HOME", str(site))
        with Office(recalculate=True) as running:
            running.install(str(package))
            yield running
