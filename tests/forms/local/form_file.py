"""One published form as a text file: what it prints, and what every filled cell is.

A file begins with lines ``键：值`` (``来源``, ``地点``, ``年度``, ``版式``, ``载体``, ``金额单位``, ``表数``; ``差错`` and ``成立``
as often as needed). Then follow, in the order of the document::

    【段】附件1                                               a paragraph outside the tables
    【表】                                                    a table begins: rows of cells between ``|``
    项目名称 | < | 禁毒经费 ::项目名称 | <                      ``<`` belongs to the cell on its left, ``^`` to the one above
    【资金】 _ | _ | 年初预算数 | 执行数                        what the columns of the rows below are
    ^ | 年度资金总额 ::总额 | 100 | 100                        in a fund row, the source stands at its label
    【指标】 _ | 一级 | 二级 | 三级 | 指标值
    合计 ::无 | 100                                           a cell that is not what its column says
    【完】                                                    from here on cells say themselves what they are

``⏎`` is a line break in a cell. The field words stand in words.tsv.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
FOLDER = HERE / "forms"
LEFT, ABOVE, NOTHING = "<", "^", "无"
FUNDS, INDICATORS, SOURCES = "资金", "指标", "资金来源"
TABLES = {
    INDICATORS: "indicators",
    "支出": "details",
    "科目": "accounts",
    "任务": "tasks",
    "人员": "people",
    "问卷": "survey",
}
"""The words of repeated blocks, and what an ``Evaluation`` calls them."""
_SPOT = re.compile(r"(?:表(\d+))?第(\d+)行第(\d+)列")
_PROMPT = re.compile(r"(指标\d+[:：]?|…+)")


class Mistake(ValueError):
    """A ``.form`` file that cannot be understood, with its line."""


class Spot(NamedTuple):
    """A cell of a table, all counted from 1."""

    table: int
    row: int
    column: int


class Piece(NamedTuple):
    """One position of a table: a cell, or a part of the one on its left or above; ``names`` are what it is."""

    text: str = ""
    names: frozenset[str] = frozenset()
    joined: str = ""


class Fault(NamedTuple):
    """A true fault of the published form: the rules that may speak of it, where, and what is wrong."""

    codes: frozenset[str]
    spots: frozenset[Spot]
    words: str


class Named(NamedTuple):
    """An indicator with the levels it stands under."""

    spot: Spot
    level1: str
    level2: str
    name: str


Table = Sequence[Sequence[Piece]]
Block = str | Table
"""A paragraph, or a table."""


class FormFile(NamedTuple):
    """A published form with the truth of its cells."""

    id: str
    head: Mapping[str, str]
    faults: Sequence[Fault]
    blocks: Sequence[Block]

    @property
    def tables(self) -> Sequence[Table]:
        return [block for block in self.blocks if not isinstance(block, str)]

    @property
    def forms(self) -> int:
        """How many forms the document holds."""
        return int(self.head["表数"])

    @property
    def unit(self) -> str:
        """The unit of its money; empty where the document does not say it."""
        return "" if self.head["金额单位"] == "未注明" else self.head["金额单位"]

    @property
    def cut_short(self) -> bool:
        """Whether the stored copy of the document ends in the middle."""
        return self.head.get("存档", "").startswith("截断")

    @property
    def on_sheets(self) -> bool:
        return self.head["载体"] == "工作表"

    def truth(self) -> dict[Spot, frozenset[str]]:
        """Every cell that is something, with the names it may be read under."""
        return {spot: piece.names for spot, piece in self._pieces() if piece.names and piece.text}

    def _pieces(self) -> Iterator[tuple[Spot, Piece]]:
        for number, table in enumerate(self.tables, 1):
            for r, row in enumerate(table, 1):
                for c, piece in enumerate(row, 1):
                    yield Spot(number, r, c), piece

    def indicators(self) -> list[Named]:
        """The indicators somebody filled in, each with both levels; merged and inherited ones are carried down."""
        found: dict[Spot, Named] = {}
        for number, table in enumerate(self.tables, 1):
            levels = {"level1": "", "level2": ""}
            for own in _indicator_rows(number, table):
                said = {field: text for field, (_, text) in own.items()}
                if said.get("level1", levels["level1"]) != levels["level1"]:
                    levels = {"level1": "", "level2": ""}
                levels |= {level: said[level] for level in levels if said.get(level)}
                if said.get("name") and not _PROMPT.fullmatch(said["name"].strip()):
                    spot = own["name"][0]
                    found.setdefault(spot, Named(spot, levels["level1"], levels["level2"], said["name"]))
        return list(found.values())


def _indicator_rows(number: int, table: Table) -> Iterator[dict[str, tuple[Spot, str]]]:
    """What each indicator row says by field, in its own cells and in those that reach down to it, and where.

    Of tables printed side by side each has a row of its own: it begins where a level or a name comes again.
    """
    owners = owner_of(table)
    for r, row in enumerate(table, 1):
        if not any(name.startswith("indicators.") for piece in row for name in piece.names):
            continue
        own: dict[str, tuple[Spot, str]] = {}
        for c in range(1, len(row) + 1):
            top, left = owners[r, c]
            piece = table[top - 1][left - 1]
            said = {name.removeprefix("indicators."): (Spot(number, top, left), piece.text) for name in piece.names}
            if any(field in own and own[field] != said[field] for field in said.keys() & {"level2", "name"}):
                yield own
                own = {}
            own = said | own
        yield own


def owner_of(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    """For every position of a table the corner of the cell it belongs to, counted from 1."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(table, 1):
        for c, piece in enumerate(row, 1):
            beside = {LEFT: (r, c - 1), ABOVE: (r - 1, c)}.get(piece.joined)
            owners[r, c] = owners[beside] if beside else (r, c)
    return owners


