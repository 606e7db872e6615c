"""The catalogue is complete, every check is documented and worded, and none can bring the others down."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluations import NATIONAL, SICHUAN, codes, with_facts

import jixiao.checks
from jixiao.checks import CATALOGUE, Rule, check
from jixiao.checks.coverage import CODE
from jixiao.checks.needs import need
from jixiao.evaluation import Evaluation
from jixiao.findings import Finding, Severity, where
from jixiao.law.scheme import Scheme
from jixiao.places import Place
from jixiao.wording.checks import TEXTS
from typed_rows import changed

MODULES = [jixiao.checks] + [
    importlib.import_module(f"jixiao.checks.{found.name}") for found in pkgutil.iter_modules(jixiao.checks.__path__)
]
ISSUE = {f"R{number:02d}" for number in [*range(1, 21), *range(26, 30), 41, 42]}


def test_the_catalogue_holds_every_relation_of_the_core() -> None:
    assert {rule.code for rule in CATALOGUE} >= ISSUE


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.run.__name__)
def test_every_check_has_a_code_a_sentence_and_words(rule: Rule) -> None:
    assert re.fullmatch(r"R\d\d", rule.code)
    assert rule.sentence.endswith("。")
    assert rule.code in {key.partition(".")[0] for key in TEXTS}


def test_no_check_stands_outside_the_catalogue() -> None:
    """A generator that takes a form and a scheme is a check; forgetting @rule would silence it."""
    entered = {rule.run for rule in CATALOGUE}
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isgeneratorfunction):
            takes_a_scheme = list(inspect.signature(function).parameters) == ["evaluation", "scheme"]
            if function.__module__ == module.__name__ and takes_a_scheme:
                assert function in entered, f"{module.__name__}.{name}"


def test_every_key_said_is_in_the_table_and_every_entry_is_said() -> None:
    said = set()
    for module in MODULES:
        said |= set(re.findall(r'"(R\d\d(?:\.\w+)?)"', Path(module.__file__ or "").read_text("utf-8")))
    # written as f"{code}.low" and f"{key}.rounding"
    derived = {"R10.low", "R11.low", "R03.rounding", "R29.rounding", "R62.rounding"}
    codes_only = {rule.code for rule in CATALOGUE} | {CODE}  # what was looked at has words of its own
    assert set(TEXTS) - said - derived == set()
    assert said - set(TEXTS) <= codes_only


@pytest.mark.parametrize("key", TEXTS)
def test_words_are_short_polite_and_sourced(key: str) -> None:
    text = TEXTS[key]
    assert len(text.message) <= 45 and len(text.suggestion) <= 40
    assert text.suggestion.endswith("。") and not text.message.endswith("。")
    assert text.citation
    assert not re.search("虚假|造假|弄虚|违规|欺", text.message + text.suggestion)
    assert not re.search("[{]}|!=|==|<>", text.message)


def _broken(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """这一项总会出错。"""
    raise KeyError("missing")
    yield


def test_a_check_that_fails_is_one_warning_and_the_others_go_on() -> None:
    form = with_facts(NATIONAL, total_score="90")
    rules = [Rule("R99", "", _broken, [need("")], None), *CATALOGUE]
    findings = check(form, rules)
    assert [item.code for item in findings] == ["R00", "R09"]
    assert findings[0].severity is Severity.WARNING and "R99" in findings[0].message


def test_what_was_noticed_on_reading_comes_first() -> None:
    defect = Finding("R56", Severity.ERROR, "缺少表样中的“得分”")
    assert check(changed(NATIONAL, defects=[defect])) == [defect]


def test_an_unknown_scheme_is_named_and_the_national_one_used() -> None:
    [finding] = check(changed(NATIONAL, scheme="mars-2030"))
    assert finding.code == "R00" and "mars-2030" in finding.message


@pytest.mark.parametrize("form", [NATIONAL, SICHUAN], ids=["national", "sichuan"])
def test_a_valid_form_is_silent(form: Evaluation) -> None:
    assert codes(form) == []


def test_an_empty_form_is_silent() -> None:
    """A fresh form from ``new`` has nothing wrong with it yet."""
    blank = changed(
        NATIONAL,
        facts={name: cell._replace(text="", figure=None) for name, cell in NATIONAL.facts.items()},
        funds=[_emptied(row) for row in NATIONAL.funds],
        indicators=[],
    )
    assert codes(blank) == []


def _emptied(row):  # type: ignore[no-untyped-def]
    cells = {name: getattr(row, name) for name in ("initial", "adjusted", "executed", "rate")}
    return row._replace(**{name: cell._replace(text="", figure=None) for name, cell in cells.items()})


def test_a_finding_names_a_place_wherever_it_stands() -> None:
    places = [
        Place(paragraph=3),
        Place(sheet="自评表"),
        Place(table=2, row=4),
        Place(sheet="自评表", row=4, label="得分"),
    ]
    assert [where([place]) for place in places] == ["正文第3段：", "自评表：", "第2张表 第4行：", "第4行 得分："]
