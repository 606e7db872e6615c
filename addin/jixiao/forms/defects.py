"""Where a document does not look like the official form, or contradicts itself."""

from collections.abc import Sequence

from jixiao.evaluation import MERGES
from jixiao.findings import Finding, Severity
from jixiao.places import Place
from jixiao.wording import structure as words


def missing_columns(places: Sequence[Place], labels: Sequence[str]) -> Finding:
    """R56: columns or cells of the official form that the document lacks."""
    message = words.missing(labels)
    return Finding("R56", Severity.ERROR, message, places, expected=words.EXPECTED, suggestion=words.ADD_THEM)


def shifted_merges(places: Sequence[Place]) -> Finding:
    """R57: cells merged otherwise than on the official form."""
    return Finding(MERGES, Severity.WARNING, words.SHIFTED, places, expected=words.EXPECTED, suggestion=words.COMPARE)


UNITS_DIFFER = "R38"
DOUBTFUL = 0.5
"""How sure amounts are that stand under columns in different units: nothing may be concluded from them."""


def differing_units(places: Sequence[Place], said: Sequence[str]) -> Finding:
    """R38: the form says in several places, and differently, what its amounts are counted in."""
    stated = words.named(said)
    message = words.UNITS.format(said=stated)
    return Finding(UNITS_DIFFER, Severity.WARNING, message, places, stated=stated, suggestion=words.UNIFY)
