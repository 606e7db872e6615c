"""Programs of others that judge our files."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """End the test, saying how to get what is missing: elsewhere it is skipped, under CI it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI must not skip; to install it: make tools")
    pytest.skip(f"{what}; to install it: make tools")
