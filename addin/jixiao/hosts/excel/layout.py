"""What the add-in tells of a sheet in one call (``JixiaoLayout``, see macros/JixiaoHost.bas)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jixiao.formats import NumberFormat, number_format
from jixiao.grid import Area


class Layout(NamedTuple):
    """What the add-in tells of a sheet."""

    used: Area
    formats: Mapping[tuple[int, int], NumberFormat]
    merges: Sequence[Area]
    hidden_rows: Sequence[tuple[int, int]]  # runs, first and last
    hidden_columns: Sequence[tuple[int, int]]
    names: Mapping[str, str]  # what each name stands for, as the program writes it, without ``=``


def taken_apart(answer: Sequence[Sequence[Any]]) -> Layout:
    """The layout from the add-in's answer: lines of a letter and what it tells. Lines of unknown letters are passed over."""
    used = Area(1, 1, 1, 1)
    formats: dict[tuple[int, int], NumberFormat] = {}
    merges, names = [], {}
    hidden: dict[str, list[tuple[int, int]]] = {"r": [], "c": []}
    for kind, *facts in answer:
        if kind == "f":
            top, column, bottom = map(int, facts[:3])
            formats.update(dict.fromkeys(((row, column) for row in range(top, bottom + 1)), number_format(facts[3])))
        elif kind == "n":
            names[facts[0]] = facts[1].removeprefix("=")
        elif kind == "m":
            merges.append(Area(*map(int, facts[:4])))
        elif kind in hidden:
            hidden[kind].append((int(facts[0]), int(facts[1])))
        elif kind == "u":
            used = Area(*map(int, facts[:4]))
    return Layout(used, formats, merges, hidden["r"], hidden["c"], names)
