"""What the add-ins of Excel and of LibreOffice are made of, generated from the tables of functions, buttons and drawings."""

import os
from functools import cache


@cache
def macros_folder() -> str:
    """Where the VBA sources, the icons and the built add-ins lie: inside the installed package, else in the repository."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "macros")
    return installed if os.path.isdir(installed) else os.path.join(package, "..", "..", "macros")
