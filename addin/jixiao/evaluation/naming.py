"""Names as the budget platform prints them."""

import re

_CODE = re.compile(r"^[0-9A-Z]{8,}\s*[-－—]\s*")


def without_code(name: str) -> str:
    """A project name without the code that the platform puts before it: ``51000021Y000000012345-某某项目`` -> 某某项目."""
    return _CODE.sub("", name)
