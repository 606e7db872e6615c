"""The list of terms is sound, and the surest term wins."""

from collections import Counter

import pytest

from jixiao.forms.local.headings import heading
from jixiao.forms.local.vocabulary import Reading, Term, Vocabulary, terms, vocabulary

BLOCKS = {
    *("front", "identity", "block", "funds", "source", "goal", "indicators"),
    *("total", "text", "accounts", "survey", "tasks", "people"),
}


def test_every_term_stands_once_in_its_block() -> None:
    counts = Counter((term.block, term.words.removesuffix("?")) for term in terms())
    assert [term for term, count in counts.items() if count > 1] == []


def test_every_term_is_written_as_the_normaliser_leaves_it() -> None:
    whole = [term for term in terms() if not term.words.strip("?").startswith("*") and not term.words.endswith("*")]
    words = {term.words.removesuffix("?") for term in whole if term.block != "front"}
    assert {word: heading(word).core for word in words if heading(word).core != word} == {}


def test_every_term_names_a_known_block_and_says_where_it_was_met() -> None:
    assert {term.block for term in terms()} <= BLOCKS
    assert [term for term in terms() if not term.met] == []


@pytest.mark.parametrize(
    ("text", "block", "field", "sure"),
    [
        ("执行数", "funds", "executed", 1),  # the whole term
        ("支付进度", "funds", "rate", 1),
        ("1-7月执行", "funds", "executed", 1),  # of the months, says the block
        ("自评分值", "funds", "score", 1),  # no weight, whatever it ends in
        ("扣分值", "indicators", "deduction", 1),
        ("非财政拨款", "source", "other", 1),
        ("项目实施单位（盖章）", "identity", "project.unit", 1),
        ("年度实际完成值", "indicators", "actual", 1),  # words before it that change nothing
        ("某某项目名称", "identity", "project.name", 0.8),  # by its ending
        ("中央水利发展资金", "source", "central", 0.7),  # by its beginning
        ("项目总投资", "source", "total", 0.7),  # a term that often means something else
        ("指标值和标准来源", "indicators", "target", 0.75),  # a compound, by its first part
    ],
)
def test_how_sure_a_term_is(text: str, block: str, field: str, sure: float) -> None:
    assert vocabulary().read(text, block) == Reading(block, field, sure)


def test_the_longest_ending_wins() -> None:
    words = Vocabulary([Term("b", "short", "*率", "x"), Term("b", "long", "*执行率", "x")])
    assert words.read("部门预算执行率", "b") == Reading("b", "long", 0.8)


@pytest.mark.parametrize("text", ["", "晴", "很长" * 40, "县级储备粮库存粮食明显变质比例"])
def test_what_is_no_heading_has_no_reading(text: str) -> None:
    assert vocabulary().read(text, "indicators", "funds", "identity") is None
