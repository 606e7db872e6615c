"""What new files are called."""

import os


def beside(path: str, ending: str, suffix: str) -> str:
    """A file in the same folder: ``甲.xlsx`` -> ``甲-评价报告.docx``."""
    return os.path.splitext(path)[0] + suffix + ending


def safe(title: str) -> str:
    """A sheet's title as a file name."""
    return "".join("_" if letter in '\\/:*?"<>|' else letter for letter in title)
