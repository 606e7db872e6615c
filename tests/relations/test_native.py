"""LibreOffice recalculates the native formulas: they show what ``shown`` says, to the printed digit, error values too.

They read no units and no comparators in words: of ≥24场 they show nothing, or what ``shown`` says, but never another score.
"""

import random
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jixiao.law import scheme
from jixiao.relations import relation, value
from jixiao.relations.formulas import formula
from jixiao.relations.values import shown
from office import recalculated

NATIONAL = scheme("national-2020")
RATIO = NATIONAL._replace(reverse="ratio")
WUHUA = scheme("wuhua-2024")

NATURES = ["", "＝", "≥", "≤", "＞", "＜", "=", ">", "<", "定性", "≧", "不详"]
TARGETS = [
    "95", "≥95%", ">95%", "＞９５％", "100％", "１００", "及时", "0", "≤3", "＜3", "3", "50", "≥1,200", "0.5", "优", "≤0",
    "2023-12-31", "12月31日前", "95%以上", "≥ 90 %", "-5", "=2", "＝2", "", "≤5%", "　100", "≥",
    "≥24场", "不少于2百篇", "≤5300元/户", "12万人次", "二次", "约9天", "3-5天", "2023年12月底前",
]  # fmt: skip
ACTUALS = [
    "95", "96%", ">95%", "100％", "１００", "及时", "0", "2", "4", "4.5", "6", "49.99", "1,199", "0.96", "优", "", "-1",
    "2023-12-31", "90 %", "3%", "已完成", "1.2", "abc", "NaN", "1_0", "12场",
    "24场", "6000元/户", "1200人次", "三次", "4天", "2024年1月5日", "低于90%",
]  # fmt: skip
WEIGHTS = ["10", "20", "5", "22.5", "3", "0.5", "0", "", "-1", "2.77", "十分", "—"]
UNITS = ["", "%", "％", "人"]

MEASURES = [".target", ".actual", ".weight", ".nature", ".unit"]
AMOUNTS = ["executed", "adjusted", "arrived", "initial"]
INDICATOR_COLUMNS = {"indicators.nature", "indicators.unit"}


def draw(numbers: random.Random) -> dict[str, str]:
    """One random row of facts, as text."""
    amounts = [f"{numbers.uniform(0, 300):.2f}" for _ in AMOUNTS]
    if numbers.random() < 0.15:
        amounts[numbers.randrange(4)] = numbers.choice(["", "0"])
    if numbers.random() < 0.05:
        amounts = ["0"] * 4
    total = numbers.choice(
        [f"{numbers.uniform(50, 101):.2f}", "90", "89.996", "80", "79.99", "60", "59.99", "100", "", "-1", "很好", "/"]
    )
    target = numbers.choice([*TARGETS, f"{numbers.uniform(1, 200):.1f}"])
    facts = dict(zip(MEASURES, [target, *map(numbers.choice, [ACTUALS, WEIGHTS, NATURES, UNITS])], strict=True))
    if numbers.random() < 0.5:
        facts[".actual"] = f"{numbers.uniform(0, 200):.2f}"
    if numbers.random() < 0.1:
        facts[".actual"] = target
    facts |= {f"funds.total.{name}": amount for name, amount in zip(AMOUNTS, amounts, strict=True)}
    facts |= {f".{name}": amount for name, amount in zip(AMOUNTS, amounts, strict=True)}
    surplus = numbers.choice([f"{numbers.uniform(-0.5, 1):.4f}", "0.1", "0.1001", "0", ""])
    facts |= {"execution.weight": facts[".weight"], "total.score": total, "total.weight": total}
    return facts | {".surplus": surplus}


