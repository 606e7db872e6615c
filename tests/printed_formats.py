"""What LibreOffice prints under number formats: ``formats/printed.tsv``, and how it is made.

The first column is a format (``id=14`` is a built-in one). A line ``# == …`` begins a part: ``digits``, told as LibreOffice
prints them, or the format in which we tell the moments of that part. To add a format, write it on a line of its own and run
``python tests/printed_formats.py``.
"""

import csv
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from packages import MAIN, workbook, worksheet, zipped

TABLE = Path(__file__).with_name("formats") / "printed.tsv"
NUMBERS = [
    "0",
    "1",
    "-1",
    "0.5",
    "-0.5",
    "0.05",
    "-0.05",
    "0.995",
    "2.345",
    "-2.345",
    "0.0004",
    "-0.001",
    "0.99826789838",
    "17.32",
    "99.5",
    "999.5",
    "1234.5",
    "-1234.567",
    "9999.5",
    "10000",
    "12345",
    "-12345.678",
    "1234567.891",
    "99999999.995",
    "123456789012",
    "0.0000001",
    "20240315",
]
CLOCKS = [
    "0",
    "1",
    "0.5",
    "0.354166666666667",
    "0.694444444444444",
    "0.75004",
    "0.99998",
    "1.5",
    "60.25",
    "367.25",
    "45291.9999",
    "45366.3958333333",
]
DAYS = [
    "61",
    "61.9999",
    "367.25",
    "45291.9999",
    "45366",
    "45366.5",
    "45366.99999",
    "45366.3958333333",
    "45366.6944444444",
    "2957003",
]
TEXT = "甲"
_FROM_1904 = " from 1904"
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
# A Chinese office: what built-in formats print depends on its language.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item></oor:items>"""


class Row(NamedTuple):
    """A format, how its numbers are told, and what LibreOffice prints under it for the text and each value."""

    code: str
    told: str
    prints: Sequence[str]

    @property
    def from_1904(self) -> bool:
        return self.told.endswith(_FROM_1904)

    @property
    def told_as(self) -> str:
        """The format that prints the way the numbers are told."""
        return self.code if self.told == "digits" else self.told.removesuffix(_FROM_1904)

    @property
    def values(self) -> Sequence[str]:
        return NUMBERS if self.told == "digits" else DAYS if "y" in self.told else CLOCKS


def rows() -> list[Row]:
    """The table as it stands."""
    found: list[Row] = []
    told = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# == "):
            told = line.removeprefix("# == ")
        elif told:
            code, *prints = line.split("\t")
            found.append(Row(code, told, prints))
    return found


def package(codes: Sequence[str], values: Sequence[Sequence[str]], *, from_1904: bool) -> bytes:
    """A workbook with the text and the values of each row under its format."""
    cells = []
    for style, row in enumerate(values, 1):
        numbers = "".join(f'<c s="{style}"><v>{value}</v></c>' for value in row)
        cells.append(f'<row><c s="{style}" t="inlineStr"><is><t>{TEXT}</t></is></c>{numbers}</row>')
    numbered = [int(code[3:]) if code.startswith("id=") else 200 + at for at, code in enumerate(codes)]
    own = [
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>'
        for number, code in zip(numbered, codes, strict=True)
        if not code.startswith("id=")
    ]
    looks = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (0, *numbered))
    styles = (
        f'<styleSheet {MAIN}><numFmts count="{len(own)}">{"".join(own)}</numFmts><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f"<cellXfs>{looks}</cellXfs></styleSheet>"
    )
    properties = f'<workbookPr date1904="{int(from_1904)}"/>'
    return zipped(workbook(worksheet("".join(cells)), properties=properties, **{"xl/styles.xml": styles}))


def _printed(data: bytes) -> list[list[str]]:
    """What LibreOffice shows in each row."""
    with tempfile.TemporaryDirectory() as folder:
        user = Path(folder, "profile", "user")
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = Path(folder, "formats.xlsx")
        source.write_bytes(data)
        command = ["soffice", f"-env:UserInstallation={user.parent.as_uri()}", "--headless", "--norestore"]
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        subprocess.run(
            [*command, "--convert-to", _CSV, "--outdir", folder, source], check=True, timeout=300, env=environment
        )
        (result,) = Path(folder).glob("*.csv")
        with result.open(encoding="utf-8", newline="") as lines:
            return list(csv.reader(lines))


def _made(table: Sequence[Row]) -> list[Row]:
    """The table with what LibreOffice prints now: texts under the format itself, numbers under the way they are told."""
    found: list[Row] = []
    for from_1904 in (False, True):
        part = [row for row in table if row.from_1904 is from_1904]
        values = [row.values for row in part]
        texts = _printed(package([row.code for row in part], values, from_1904=from_1904))
        numbers = _printed(package([row.told_as for row in part], values, from_1904=from_1904))
        found += [
            row._replace(prints=[text[0], *shown[1 : len(row.values) + 1]])
            for row, text, shown in zip(part, texts, numbers, strict=True)
        ]
    return found


def main() -> None:
    version = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
    lines = [
        f"# What LibreOffice {version} prints in Chinese; made by tests/printed_formats.py, which says how to read it."
    ]
    told = ""
    for row in _made(rows()):
        if row.told != told:
            told = row.told
            lines.append(f"# == {told}")
        lines.append("\t".join([row.code, *row.prints]))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
