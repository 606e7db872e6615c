"""What of a web page is not shown."""

_CELLS = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot"))
_EMPTY = frozenset(
    ("br", "hr", "img", "input", "col", "wbr", "link", "meta", "area", "base", "embed", "source", "param")
)
_UNCLOSED = frozenset(("p", "li", "dt", "dd", "option"))
"""Elements that the next of their name ends."""


class Veil:
    """Lies over an element that is not shown, until it ends: with its own end, or with that of the cell it stands in."""

    def __init__(self) -> None:
        self._name = ""
        self._nested = 0
        self._tables = 0

    def __bool__(self) -> bool:
        """Whether what is read now is not shown."""
        return bool(self._name)

    def draw(self, name: str) -> None:
        """An element begins that is not shown."""
        if name not in _EMPTY:
            self._name, self._nested, self._tables = name, 1, int(name == "table")

    def lift(self) -> None:
        """Whatever was hidden, it has ended."""
        self._name = ""

    def start(self, name: str) -> None:
        """A tag inside; it may end what it stands in."""
        self._tables += name == "table"
        if name == self._name:
            self._nested += 1
        if (name in _CELLS and not self._tables) or (name == self._name and name in _UNCLOSED):
            self.lift()

    def end(self, name: str) -> bool:
        """An end tag; whether it is that of something outside, in which the hidden element stands."""
        if (name in _CELLS or name == "table") and not self._tables:
            self.lift()
            return True
        self._tables -= name == "table"
        self._nested -= name == self._name
        if not self._nested:
            self.lift()
        return False
