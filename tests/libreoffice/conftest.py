"""One private office for all tests of the live host."""

from collections.abc import Iterator
from typing import Any

import pytest

from jixiao.errors import Refusal
from jixiao.office.finding import load_uno
from jixiao.office.launcher import Office
from programs import missing


@pytest.fixture(scope="session")
def installed() -> None:
    """LibreOffice and its bridge. Without them the test is skipped; under CI it fails."""
    try:
        _let_errors_pass(load_uno())
    except Refusal as refusal:
        missing(str(refusal))


def _let_errors_pass(uno: Any) -> None:
    """pytest passes errors through generators, where ``contextlib`` sets their traceback: UNO's would break at that."""
    own = uno._uno_struct__setattr__

    def patient(self: object, name: str, value: object) -> None:
        if not name.startswith("__"):
            own(self, name, value)

    uno._uno_struct__setattr__ = patient


@pytest.fixture(scope="session")
def office(installed: None) -> Iterator[Office]:
    """An office without a window that recalculates whatever it opens. No test may end it: start one of your own."""
    with Office(recalculate=True) as running:
        yield running
