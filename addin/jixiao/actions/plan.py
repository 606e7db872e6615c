"""A plan: what an action wants done, as values. Nothing has happened yet; a desk carries it out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jixiao.grid import Binding, Change, Document, Link, Value

if TYPE_CHECKING:
    from jixiao.actions.book import Book, Copy, Sketch
    from jixiao.actions.listing import Listing
    from jixiao.actions.steps import Step
    from jixiao.report.document import WordDocument


class Marking(NamedTuple):
    """What the list on 校验结果 and the marks by sheet become; both empty take them away."""

    marks: Mapping[str, Sequence[str]] = {}
    lines: Sequence[Sequence[Value | Link]] = ()

    @property
    def cells(self) -> int:
        """How many cells are marked."""
        return sum(map(len, self.marks.values()))


class NewFile(NamedTuple):
    """A file to write.

    It is called after the document it comes from, with ``suffix``; one of several is called after its ``title`` instead.
    ``endings`` are those it may have, the usual first; ``gaps`` what its author still has to write.
    """

    model: "Book | Copy | Sketch | WordDocument"
    endings: tuple[str, ...]
    suffix: str = ""
    title: str = ""
    gaps: Sequence[str] = ()


class Remark(NamedTuple):
    """Something else a user should know: a heading and its lines.

    Where there is room for all lines they are said after ``heading``, else ``brief`` is. ``more`` is said of the lines left
    out where the rest can be read somewhere else; without it none may be left out. ``hint`` is how the command line can
    change a line.
    """

    heading: str
    lines: Sequence[str] = ()
    brief: str = ""
    more: str = ""
    hint: str = ""


class Plan(NamedTuple):
    """What to do with one document, and what to say about it.

    ``step`` is what can be taken back once ``changes`` or ``marking`` stand in the workbook; one that ``goes_back`` takes
    the newest step back. ``bindings`` come into the workbook before the changes, or leave it after them: then what was
    ``former`` there comes back. ``done`` is said afterwards, without its full stop; where a ``listing`` can be shown it says more.
    ``errors`` tells whether the document holds any.
    """

    document: Document
    done: str = ""
    changes: Sequence[Change] = ()
    marking: Marking | None = None
    step: "Step | None" = None
    goes_back: bool = False
    bindings: Sequence[Binding] = ()
    former: Sequence[Binding] = ()
    files: Sequence[NewFile] = ()
    listing: "Listing | None" = None
    remarks: Sequence[Remark] = ()
    errors: bool = False
