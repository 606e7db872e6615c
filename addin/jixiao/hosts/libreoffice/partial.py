"""What the engine does not cover is refused by name."""

from typing import Any


class Partial:
    """A part of an xlwings engine that does what this program needs, and says so where more is asked."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or hasattr(type(self), name):
            raise AttributeError(name)
        raise NotImplementedError(f"LibreOffice engine: {type(self).__name__}.{name}")
