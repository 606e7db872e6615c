"""核对情况: what became of every rule on every form of a document."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jixiao.actions.plan import Plan
from jixiao.actions.present import present_forms
from jixiao.checks.rulings import Ruling, rulings
from jixiao.findings import has_errors
from jixiao.forms.recognise import Form
from jixiao.grid import Document
from jixiao.places import Place
from jixiao.wording import rulings as words


class RuledForm(NamedTuple):
    """One form: where it stands, what became of every rule, and whether errors were found."""

    place: Place
    rulings: Sequence[Ruling]
    errors: bool

    def as_json(self, file: str) -> list[dict[str, object]]:
        """The public form: see ``check --rules --json`` in docs/guide.md."""
        return [ruling.as_json(file, self.place) for ruling in self.rulings]

    def lines(self) -> Iterator[str]:
        """The form for people: every rule a line, and how many came to what."""
        yield words.form_line(self.place)
        yield from (ruling.line() for ruling in self.rulings)
        yield words.summary(Counter(ruling.state.value for ruling in self.rulings))


class RuledForms(NamedTuple):
    """All forms of a document with their rules."""

    forms: Sequence[RuledForm]

    def lines(self) -> Iterator[str]:
        """Form by form, for people."""
        for form in self.forms:
            yield from form.lines()

    def as_json(self, file: str) -> list[dict[str, object]]:
        """The public form: see ``check --rules --json`` in docs/guide.md."""
        return [item for form in self.forms for item in form.as_json(file)]


def plan(document: Document) -> Plan:
    """List what became of every rule on every form. Raises Refusal if there is none."""
    found = ruled(document)
    return Plan(document, listing=RuledForms(found), errors=any(form.errors for form in found))


def ruled(document: Document) -> list[RuledForm]:
    """All forms of a document with their rules, in order. Raises Refusal if it holds none."""
    return [_ruled(form) for form in present_forms(document)]


def _ruled(form: Form) -> RuledForm:
    found = rulings(form.evaluation)
    errors = has_errors([*form.evaluation.defects, *(finding for ruling in found for finding in ruling.findings)])
    return RuledForm(form.grid.place(1, 1), found, errors)
