"""The published forms, read once; ``make test`` says at its end how well."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from measure import Reading

SUMMARY = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def readings(request: pytest.FixtureRequest) -> "Sequence[Reading]":
    """Every published form as it is read."""
    import first_reading
    from form_file import every
    from measure import measured, total

    found = [measured(form) for form in every()]
    said = [f"已公开的表样{len(found)}份：{total(found).line()}", *first_reading.promise(first_reading.log())]
    request.config.stash[SUMMARY] = "\n".join(said)
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if SUMMARY in config.stash:
        terminalreporter.write_line(config.stash[SUMMARY])
