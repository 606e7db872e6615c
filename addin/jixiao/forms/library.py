"""The drawings that are shipped."""

from functools import cache
from pathlib import Path

from jixiao.errors import Refusal
from jixiao.forms.drawing import Drawing, parse


def folder() -> Path:
    """Where the drawings and the built workbooks lie: inside the installed package, else beside it in the repository."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "workbook_templates"
    return installed if installed.is_dir() else package.parents[1] / "workbook_templates"


@cache
def identifiers() -> list[str]:
    return sorted(path.stem for path in (folder() / "drawings").glob("*.txt"))


@cache
def drawing(identifier: str) -> Drawing:
    """One drawing by its id. Raises Refusal if there is none."""
    path = folder() / "drawings" / f"{identifier}.txt"
    if identifier not in identifiers():
        raise Refusal(f"没有名为“{identifier}”的表样；现有：{'、'.join(identifiers())}。")
    return parse(path.read_text(encoding="utf-8"))


def drawings() -> list[Drawing]:
    return [drawing(identifier) for identifier in identifiers()]
