"""Labels with their value: in the same cell behind a colon, right of the label, or below it."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from jixiao.figures import unit_of
from jixiao.forms.local.blocks.block import AMOUNTS, GUESSED, UNKNOWN, Entry
from jixiao.forms.local.blocks.kinds import is_block
from jixiao.forms.local.headings import SUBTOTAL, at_colon, heading, is_yearly, plain, squeezed
from jixiao.forms.local.lines import Line, Piece, is_number
from jixiao.forms.local.vocabulary import Reading, Vocabulary

LABELS = ("identity", "text", "source", "total", "goal")
"""The blocks whose headings may be labels of single facts."""

_BEHIND = re.compile(r"(\D{2,12}?)([\d.,]{1,20}(?:万元|亿元|千元|元|分)?)")  # 资金16
_YEAR_ALONE = re.compile(r"[(（]\s*+20\d\d\s*+[)）]?\s*+年?度?\s*+[)）]?\s*+$")
_WIDE = re.compile(r"[ \u3000\t\xa0]{2,}|\n|\u3000(?=[^\s:：]{2,12}[:：])")
_STAMP = re.compile(r"\(?(?:盖章|公章|签字|签章|签名)\)?")
_BETWEEN = ("到", "至")
_PARTS = re.compile(r"[，；。、;]")
_PART = re.compile(r"(?:其中:?)?(\D{1,12}?):?([\d.,]{1,20}(?:亿元|万元|千元|元))")  # 省级财政23.9万元
_SUPPOSED = 0.9  # how sure an amount is that of all the money where no source is named
_LONGEST_LABEL = 20
_LONGEST_AMOUNTS = 300
_SURELY = 0.75


def heard(text: str, words: Vocabulary) -> Iterator[tuple[Reading, str, str]]:
    """The facts of a line above a table, with their labels: 单位名称：某局　　填报日期：2022年."""
    label, value = at_colon(text)
    parts = parts_of(text) or [(label, value.strip())]
    for label, value in parts:
        reading = words.read(label, "identity") if len(label) <= _LONGEST_LABEL else None
        if reading and reading.sure == 1 and value and not unit_of(plain(value).strip("()")):
            yield reading, label, value


class Pairs:
    """The facts of one line of labels and values."""

    def __init__(self, line: Line, below: Line | None, words: Vocabulary, used: Collection[int] = ()) -> None:
        """``used`` are the columns in which anything begins in this form; a blank one that is none of them is only space."""
        self.line, self.below, self.words, self.used = line, below, words, used
        self.pieces = _without_repeats(line.said)
        self.labels = self._labels()
        self.claimed: list[Piece] = []
        self.own_words: list[Piece] = []  # sources that nobody knows
        self.below_claimed: list[Piece] = []

    def facts(self) -> Iterator[Entry]:
        if self._stands_above():
            yield from self._values_below()
            return
        found: list[Entry] = []
        for k, (piece, reading) in enumerate(zip(self.pieces, self.labels, strict=True)):
            parts = self._in_parts(k)
            if reading or parts:
                self.claimed.append(piece)
                found += parts or self._several(piece) or (self._fact(k, piece, reading) if reading else ())
        found = found or [*self._unknown_source(), *self._measures()]
        yield from _of_the_year(found)

    def _several(self, piece: Piece) -> list[Entry]:
        """Several labels with their values in one cell, wide blanks between them: 单位名称：某局    填报日期：2022年."""
        return [
            self._entry(reading, piece, piece, value)
            for label, value in parts_of(piece.text)
            if (reading := self._read(heading(label).core)) and reading.sure == 1 and not _is_unit(value)
        ]

    def _in_parts(self, k: int) -> list[Entry]:
        """The sources of an amount in words: 总额1002.6万元，其中：中央726.7万元；省级财政23.9万元."""
        label, value = self.pieces[k], self.pieces[k + 1] if k + 1 < len(self.pieces) else None
        if value is None or not len(_PARTS.split(value.text[:_LONGEST_AMOUNTS])) > 1:
            return []
        if not (is_block(label, self.words, "funds") or self.words.read(label.text, "source")):
            return []
        said = [match for part in _PARTS.split(value.text) if (match := _PART.fullmatch(plain(part)))]
        entries = [
            self._entry(reading, value, value, match[2])._replace(label=match[1])
            for match in said
            if (reading := self.words.readings(heading(match[1]).core).get("source"))
        ]
        self.claimed += [value] if len(entries) > 1 else []
        return entries if len(entries) > 1 else []

    def _unknown_source(self) -> Iterator[Entry]:
        """An amount beside the block of the money, of a source that nobody knows: no sum of the others is the whole."""
        beside = [piece for piece in self.line.pieces if is_block(piece, self.words, "funds")]
        free = [piece for piece in self.pieces if piece not in beside]
        said = heading(free[0].text) if beside and len(free) in (1, 2) else None
        inner = at_colon(free[0].text)[1].strip() if len(free) == 1 else None
        if said and (is_number(inner) if inner is not None else free[1].numeric and not free[0].numeric):
            self.claimed += [*beside, *free]
            self.own_words.append(free[0])
            field, label = f"funds.{UNKNOWN}{said.core}.adjusted", squeezed(at_colon(free[0].text)[0])
            yield Entry(field, self.line, free[-1], GUESSED, label, inner)

    def _measures(self) -> Iterator[Entry]:
        """An amount beside nothing but its measure (实际支出 1020.02): of all the money."""
        for label, value in pairwise(self.pieces):
            reading = self.words.read(label.text, "funds") if value.numeric and not label.numeric else None
            if reading and reading.sure == 1 and reading.field in AMOUNTS:
                self.claimed += [label, value]
                yield Entry(f"funds.total.{reading.field}", self.line, value, _SUPPOSED, squeezed(label.text))

    def unread(self) -> Sequence[Piece]:
        """Labels nobody knows, each with a value right of it."""
        free = [p for p, r in zip(self.pieces, self.labels, strict=True) if not r and p not in self.claimed]
        labels = free[::2] if len(free) in (2, 4) else []
        short = [p for p in labels if len(heading(p.text).core) <= _LONGEST_LABEL and not p.numeric]
        return short if len(short) == len(labels) else []

    def _labels(self) -> list[Reading | None]:
        """What stands right of a label is its value, unless it is surely a label itself."""
        labels: list[Reading | None] = []
        for piece in self.pieces:
            reading = self._label(piece, first=not labels)
            doubtful = reading and labels and labels[-1] and reading.sure < _SURELY
            if doubtful and heading(piece.text).value is None:
                reading = None
            labels.append(reading)
        return labels

    def _label(self, piece: Piece, first: bool) -> Reading | None:
        if piece.numeric:
            return None
        said = heading(piece.text)
        if said.core == SUBTOTAL and (reading := self.words.read(self.line.over(piece.left - 1).text, "source")):
            return reading  # 财政拨款 beside 小计, 一般公共预算 …
        reading = self._read(said.core) or self._labelled(said.core)
        if reading and reading.sure < 1:
            long = said.value is None and len(said.core) > _LONGEST_LABEL
            if long or (reading.block == "goal" and not first):
                return None
        return reading

    def _read(self, core: str) -> Reading | None:
        found = self.words.readings(core) if len(core) <= 60 else {}
        return max((found[block] for block in LABELS if block in found), key=lambda reading: reading.sure, default=None)

    def _labelled(self, core: str) -> Reading | None:
        match = _BEHIND.fullmatch(core) if len(core) < 40 else None
        return self.words.readings(match[1]).get("source") if match else None

    def _fact(self, k: int, piece: Piece, reading: Reading) -> Iterator[Entry]:
        inner = self._inner(piece.text)
        if inner and reading.field == "project.unit" and (_is_unit(inner) or _is_unit(at_colon(inner)[1])):
            return  # 单位：万元, 项目单位（盖章）：    单位：万元
        if inner:
            yield self._entry(reading, piece, piece, inner)
            return
        if heading(piece.text).value is not None:
            return
        right = self.pieces[k + 1] if k + 1 < len(self.pieces) else None
        known = self.labels[k + 1] if right else None
        again = right is not None and (reading.sure < 1 or heading(right.text).points != "")
        is_value = known is None or (known == reading and again)  # 主管部门 | 某某主管部门, 指标权重 | 指标权重100分
        value = self._next_to(piece, right if is_value else None)
        if value is not None and _STAMP.fullmatch(plain(value.text[:8])):
            self.claimed.append(value)
            return  # room for a stamp, no opinion
        if value is None or (reading.block == "source" and value.text and not any(map(str.isdigit, value.text))):
            return
        self.claimed.append(value)
        yield self._entry(reading, piece, value)

    def _next_to(self, label: Piece, right: Piece | None) -> Piece | None:
        """The cell right of a label: the blank one beside it if cells begin there in this form, else the next filled one."""
        beside = self.line.over(label.right + 1)
        if beside.text or not beside.fresh:
            return right
        if right is None or right.text in _BETWEEN:  # 项目起止时间 | | 到 |
            return beside if beside in self.line.pieces else None
        return beside if label.right + 1 in self.used else right

    def _inner(self, text: str) -> str:
        """The value printed behind its label in the same cell: after a colon, or an amount right behind it."""
        said = heading(text)
        if said.value is None:
            match = _BEHIND.fullmatch(said.core) if len(said.core) < 40 else None
            return match[2] if match else ""
        rest = at_colon(text)[1]
        rest = at_colon(rest)[1] or rest if said.among and at_colon(text)[0].strip() == "其中" else rest
        return _YEAR_ALONE.sub("", rest).strip()

    def _entry(self, reading: Reading, label: Piece, value: Piece, inner: str | None = None) -> Entry:
        among = ".adjusted" if reading.block == "source" and "." not in reading.field else ""
        prefix = {"text": "text.", "goal": "goal.", "source": "funds."}.get(reading.block, "")
        if "." in reading.field and reading.block == "text":
            prefix = ""
        field = (
            "total.score" if reading.field == "total" and reading.block == "total" else prefix + reading.field + among
        )
        said = heading(label.text)
        words = said.core if inner is not None else squeezed(label.text)
        return Entry(field, self.line, value, reading.sure, words, inner)

    def _stands_above(self) -> bool:
        """Whether all cells of this line are labels, side by side, and values stand in the line below."""
        if self.below is None or len(self.pieces) < 3 or not all(self.labels):
            return False
        if any(heading(p.text).value is not None for p in self.pieces):
            return False
        values = [self.below.under(p.left, p.right) for p in self.pieces]
        known = [v for v in values if v.text and self._label(v, first=False)]
        return not known and sum(bool(v.text) for v in values) * 2 >= len(values)

    def _values_below(self) -> Iterator[Entry]:
        assert self.below is not None
        for piece, reading in zip(self.pieces, self.labels, strict=True):
            self.claimed.append(piece)
            value = self.below.under(piece.left, piece.right)
            if reading and value.fresh:
                self.below_claimed.append(value)
                yield self._entry(reading, piece, value)._replace(line=self.below)


def _is_unit(value: str) -> bool:
    """Whether what stands behind 单位 is one of money, not of people."""
    return unit_of(plain(value).strip("()")) is not None


def parts_of(text: str) -> list[tuple[str, str]]:
    """The labels and values of a text that holds several, wide blanks between them; none of any other text."""
    parts = [part for part in _WIDE.split(text.strip()) if part]
    split = [at_colon(part) for part in parts] if 1 < len(parts) < 8 else []
    return [(label, value.strip()) for label, value in split if value]


def _of_the_year(entries: Sequence[Entry]) -> list[Entry]:
    """Of 资金总额 beside 当年资金总额 the first is that of the whole project, not of the year."""
    return [
        entry._replace(field=f"funds.{entry.field.split('.')[1]}.whole") if _is_whole(entry, entries) else entry
        for entry in entries
    ]


def _is_whole(entry: Entry, entries: Sequence[Entry]) -> bool:
    same = [other for other in entries if other.field == entry.field and other is not entry]
    yearly = any(is_yearly(other.label) for other in same)
    return entry.field.startswith("funds.") and yearly and not is_yearly(entry.label)


def goals_of_the_year(entries: Sequence[Entry]) -> list[Entry]:
    """Of 项目总体目标 beside 年度目标 the first is the goal of the whole project."""
    yearly = {is_yearly(entry.label) for entry in entries if entry.field == "goal.expected"}
    return [
        entry._replace(field="goal.medium")
        if len(yearly) > 1 and entry.field == "goal.expected" and not is_yearly(entry.label)
        else entry
        for entry in entries
    ]


def _without_repeats(pieces: Sequence[Piece]) -> list[Piece]:
    """The cells of a line, a text that is repeated beside itself (a merge undone) once."""
    kept: list[Piece] = []
    for piece in pieces:
        if not kept or kept[-1].text != piece.text or is_number(piece.text):
            kept.append(piece)
    return kept
