"""Any form that is none of the drawn ones, read by what its headings say: a local form."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Stated
from jixiao.forms.local.blocks.block import ACROSS, LEVELS, Block
from jixiao.forms.local.blocks.funds import DETAIL
from jixiao.forms.local.blocks.pairs import heard
from jixiao.forms.local.blocks.reader import Reader
from jixiao.forms.local.lines import Line
from jixiao.forms.local.sections import Heard, Section, is_title, sections
from jixiao.forms.local.telling import private_of, told
from jixiao.forms.local.vocabulary import Vocabulary, vocabulary
from jixiao.grid import Document, Grid

_LIKELY = 0.75
_BUDGET = ("决算", "预算", "收支")
_ACCOUNTS = ("收入", "支出", "拨款", "经费", "结余", "结转", "合计", "总计")


class LocalForm(NamedTuple):
    """One form: where it begins, what it states, and its blocks with the places of their columns.

    ``lines`` are all rows of it, ``above`` what is said above its table. ``private`` are the facts that name persons: placed,
    and not told.
    """

    grid: Grid
    evaluation: Evaluation
    blocks: Sequence[Block]
    lines: Sequence[Line] = ()
    above: Sequence[Heard] = ()
    private: Mapping[str, Stated] = {}


def local_forms(document: Document, skip: Collection[Grid] = ()) -> list[LocalForm]:
    """The forms of a document in order, but for those that are known already (``skip``).

    Raises Sprawling for a sheet that is far larger than any form.
    """
    words = vocabulary()
    found = []
    for section in sections(document, skip, words):
        reader = Reader(section.lines, words).read()
        if is_form(reader, section):
            evaluation, private = told(reader, section), private_of(reader)
            found.append(LocalForm(section.grid, evaluation, reader.blocks, section.lines, section.above, private))
    return found


def is_form(reader: Reader, section: Section) -> bool:
    """Whether what was read is a form: indicators, funds with goals, or another table that is surely one of ours.

    A price list, a roster or a timetable is none.
    """
    kinds = {block.kind for block in reader.blocks if block.rows}
    facts = {fact.field.partition(".")[0] for fact in reader.facts} | ({"goal"} if "goal" in kinds else set())
    named = len({fact.field for fact in reader.facts if fact.field.startswith("project.")}) > 1
    titled = is_title(section.title)
    funds = _sources(reader)
    return (
        any(_is_indicators(block, named or titled) for block in reader.blocks)
        or "survey" in kinds
        or (funds > 0 and "goal" in facts)
        or (funds > 1 and (named or titled))
        or ("tasks" in kinds and (titled and named))
        or any(_is_account(block, section.title) for block in reader.blocks if block.kind == "accounts")
        or (titled and len({fact.field for fact in reader.facts}) > 3)
        or (len({fact.field for fact in reader.facts}) > 2 and _is_covered(section, reader.words))
    )


def _is_covered(section: Section, words: Vocabulary) -> bool:
    """Whether a cover above the table names who reports, and what."""
    return len({reading.field for said in section.above for reading, _, _ in heard(said.text, words)}) > 1


def _sources(reader: Reader) -> int:
    """How many known sources of money are named beyond doubt: 市建投 may build, and pay for nothing."""
    money = (row for block in reader.blocks for row in block.rows if block.kind == "funds")
    rows = {row.key for row in money if row.label is None or row.label.sure >= _LIKELY}
    across = {f.partition(".")[0] for b in reader.blocks for r in b.rows for f in r.entries if b.kind == ACROSS}
    facts = {fact.field for fact in reader.facts if fact.field.startswith("funds.")}
    return len([key for key in (*rows, *across, *facts) if key and key[0] != "?" and key != DETAIL])


def _is_indicators(block: Block, named: bool) -> bool:
    """Whether a block tells of indicators: of their levels, or of a name what is aimed at, weighed or judged.

    One without rows counts in a form that is titled or names its project: nobody has filled it in yet.
    """
    fields = {column.field for column in block.columns if column.known}
    names, told = fields & set(LEVELS), fields - {*LEVELS, "topic", "number", "note", "unit"}
    filled = bool(block.rows) or (named and len(names) > 1)
    return block.kind == "indicators" and filled and (len(names) > 1 or len(told) > 1)


def _is_account(block: Block, title: str) -> bool:
    """Whether figures beside names are accounts: the title says so, or several rows are called so."""
    titled = is_title(title)
    if titled and any(word in title for word in _BUDGET) and block.rows:
        return True
    names = [row.entries["name"].text for row in block.rows if "name" in row.entries]
    return sum(any(word in name for word in _ACCOUNTS) for name in names) > (1 if titled else 2)
