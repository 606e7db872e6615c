"""Equations between facts as small trees, written with ordinary operators.

    weight = fact("execution.weight")
    score = rounded(weight * least(1, fact("funds.total.executed") / fact("funds.total.adjusted")), 2)

A tree is only written here; ``values``, ``formulas`` (with ``native``), ``explanations`` and ``limits`` read it. A name that
begins with a dot belongs to the row or block of the fact itself (``.executed``); a name that ends in ``[]`` is a whole column
of a band. Where a name stands, on this sheet or on another, only the reader knows. A tree that is a single fact tells it as it
stands there.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from jixiao.law.scheme import Scheme

Known = Decimal | str | None
Facts = Callable[[str], "Known | Sequence[Known]"]
"""What is known of a fact: its value; None if blank; a sequence for a column (``…[]``)."""


class Tree:
    """A relation, or a part of one."""

    __slots__ = ()

    @property
    def parts(self) -> Sequence["Tree"]:
        return ()

    def walk(self) -> Iterator["Tree"]:
        """This tree and every tree in it, from the top."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def facts(self) -> list[str]:
        """The names of the facts it reads, each once, in reading order."""
        return list(dict.fromkeys(part.name for part in self.walk() if isinstance(part, Fact)))

    def __add__(self, other: "Tree | int") -> "Operation":
        return Operation("+", self, tree(other))

    def __sub__(self, other: "Tree | int") -> "Operation":
        return Operation("-", self, tree(other))

    def __mul__(self, other: "Tree | int") -> "Operation":
        return Operation("*", self, tree(other))

    def __truediv__(self, other: "Tree | int") -> "Operation":
        return Operation("/", self, tree(other))


class Fact(Tree):
    """One fact, or with a name in ``[]`` one column of a band."""

    __slots__ = ("name",)
    __match_args__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Weight(Fact):
    """A fact that is a weight: nothing follows from a negative one."""

    __slots__ = ()


class Number(Tree):
    """A number of the rule itself."""

    __slots__ = ("value",)
    __match_args__ = ("value",)

    def __init__(self, value: Decimal) -> None:
        self.value = value


class Operation(Tree):
    """left + - * / right."""

    __slots__ = ("sign", "left", "right")
    __match_args__ = ("sign", "left", "right")

    def __init__(self, sign: str, left: Tree, right: Tree) -> None:
        self.sign, self.left, self.right = sign, left, right

    @property
    def parts(self) -> Sequence[Tree]:
        return (self.left, self.right)


class ZeroOverZero(Operation):
    """A quotient that is 0 where both its sides are: only for a form that prints 0.00% beside 0.00."""

    __slots__ = ()

    def __init__(self, left: Tree, right: Tree) -> None:
        super().__init__("/", left, right)


class Least(Tree):
    """The smaller of two."""

    __slots__ = ("left", "right")
    __match_args__ = ("left", "right")

    def __init__(self, left: Tree, right: Tree) -> None:
        self.left, self.right = left, right

    @property
    def parts(self) -> Sequence[Tree]:
        return (self.left, self.right)


class Rounded(Tree):
    """The result, rounded as Excel does. A ``rate`` is a fraction and printed as a percentage."""

    __slots__ = ("body", "places", "rate")
    __match_args__ = ("body", "places", "rate")

    def __init__(self, body: Tree, places: int, rate: bool) -> None:
        self.body, self.places, self.rate = body, places, rate

    @property
    def parts(self) -> Sequence[Tree]:
        return (self.body,)


class Total(Tree):
    """The sum of facts and columns; blanks count nothing, and a sum of blanks only is blank."""

    __slots__ = ("addends", "places")
    __match_args__ = ("addends", "places")

    def __init__(self, addends: Sequence[Fact], places: int = 2) -> None:
        self.addends, self.places = addends, places

    @property
    def parts(self) -> Sequence[Tree]:
        return self.addends


class WithUnit(Tree):
    """A target together with the unit that stands in a column of its own: 95 and % are 95%."""

    __slots__ = ("target", "unit")
    __match_args__ = ("target", "unit")

    def __init__(self, target: Fact, unit: Fact) -> None:
        self.target, self.unit = target, unit

    @property
    def parts(self) -> Sequence[Tree]:
        return (self.target, self.unit)


class Exceeds(Tree):
    """One of two words: the first where an amount is greater than a limit."""

    __slots__ = ("amount", "limit", "more", "rest")
    __match_args__ = ("amount", "limit", "more", "rest")

    def __init__(self, amount: Tree, limit: Decimal, more: str, rest: str) -> None:
        self.amount, self.limit, self.more, self.rest = amount, limit, more, rest

    @property
    def parts(self) -> Sequence[Tree]:
        return (self.amount,)


class Call(Tree):
    """A look-up by a scheme: one of the PERF_* functions. An argument that the form does not have is None."""

    __slots__ = ("name", "arguments", "scheme")
    __match_args__ = ("name", "arguments", "scheme")

    def __init__(self, name: str, arguments: Sequence[Tree | None], scheme: Scheme) -> None:
        self.name, self.arguments, self.scheme = name, arguments, scheme

    @property
    def parts(self) -> Sequence[Tree]:
        return [argument for argument in self.arguments if argument is not None]


class WhenScored(Tree):
    """Something that stays open until every row with a weight has its score: a grade is none before."""

    __slots__ = ("body", "weights", "scores")
    __match_args__ = ("body", "weights", "scores")

    def __init__(self, body: Call, weights: Fact, scores: Fact) -> None:
        self.body, self.weights, self.scores = body, weights, scores

    @property
    def parts(self) -> Sequence[Tree]:
        return (self.body, self.weights, self.scores)


def tree(value: Tree | int) -> Tree:
    return value if isinstance(value, Tree) else Number(Decimal(value))


def fact(name: str) -> Fact:
    return Fact(name)


def weight(name: str) -> Weight:
    return Weight(name)


def least(left: Tree | int, right: Tree | int) -> Least:
    return Least(tree(left), tree(right))


def rounded(body: Tree, places: int) -> Rounded:
    return Rounded(body, places, rate=False)


def rate(body: Tree) -> Rounded:
    """A rate: a fraction of four places, printed 99.83%."""
    return Rounded(body, 4, rate=True)


def total(*names: str) -> Total:
    """The sum of facts and columns (``indicators.score[]``)."""
    return Total([Fact(name) for name in names])
