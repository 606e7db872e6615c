"""What is found in a form: blocks with their columns and rows, and single facts. Every entry knows its cell."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from jixiao.forms.local.lines import Line, Piece

UNKNOWN = "?"
"""Before a field: its own words, for nobody knows what it is."""

GUESSED = 0.3
"""How sure a field is that is only called by its own words."""

TABLES = ("indicators", "funds", "goal", "accounts", "survey", "tasks", "people")
"""The kinds of blocks that have columns, as the vocabulary calls them."""

TABLE = "table"
"""The kind of a block none of whose headings is known."""

ACROSS = "across"
"""The kind of a fund block whose sources stand side by side."""

LEVELS = ("level1", "level2", "name")
AMOUNTS = frozenset(
    {
        *("initial", "adjusted", "arrived", "executed", "balance", "final", "net", "pooled", "interim", "forecast"),
        *("prior", "prior_budget", "prior_executed", "difference", "posts", "staff", "planned", "whole"),
        *("total", "subtotal", "basic", "projects", "remitted", "operating", "subsidies", "fiscal", "general"),
        *("government_fund", "state_capital", "upper", "business", "contributed", "other", "staff_costs"),
        *("office_costs", "brought", "carried", "income", "spending"),
    }
)
MONEY = AMOUNTS - {"posts", "staff"}
"""What counts money; posts and people stand in tables of money too."""
RATES = frozenset({"rate", "arrival_rate"})
POINTS = frozenset({"weight", "score", "review", "group1_weight", "group2_weight"})
NUMBERS = AMOUNTS | RATES | POINTS | {"count"}
"""Fields whose cells are figures."""


@lru_cache(2048)
def last(field: str) -> str:
    """What a name ends in: ``executed`` of ``funds.total.executed``, of a source that stands over a column its amount."""
    return "adjusted" if field.endswith("@") else field.rpartition(".")[2]


def is_number_field(field: str) -> bool:
    """Whether its cells are figures."""
    return last(field) in NUMBERS


class Column(NamedTuple):
    """A heading, and the columns of the grid it stands over."""

    field: str
    left: int
    right: int
    label: str
    sure: float
    line: Line
    piece: Piece  # the lowest heading that is understood
    unit: str = ""
    side: int = 0  # of tables printed side by side
    choices: Sequence[Piece] = ()  # headings below, one of which is ticked

    @property
    def known(self) -> bool:
        return not self.field.startswith(UNKNOWN)

    def unknown(self) -> "Column":
        """The same column under its own words."""
        return self._replace(field=UNKNOWN + self.label.replace(" ", ""), sure=GUESSED) if self.known else self


class Entry(NamedTuple):
    """One cell that is understood: what it is, how surely, and by which words of the document."""

    field: str
    line: Line
    piece: Piece
    sure: float
    label: str = ""
    inner: str | None = None  # what of its text is the value, where the label stands in the same cell
    column: Column | None = None

    @property
    def text(self) -> str:
        return self.piece.text if self.inner is None else self.inner


class BlockRow(NamedTuple):
    """One row of a block: by field its cells. ``key`` is the source of money in a fund block."""

    line: Line
    entries: Mapping[str, Entry]
    side: int = 0
    key: str = ""
    label: Entry | None = None
    total: bool = False


class Block(NamedTuple):
    """One table of a form: the spans of its columns are decided once, by its heading."""

    kind: str
    columns: Sequence[Column]
    rows: list[BlockRow]
    heads: Sequence[Line]
    label: str = ""  # the words that stand beside it
    unit: str = ""  # of money, where label or headings say it
    contradicted: Sequence[Column] = ()  # their cells are something else than their heading says
