"""Random valid forms, as an accountant would type them: only inputs, every relation left to the program.

Amounts add up, weights are 100, nobody spends what was not there, and whatever asks for a reason has one. Scores that take
judgement are typed within their tier. The official split of the weights (50/30/10/10) is kept where a form has one.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import NamedTuple

from jixiao.grid import Change, Grid, Value

FORMS = ("national-project-2020", "datong-project-2021", "sichuan-project-2023", "wuhua-project-2024")
REASON = "受天气影响，部分工作推迟，已列入下年计划。"
CENT = Decimal("0.01")

Row = Mapping[str, Value]


class Typed(NamedTuple):
    """What somebody types into an empty form: single cells by name, and the rows of each block counted from 0."""

    form: str
    facts: Mapping[str, Value]
    bands: Mapping[str, Mapping[int, Row]]

    def changes(self, grid: Grid) -> list[Change]:
        """The same as changes to an empty form of ours."""
        single = [
            Change(grid.title, grid.names[fact].top, grid.names[fact].left, value) for fact, value in self.facts.items()
        ]
        repeated = [
            Change(grid.title, area.top + 1 + number, area.left, value)
            for band, rows in self.bands.items()
            for number, row in rows.items()
            for field, value in row.items()
            for area in [grid.names[f"{band}.{field}"]]
        ]
        return single + repeated


def valid_form(form: str, random: Random) -> Typed:
    """A valid filled form of one drawing."""
    return {"sichuan-project-2023": _sichuan, "wuhua-project-2024": _wuhua}.get(form, _national)(form, random)


# ---------------------------------------------------------------- forms


def _national(form: str, random: Random) -> Typed:
    """国家 and 大同: the labels of the levels are printed, three rows each; a group may be left empty."""
    outputs = random.sample(range(4), random.randint(1, 4))
    benefits = random.sample(range(4, 8), random.randint(1, 4))
    rows: dict[int, Row] = {}
    for groups, points in ((outputs, 50), (benefits, 30), ([8], 10)):
        places = [3 * group + i for group in sorted(groups) for i in range(random.randint(1, 3))]
        for place, weight in zip(places, _split(random, points, len(places)), strict=True):
            rows[place] = _indicator(random, weight)
    facts = _facts(random) | _funds(random, ("fiscal", "carryover", "other"), ("initial", "adjusted", "executed"))
    return Typed(form, facts, {"indicators": rows})


def _sichuan(form: str, random: Random) -> Typed:
    levels = [
        ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"), ("成本指标", "经济成本指标"),
    ]  # fmt: skip
    chosen = sorted(random.choices(range(len(levels)), k=random.randint(4, 8)))
    rows: dict[int, Row] = {}
    for number, (at, weight) in enumerate(zip(chosen, _split(random, 90, len(chosen)), strict=True)):
        level1, level2 = levels[at]
        rows[number] = {"level1": level1, "level2": level2, **_with_nature(random, _indicator(random, weight))}
    keys = ("fiscal", "special", "own", "other")
    facts = _facts(random) | _funds(random, keys, ("initial", "adjusted", "executed"))
    facts["project.name"] = f"51090423T{random.randrange(10**12):012}-{facts['project.name']}"
    facts["funds.reason"] = REASON
    return Typed(form, facts, {"indicators": rows})


def _wuhua(form: str, random: Random) -> Typed:
    """五华: eleven printed indicators judged by a reviewer, then the project's own; no column for reasons."""
    rows: dict[int, Row] = {}
    for number, weight in enumerate([3, 4, 3, 4, 3, 4, 3, None, 6, 3, 4]):
        if weight:
            rows[number] = {"score": Decimal(weight) - random.choice([0, 0, 0, Decimal("0.5"), Decimal("0.25")])}
    count = random.randint(2, 6)
    for number, weight in enumerate(_split(random, 60, count)):
        row = dict(_indicator(random, weight, most=115))
        row.pop("reason", None)
        rows[11 + number] = {"level2": f"产出方面{number + 1}", **row}
    columns = ("initial", "arrived", "executed")
    sources = _funds(random, ("central", "province", "city", "district", "other"), columns)
    details: dict[int, dict[str, Value]] = {i: {"content": f"明细{i + 1}"} for i in range(random.randint(1, 5))}
    for column in columns:
        amounts = [value for fact, value in sources.items() if fact.endswith(column) and isinstance(value, Decimal)]
        for detail in details.values():
            detail[column] = Decimal(0)
        # the last detail takes all: spent must not exceed arrived in any single row
        details[len(details) - 1][column] = sum(amounts, Decimal(0))
    facts = _facts(random) | sources
    return Typed(form, facts, {"indicators": rows, "details": details})


