"""Workbooks to act on, made the way a user makes them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="session")
def imported() -> Callable[[str], bytes]:
    """A published form, imported: the bytes of the workbook."""
    made: dict[str, bytes] = {}

    def make(seed: str) -> bytes:
        if seed not in made:
            made[seed] = build(import_document(load_document(str(SEEDS / f"{seed}.docx"))))
        return made[seed]

    return make


@pytest.fixture
def opened(imported: Callable[[str], bytes]) -> Callable[[str], PackageHost]:
    """A fresh host on an imported form."""
    return lambda seed: PackageHost.from_bytes(imported(seed), f"{seed}.xlsx")


@pytest.fixture
def seeds() -> str:
    return str(SEEDS)
