"""One rule held against one form: by every rule of scoring the form may follow, and with the certainty a finding needs."""

from collections.abc import Iterator, Sequence

from jixiao.checks.needs import BUDGET, REVERSE, names_of
from jixiao.checks.rule import Rule, say
from jixiao.evaluation import Evaluation
from jixiao.findings import Finding, Severity
from jixiao.law.scheme import Scheme


def findings_of(rule: Rule, evaluation: Evaluation, scheme: Scheme) -> list[Finding]:
    """What one rule has to say about one form. Certain forms pay nothing for the doubts of others, not even their loading."""
    found = _agreed(rule, evaluation, scheme)
    if not found or not evaluation.doubtful:
        return found
    from jixiao.checks.certainty import ensured

    reading = reading_of(rule, evaluation, scheme)
    return ensured(rule, evaluation, reading, found, lambda form: _agreed(rule, form, scheme))


def names_had(evaluation: Evaluation, scheme: Scheme) -> frozenset[str]:
    """Every name that a form has, with the parameters of the schemes it may follow."""
    return frozenset().union(*(names_of(evaluation, reading) for reading in scheme.readings))


def reading_of(rule: Rule, evaluation: Evaluation, scheme: Scheme) -> Scheme:
    """The first of the schemes a form may follow by which the rule has something to look at."""
    return scheme if scheme.known else next(_readings(rule, evaluation, scheme), scheme)


def _readings(rule: Rule, evaluation: Evaluation, scheme: Scheme) -> Iterator[Scheme]:
    """The schemes a form may follow, as far as they differ in what the rule takes from them."""
    different = {_taken(rule, reading): reading for reading in reversed(scheme.readings)}
    return (reading for reading in reversed(different.values()) if rule.concerns(names_of(evaluation, reading)))


def _taken(rule: Rule, scheme: Scheme) -> tuple[str, str]:
    names = {name for need in rule.needs for name in need.names}
    by_budget = any(name.endswith(BUDGET) for name in names)
    return scheme.execution_denominator if by_budget else "", scheme.reverse if REVERSE in names else ""


def _agreed(rule: Rule, evaluation: Evaluation, scheme: Scheme) -> list[Finding]:
    """What is found by whichever scheme the form follows; by a law that nobody knows it is no error."""
    if scheme.known:
        return _run(rule, evaluation, scheme)
    found = [_run(rule, evaluation, reading) for reading in _readings(rule, evaluation, scheme)]
    agreed = _by_all(found[0], found[1:]) if found else []
    return [_lowered(finding) for finding in agreed] if rule.scoring else agreed


def _by_all(first: Sequence[Finding], others: Sequence[Sequence[Finding]]) -> list[Finding]:
    """The findings of the first, with the places at which all the others find the same."""
    agreed = []
    for one in first:
        alike = [
            {
                place
                for other in found
                if (other.code, other.severity) == (one.code, one.severity)
                for place in other.places
            }
            for found in others
        ]
        places = [place for place in one.places if all(place in found for found in alike)]
        if places or not one.places:
            agreed.append(one._replace(places=places))
    return agreed


def _lowered(finding: Finding) -> Finding:
    return finding._replace(severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding


def _run(rule: Rule, evaluation: Evaluation, scheme: Scheme) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(rule.run(evaluation, scheme))
    except Exception as problem:
        found.append(say("R00", scheme, [], code=rule.code, problem=type(problem).__name__))
    return found
