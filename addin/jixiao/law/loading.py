"""Schemes from their TOML files, read when first asked for."""

import os
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from jixiao.errors import Refusal
from jixiao.law.scheme import Band, Scheme, Tier
from jixiao.wording.law import unknown_scheme

DEFAULT = "national-2020"
_FOLDER = os.path.join(os.path.dirname(__file__), "schemes")  # noqa: PTH118, PTH120 - pathlib costs start-up time


def scheme_ids() -> list[str]:
    """The ids of all schemes, sorted."""
    return sorted(name.removesuffix(".toml") for name in os.listdir(_FOLDER) if name.endswith(".toml"))  # noqa: PTH208


@cache
def scheme(scheme_id: str = DEFAULT) -> Scheme:
    """The scheme of this id. Raises Refusal for an unknown one."""
    import tomllib  # only who asks for a scheme pays for the parser

    if scheme_id not in scheme_ids():
        raise Refusal(unknown_scheme(scheme_id, scheme_ids()))
    with open(os.path.join(_FOLDER, f"{scheme_id}.toml"), "rb") as file:  # noqa: PTH118, PTH123
        return _scheme(scheme_id, tomllib.load(file))


def _scheme(scheme_id: str, table: Mapping[str, Any]) -> Scheme:
    return Scheme(
        id=scheme_id,
        title=table["title"],
        since=table["since"],
        citation=table["citation"],
        grades=tuple(Band(band["grade"], Decimal(band["least"])) for band in table["grades"]),
        grade_aliases=table["grade_aliases"],
        execution_denominator=table["execution_denominator"],
        execution_weight=_number(table.get("execution_weight")),
        rate_needing_reason=_number(table.get("rate_needing_reason")),
        adjustment_needs_reason=table["adjustment_needs_reason"],
        tiers=tuple(Tier(tier["name"], Decimal(tier["least"]), Decimal(tier["most"])) for tier in table["tiers"]),
        reverse=table["reverse"],
        overshoot_warning=Decimal(table["overshoot_warning"]),
        overshoot_reason=Decimal(table["overshoot_reason"]),
        weights={name: Decimal(weight) for name, weight in table.get("weights", {}).items()},
        levels={name: tuple(names) for name, names in table.get("levels", {}).items()},
        reverse_citation=table["reverse_citation"],
        execution_citation=table["execution_citation"],
        rate_citation=table["rate_citation"],
        form_citation=table["form_citation"],
    )


def _number(entry: str | int | None) -> Decimal | None:
    return None if entry is None else Decimal(entry)
