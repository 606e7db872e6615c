"""What table a heading row heads: the fields its headings name together decide."""

import re
from collections.abc import Iterator, Sequence

from jixiao.forms.local.blocks.block import ACROSS, AMOUNTS, LEVELS, POINTS, RATES, TABLES
from jixiao.forms.local.headings import heading, is_yearly
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import BEGINNING, Vocabulary

_NAMES = frozenset({*LEVELS, "topic"})
_TELLING = frozenset(
    {
        *("target", "actual", "weight", "score", "review", "reason", "rubric", "explanation", "nature", "source"),
        *("interim", "forecast", "likelihood"),
    }
)
_ROWS_BELOW = 3
_PARTING = re.compile(r"按.{1,8}分类?")


def kind_of(heads: Sequence[Line], below: Sequence[Line], words: Vocabulary) -> str:
    """What table these lines head; empty for none."""
    said = [piece for line in heads for piece in line.said]
    if not all(any(words.read(text, *TABLES, "block", "source") for text in line.texts) for line in heads):
        return ""
    fields = {kind: {r.field for p in said if (r := words.read(p.text, kind))} for kind in TABLES}
    return next((kind for kind, fits in _tests(fields, said, heads, below, words) if fits), "")


def _tests(
    fields: dict[str, set[str]], said: Sequence[Piece], heads: Sequence[Line], below: Sequence[Line], words: Vocabulary
) -> Iterator[tuple[str, bool]]:
    yield "funds", _heads_only_funds(fields, said)
    yield "indicators", _heads_indicators(said, words)
    yield "survey", {"question", "option"} <= fields["survey"]
    yield "people", "name" in fields["people"] and len(fields["people"]) > 1
    yield "tasks", "name" in fields["tasks"] and len(fields["tasks"]) > 1
    yield "goal", _heads_goals(fields["goal"], said, words) and not (below and _heads_indicators(below[0].said, words))
    yield ACROSS, len(heads) == 1 and _heads_sources(said, below, words)
    yield "accounts", _heads_accounts(fields["accounts"], said, words)
    yield "funds", _heads_funds(fields, said, below, words)
    yield "funds", _heads_one_row(fields, said, below)
    yield "accounts", len(fields["accounts"] & (AMOUNTS | RATES)) > 1 and _figures_below(below)


def _heads_indicators(said: Sequence[Piece], words: Vocabulary) -> bool:
    """Two levels; or one name beside what is told of indicators. Odd names of levels (一级要点) count if all three are there."""
    readings = [r for p in said if (r := words.read(p.text, "indicators"))]
    fields = {r.field for r in readings}
    names = {r.field for r in readings if r.field in _NAMES and r.sure > BEGINNING}
    if len(names & set(LEVELS)) > 1 or fields >= set(LEVELS):
        return True
    topics = sum(reading.field == "topic" for reading in readings)
    return bool(names and fields & _TELLING and (len(fields) > 2 or topics > 2))


def _heads_only_funds(fields: dict[str, set[str]], said: Sequence[Piece]) -> bool:
    """What is planned, spent and scored, beside a name that may be anything (项目 | 预算数 | 执行数 | 分值 | 得分)."""
    funds, others = fields["funds"], fields["indicators"] - {"topic", "budget", *POINTS}
    scored = bool(funds & POINTS) and {"adjusted", "executed"} <= funds
    return scored and "source" in funds and not others


def _heads_goals(fields: set[str], said: Sequence[Piece], words: Vocabulary) -> bool:
    """Two columns of goals, 项目总目标 and 年度总体目标 too; or one beside its block label."""
    if len(fields & {"expected", "actual", "medium"}) > 1:
        return True
    last = [piece.text for piece in said[-2:]] if len(said) < 4 else []
    expected = [text for text in last if (r := words.read(text, "goal")) and r.field == "expected"]
    if len({is_yearly(text) for text in expected}) > 1:
        return True
    return len(said) == 2 and is_block(said[0], words, "goal") and bool(words.read(said[1].text, "goal"))


def _heads_sources(said: Sequence[Piece], below: Sequence[Line], words: Vocabulary) -> bool:
    """The sources of the money stand side by side, figures below them."""
    sources = [p for p in said if words.read(p.text, "source") and heading(p.text).value is None]
    if len(sources) < 2 or not below or 2 * len(sources) < len(said) - 1:
        return False
    left = min(piece.left for piece in sources)
    measured = any((r := words.read(p.text, "funds")) and r.field in AMOUNTS for p in below[0].said if p.left < left)
    figures = sum(below[0].under(p.left, p.right).numeric for p in sources)
    return figures > 1 and (len(sources) > 2 or measured) or measured and figures > 0


def _heads_accounts(fields: set[str], said: Sequence[Piece], words: Vocabulary) -> bool:
    named = {"name", "code"} & fields and fields & (AMOUNTS | RATES)
    return bool(named) and not any(is_block(piece, words, "funds") for piece in said)


def _heads_funds(fields: dict[str, set[str]], said: Sequence[Piece], below: Sequence[Line], words: Vocabulary) -> bool:
    amounts = fields["funds"] & (AMOUNTS | RATES)
    labelled = any(is_block(piece, words, "funds") for piece in said)
    rows = [p for line in below[:_ROWS_BELOW] for p in line.pieces[:3] if p.text and words.read(p.text, "source")]
    told = rows or "content" in fields["funds"] or (labelled and len(amounts) > 1)
    return bool(amounts and told) and not any(_is_side(piece, words) for piece in said)


def _is_side(piece: Piece, words: Vocabulary) -> bool:
    """Whether a heading names one side of accounts, 收入 or 支出; 实际支出 is an amount."""
    reading = words.read(piece.text, "accounts")
    return reading is not None and reading.field == "side" and not words.read(piece.text, "funds")


def _heads_one_row(fields: dict[str, set[str]], said: Sequence[Piece], below: Sequence[Line]) -> bool:
    """A single row of figures without words: what there is of the money."""
    amounts = fields["funds"] & (AMOUNTS | RATES)
    if len(amounts) < 2 or "executed" not in amounts or not below:
        return False
    single = len(below) < 2 or not all(piece.numeric for piece in below[1].said)
    return single and len(below[0].said) > 1 and all(piece.numeric for piece in below[0].said)


def _figures_below(below: Sequence[Line]) -> bool:
    return any(piece.numeric for line in below[:_ROWS_BELOW] for piece in line.said)


def is_parting(piece: Piece) -> bool:
    """Whether a cell heads a list of its own inside a block of money: 按收入性质分 beside 按支出性质分, its parts below."""
    said = heading(piece.text)
    return said.value is None and bool(_PARTING.fullmatch(said.core))


def is_block(piece: Piece, words: Vocabulary, *kinds: str) -> bool:
    """Whether a cell only says what block stands beside or below it."""
    reading = words.read(piece.text, "block") if piece.text else None
    return reading is not None and (not kinds or reading.field in kinds) and heading(piece.text).value is None
