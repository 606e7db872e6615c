"""How long one report takes inside one process: own writer against docxtpl and python-docx, the same texts and tables.

Run ``python bench/reports.py``. The three take turns; the figures are medians, read the ratios. Ours also draws the charts
and opens the finished file again to verify it; the others leave the charts out.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from io import BytesIO

import docx
from docxtpl import DocxTemplate

from jixiao.hosts.word.verify import verify
from jixiao.hosts.word.writing import render
from jixiao.report.document import Block, Chart, Paragraph, Style, Table, TableCell, TableRow, WordDocument

ROUNDS = 15
SECTIONS, ROWS = 8, 18
HEAD = ["一级指标", "二级指标", "三级指标", "性质", "指标值", "完成值", "分值", "得分"]
TEXT = (
    "根据《项目支出绩效评价管理办法》（财预〔2020〕10号）要求，本单位对2023年度项目开展绩效自评。"
    "年初预算17.32万元，实际支出17.29万元，预算执行率为99.83%，差额系按实际发生额支付所致。"
) * 3


def sections() -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Heading, paragraphs and table rows of each section."""
    for number in range(1, SECTIONS + 1):
        rows = [
            ["产出指标", "数量指标", f"指标{number}-{row}", "≥", "95%", "99.83%", "10", "9.98"] for row in range(ROWS)
        ]
        yield f"第{number}部分 绩效情况", [TEXT] * 4, rows


def model() -> WordDocument:
    blocks: list[Block] = [Paragraph(Style.TITLE, "项目支出绩效评价报告")]
    for heading, paragraphs, rows in sections():
        blocks.append(Paragraph(Style.HEADING1, heading))
        blocks += [Paragraph(Style.BODY, text) for text in paragraphs]
        lines = [TableRow([(column, TableCell(text)) for column, text in enumerate(row)]) for row in [HEAD, *rows]]
        blocks.append(Table([1100] * 8, [lines[0]._replace(header=True), *lines[1:]]))
        blocks.append(Chart("column", heading, ["产出", "效益"], [("分值", [50.0, 30.0]), ("得分", [48.5, 30.0])]))
    return WordDocument("项目支出绩效评价报告", blocks, contents=True)


def ours() -> bytes:
    data = render(model())
    verify(data)
    return data


def ours_unverified() -> bytes:
    return render(model())


def template() -> bytes:
    """The template of docxtpl: one section, repeated."""
    document = docx.Document()
    document.add_heading("项目支出绩效评价报告", 0)
    document.add_paragraph("{%p for heading, paragraphs, rows in sections %}")
    document.add_heading("{{ heading }}", 1)
    for line in ("{%p for text in paragraphs %}", "{{ text }}", "{%p endfor %}"):
        document.add_paragraph(line)
    table = document.add_table(4, len(HEAD))
    for column, head in enumerate(HEAD):
        table.cell(0, column).text = head
        table.cell(2, column).text = f"{{{{ row[{column}] }}}}"
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for row in rows %}", "{%tr endfor %}"
    document.add_paragraph("{%p endfor %}")
    return saved(document)


def by_docxtpl(made: bytes) -> bytes:
    document = DocxTemplate(BytesIO(made))
    document.render({"sections": list(sections())}, autoescape=True)
    return saved(document)


def by_python_docx() -> bytes:
    document = docx.Document()
    document.add_heading("项目支出绩效评价报告", 0)
    for heading, paragraphs, rows in sections():
        document.add_heading(heading, 1)
        for text in paragraphs:
            document.add_paragraph(text)
        table = document.add_table(len(rows) + 1, len(HEAD))
        for cell, text in zip(table._cells, [text for row in [HEAD, *rows] for text in row], strict=True):
            cell.text = text
    return saved(document)


def saved(document: object) -> bytes:
    buffer = BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def milliseconds(job: Callable[[], bytes]) -> float:
    gc.collect()
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    made = template()
    jobs: dict[str, Callable[[], bytes]] = {
        "docxtpl, without charts": lambda: by_docxtpl(made),
        "python-docx, without charts": by_python_docx,
        "jixiao, charts, verified": ours,
        "jixiao, charts, not verified": ours_unverified,
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            times[name].append(milliseconds(job))
    base = statistics.median(times["docxtpl, without charts"])
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:32} {middle:8.1f} ms   {middle / base:6.3f}")


if __name__ == "__main__":
    main()
