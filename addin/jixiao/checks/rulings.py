"""What became of every rule on a form: held against it, nothing there to look at, or not to be decided."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from jixiao.checks import CATALOGUE, Rule, findings_of, scheme_for
from jixiao.checks.holding import names_had, reading_of
from jixiao.checks.looks import looks
from jixiao.evaluation import Evaluation
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme
from jixiao.places import Place
from jixiao.wording import rulings as words


class State(StrEnum):
    CHECKED = "checked"
    NOTHING = "nothing"
    UNDECIDED = "undecided"

    @property
    def word(self) -> str:
        return words.STATES[self.value]


class Ruling(NamedTuple):
    """What became of one rule: how many cells it compared, or why it compared none; and what it found."""

    rule: Rule
    state: State
    cells: int = 0
    reason: str = ""
    findings: Sequence[Finding] = ()

    def line(self) -> str:
        """One line for people: code, state, how much or why, and the rule's sentence."""
        text = words.CELLS.format(count=self.cells) if self.cells else self.reason
        told = words.TOLD.format(text=text) if text else ""
        return words.LINE.format(code=self.rule.code, state=self.state.word, told=told, sentence=self.rule.sentence)

    def as_json(self, file: str, place: Place) -> dict[str, object]:
        """The public form: see ``check --rules --json`` in the guide. ``place`` is where the form stands."""
        return {
            "file": file,
            **({"sheet": place.sheet} if place.table is None else {"table": place.table}),
            "code": self.rule.code,
            "sentence": self.rule.sentence,
            "state": self.state.value,
            "cells": self.cells,
            "reason": self.reason or None,
        }


def rulings(evaluation: Evaluation, rules: Sequence[Rule] = CATALOGUE) -> list[Ruling]:
    """What became of every rule on one form, in the order of the rules."""
    scheme = scheme_for(evaluation)
    names = names_had(evaluation, scheme)
    unknown = "" if scheme.id == evaluation.scheme else words.UNKNOWN_SCHEME.format(scheme=evaluation.scheme)
    return [
        Ruling(rule, State.NOTHING, reason=reason)
        if (reason := _skipped(rule, evaluation, names))
        else _ruling(rule, evaluation, scheme, unknown)
        for rule in rules
    ]


def _skipped(rule: Rule, evaluation: Evaluation, names: frozenset[str]) -> str:
    """Why the check does not hold a rule against a form; empty if it does."""
    if not rule.concerns(names):
        return words.NOT_CONCERNED
    if rule.holds_for(evaluation):
        return ""
    return words.OTHERWISE_MERGED if rule.by_merges else words.OTHER_STAGE


def _ruling(rule: Rule, evaluation: Evaluation, scheme: Scheme, unknown: str) -> Ruling:
    found = findings_of(rule, evaluation, scheme)
    if any(finding.code == "R00" for finding in found):
        return Ruling(rule, State.UNDECIDED, reason=words.FAILED, findings=found)
    seen = list(looks(rule, evaluation, reading_of(rule, evaluation, scheme), unknown))
    doubt = next((look.doubt for look in seen if look.doubt), "")
    compared = [cell.place for look in seen if not look.doubt for cell in look.cells]
    if not unknown or doubt != unknown:
        # What was found has been looked at, sound or not: words where a number belongs are just what R18 looks for.
        compared += [place for finding in found for place in finding.places]
    if compared:
        return Ruling(rule, State.CHECKED, len({place.spot for place in compared}), findings=found)
    return Ruling(rule, State.UNDECIDED if doubt else State.NOTHING, reason=doubt, findings=found)
