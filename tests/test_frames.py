"""Tables for pandas."""

from pathlib import Path

from jixiao.findings import Finding, Severity
from jixiao.forms.recognise import forms
from jixiao.frames import to_frame
from jixiao.hosts.word.reading import read_document
from jixiao.places import Place

SEEDS = Path(__file__).parent / "seeds"


def test_indicators_of_anju() -> None:
    second = forms(read_document(str(SEEDS / "anju-2023-accounts-and-projects.docx")))[1]
    frame = to_frame(second.evaluation)
    assert list(frame["三级指标"]) == ["正常化开展工作", "社会影响力", "服务对象满意度", "按要求发放"]
    assert frame["得分"].sum() == 85
    assert frame["分值"].sum() == 90


def test_findings() -> None:
    place = Place(sheet="项目1", row=8, column=10, label="得分")
    frame = to_frame([Finding("R02", Severity.ERROR, "得分填10", [place], "10", "6.96")])
    assert frame.loc[0, ["级别", "编号", "单元格", "应为"]].tolist() == ["错误", "R02", "J8", "6.96"]


def test_nothing_found_is_an_empty_table() -> None:
    assert to_frame([]).empty
