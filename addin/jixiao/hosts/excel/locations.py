"""Where an open workbook lies, and where a new file beside it goes."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlwings import Book


def place_of(book: "Book") -> str:
    """The path of a workbook; of one that was never saved, or lies where no path leads (OneDrive), its title."""
    try:
        return book.fullname
    except Exception:  # xlwings, when it cannot tell where a synchronised file lies
        return book.name


def folder_of(book: "Book | None") -> str:
    """Where a new file goes: beside the workbook, else into the user's documents."""
    folder = os.path.dirname(place_of(book)) if book else ""
    if folder and os.path.isdir(folder):
        return folder
    home = os.path.expanduser("~")
    documents = os.path.join(home, "Documents")
    return documents if os.path.isdir(documents) else home
