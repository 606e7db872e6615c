"""What the engine does not cover is refused by name."""

from functools import cached_property
from types import FunctionType
from typing import Any


class Partial:
    """A part of an xlwings engine that does what this program needs, and says so where more is asked.

    What a part holds it declares with its type, and gets once, where it is made. Later only what is there to be set can be:
    else ``range.color = …`` would be taken, and lost.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or hasattr(type(self), name):
            raise AttributeError(name)
        raise self._refusal_of(name)

    def __setattr__(self, name: str, value: Any) -> None:
        made = name not in vars(self) and _holds(type(self), name)
        if not (made or name.startswith("_") or _may_be_set(type(self), name)):
            raise self._refusal_of(f"{name} = …")
        super().__setattr__(name, value)

    def _refusal_of(self, asked: str) -> NotImplementedError:
        return NotImplementedError(f"LibreOffice engine: {type(self).__name__}.{asked}")


def _holds(part: type, name: str) -> bool:
    """Whether a class declares that its parts hold a value of this name."""
    return any(name in getattr(base, "__annotations__", ()) for base in part.__mro__)


def _may_be_set(part: type, name: str) -> bool:
    """Whether a class has a value of this name, or a property that takes one."""
    if not hasattr(part, name):
        return False
    declared = next(vars(base)[name] for base in part.__mro__ if name in vars(base))
    if isinstance(declared, property):
        return declared.fset is not None
    return not isinstance(declared, FunctionType | staticmethod | classmethod | cached_property)
