"""The measure itself: what is wrong is counted as wrong."""

from pathlib import Path

import first_reading
import generated
import measure
import pytest
from building import place
from form_file import Mistake, Piece, parse
from measure import Told, measured

from jixiao.findings import Finding, Severity

FORM = generated.form("national", 1)
CELLS = len(FORM.truth())


def told_with(old: str, new: frozenset[str]) -> Told:
    """What is told where the truth of a cell were another."""

    def changed(piece: Piece) -> Piece:
        return piece._replace(names=new) if old in piece.names else piece

    rows = [[changed(piece) for piece in row] for row in FORM.tables[0]]
    return measured(FORM._replace(blocks=[rows])).told


def test_another_field_is_wrong() -> None:
    told = told_with("project.unit", frozenset({"project.department"}))
    assert (told.right, told.wrong, told.missed) == (CELLS - 1, 1, 0)


def test_a_field_where_nothing_stands_is_wrong() -> None:
    told = told_with("project.unit", frozenset())
    assert (told.cells, told.right, told.wrong, told.missed) == (CELLS - 1, CELLS - 1, 1, 0)


def test_what_is_not_read_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "read", lambda document: [])
    told = measured(FORM).told
    assert (told.right, told.wrong, told.missed) == (0, 0, CELLS)
    assert (told.forms_right, told.units_right, told.indicators_right) == (0, 0, 0)


@pytest.mark.parametrize(
    ("faults", "told_of"),
    [
        ([], (1, 0, 0)),
        (["R03 第6行第4列 总额与来源之和不符"], (0, 1, 1)),
        (["R03/R01 第7行第4列、第6行第4列 总额与来源之和不符"], (0, 1, 1)),
        (["R03 第6行第5列 总额与来源之和不符"], (1, 1, 0)),
        (["R01 第6行第4列 执行率不符"], (1, 1, 0)),
    ],
)
def test_an_error_is_true_only_where_the_form_has_the_fault(
    faults: list[str], told_of: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found is an error R03 in the sixth row, fourth column."""
    error = Finding("R03", Severity.ERROR, "", [place(FORM, 1, 6, 4)])
    monkeypatch.setattr(measure, "found", lambda document: [error])
    written = parse("faulty", "\n".join(f"差错：{fault}" for fault in faults))
    told = measured(FORM._replace(faults=written.faults)).told
    assert (told.false_errors, told.faults, told.faults_found) == told_of


def test_a_slip_of_the_notation_is_told_with_its_line() -> None:
    with pytest.raises(Mistake, match="slip 第2行.*“年末数”"):
        parse("slip", "【表】\n项目名称 | 巡查河道 ::年末数")
    with pytest.raises(Mistake, match="slip 第3行：有1列，应为2列"):
        parse("slip", "【表】\n项目名称 | <\n单位")


def test_a_first_reading_is_logged_once_and_the_form_joins_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, folder, log = tmp_path / "unread", tmp_path / "forms", tmp_path / "log.tsv"
    waiting.mkdir()
    folder.mkdir()
    log.write_text("# 首次阅读\n", encoding="utf-8")
    for name, value in (("UNREAD", waiting), ("FOLDER", folder), ("LOG", log)):
        monkeypatch.setattr(first_reading, name, value)
    text = (first_reading.HERE / "forms" / "puyang-2021.form").read_text(encoding="utf-8")
    (waiting / "puyang-2021.form").write_text(text, encoding="utf-8")
    first_reading.main([])
    assert [path.name for path in folder.iterdir()] == ["puyang-2021.form"] and not list(waiting.iterdir())
    assert [(line.form, line.right, line.wrong, line.missed) for line in first_reading.log()] == [
        ("puyang-2021", "26", "0", "0")
    ]
    (waiting / "puyang-2021.form").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match="puyang-2021已经读过"):
        first_reading.main([])
