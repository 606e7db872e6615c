"""What new files are called."""

import os
from collections.abc import Sequence


def beside(path: str, ending: str, suffix: str) -> str:
    """A file in the same folder: ``甲.xlsx`` -> ``甲-评价报告.docx``."""
    return os.path.splitext(path)[0] + suffix + ending


def safe(title: str) -> str:
    """A sheet's title as a file name."""
    return "".join("_" if letter in '\\/:*?"<>|' else letter for letter in title)


def distinct(titles: Sequence[str]) -> list[str]:
    """Sheets' titles as file names; names that would be one are numbered."""
    names = [safe(title) for title in titles]
    return [f"{name}{at}" if names.count(name) > 1 else name for at, name in enumerate(names, 1)]
