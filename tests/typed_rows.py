"""Evaluations from typed rows: a test writes funds, details, indicators and groups, and they become facts and tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jixiao.evaluation import Evaluation, FundRow, Group, Indicator, Row, Stated

FUND_FIELDS = ("initial", "adjusted", "arrived", "executed", "rate")


def fund_facts(rows: Iterable[FundRow]) -> dict[str, Stated]:
    """Fund rows as facts: ``funds.total.executed``."""
    cells = ((row.key, field, getattr(row, field)) for row in rows for field in FUND_FIELDS)
    return {f"funds.{key}.{field}": cell for key, field, cell in cells if cell is not None}


def _detail(row: FundRow, number: int) -> Row:
    cells = {field: cell for field in FUND_FIELDS if (cell := getattr(row, field)) is not None}
    return Row(number, {"content": cells["initial"]._replace(text=row.label, figure=None)} | cells)


def _indicator_rows(indicators: Sequence[Indicator], groups: Sequence[Group]) -> list[Row]:
    rows = []
    for indicator in indicators:
        cells = {field: cell for field, cell in indicator._asdict().items() if isinstance(cell, Stated)}
        own = {f"group{group.level}_weight": group for group in groups if indicator.row in group.members}
        cells |= {field: group.weight for field, group in own.items()}
        tops = {field: group.members[0] for field, group in own.items() if group.members[0] < indicator.row}
        rows.append(Row(indicator.row, cells, tops))
    return rows


def form_of(
    form: str,
    scheme: str,
    title: str,
    facts: Mapping[str, Stated],
    funds: Sequence[FundRow] = (),
    details: Sequence[FundRow] = (),
    indicators: Sequence[Indicator] = (),
    groups: Sequence[Group] = (),
    **rest: Any,
) -> Evaluation:
    """A form as it would be read if it held these rows."""
    tables = {
        "indicators": _indicator_rows(indicators, groups),
        "details": [_detail(row, number) for number, row in enumerate(details, 50)],
    }
    return Evaluation(form, scheme, title, {**facts, **fund_facts(funds)}, tables, **rest)


def changed(form: Evaluation, **parts: Any) -> Evaluation:
    """The same form with some facts or typed rows, its title or scheme replaced."""
    facts = {name: cell for name, cell in form.facts.items() if not name.startswith("funds.") or name.count(".") == 1}
    kept = {
        "form": form.form,
        "scheme": form.scheme,
        "title": form.title,
        "facts": facts,
        "funds": form.funds,
        "details": form.details,
        "indicators": form.indicators,
        "groups": form.groups,
        "defects": form.defects,
        "unplaced": form.unplaced,
        "sums": form.sums,
    }
    return form_of(**{**kept, **parts})  # type: ignore[arg-type]
