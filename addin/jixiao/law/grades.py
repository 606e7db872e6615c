"""Grades (评价等次) and the bands they stand for: 财预〔2020〕10号 Art. 18, or what the form prints."""

from decimal import Decimal

from jixiao.figures import bare
from jixiao.law.scheme import Scheme

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


def stated_grade(text: str, scheme: Scheme) -> str | None:
    """The grade a document means: 优秀 is 优; None if it is none of the scheme's."""
    word = bare(text)
    known = scheme.grade_aliases.get(word, word)
    return known if any(band.grade == known for band in scheme.grades) else None
