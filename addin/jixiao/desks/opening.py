"""Showing a file in the program it belongs to."""

import os
import sys

from jixiao.errors import Refusal
from jixiao.wording.buttons import NOT_OPENED


def show(path: str) -> None:
    """Open a file or folder as a double click would. Raises Refusal where no program is known for it."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    import webbrowser
    from urllib.request import pathname2url

    if not webbrowser.open(f"file://{pathname2url(os.path.abspath(path))}"):
        raise Refusal(NOT_OPENED.format(path=path))
