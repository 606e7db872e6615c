"""What the seven published forms must give, and nothing else (issue 2, regulations.md §5.3)."""

from pathlib import Path

import pytest
from evaluations import codes, found, lines_of, with_facts, with_indicator
from published import ANJU, DATONG, WUHUA

from jixiao.checks import check
from jixiao.findings import Severity
from jixiao.forms.recognise import forms
from jixiao.hosts.word.reading import read_document
from typed_rows import changed


def test_wuhua_has_no_error_and_one_rounding_note() -> None:
    assert codes(WUHUA) == ["R51"]
    [note] = check(WUHUA)
    assert note.severity is Severity.INFO
    assert note.stated == "99.83%"
    assert "99.81%" in note.message  # 172920.00 ÷ 173246.00 = 0.998118…


def test_wuhua_with_unused_report_columns_stays_silent() -> None:
    """Beside the print area 完成值 may stay empty: the official form does not ask for it."""
    form = with_report_columns()
    assert codes(form, Severity.WARNING) == []


def with_report_columns():  # type: ignore[no-untyped-def]
    rows = []
    for row in WUHUA.indicators:
        beyond = row.score._replace(text="", figure=None, place=row.score.place._replace(column=20, label="完成值"))
        rows.append(row._replace(target=beyond, actual=beyond))
    return changed(WUHUA, indicators=rows)


def test_datong_is_told_the_execution_score_and_the_copied_actual() -> None:
    assert codes(DATONG) == ["R02", "R19"]
    [score] = found(DATONG, "R02")
    assert (score.severity, score.stated, score.expected) == (Severity.ERROR, "10", "6.96")  # 10 × 135 ÷ 194 = 6.9587…
    assert score.line() == (
        "错误·第1行 execution_score：填10，按执行率69.59%计得分（财预〔2020〕10号 项目支出绩效自评）；应为6.96"
        "（得分＝分值×执行率，自评系统通行算法；分值据财预〔2020〕10号，摘要）。请改正得分，总分和等次随之更正。"
    )
    [copied] = found(DATONG, "R19")
    assert (copied.severity, copied.stated, lines_of(copied)) == (Severity.WARNING, ">95%", [17])


@pytest.mark.parametrize(
    ("score", "wrong"),
    [("6.91", True), ("6.92", False), ("6.96", False), ("7", False), ("7.00", False), ("7.01", True)],
)
def test_datong_accepts_what_some_rate_inside_the_print_gives(score: str, wrong: bool) -> None:
    """134.5 ÷ 194.5 = 69.15 % and 135.5 ÷ 193.5 = 70.03 %, so 6.92 to 7.00."""
    assert bool(found(with_facts(DATONG, execution_score=score), "R02")) is wrong


@pytest.mark.parametrize("form", ANJU, ids=lambda form: form.text("project.name")[:12])
def test_each_anju_form_has_one_error_the_blank_actuals(form) -> None:  # type: ignore[no-untyped-def]
    assert codes(form, Severity.ERROR) == ["R20"]
    [blank] = found(form, "R20")
    assert len(blank.places) == len(form.indicators)


@pytest.mark.parametrize(
    ("form", "warnings"),
    list(zip(ANJU, (["R26"], ["R12", "R16", "R18", "R26"], ["R16", "R26"], ["R18"], ["R26"]), strict=True)),
)
def test_anju_warnings(form, warnings) -> None:  # type: ignore[no-untyped-def]
    assert [code for code in codes(form) if code != "R20"] == warnings


def test_one_finding_for_the_three_option_lists() -> None:
    [options] = found(ANJU[1], "R12")
    assert lines_of(options) == [12, 13, 15]


def test_the_line_reads_as_the_house_writes_it() -> None:
    [blank] = found(ANJU[0], "R20")
    assert blank.line() == (
        "错误·第12–17行 完成值：空白，已计得分；应填实际完成值（财预〔2020〕10号，摘要）。请补填实际完成值。"
    )


def test_one_wrong_leaf_weight_is_one_finding() -> None:
    form = with_indicator(WUHUA, 3, weight="4")  # under 绩效目标 7 = 3 + 4
    assert codes(form, Severity.WARNING) == ["R06"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("wuhua-2024-project", [WUHUA]),
        ("datong-2021-project", [DATONG]),
        ("anju-2023-accounts-and-projects", ANJU),
    ],
)
def test_the_documents_themselves_give_the_same(name, typed) -> None:  # type: ignore[no-untyped-def]
    document = read_document(str(Path(__file__).parents[1] / "seeds" / f"{name}.docx"))
    assert [codes(form.evaluation) for form in forms(document)] == [codes(form) for form in typed]
