"""What an import puts into the cells: stated values, and formulas only where they say the same."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.forms import library
from jixiao.forms.compose import Filled, blank, carried, renewed
from jixiao.forms.recognise import forms
from jixiao.hosts.word.reading import read_document

SEEDS = Path(__file__).parents[1] / "seeds"


def imported(name: str) -> list[Filled]:
    return [carried(form) for form in forms(read_document(str(SEEDS / f"{name}.docx")))]


def value(form: Filled, fact: str) -> object:
    return form.contents[form.layout.placement.facts[fact]].value


def formula(form: Filled, fact: str) -> str | None:
    return form.contents[form.layout.placement.facts[fact]].formula


def test_what_agrees_is_computed_from_now_on() -> None:
    [wuhua] = imported("wuhua-2024-project")
    assert value(wuhua, "total.score") == Decimal("99.97")
    assert value(wuhua, "execution.score") == Decimal("2.99")
    assert value(wuhua, "funds.total.rate") == Decimal("0.9983")
    for fact in ("total.score", "execution.score", "funds.total.rate", "grade", "total.group1_weight"):
        assert formula(wuhua, fact), fact


def test_what_disagrees_stays_as_stated() -> None:
    [datong] = imported("datong-2021-project")
    assert value(datong, "execution.score") == Decimal(10)  # the rule gives 6.96
    assert formula(datong, "execution.score") is None
    assert value(datong, "total.score") == Decimal(100)  # agrees with the stated scores
    assert formula(datong, "total.score")


def test_scores_without_actuals_stay_as_stated() -> None:
    forms_of_anju = imported("anju-2023-accounts-and-projects")
    second = forms_of_anju[1]
    band = second.layout.placement.bands["indicators"]
    scores = [second.contents[row, band.columns["score"]] for row in band.rows]
    assert [content.value for content in scores] == [Decimal(25), Decimal(25), Decimal(20), Decimal(15)]
    assert all(content.formula is None for content in scores)
    assert [value(form, "total.score") for form in forms_of_anju] == [100, 95, 95, 100, 100]


def test_stated_numbers_print_as_they_were_printed() -> None:
    [datong] = imported("datong-2021-project")
    spots = datong.layout.placement.facts
    assert datong.contents[spots["funds.fiscal.initial"]].number_format == "General"  # 194, not 194.00
    assert datong.contents[spots["funds.fiscal.rate"]].number_format == "0%"


def test_blank_rows_of_the_form_stay_blank() -> None:
    [wuhua] = imported("wuhua-2024-project")
    assert wuhua.layout.placement.facts["funds.city.initial"] not in wuhua.contents
    assert value(wuhua, "funds.city.rate") is None


@pytest.mark.parametrize("identifier", library.identifiers())
@pytest.mark.parametrize("native", [True, False])
def test_a_new_form_computes_nothing_from_nothing(identifier: str, native: bool) -> None:
    form = blank(library.drawing(identifier), 2025, native)
    assert value(form, "year") == Decimal(2025)
    drawing = library.drawing(identifier)
    computed = {fact for fact in form.layout.placement.facts if drawing.spec(fact).relation}
    known = {"total.weight", "total.group1_weight", "total.group2_weight", "grade"}  # weights the form prints itself
    assert {fact for fact in computed if value(form, fact) is not None} <= known
    assert all(formula(form, fact) for fact in computed)


def test_next_years_form_keeps_plans_and_clears_results() -> None:
    [found] = forms(read_document(str(SEEDS / "datong-2021-project.docx")))
    plans = ("name", "target", "weight", "level1", "level2")

    def keep(fact: str) -> bool:
        return fact.startswith("project.") or fact.removeprefix("indicators.") in plans

    form = renewed(found, found.drawing, 2022, keep)
    band = form.layout.placement.bands["indicators"]
    first = band.rows[0]
    held: Mapping[str, object] = {
        field: form.contents[first, column].value if (first, column) in form.contents else None
        for field, column in band.columns.items()
    }
    assert held["target"] == Decimal(1)
    assert held["weight"] == Decimal(20)
    assert held["actual"] is None and held["score"] is None and held["reason"] is None
    assert value(form, "year") == Decimal(2022)
