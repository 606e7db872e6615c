"""One office for all live tests."""

from collections.abc import Iterator

import pytest

from office_edit import Calc, calc


@pytest.fixture(scope="session")
def office() -> Iterator[Calc]:
    with calc() as running:
        yield running
