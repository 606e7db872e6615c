"""Read forms nobody has read before, and write down how it went.

    PYTHONPATH=addin:tests/forms/local python tests/forms/local/first_reading.py [FORM…]

Every form of ``unread`` (or those named) is read, gets its line in ``first-readings.tsv`` and moves to ``forms``. Only after
that may the reader learn from it. Lines are only added: what the log says together is what may be promised of the next form.
"""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from form_file import FOLDER, HERE, load

LOG = HERE / "first-readings.tsv"
UNREAD = HERE / "unread"
SEEN_BEFORE = "—"
"""Instead of figures: the form was known to those who wrote the reader."""


class Line(NamedTuple):
    """One first reading."""

    date: str
    form: str
    right: str
    wrong: str
    missed: str
    surely_right: str
    surely_wrong: str

    @property
    def seen_before(self) -> bool:
        return self.right == SEEN_BEFORE


def log() -> list[Line]:
    """All first readings, oldest first."""
    lines = LOG.read_text(encoding="utf-8").splitlines()
    return [Line(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def promise(lines: Iterable[Line]) -> list[str]:
    """What first readings came to together, for people; nothing before there is one."""
    read = [line for line in lines if not line.seen_before]
    if not read:
        return []
    right, wrong, missed, surely_right, surely_wrong = (
        sum(map(int, column)) for column in list(zip(*read, strict=True))[2:]
    )
    cells, sure = right + wrong + missed, surely_right + surely_wrong
    return [
        f"首次阅读{len(read)}份：单元格{cells}个，读对{right / cells:.1%}，读错{wrong / cells:.1%}；"
        f"有把握的{sure}个中读对{surely_right / max(sure, 1):.1%}"
    ]


def read_first(path: Path) -> Line:
    """Read a form, log it, and put it to the others."""
    from measure import measured

    reading = measured(load(path))
    told = reading.told
    figures = (told.right, told.wrong, told.missed, told.surely_right, told.surely_wrong)
    line = Line(date.today().isoformat(), path.stem, *map(str, figures))
    with LOG.open("a", encoding="utf-8") as file:
        file.write("\t".join(line) + "\n")
    path.rename(FOLDER / path.name)
    print(path.stem, told.line(), *(said for kind in reading.complaints.values() for said in kind), sep="\n  ")
    return line


def main(names: Sequence[str]) -> None:
    paths = [UNREAD / f"{name}.form" for name in names] or sorted(UNREAD.glob("*.form"))
    known = {line.form for line in log()}
    for path in paths:
        if path.stem in known:
            sys.exit(f"{path.stem}已经读过，首次阅读只记一次")
        read_first(path)
    print(*promise(log()), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
