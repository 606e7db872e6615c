"""R15–R20: reasons, the tree of levels, and what may stand in which cell."""

import pytest
from evaluations import NATIONAL, SICHUAN, codes, found, lines_of, with_facts, with_fund, with_indicator
from published import WUHUA

from jixiao.findings import Severity


def test_r15_a_missed_target_is_explained() -> None:
    form = with_indicator(NATIONAL, 2, reason="")
    [finding] = found(form, "R15")
    assert (finding.severity, lines_of(finding)) == (Severity.ERROR, [13])
    assert codes(form) == ["R15"]
    assert found(NATIONAL, "R15") == []


def test_r15_one_finding_for_several_rows() -> None:
    form = with_indicator(with_indicator(SICHUAN, 1, actual="8", score="10"), 5, actual="15", score="10")
    [finding] = found(form, "R15")
    assert lines_of(finding) == [12, 16]


def test_r16_points_lost_on_a_met_target_are_explained() -> None:
    form = with_indicator(NATIONAL, 4, score="28")
    [finding] = found(form, "R16")
    assert (finding.severity, lines_of(finding)) == (Severity.WARNING, [15])
    assert found(form, "R15") == []
    assert found(with_indicator(form, 4, reason="台账不全。"), "R16") == []


def test_r16_needs_a_column_for_reasons() -> None:
    assert found(WUHUA, "R16") == []  # 9.98 of 10, and no such column


def test_r17_level_2_stands_under_its_level_1() -> None:
    form = with_indicator(SICHUAN, 5, level1="产出指标")  # 经济成本指标 under 产出
    [finding] = found(form, "R17")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "经济成本指标", "成本指标")
    assert found(SICHUAN, "R17") == []


def test_r17_knows_nothing_of_levels_the_scheme_does_not_list() -> None:
    assert found(with_indicator(SICHUAN, 1, level2="其他指标"), "R17") == []
    assert found(WUHUA, "R17") == []  # 社会效益 under 产出 is this form's own way


@pytest.mark.parametrize(
    ("row", "cells", "cell"),
    [
        (1, {"target": "若干"}, "E12"),
        (1, {"actual": "已完成"}, "G12"),
        (1, {"actual": "95%"}, "G12"),
        (1, {"nature": "大约"}, "D12"),
        (1, {"score": "满分"}, "I12"),
        (1, {"weight": "二十"}, "H12"),
    ],
)
def test_r18_quantitative_rows_hold_numbers_of_one_unit(row: int, cells: dict[str, str], cell: str) -> None:
    [finding] = found(with_indicator(SICHUAN, row, **cells), "R18")
    assert finding.severity is Severity.ERROR and finding.places[0].cell == cell


@pytest.mark.parametrize("actual", ["17", "17户", "１７", "17.0"])
def test_r18_the_unit_may_be_repeated(actual: str) -> None:
    assert codes(with_indicator(SICHUAN, 1, actual=actual)) == []


@pytest.mark.parametrize("actual", ["100", "100%", "100％"])
def test_r18_percentages_with_and_without_their_sign(actual: str) -> None:
    assert codes(with_indicator(SICHUAN, 3, actual=actual)) == []


def test_r18_warnings() -> None:
    [finding] = found(with_indicator(SICHUAN, 2, unit="%"), "R18")
    assert (finding.severity, finding.places[0].cell) == (Severity.WARNING, "F13")
    [finding] = found(with_indicator(SICHUAN, 2, reason="0"), "R18")
    assert (finding.severity, finding.places[0].cell) == (Severity.WARNING, "J13")


def test_r18_text_in_the_execution_score() -> None:
    assert [finding.stated for finding in found(with_facts(NATIONAL, execution_score="十分"), "R18")] == ["十分"]


@pytest.mark.parametrize(("actual", "copied"), [("≥95%", True), ("≧95％", True), ("95%", False), ("96%", False)])
def test_r19_actuals_are_not_copied_targets(actual: str, copied: bool) -> None:
    findings = found(with_indicator(NATIONAL, 5, actual=actual), "R19")
    assert [finding.severity for finding in findings] == ([Severity.WARNING] if copied else [])


def test_r20_a_scored_row_has_an_actual() -> None:
    form = with_indicator(with_indicator(NATIONAL, 1, actual=""), 3, actual="—")
    [finding] = found(form, "R20")
    assert (finding.severity, lines_of(finding)) == (Severity.ERROR, [12, 14])
    assert codes(form) == ["R20"]


def test_r20_a_row_with_an_actual_has_a_score() -> None:
    [finding] = found(with_indicator(NATIONAL, 1, score=""), "R20")
    assert (finding.severity, finding.places[0].cell) == (Severity.ERROR, "G12")


def test_r20_nothing_to_say_before_anything_is_scored() -> None:
    form = with_indicator(NATIONAL, 1, actual="", score="")
    assert found(form, "R20") == []


def test_a_form_without_target_and_actual_columns_is_not_asked_for_them() -> None:
    assert {"R10", "R11", "R12", "R13", "R15", "R16", "R18", "R19", "R20"}.isdisjoint(codes(WUHUA))


def test_a_finding_repeats_no_essay() -> None:
    """A cell may hold 20,000 characters; they once made a line of 98,000, and a list that no cell could hold."""
    form = with_indicator(NATIONAL, 2, score="绩" * 20_000)
    [finding] = found(form, "R18")
    assert len(finding.line()) < 400 and finding.stated == "绩" * 200 + "…"


@pytest.mark.parametrize("stroke", ["—", "――", "──", "--", "---", "－－", "\u2212", "//", "\\", "N/A"])
def test_however_nothing_is_written_it_is_nothing(stroke: str) -> None:
    """Keyboards and converters write the dash of an unfunded row in many ways."""
    assert codes(with_fund(NATIONAL, "其他资金", rate="甲")) == ["R18"]
    assert codes(with_fund(NATIONAL, "其他资金", rate=stroke)) == []
