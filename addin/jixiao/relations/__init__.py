"""The equations between facts: each written once (``catalogue``) and read four ways.

``value`` and ``bounds`` stand here; ``formulas.formula`` and ``explanations.words`` are imported where they are needed.
"""

from jixiao.relations.catalogue import RELATIONS, relation
from jixiao.relations.limits import bounds
from jixiao.relations.values import value

__all__ = ["RELATIONS", "bounds", "relation", "value"]
