"""Rules as data and pure functions: schemes by id, grades, scoring. Nothing here knows a form or a host."""

from jixiao.law.loading import DEFAULT, scheme, scheme_ids
from jixiao.law.scheme import Band, Scheme, Tier

__all__ = ["DEFAULT", "Band", "Scheme", "Tier", "scheme", "scheme_ids"]