# ---------------------------------------------------------------- reading


def load(path: Path) -> FormFile:
    """Read a ``.form`` file. Raises Mistake with the line."""
    return parse(path.stem, path.read_text(encoding="utf-8"))


def parse(name: str, text: str) -> FormFile:
    """A form as it is written. Raises Mistake with the line."""
    reader = _Reader(words())
    for number, line in enumerate(text.splitlines(), 1):
        try:
            reader.take(line)
        except (ValueError, KeyError) as problem:
            raise Mistake(f"{name} 第{number}行：{problem}") from problem
    return FormFile(name, reader.head, reader.faults, reader.blocks)


@cache
def words() -> dict[tuple[str, str], frozenset[str]]:
    """(kind, word) -> the names a cell so called may be read under."""
    lines = (HERE / "words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {(kind, word): frozenset(names.split()) for kind, word, names in rows}


class _Reader:
    def __init__(self, known: Mapping[tuple[str, str], frozenset[str]]) -> None:
        self.head: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.blocks: list[str | list[list[Piece]]] = []
        self._known = known
        self._facts = {word: names for (kind, word), names in known.items() if kind in ("项目", "目标", "合计", "文字")}
        self._kind, self._columns = "", list[str]()

    def take(self, line: str) -> None:
        if directive := re.match(r"【(\w+)】(.*)", line):
            self._direct(directive[1], directive[2].strip())
        elif self.blocks and isinstance(self.blocks[-1], list):
            if line.strip():
                self._row(self.blocks[-1], line)
        elif line.strip():
            self._say(*line.split("：", 1))

    def _say(self, key: str, value: str) -> None:
        if key == "差错":
            self.faults.append(_fault(value))
        else:
            self.head[key] = f"{self.head[key]}；{value}" if key in self.head else value

    def _direct(self, word: str, rest: str) -> None:
        if word == "段":
            self.blocks.append(rest)
        elif word == "表":
            self.blocks.append([])
        if word in ("段", "表", "完"):
            self._kind, self._columns = "", []
        elif word == FUNDS or word in TABLES:
            self._kind, self._columns = word, [column.strip() for column in rest.split("|")]
        else:
            raise ValueError(f"不认识【{word}】")

    def _row(self, table: list[list[Piece]], line: str) -> None:
        cells = [cell.strip(" ").partition(" ::") for cell in line.split("|")]
        if table and len(cells) != len(table[0]):
            raise ValueError(f"有{len(cells)}列，应为{len(table[0])}列")
        source = next((said for _, _, said in cells if self._kind == FUNDS and self._is_source(said)), "")
        table.append([self._piece(c, text, said, source) for c, (text, _, said) in enumerate(cells)])

    def _piece(self, column: int, text: str, said: str, source: str) -> Piece:
        if text in (LEFT, ABOVE):
            return Piece(joined=text)
        text = text.strip(" ").replace("⏎", "\n")
        if said == NOTHING:
            return Piece(text)
        if said and said != source:
            return Piece(text, self.names(said))
        word = self._columns[column] if column < len(self._columns) else "_"
        if said or word == "_" or not text:
            return Piece(text)
        if self._kind == FUNDS and not source:
            raise ValueError(f"“{text}”一行没有写明资金来源")
        return Piece(text, self.names("·".join(part for part in (self._kind, source, word) if part)))

    def names(self, words_said: str) -> frozenset[str]:
        """``项目名称`` -> project.name; ``资金·总额·执行数`` -> funds.total.executed; ``指标·一级`` -> indicators.level1."""
        kind, *rest = words_said.split("·")
        if kind == FUNDS:
            names = _funds(self._source(rest[0]), self._known[FUNDS, rest[1]])
        elif kind in TABLES:
            names = {f"{TABLES[kind]}.{name}" for name in self._known[kind, rest[0]]}
        elif words_said in self._facts:
            names = set(self._facts[words_said])
        else:
            raise ValueError(f"words.tsv没有“{words_said}”")
        return frozenset(names)

    def _is_source(self, word: str) -> bool:
        return word.startswith("?") or (SOURCES, word) in self._known

    def _source(self, word: str) -> str:
        return "?" if word.startswith("?") else next(iter(self._known[SOURCES, word]))


def _funds(source: str, columns: frozenset[str]) -> set[str]:
    """Weight, score and reason of the total may also be called those of the whole block."""
    names = {f"funds.{source}.{column}" for column in columns}
    whole = {"weight": "execution.weight", "score": "execution.score", "reason": "funds.reason"}
    return names | {whole[column] for column in columns & whole.keys() if source == "total"}


def _fault(text: str) -> Fault:
    """``R10/R15 表1第12行第6列、第12行第7列 9场不足10场，应写明原因``"""
    codes, where, said = text.split(maxsplit=2)
    spots = frozenset(Spot(int(table or 1), int(row), int(column)) for table, row, column in _SPOT.findall(where))
    if not spots:
        raise ValueError(f"“{where}”不是位置")
    return Fault(frozenset(codes.split("/")), spots, said)


def every(folder: Path = FOLDER) -> list[FormFile]:
    """All forms of a folder, in the order of their names."""
    return [load(path) for path in sorted(folder.glob("*.form"))]