CASES = [
    ("execution-rate", NATIONAL, set()),
    ("execution-rate", WUHUA, set()),
    ("execution-rate-or-zero", NATIONAL, set()),
    ("execution-score", NATIONAL, set()),
    ("execution-score", WUHUA, set()),
    ("execution-rate of initial", NATIONAL, set()),
    ("execution-rate-in-percent", NATIONAL, set()),
    ("execution-rate-in-percent of arrived", NATIONAL, set()),
    ("execution-score of initial", NATIONAL, set()),
    ("execution-score of 20 arrived", NATIONAL, set()),
    ("surplus-rate of arrived", NATIONAL, set()),
    ("arrival-rate", NATIONAL, set()),
    ("saving-rate", NATIONAL, set()),
    ("surplus-rate", NATIONAL, set()),
    ("surplus-rate", WUHUA, set()),
    ("large-surplus", NATIONAL, set()),
    ("grade", NATIONAL, set()),
    ("weight-diff", NATIONAL, set()),
    ("indicator-score", NATIONAL, set()),
    ("indicator-score", NATIONAL, INDICATOR_COLUMNS),
    ("indicator-score", RATIO, INDICATOR_COLUMNS),
    ("completion", NATIONAL, set()),
    ("completion", NATIONAL, INDICATOR_COLUMNS),
]


def typed(text: str, name: str) -> object:
    """As an accountant's typing lands in a cell: plain numbers as numbers; targets and actuals sometimes stay text."""
    if not text:
        return None
    number = known(text)
    if isinstance(number, str):
        return text
    return text if name in {".target", ".actual"} and text.endswith("0") else float(number)


PLAIN = re.compile(r"[≥≧>＞≤≦<＜=＝﹦ 　]*-?[\d０-９]+(,\d{3})*(\.\d+)?[ 　]*[%％]*|[^\d０-９一二三十]*")


def read_natively(facts: dict[str, str]) -> bool:
    """Whether target and actual value are numbers with a sign at most, or words without any number."""
    return all(PLAIN.fullmatch(facts[name]) for name in (".target", ".actual"))


def known(text: str) -> Decimal | str | None:
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text or None


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    numbers = random.Random(20201210)
    return [draw(numbers) for _ in range(400)]


