"""A drawing written as text is read back as the same drawing."""

from unicodedata import east_asian_width

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.errors import Refusal
from jixiao.forms import library
from jixiao.forms.drawing import Continued, Drawing, DrawnRow, FactSpec, Kind, Label, Slot
from jixiao.forms.notation import parse
from jixiao.forms.writing import written

SIGNS = st.text(st.sampled_from(list("项目一 　|{}\\<>^*+@#=~;/n\n\t％0a")), max_size=8)
WORDS = st.one_of(SIGNS, st.sampled_from(["<", "^", "", "#", "==", " ~ ", "\\n", "{year}", " 前", "后 "]))


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Any sound drawing: facts between words, boxes, merged cells, two repeated rows below their heading, facts beside it."""
    width = draw(st.integers(3, 5))
    numbers = iter(range(100))

    def single() -> Slot:
        ticks = draw(st.one_of(st.just(""), WORDS))
        return Slot(f"text.fact_{next(numbers)}x", draw(WORDS), draw(WORDS), draw(WORDS), draw(st.booleans()), ticks)

    def row(upward: bool) -> DrawnRow:
        cells = []
        for column in range(width):
            kind = draw(st.sampled_from(["label", "slot", "left" if column else "label", "up" if upward else "label"]))
            made = {"left": Continued(False), "up": Continued(True)}
            cells.append(single() if kind == "slot" else made.get(kind) or Label(draw(WORDS)))
        return DrawnRow(cells, 0, draw(st.booleans()), draw(st.integers(0, 409)))

    def repeated() -> DrawnRow:
        slots = [
            Slot(f"rows.{name}", default=draw(WORDS), joined=draw(st.booleans()), band="rows")
            for name in ("one", "two")
        ]
        return DrawnRow([Label(draw(WORDS)), *slots, *[Label(draw(WORDS))] * (width - 3)], draw(st.integers(1, 500)))

    rows = [row(False), *(row(True) for _ in range(draw(st.integers(0, 2))))]
    rows += [DrawnRow([Label(draw(WORDS))] * width), repeated(), repeated()]
    formats = st.sampled_from(["General", "0.00%", "# ##0.00", "0|0", '"共 "0'])
    choices = st.lists(WORDS.filter(bool), max_size=3).map(tuple)
    unit = st.sampled_from(["", "万元"])
    spec = FactSpec("rows.one", Kind.INPUT, draw(formats), draw(choices), "", draw(WORDS), unit=draw(unit))
    extra = FactSpec("report.basis", Kind.INPUT, draw(formats), (), "", draw(WORDS), "", draw(WORDS), draw(unit))
    title, table = draw(WORDS.filter(bool)), draw(WORDS.filter(bool))
    return Drawing(
        *("甲-1", title, draw(WORDS), 2026, "national-2020", "project-evaluation", draw(st.booleans())),
        *([1200] * width, rows, [spec], [extra], {"rows": table}),
    )


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_any_drawing_is_read_back_from_its_text(drawing: Drawing) -> None:
    assert parse(written(drawing, ["一\n二"], ["三"]), drawing.id) == drawing


@pytest.mark.parametrize("identifier", library.identifiers())
def test_every_shipped_drawing_is_read_back_field_by_field(identifier: str) -> None:
    drawing = library.drawing(identifier)
    again = parse(written(drawing, ["说明"]), identifier)
    assert again._asdict() == drawing._asdict()


def test_bars_stand_below_one_another() -> None:
    """As Notepad shows them, a Chinese letter twice as wide as a Latin one."""
    rows = [DrawnRow([Label("项目名称"), Slot("project.name")]), DrawnRow([Label("a"), Slot("year")], 0, True)]
    drawing = Drawing("a", "甲", "", 2026, "local", "project-evaluation", False, [1, 1], rows, [], [])
    lines = written(drawing).split("== form\n")[1].splitlines()
    assert lines == ["  | 项目名称 | {project.name}", "+ | a        | {year}"]
    shown = ["".join("xx" if east_asian_width(letter) in "WF" else letter for letter in line) for line in lines]
    assert len({line.rindex("|") for line in shown}) == 1


def test_a_backslash_takes_the_sign_behind_it_as_it_is() -> None:
    """Worked out by hand from the rule in the notation."""
    head = "id = a\ntitle = \\ 甲\nsince = 2026\nscheme = local\nreport = r\nwidths = 1 1 1\n== form\n"
    drawing = parse(
        head + r"  | \< | a\|b\\n\n\{c\} | \ \^ " + "\n" + r"  | C:\目录\temp | x{year=1 \~ 2 ~ 优□} | \#", "a"
    )
    assert drawing.title == " 甲"
    texts = [cell.text for row in drawing.rows for cell in row.cells if isinstance(cell, Label)]
    assert texts == ["<", "a|b\\n\n{c}", " ^", "C:\\目录\\temp", "#"]
    assert drawing.slots["year"] == Slot("year", "x", default="1 ~ 2", ticks="优□")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("widths = " + "9" * 5000, "“widths”应填数字"),
        ("widths = " + "1 " * 101, "最多画 100 列"),
        ("since = 20260", "“since”应填数字"),
        ("*999999999 | {a.b} |", "最多 500"),
        ("@5000 | |", "最多 409"),
    ],
)
def test_a_drawing_beyond_any_form_is_refused_with_its_line(line: str, said: str) -> None:
    head = "id = a\ntitle = 甲\nscheme = local\nreport = r\n"
    head += "" if line.startswith("since") else "since = 2026\n"
    head += "" if line.startswith("widths") else "widths = 1 1\n"
    row = line if "|" in line else ""
    text = f"{head}{line.removesuffix(row)}\n== form\n | 一 | 二\n{row}\n"
    with pytest.raises(Refusal, match="第[0-9]+行") as refused:
        parse(text, "a")
    assert said in str(refused.value)
