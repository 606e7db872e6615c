"""What an indicator row says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.evaluation import Indicator, Row, Stated
from jixiao.evaluation.indicators import indicators
from jixiao.evaluation.stated import text_of, unbroken
from jixiao.law.scoring import Direction
from jixiao.places import Place


@pytest.mark.parametrize(
    ("nature", "target", "direction", "quantitative"),
    [
        ("≥", "95", Direction.POSITIVE, True),
        ("＜", "5", Direction.REVERSE, True),
        ("＝", "及时", Direction.EQUAL, True),
        ("定性", "95", Direction.QUALITATIVE, False),
        ("大于", "95", None, False),
        ("", "≤5", Direction.REVERSE, True),
        ("", "及时", Direction.EQUAL, False),
        ("", "≥24场", Direction.POSITIVE, True),
        ("", "不少于800篇", Direction.POSITIVE, True),
        ("", "控制在5%以内", Direction.REVERSE, True),
        ("≤", "不少于800篇", Direction.REVERSE, True),
        ("", "约100人", Direction.EQUAL, True),
        ("", "三次", Direction.EQUAL, True),
        ("", "2023年12月底前", Direction.REVERSE, False),
        ("", "3-5天", Direction.EQUAL, False),
    ],
)
def test_its_nature_goes_before_its_target(
    nature: str, target: str, direction: Direction | None, quantitative: bool
) -> None:
    row = Indicator(1, nature=Stated(nature, Place()), target=Stated(target, Place()))
    assert (row.direction, row.quantitative) == (direction, quantitative)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("参保\n缴费\n人数（万人）", "参保缴费人数（万人）"),
        ("参保 \n　缴费\r\n人数", "参保缴费人数"),
        ("Windows\nServer\n授权数", "Windows Server授权数"),
        ("ISO,\n9001 认证", "ISO, 9001 认证"),
        ("指标1：\n参保人数", "参保人数"),
        ("5G\n基站", "5G基站"),
        ("\n参保 人数\n", "参保 人数"),
        ("甲" + " " * 50 + "乙", "甲" + " " * 50 + "乙"),
    ],
)
def test_breaks_that_fit_a_name_into_its_column_are_no_blanks(text: str, name: str) -> None:
    [row] = indicators([Row(7, {"name": Stated(text, Place())})])
    assert text_of(row.name) == name


@given(
    st.lists(st.text("参保缴费人数", min_size=1), min_size=1, max_size=5),
    st.sampled_from(["\n", " \n", "\r\n", "\n\n　"]),
)
def test_a_name_of_chinese_words_is_one_however_it_is_broken(words: list[str], line_break: str) -> None:
    assert unbroken(line_break.join(words)) == "".join(words)
