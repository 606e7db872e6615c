"""Grades (评价等次) and the bands they stand for: 财预〔2020〕10号 Art. 18, or what the form prints."""

from decimal import Decimal

from jixiao.figures import bare
from jixiao.law.scheme import Range, Scheme

_FULL = Decimal(100)


def grade(total: Decimal, scheme: Scheme) -> str:
    """The grade of a total out of 100. The total is compared as it is, never rounded first: 89.996 is 良.

    Raises ValueError for a total outside 0 to 100, and for a scheme without grades.
    """
    if not 0 <= total <= _FULL:
        raise ValueError(f"a total is between 0 and 100: {total}")
    if not scheme.grades:
        raise ValueError(f"{scheme.id} has no grades")
    return next(band.grade for band in scheme.grades if total >= band.least)


def grade_range(text: str, scheme: Scheme) -> Range | None:
    """The totals a grade may stand for by any bands in use; None for a word that has no such range."""
    word = bare(text)
    return next((one for one in scheme.grade_ranges if one.grade == word), None)


def possible_grades(total: Decimal, scheme: Scheme) -> list[Range]:
    """What a total may be called by any bands in use."""
    return [one for one in scheme.grade_ranges if one.least <= total <= one.most]


def stated_grade(text: str, scheme: Scheme) -> str | None:
    """The grade a document means: 优秀 is 优; None if it is none of the scheme's."""
    word = bare(text)
    known = scheme.grade_aliases.get(word, word)
    return known if any(band.grade == known for band in scheme.grades) else None