@pytest.fixture(scope="module")
def computed(rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder: Path = tmp_path_factory.mktemp("native")
    book = openpyxl.Workbook()
    sheet = book.active
    names = list(rows[0])
    for row, facts in enumerate(rows, 1):
        for column, name in enumerate(names, 1):
            cell = sheet.cell(row, column)
            cell.value = typed(facts[name], name)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # "=2" is text
        places = {name: sheet.cell(row, column).coordinate for column, name in enumerate(names, 1)}
        for column, (name, rules, present) in enumerate(CASES, len(names) + 1):
            written = formula(relation(name, rules, present), places.__getitem__, native=True)
            assert len(written) < 8192
            sheet.cell(row, column, f"={written}")
    (folder / "out").mkdir()
    book.save(folder / "native.xlsx")
    return recalculated(folder / "native.xlsx", folder / "out")[sheet.title]


@pytest.mark.parametrize("index", range(len(CASES)), ids=[f"{name}-{law.reverse}-{len(p)}" for name, law, p in CASES])
def test_native_formula_gives_the_value(index: int, rows: list[dict[str, str]], computed: dict[str, object]) -> None:
    name, rules, present = CASES[index]
    tree = relation(name, rules, present)
    column = openpyxl.utils.get_column_letter(len(rows[0]) + 1 + index)
    differing = []
    answered = 0
    for row, facts in enumerate(rows, 1):
        expected = shown(tree, {key: known(text) for key, text in facts.items()}.get)
        found = computed.get(f"{column}{row}")
        answered += expected is not None
        if isinstance(found, int | float):
            found = Decimal(f"{found:.10g}")
        if found != expected and (found is not None or read_natively(facts) or ".target" not in tree.facts()):
            differing.append((facts, expected, found))
    assert not differing
    assert answered > 60


def test_sums_have_no_float_tails(tmp_path: Path) -> None:
    numbers = random.Random(5)
    book = openpyxl.Workbook()
    sheet = book.active
    tree = relation("scores-total", NATIONAL, {"execution.score"})
    expected = []
    for column in range(1, 61):
        scores = [None if numbers.random() < 0.2 else f"{numbers.uniform(0, 20):.2f}" for _ in range(25)]
        if column == 60:
            scores = [None] * 25
        for row, score in enumerate(scores, 1):
            sheet.cell(row, column, score and float(score))
        letter = openpyxl.utils.get_column_letter(column)
        places = {"indicators.score[]": f"{letter}1:INDEX({letter}:{letter},ROW()-2)", "execution.score": f"{letter}25"}
        sheet.cell(26, column, f"={formula(tree, places.__getitem__, native=True)}")
        decimals = [score and Decimal(score) for score in scores]
        known = {"indicators.score[]": decimals[:-1], "execution.score": decimals[-1]}
        expected.append((f"{letter}26", value(tree, known.get)))
    (tmp_path / "out").mkdir()
    book.save(tmp_path / "sums.xlsx")
    found = recalculated(tmp_path / "sums.xlsx", tmp_path / "out")[sheet.title]
    assert expected[-1][1] is None
    assert [found.get(cell) for cell, _ in expected] == [
        None if total is None else float(total) for _, total in expected
    ]


SHEETS = ("项目1", "老机保'清理 2", "项目3")
PROJECTS = [
    {"project.name": "培训", "initial": "1.58", "adjusted": "1.27", "executed": "0.60", "grade": "良"},
    {"project.name": " 清理 ", "initial": "", "adjusted": "0", "executed": "0", "grade": ""},
    {"project.name": "", "initial": "26.48", "adjusted": "0", "executed": "20.18", "grade": "优"},
]


def test_relations_may_read_other_sheets(tmp_path: Path) -> None:
    """A line takes the facts of its sheet as they stand: words, amounts, blanks; the last adds the lines up."""
    book = openpyxl.Workbook()
    listing = book.active
    expected: dict[str, object] = {}
    amounts: dict[str, list[Decimal | str | None]] = {}
    for row, (title, facts) in enumerate(zip(SHEETS, PROJECTS, strict=True), 1):
        sheet = book.create_sheet(title)
        quoted = title.replace("'", "''")
        for column, (name, text) in enumerate(facts.items(), 1):
            letter, tree = openpyxl.utils.get_column_letter(column), relation("as-stated", NATIONAL, of=name)
            sheet.cell(5, column, typed(text, name))
            written = formula(tree, {name: f"'{quoted}'!{letter}5"}.__getitem__, native=True)
            listing.cell(row, column, f"={written}")
            expected[f"{letter}{row}"] = value(tree, {name: known(text)}.get)
            amounts.setdefault(letter, []).append(known(text))
    for letter in "BCD":
        column, tree = f"projects.{letter}[]", relation(f"sum of projects.{letter}", NATIONAL)
        listing[f"{letter}4"] = f"={formula(tree, {column: f'{letter}1:{letter}3'}.__getitem__, native=True)}"
        expected[f"{letter}4"] = value(tree, {column: amounts[letter]}.get)
    (tmp_path / "out").mkdir()
    book.save(tmp_path / "sheets.xlsx")
    found = recalculated(tmp_path / "sheets.xlsx", tmp_path / "out")[listing.title]
    shown = {cell: Decimal(str(one)) if isinstance(one, int | float) else one for cell, one in found.items()}
    assert shown == {cell: one for cell, one in expected.items() if one is not None}
    assert expected["A2"] == " 清理 " and expected["D4"] == Decimal("20.78")


def test_native_formulas_use_what_excel_2010_and_wps_know() -> None:
    known = {
        "IF",
        "IFERROR",
        "AND",
        "OR",
        "NOT",
        "NA",
        "COUNT",
        "SUM",
        "MIN",
        "MAX",
        "ROUND",
        "TRIM",
        "LEFT",
        "RIGHT",
        "FIND",
        "EXACT",
        "SUBSTITUTE",
        "VALUE",
        "ASC",
        "ISNUMBER",
    }
    for name, rules, present in CASES:
        text = formula(relation(name, rules, present), lambda fact: "A1", native=True)
        assert set(re.findall(r"([A-Z]+)\(", text)) <= known
