"""How well the reader reads: every published form against the truth of its cells.

A cell is *right* if it is read as what the truth says, *wrong* if it is read as something else, *missed* if it is kept
under its own words or not read at all. A cell that is nothing, and is read as something, is wrong too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from building import document, place
from form_file import Fault, FormFile, Spot

from jixiao.checks import check
from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.stated import filled
from jixiao.findings import Finding, Severity
from jixiao.forms.local import local_forms
from jixiao.forms.recognise import forms
from jixiao.grid import Document

OWN_WORDS = "?"
PERSONAL = ("project.leader", "project.phone", "project.contact", "finance.leader", "people.")
"""Who did it and how to call them: a reader may pass over it."""
CUT_SHORT = frozenset({"R05", "R06", "R07", "R09", "R21", "R56", "R60"})
"""What may be missing, or not add up, where the stored copy of a form ends in the middle."""


class Told(NamedTuple):
    """What reading one form came to, or several together."""

    cells: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    surely_right: int = 0
    surely_wrong: int = 0
    indicators: int = 0
    indicators_right: int = 0
    forms: int = 0
    forms_right: int = 0
    units: int = 0
    units_right: int = 0
    false_errors: int = 0
    faults: int = 0
    faults_found: int = 0

    def plus(self, other: "Told") -> "Told":
        return Told(*(a + b for a, b in zip(self, other, strict=True)))

    def line(self) -> str:
        """For people: one line."""
        return (
            f"单元格{self.cells}个：读对{self.right}（{_percent(self.right, self.cells)}）、"
            f"读错{self.wrong}（{_percent(self.wrong, self.cells)}）、未读{self.missed}；"
            f"指标{self.indicators_right}/{self.indicators}，表{self.forms_right}/{self.forms}，"
            f"金额单位{self.units_right}/{self.units}；误报错误{self.false_errors}，原表差错报出{self.faults_found}/{self.faults}"
        )


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


class Reading(NamedTuple):
    """One published form as it was read."""

    form: FormFile
    told: Told
    complaints: Mapping[str, Sequence[str]]
    """By what was compared, what went wrong, a line each."""


def read(document: Document) -> list[Evaluation]:
    """What the reader makes of a document by its headings, also of forms that a drawing identifies."""
    return [form.evaluation for form in local_forms(document)]


def found(document: Document) -> list[Finding]:
    """Everything a user is told of a document."""
    return [finding for form in forms(document) for finding in check(form.evaluation)]


def measured(form: FormFile) -> Reading:
    """Read a published form, and compare."""
    evaluations = read(document(form))
    told, complaints = _findings(form)
    said = {"errors": complaints}
    for kind, compare in COMPARED.items():
        more, said[kind] = compare(form, evaluations)
        told = told.plus(more)
    return Reading(form, told, said)


Compared = tuple[Told, list[str]]


class _Claim(NamedTuple):
    """What a cell was read as, and how surely."""

    names: frozenset[str]
    sure: float = 0
    states: bool = False
    """Whether anything stands there but a dash."""

    @property
    def meanings(self) -> frozenset[str]:
        """The names that say what it means: not those that only keep it under its own words."""
        return frozenset(name for name in self.names if OWN_WORDS not in name)


NOTHING_CLAIMED = _Claim(frozenset())
_Where = tuple[object, ...]


def _cells(form: FormFile, evaluations: Sequence[Evaluation]) -> Compared:
    truth = {place(form, *spot).spot: (spot, names) for spot, names in form.truth().items()}
    claims = _claims(evaluations)
    told, complaints = Told(), list[str]()
    for where in sorted({*truth, *claims}, key=str):
        spot, names = truth.get(where, (None, frozenset[str]()))
        claim = claims.get(where, NOTHING_CLAIMED)
        if spot is None and (claim.meanings <= {"year"} or not claim.states):
            continue  # the year is read from a title, which the truth does not mark; a dash claims nothing
        if not claim.meanings and any(name.startswith(PERSONAL) for name in names):
            continue
        told = told.plus(_verdict(names, claim)._replace(cells=bool(names)))
        if not names & claim.names:
            complaints.append(f"{_words(spot or where)} 应为{_listed(names)}，读作{_listed(claim.names)}")
    return told, complaints


def _verdict(names: frozenset[str], claim: _Claim) -> Told:
    """One cell."""
    sure = claim.sure == 1
    if names & claim.names:
        return Told(right=1, surely_right=sure)
    if claim.meanings:
        return Told(wrong=1, surely_wrong=sure)
    return Told(missed=bool(names))


def _claims(evaluations: Sequence[Evaluation]) -> dict[_Where, _Claim]:
    """Every filled cell that was read as anything."""
    claims: dict[_Where, _Claim] = {}
    for evaluation in evaluations:
        for name, cell in _named(evaluation):
            if cell.place.row is not None and not cell.blank:
                before = claims.get(cell.place.spot, NOTHING_CLAIMED)
                names, sure = before.names | {_as_own(name)}, max(before.sure, cell.sure)
                claims[cell.place.spot] = _Claim(names, sure, filled(cell))
    return claims


def _named(evaluation: Evaluation) -> Iterator[tuple[str, Stated]]:
    yield from evaluation.facts.items()
    for table, rows in evaluation.tables.items():
        for row in rows:
            yield from ((f"{table}.{field}", cell) for field, cell in row.cells.items())


def _as_own(name: str) -> str:
    """``indicators.?西坪镇`` -> ``indicators.?``: kept, whatever its own words are. ``project.unit.2`` is a second one."""
    return re.sub(r"\?[^.]*", OWN_WORDS, re.sub(r"\.\d+$", "", name))


def _indicators(form: FormFile, evaluations: Sequence[Evaluation]) -> Compared:
    """Every indicator with the two levels it stands under, and no others."""
    wanted = {(place(form, *named.spot).spot, *map(_bare, named[1:])): named for named in form.indicators()}
    found = {
        (row.name.place.spot, _text(row.level1), _text(row.level2), _text(row.name))
        for evaluation in evaluations
        for row in evaluation.indicators
        if row.name and not row.name.blank
    }
    missing = [
        f"{_words(named.spot)} 指标“{named.name}”应在{named.level1}›{named.level2}之下"
        for key, named in wanted.items()
        if key not in found
    ]
    invented = {key[0] for key in found} - {key[0] for key in wanted}
    complaints = [*missing, *(f"{where} 不是指标" for where in invented)]
    return Told(indicators=len(wanted), indicators_right=len(wanted) - len(missing)), complaints


def _forms(form: FormFile, evaluations: Sequence[Evaluation]) -> Compared:
    agree = len(evaluations) == form.forms
    complaints = [] if agree else [f"应有{form.forms}份表，读出{len(evaluations)}份"]
    return Told(forms=form.forms, forms_right=form.forms if agree else 0), complaints


def _units(form: FormFile, evaluations: Sequence[Evaluation]) -> Compared:
    """The unit of money: what the document says, and nothing where it says nothing."""
    agree = bool(evaluations) and all(evaluation.unit == form.unit for evaluation in evaluations)
    said = "、".join(evaluation.unit or "未注明" for evaluation in evaluations)
    complaints = [] if agree else [f"金额单位应为{form.unit or '未注明'}，读作{said}"]
    return Told(units=1, units_right=agree), complaints


def _findings(form: FormFile) -> Compared:
    """Errors that are found in an honest place, and how many true faults are found at all."""
    findings = found(document(form))
    false = [finding for finding in findings if finding.severity is Severity.ERROR and not _true(finding, form)]
    spoken = sum(any(_speaks_of(finding, fault, form) for finding in findings) for fault in form.faults)
    told = Told(false_errors=len(false), faults=len(form.faults), faults_found=spoken)
    return told, [f"误报：{finding.code} {finding.line()}" for finding in false]


def _true(finding: Finding, form: FormFile) -> bool:
    """Whether an error is one: the form has the fault, or its stored copy ends before what would make it right."""
    excused = form.cut_short and (finding.code in CUT_SHORT or _at_the_end(finding, form))
    return excused or any(_speaks_of(finding, fault, form) for fault in form.faults)


def _at_the_end(finding: Finding, form: FormFile) -> bool:
    """Whether a finding only speaks of the last row, in the middle of which a copy may end."""
    last = {place(form, len(form.tables), len(form.tables[-1]), c).spot for c in range(1, len(form.tables[-1][0]) + 1)}
    return all(where.spot in last for where in finding.places)


def _speaks_of(finding: Finding, fault: Fault, form: FormFile) -> bool:
    spots = {place(form, *spot).spot for spot in fault.spots}
    return finding.code in fault.codes and any(where.spot in spots for where in finding.places)


COMPARED = {"cells": _cells, "indicators": _indicators, "forms": _forms, "units": _units}


def _text(cell: Stated | None) -> str:
    return _bare(cell.text) if cell else ""


_BESIDE_NAME = re.compile(r"[(（]\d+分?[)）]|^指标\d+[:：]?")


def _bare(text: str) -> str:
    """A level or name without line breaks, points and numbering: 产出指标（50分） is 产出指标."""
    return _BESIDE_NAME.sub("", "".join(text.split()))


def _listed(names: Iterable[str]) -> str:
    return "或".join(sorted(names)) or "空"


def _words(where: Spot | _Where) -> str:
    return f"表{where.table}第{where.row}行第{where.column}列" if isinstance(where, Spot) else str(where)


def total(readings: Iterable[Reading]) -> Told:
    """All of them together."""
    told = Told()
    for reading in readings:
        told = told.plus(reading.told)
    return told
