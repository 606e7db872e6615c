"""What a check is: a generator over an evaluation, registered under the code of its relation with what it looks at."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from jixiao.checks.needs import Need, Operand, need
from jixiao.evaluation import Evaluation, Stage, Stated
from jixiao.evaluation.stage import EVERY
from jixiao.findings import Finding, Severity
from jixiao.law.scheme import Scheme
from jixiao.wording.checks import TEXTS

Run = Callable[[Evaluation, Scheme], Iterator[Finding]]
Condition = Callable[[Any, Scheme], bool | None]
"""Whether a rule speaks of a row (of the form, if its needs are no rows); None if that cannot be told from what is stated."""


class Rule(NamedTuple):
    """One relation (勾稽关系): its code, the sentence it stands for, and the generator that holds a form against it."""

    code: str
    sentence: str
    run: Run
    needs: Sequence[Need]
    where: Condition | None
    stages: Collection[Stage] = EVERY
    scoring: bool = False
    by_merges: bool = False

    def concerns(self, names: frozenset[str]) -> bool:
        """Whether a form with these names has something the rule looks at."""
        return any(one.names <= names for one in self.needs)

    def holds_for(self, evaluation: Evaluation) -> bool:
        """Whether the rule belongs to the stage of a form, and can be read from how its cells are merged."""
        return evaluation.stage in self.stages and not (self.by_merges and evaluation.merged_otherwise)

    @property
    def over_columns(self) -> bool:
        """Whether it adds up whole columns: then a doubtful cell bears on all it says."""
        return any(_adds_up(operand) for one in self.needs for operand in one.operands)


def _adds_up(operand: Operand) -> bool:
    return operand.name == "sums" or (operand.whole and not operand.asked)


LONGEST_REPEATED = 200
CATALOGUE: list[Rule] = []
"""All checks, by code once the package is loaded."""


def rule(
    code: str,
    of: str | Iterable[str],
    where: Condition | None = None,
    stages: Collection[Stage] = EVERY,
    scoring: bool = False,
    by_merges: bool = False,
) -> Callable[[Run], Run]:
    """Enter a check in the catalogue; its docstring is the rule's sentence.

    ``of`` is what it looks at: one need or several, any of which will do (``needs`` has the notation); a form without it
    skips the rule. ``where`` picks the rows it speaks of; only the list of rules asks for it, the check sees to it itself.
    ``stages`` are those of a form's life in which it holds: arithmetic always does. One of ``scoring`` holds a form against
    the law of its scheme: an error is a warning where nobody knows that law. One that goes ``by_merges`` reads from merged
    cells what belongs together, and is silent where they are merged otherwise than on the official form.
    """
    needs = tuple(map(need, [of] if isinstance(of, str) else of))

    def enter(run: Run) -> Run:
        CATALOGUE.append(Rule(code, run.__doc__ or "", run, needs, where, stages, scoring, by_merges))
        return run

    return enter


def say(
    key: str,
    scheme: Scheme,
    cells: Iterable[Stated | None],
    stated: str | None = None,
    expected: str | None = None,
    severity: Severity | None = None,
    **words: str,
) -> Finding:
    """A finding in the words that stand under ``key`` (``R18`` or ``R18.unit``); the part before the dot is its code."""
    text = TEXTS[key]
    stated = stated and _shortened(stated)
    told = {
        "scheme": scheme,
        "stated": stated,
        "expected": expected,
        **{name: _shortened(word) for name, word in words.items()},
    }
    if expected is None and text.expected is not None:
        expected = text.expected.format(**told)
    return Finding(
        code=key.partition(".")[0],
        severity=severity or Severity(text.severity),
        message=text.message.format(**told),
        places=[cell.place for cell in cells if cell is not None],
        stated=stated,
        expected=expected,
        citation=text.citation.format(scheme=scheme),
        suggestion=text.suggestion.format(**told),
    )


def _shortened(text: str) -> str:
    """What a finding repeats of a cell: a cell may hold a whole essay."""
    return text if len(text) <= LONGEST_REPEATED else text[:LONGEST_REPEATED] + "…"
