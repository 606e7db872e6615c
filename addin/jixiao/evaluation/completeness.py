"""What a form that evaluates still lacks, of the places it has: one list for the check, the report and the grade."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation.funds import AMOUNTS, TOTAL
from jixiao.evaluation.indicators import Indicator
from jixiao.evaluation.stated import Stated, answered, failed, filled, number_of, text_of
from jixiao.evaluation.vocabulary import NOT_DONE

if TYPE_CHECKING:
    from jixiao.evaluation import Evaluation
