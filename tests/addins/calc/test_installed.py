"""The way to the installed package: what is found, and what the user hears if nothing fits."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao import __version__
from jixiao.addins.calc import installed
from jixiao.errors import Refusal


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.delenv("JIXIAO_SITE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "path", [])
    ours = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "jixiao"}
    for name in ours:
        del sys.modules[name]
    yield tmp_path
    for name in [name for name in sys.modules if name.partition(".")[0] == "jixiao"]:
        del sys.modules[name]
    sys.modules.update(ours)


def package(folder: Path, version: str, inside: str = "def press(*given): return given") -> Path:
    place = folder / "jixiao"
    place.mkdir(parents=True)
    (place / "__init__.py").write_text(f"__version__ = {version!r}")
    (place / "inside.py").write_text(inside)
    return folder


def note(home: Path, content: object) -> None:
    path = home / ".config" / "jixiao" / "libreoffice.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def refusal() -> str:
    with pytest.raises(Refusal) as refused:
        installed.installed_press()
    return str(refused.value)


def test_the_noted_package_is_found(home: Path) -> None:
    note(home, {"python": installed.PYTHON, "paths": [str(package(home / "装", __version__))]})
    assert installed.installed_press()(1, 2, "fill", "") == (1, 2, "fill", "")  # type: ignore[func-returns-value]


def test_a_named_place_goes_before_the_note(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(home, {"python": "2.7", "paths": []})
    monkeypatch.setenv("JIXIAO_SITE", str(package(home / "装", __version__)))
    assert installed.installed_press()


def test_nothing_installed() -> None:
    assert "jixiao install" in refusal() and "没有找到绩效程序" in refusal()


@pytest.mark.parametrize("content", [{}, [], {"python": "3.11"}, "甲"])
def test_a_spoilt_note_is_no_note(home: Path, content: object) -> None:
    note(home, content)
    assert "没有找到绩效程序" in refusal()


def test_another_python(home: Path) -> None:
    note(home, {"python": "3.99", "paths": [str(home)]})
    assert "Python 3.99" in refusal() and f"Python {installed.PYTHON}" in refusal()


def test_another_version(home: Path) -> None:
    note(home, {"python": installed.PYTHON, "paths": [str(package(home / "装", "0.0.9"))]})
    assert "0.0.9 版" in refusal() and f"{__version__} 版" in refusal()


def test_a_package_that_cannot_be_loaded(home: Path) -> None:
    note(home, {"python": installed.PYTHON, "paths": [str(package(home / "装", __version__, "import no_such_module"))]})
    assert "没有找到绩效程序" in refusal()
    assert "no_such_module" in (home / "jixiao" / "jixiao.log").read_text(encoding="utf-8")
