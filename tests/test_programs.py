"""The judges themselves: without one of them CI fails, it does not skip."""

from collections.abc import Callable
from pathlib import Path

import pytest

import gnumeric
import validator
from office import soffice

JUDGES = [soffice, gnumeric.ssconvert, validator.program]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine on which nothing is installed."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(validator, "INSTALLED", tmp_path)
    return monkeypatch


@pytest.mark.parametrize("judge", JUDGES)
def test_ci_fails_without_it(bare: pytest.MonkeyPatch, judge: Callable[[], str]) -> None:
    bare.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception):
        judge()


@pytest.mark.parametrize("judge", JUDGES)
def test_elsewhere_the_test_is_skipped_and_says_how_to_get_it(
    bare: pytest.MonkeyPatch, judge: Callable[[], str]
) -> None:
    bare.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="make tools"):
        judge()
