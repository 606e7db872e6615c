"""Which text set high is the mark of a note."""

import pytest

from jixiao.hosts.notes import is_note


@pytest.mark.parametrize("mark", ["1", "①", "注1", "（注）", "[2]", "*", " 3 "])
def test_a_mark_behind_a_figure_is_a_note(mark: str) -> None:
    assert is_note(["17.32"], mark)


@pytest.mark.parametrize(("before", "raised"), [("12m", "2"), ("5×10", "4"), ("17.32", "万元"), ("某项目", "1")])
def test_exponents_and_words_are_none(before: str, raised: str) -> None:
    assert not is_note([before], raised)


def test_no_text_set_high_takes_long() -> None:
    assert not is_note(["17.32"], " " * 200_000 + "x")