# ---------------------------------------------------------------- parts


def _facts(random: Random) -> dict[str, Value]:
    return {
        "project.name": random.choice(["职业技能培训经费", "A&B <系统> 运行维护", "“老机保”清理专项"]),
        "project.department": "某某市人力资源和社会保障局",
        "project.unit": "某某市技能培训中心",
        "goal.expected": "完成年度任务。\n一、培训；二、就业。",
        "goal.actual": random.choice(["已完成。", "=完成 100%", "基本完成，详见说明。" * 20]),
        "text.problems": random.choice(["无", "预算编制不够细。"]),
    }


def _funds(random: Random, keys: Sequence[str], columns: Sequence[str]) -> dict[str, Value]:
    """One to all sources with amounts in 万元: yuan behind, two places before."""
    facts: dict[str, Value] = {}
    for key in random.sample(keys, random.randint(1, len(keys))):
        initial = _amount(random)
        budget = initial if random.random() < 0.7 else _amount(random)
        executed = (budget * random.randint(30, 100) / 100).quantize(CENT)
        for column, value in zip(columns, (initial, budget, min(executed, budget)), strict=True):
            facts[f"funds.{key}.{column}"] = value
    return facts


def _amount(random: Random) -> Decimal:
    return Decimal(random.randint(100, 10 ** random.randint(3, 8))) / 100


def _split(random: Random, total: int, parts: int) -> list[Decimal]:
    """A total cut into so many weights, in half points."""
    cuts = sorted(random.sample(range(1, 2 * total), parts - 1))
    return [Decimal(high - low) / 2 for low, high in zip([0, *cuts], [*cuts, 2 * total], strict=True)]


def _indicator(random: Random, weight: Decimal, most: int = 140) -> dict[str, Value]:
    """One row with target, actual, weight and, where needed, the reason or the score of judgement."""
    row = random.choice([_counted, _percentage, _limited, _worded, _judged])(random, weight, most)
    return {"name": f"指标{random.randrange(1000)}", "weight": weight, **row}


def _explained(missed: bool, row: dict[str, Value]) -> dict[str, Value]:
    return {**row, "reason": REASON} if missed else row


def _counted(random: Random, weight: Decimal, most: int) -> dict[str, Value]:
    target, share = random.randint(1, 5000), random.randint(40, most)
    actual = Decimal(target * share) / 100
    written = random.choice([Decimal(target), str(target), f"≥{target}", f"＞{target}", _full_width(str(target))])
    return _explained(share < 100 or share >= 120, {"target": written, "actual": random.choice([actual, str(actual)])})


def _percentage(random: Random, weight: Decimal, most: int) -> dict[str, Value]:
    target = random.randint(60, 100)
    actual = Decimal(random.randint(500, min(1000, 11 * target))) / 10
    written = random.choice([f"≥{target}%", f"{target}%", f"≥{target}％", _full_width(f"{target}%")])
    return _explained(actual < target, {"target": written, "actual": random.choice([f"{actual}%", f"{actual}％"])})


def _limited(random: Random, weight: Decimal, most: int) -> dict[str, Value]:
    target, share = random.randint(1, 900), random.randint(30, 220)
    row: dict[str, Value] = {"target": f"{random.choice('≤＜<')}{target}", "actual": Decimal(target * share) / 100}
    return _explained(share > 100, row)


def _worded(random: Random, weight: Decimal, most: int) -> dict[str, Value]:
    words = random.choice(["及时", "优", "按时 发放", "达成年度指标"])
    return {"target": words, "actual": words}


def _judged(random: Random, weight: Decimal, most: int) -> dict[str, Value]:
    """Partly reached: 80–60（含）of the weight, by the reviewer's judgement."""
    score = (weight * Decimal("0.7")).quantize(CENT)
    return {"target": "达成", "actual": "部分达成年度指标并具有一定效果", "score": score, "reason": REASON}


def _with_nature(random: Random, row: dict[str, Value]) -> dict[str, Value]:
    """The 四川 form has columns of its own for the sign and the unit of a target."""
    target = str(row["target"]).translate({**{0xFF10 + i: 0x30 + i for i in range(10)}, ord("％"): "%"})
    number = target.strip("≥＞≤＜<%")
    if not number.isdigit():
        return {**row, "nature": "定性"}
    sign = target[0]
    nature = random.choice("≤＜") if sign in "≤＜<" else "≥" if sign in "≥＞" else "＝"
    unit = "%" if target.endswith("%") else random.choice(["人", "万元", "次"])
    return {**row, "nature": nature, "target": random.choice([Decimal(number), number]), "unit": unit}


def _full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)
