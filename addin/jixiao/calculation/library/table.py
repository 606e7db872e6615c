"""The table of the functions, and what each may ask of the sheets."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from jixiao.calculation.values import Fault, Operand, Range, Value


class Cells(Protocol):
    """What a function may ask of the sheets."""

    def spend(self, steps: int) -> None:
        """Count what is done; beyond a limit nothing more is known."""

    def scalar(self, operand: Operand) -> Value:
        """The value of an operand; a range of one cell counts as that cell."""

    def filled(self, cells: Range) -> Iterator[Value | Fault]:
        """What the cells of a range hold, as far as there are any."""

    def rows(self, cells: Range) -> list[list[Value | Fault]]:
        """What a range holds, row by row, up to its last filled row and column."""


Answer = Callable[..., Operand]


class Function(NamedTuple):
    """One function, and how many operands it takes."""

    answer: Answer
    least: int
    most: int


FUNCTIONS: dict[str, Function] = {}
"""All functions by name; every one gets the cells first, then its operands."""

ANY = 255
"""As many operands as a function can have."""


def listed(least: int, most: int) -> Callable[[Answer], Answer]:
    """Enter a function in the table under its own name."""

    def enter(answer: Answer) -> Answer:
        FUNCTIONS[answer.__name__] = Function(answer, least, most)
        return answer

    return enter


def checked(rows: list[list[Value | Fault]]) -> list[list[Value]]:
    """The rows of a range; the first error value in it is the answer."""
    return [list(sound(row)) for row in rows]


def sound(values: Iterator[Value | Fault] | list[Value | Fault]) -> Iterator[Value]:
    """The same values. Raises the first Fault among them."""
    for value in values:
        if isinstance(value, Fault):
            raise Fault(value.code)
        yield value
